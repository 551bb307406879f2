"""The person's own page in a real browser, on a phone and without scripts: code, reading, asking for help, leaving."""

import pytest

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 640}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_person_reads_and_asks_for_help_from_an_old_phone(site, new_page, assert_accessible, scripts):
    address, code = site.arrange("tests.factories.arrangements:own_page")
    phone = new_page(viewport=PHONE, java_script_enabled=scripts)
    phone.goto(f"/m/{address}/")
    assert phone.title() == "Ihre Seite"
    phone.get_by_label("Code").fill(code)
    phone.get_by_role("button", name="Weiter").click()
    phone.get_by_role("heading", name="Meine nächsten Termine").wait_for()
    if scripts:
        assert_accessible(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.get_by_label("Worum geht es?").select_option(label="Geld oder Schulden")
    phone.get_by_role("button", name="Um Hilfe bitten").click()
    phone.get_by_text("Ihre Nachricht ist da.").wait_for()
    phone.get_by_role("button", name="Seite verlassen").click()
    phone.get_by_label("Code").wait_for()
