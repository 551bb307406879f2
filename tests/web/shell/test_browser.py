"""The frame of every page in a real browser: log-in, lists, a wrong password; nothing leaves the house."""

import pytest

pytestmark = pytest.mark.browser


def test_a_case_manager_logs_in_and_finds_her_file(site, page, log_in, assert_accessible):
    (number,) = site.arrange("tests.factories.arrangements:cases", surname="Ringelblume")
    log_in("alma")
    page.goto("/faelle/")
    assert_accessible(page)
    page.get_by_role("link", name="Ringelblume").first.click()
    page.wait_for_url(f"**/akten/{number}/**")
    assert_accessible(page)
    assert "Ringelblume" not in page.title()


def test_somebody_elsewhere_finds_nothing(site, page, log_in):
    (number,) = site.arrange("tests.factories.arrangements:cases")
    log_in("cem")
    answer = page.goto(f"/akten/{number}/")
    assert answer.status == 404


def test_a_wrong_password_says_so(page, log_in):
    page.goto("/anmelden/")
    page.get_by_label("Benutzername").fill("alma")
    page.get_by_label("Passwort", exact=True).fill("falsch-geraten-und-lang")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    page.get_by_text("Benutzername oder Passwort stimmen nicht").first.wait_for()


def test_each_test_begins_with_the_cast_alone(site, page, log_in):
    log_in("alma")
    page.goto("/faelle/")
    assert page.get_by_role("link", name="Ringelblume").count() == 0
