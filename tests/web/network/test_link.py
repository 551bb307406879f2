"""The page behind a link in a real browser, on a phone: code, answer, a dead link; nothing of ours shows."""

import pytest

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}


def test_a_partner_answers_from_a_phone_in_two_clicks(site, new_page, assert_accessible):
    address, code = site.arrange("tests.factories.arrangements:link")
    phone = new_page(viewport=PHONE)
    phone.goto(f"/r/{address}/")
    assert_accessible(phone)
    assert phone.title() == "Eine Nachricht für Sie"
    phone.get_by_label("Code").fill("FALS-CHES")
    phone.get_by_role("button", name="Weiter").click()
    phone.get_by_text("Dieser Code stimmt nicht").wait_for()
    assert_accessible(phone)
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Weiter").click()
    phone.get_by_role("heading", name="Bitte um einen Platz").wait_for()
    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_role("button", name="Wir übernehmen").click()
    phone.get_by_text("Ihre Antwort vom").wait_for()
    assert "ina" not in phone.url.partition("://")[2].partition("/")[2].lower().replace(address.lower(), "")


def test_a_dead_link_offers_to_ask_for_a_new_one(site, new_page, assert_accessible):
    site.arrange("tests.factories.arrangements:link")
    phone = new_page(viewport=PHONE)
    phone.goto("/r/gibt-es-nicht/")
    assert_accessible(phone)
    phone.get_by_role("button", name="Um einen neuen Link bitten").click()
    phone.get_by_role("heading", name="Wir haben Bescheid gesagt").wait_for()
