"""Every main page in every state: full, empty, wrong entry, somebody was faster, done and undone; at the desk and on a
phone, with the keyboard alone, and without script."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.journeys.pressing import choose, german

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
# Pages of a file that is led, and of one that waits for its decision; pages across files.
LED = (
    "", "aufgaben/", "aufnahmebogen/", "kontakte/", "termine/", "termine/vorschau/", "termine/anrufe/", "uebergabe/",
    "ereignisse/", "abschluss/", "einwilligungen/", "person/", "verbleib/",
)  # fmt: skip
WAITING = ("gespraech/", "aufnahme/")
ACROSS = ("/heute/", "/faelle/", "/faelle/neu/", "/gefangenenliste/", "/aufgaben/", "/uebergaben/", "/anfragen/")
# Pages with a form for which one comes: Tab leads to its button, in at most so many presses.
WITH_FORM = re.compile(r"/(kontakte|vorschau|uebergabe|abschluss|ereignisse|gespraech|aufnahme|neu|gefangenenliste)/$")
PRESSES = 75


@pytest.fixture
def looks_right(assert_accessible):
    """``looks_right(page)`` — in both widths: nothing that axe finds, nothing out of sight, one heading."""

    def look(page) -> None:
        for size in (PHONE, DESK):
            page.set_viewport_size(size)
            assert_accessible(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{page.url} is {wide} px wider than {size['width']}"
        assert page.locator("h1").count() == 1, page.url
        assert page.locator("main .kern-btn--primary:visible").count() <= 1, f"{page.url}: more than one primary button"

    return look


def reach_primary(page) -> None:
    """By Tab alone from the top, seeing at each place where one is."""
    button = page.locator("main .kern-btn--primary:visible")
    if not button.count():
        return
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(PRESSES):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.matches('main .kern-btn--primary'), e.tagName + '#' + e.id,
                    parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none' || e.type === 'radio'
                    || e.type === 'checkbox', !e.closest('details:not([open]) > :not(summary)')] }"""
        )
        seen.append(at[1])
        assert at[2], f"{page.url}: no focus to be seen on {at[1]}"
        assert at[3], f"{page.url}: focus is folded away at {at[1]}"
        if at[0]:
            return
    raise AssertionError(f"{page.url}: {PRESSES} times Tab do not reach the button: {seen}")


def test_full_pages(site, page, log_in, looks_right):
    led, waiting = site.arrange("tests.factories.arrangements:states")
    log_in("alma")
    addresses = [f"/akten/{led}/{part}" for part in LED] + [f"/akten/{waiting}/{part}" for part in WAITING]
    for address in (*addresses, *ACROSS):
        assert page.goto(address).status == 200, address
        looks_right(page)
        if WITH_FORM.search(address):
            reach_primary(page)


def test_empty_pages_and_errors(site, page, log_in, looks_right):
    """Nobody has a case: each list says so in words, and leads on."""
    log_in("alma")
    for address in ACROSS:
        assert page.goto(address).status == 200, address
        looks_right(page)
        assert page.locator("main p").count() > 0, f"{address} says nothing"
    for address, status in (("/akten/1999-00001/", 404), ("/konten/", 403)):
        assert page.goto(address).status == status
        looks_right(page)
        assert page.locator("main a").count() > 0, f"{address} leads nowhere"


def test_wrong_entry_conflict_and_undo(site, page, new_page, log_in, looks_right):
    number, _ = site.arrange("tests.factories.arrangements:states")
    log_in("alma")

    # wrong: what was typed is kept, the summary has the focus, each line leads to its field
    page.goto(f"/akten/{number}/kontakte/")
    tomorrow = german(date.today() + timedelta(days=1))
    choose(page, "contact", happened_on=tomorrow, kind="TALK", content="Sorge um den Führerschein")
    summary = page.locator("#contact .kern-alert--danger")
    summary.wait_for()
    assert summary.evaluate("element => element === document.activeElement")
    assert page.locator("#contact [name=content]").input_value() == "Sorge um den Führerschein"
    looks_right(page)
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "happened_on"

    # right: it says what happened and what comes next, and takes it back
    choose(page, "contact", happened_on="heute", outcome="MET", initiative="STAFF", next_on=tomorrow)
    page.get_by_text(re.compile(rf"Nächster Schritt am {tomorrow}")).first.wait_for()
    looks_right(page)
    page.get_by_role("button", name="Rückgängig").click()
    page.get_by_text(re.compile("weil: gleich rückgängig gemacht")).first.wait_for()
    looks_right(page)
    assert page.get_by_role("button", name="Rückgängig").count() == 0

    # somebody was faster: who, when, what; both versions, and the reader chooses
    hanna = new_page()
    log_in("hanna", at=hanna)
    for desk in (page, hanna):
        desk.goto(f"/akten/{number}/person/")
    choose(hanna, "form", birth_place="Wuppertal", residence_town="Solingen")
    choose(page, "form", birth_place="Moers")
    warning = page.locator("#form .kern-alert--warning")
    warning.wait_for()
    assert re.search(r"Hanna .* hat das hier (gerade eben|vor einer Minute) geändert", warning.inner_text())
    said = page.locator("#form table").inner_text()
    assert "Wuppertal" in said and "Moers" in said and "Solingen" in said
    looks_right(page)
    page.locator("#form [name=use-birth_place][value=entered]").check()
    choose(page, "form")
    page.wait_for_url(re.compile(r"/person/|/akten/[\d-]+/$"))
    page.goto(f"/akten/{number}/person/")
    assert page.locator("[name=birth_place]").input_value() == "Moers"
    assert page.locator("[name=residence_town]").input_value() == "Solingen"


def test_without_script(site, new_page, log_in):
    number, _ = site.arrange("tests.factories.arrangements:states")
    page = new_page(java_script_enabled=False)
    log_in("alma", at=page)

    def press(name: str) -> None:
        page.locator("main").get_by_role("button", name=name, exact=True).click()

    def told(words: str) -> None:
        page.locator("#meldungen").get_by_text(words).wait_for()

    # a referral: first a wrong one, kept; then the right one
    page.goto("/faelle/neu/")
    page.locator("[name=born_on]").fill("31.02.1990")
    page.locator("[name=wish]").fill("wieder als Maler arbeiten")
    press("Zugang melden")
    page.locator("form#form .kern-alert--danger").wait_for()
    assert page.locator("[name=wish]").input_value() == "wieder als Maler arbeiten"
    page.locator("[name=born_on]").fill("14.3.96")
    page.locator("[name=surname]").fill("Rosmarin")
    page.get_by_text("Weitere Angaben").first.click()
    page.locator("[name=birth_place]").fill("Krefeld")
    press("Zugang melden")
    page.wait_for_url(re.compile(r"/akten/[\d-]+/$"))
    told("Zugang gemeldet")

    # a contact, and taken back
    page.goto(f"/akten/{number}/kontakte/")
    page.locator("#contact [name=happened_on]").fill("heute")
    page.locator("#contact [name=initiative][value=STAFF]").check()
    page.locator("#contact [name=kind][value=TALK]").check()
    page.locator("#contact [name=outcome][value=MET]").check()
    press("Speichern")
    told("gespeichert")
    press("Rückgängig")
    told("Storniert")

    # another day of release: stated, looked at, taken over
    page.goto(f"/akten/{number}/termine/vorschau/")
    page.locator("[name=on]").fill("+40")
    page.locator("[name=kind]").select_option("TWO_THIRDS")
    page.locator("[name=status][value=PLAUSIBLE]").check()
    page.locator("[name=source]").fill("Stellungnahme der JVA")
    press("Weiter zur Vorschau")
    page.get_by_text("Noch ist nichts geändert").wait_for()
    press("Termin übernehmen")
    page.wait_for_url(re.compile(r"/termine/anrufe/"))
    assert german(date.today() + timedelta(days=40)) in page.inner_text("h1")

    # handed over, and the offer taken back
    page.goto(f"/akten/{number}/uebergabe/")
    page.locator("#offer [name=receiver_id]").select_option(label="Bert Buche")
    page.locator("#offer [name=reason]").fill("Elternzeit")
    press("Anbieten")
    told("Bis dahin ändert sich die Zuständigkeit nicht")
    press("Rückgängig")
    told("zurückgezogen")
