"""One case, the whole way, in a real browser: a list goes in, a person is led from referral to the end of aftercare,
and one figure comes out. Event dates lie in the past, as when somebody enters them late; nothing is arranged that the
pages themselves can do."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest

from tests import database
from tests.journeys.pressing import choose, german, keep, send

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "Sanddorn, Robin"
HEADING = (
    "Familienname;Vorname;Geschlecht;Geburtsdatum;JVA;Buchnummer;Haftart;Vollstreckungsstand;"
    "voraussichtliche Entlassung"
)
LIST = "\n".join(
    [
        HEADING,
        "Sanddorn;Robin;m;04.05.1995;JVA Düsseldorf;00417/25/3;Strafhaft;TE;{later}",
        "Weißdorn;Çağla;w;17.11.1988;JVA Düsseldorf;00418/25/1;Strafhaft;2/3;{later}",
        "Holunder;Mats;m;29.02.2000;JVA Köln;00419/25/9;Strafhaft;offen;",
    ]
)


def test_from_the_list_to_the_figure(site, page, new_page, log_in, assert_accessible):
    today = date.today()
    referred, released = today - timedelta(days=400), today - timedelta(days=260)
    # More people whose window is complete: a figure with small cells would be protected.
    site.arrange("tests.journeys.others:released_long_ago")

    # a list goes in, two of its people are ticked
    log_in("alma")
    page.goto("/gefangenenliste/")
    assert_accessible(page)
    content = LIST.format(later=german(today + timedelta(days=60))).encode()
    page.locator("[name=file]").set_input_files({"name": "liste.csv", "mimeType": "text/csv", "buffer": content})
    send(page, page.get_by_role("button", name="Einlesen"))
    page.wait_for_url(re.compile(r"/gefangenenliste/\d+/"))
    assert_accessible(page)
    assert "JVA Köln" in page.inner_text("main")
    assert "Holunder" not in page.inner_text("main")
    boxes = page.locator("main input[type=checkbox]")
    assert boxes.count() >= 2
    page.get_by_label(re.compile("Sanddorn")).check()
    page.locator("[name=referred_on]").fill(german(referred))
    send(page, page.get_by_role("button", name=re.compile("melden", re.I)))

    page.goto("/faelle/")
    assert_accessible(page)
    page.get_by_role("link", name=NAME).click()
    number = re.search(r"/akten/([\d-]+)/", page.url).group(1)
    assert "Robin Sanddorn" in page.inner_text("h1")
    assert "Sanddorn" not in page.title()
    assert page.get_by_role("link", name="Weißdorn").count() == 0

    def at(part: str) -> None:
        page.goto(f"/akten/{number}/{part}")
        assert_accessible(page)

    def in_both_widths(address: str) -> None:
        """At the desk and on a phone: nothing that axe finds, nothing out of sight."""
        assert page.goto(address).status == 200, address
        for width, height in ((390, 844), (1366, 768)):
            page.set_viewport_size({"width": width, "height": height})
            assert_accessible(page)
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{address} is {wide} px wider than {width}"

    def both(part: str) -> None:
        in_both_widths(f"/akten/{number}/{part}")

    # step 1, Beratung: talk, information sheet, agreement; then admission with the two consents
    both("gespraech/")
    choose(
        page,
        "talk",
        held_on=german(referred + timedelta(days=5)),
        informed=True,
        told_voluntary=True,
        own_wishes="wieder als Maler arbeiten",
    )
    page.wait_for_url(re.compile(rf"/akten/{number}/$"))
    at("aufnahme/")
    day = german(referred + timedelta(days=9))
    choose(page, "admit", admitted_on=day, agreement_on="", participation_on="", data_use_on="")
    page.get_by_text(re.compile("Informationsblatt.*fehlt noch")).first.wait_for()
    at("gespraech/")
    page.get_by_text("wieder als Maler arbeiten").first.wait_for()
    choose(page, "information", given_on=german(referred + timedelta(days=5)))
    at("aufnahme/")
    consented = {"participation_on": day, "data_use_on": day, "text_version": "2026-1"}
    choose(page, "admit", admitted_on=day, agreement_on="", **consented)
    page.get_by_text(re.compile("Teilnahmevereinbarung.*(fehlt|keine Aufnahme)")).first.wait_for()
    at("gespraech/")
    page.get_by_text("Unterschrift eintragen").click()
    choose(page, "agreement", agreed_on=day, text_version="2026-1", own_words="dass mir jemand zuhört")
    page.get_by_text("dass mir jemand zuhört").first.wait_for()
    both("gespraech/")
    at("aufnahme/")
    assert page.locator("[name=agreement_on]").count() == 0  # it is there already
    choose(page, "admit", admitted_on=day, participation_on="", data_use_on="")
    page.get_by_text(re.compile("Einwilligung.*keine Aufnahme")).first.wait_for()
    choose(page, "admit", admitted_on=day, **consented)
    page.wait_for_url(re.compile(rf"/akten/{number}/$"))
    both("notizen/")

    # step 2: a strength, a need, a prognosis; the category follows from them. A second one is compared with it.
    at("profiling/")
    choose(page, "begin", held_on=german(referred + timedelta(days=20)), kind="INITIAL")
    page.get_by_text("Erstes Profiling am").first.wait_for()
    both("profiling/?bearbeiten=staerke-neu")
    keep(page, "staerke-neu", text="arbeitet sehr genau", strength_kind="PERSONAL", basis="OBSERVATION")
    page.get_by_text("arbeitet sehr genau").first.wait_for()
    both("profiling/?bearbeiten=bedarf-R1")
    keep(page, "bedarf-R1", severity="SEVERE", basis="FACT", text="kein Zimmer nach der Entlassung")
    page.get_by_text("kein Zimmer nach der Entlassung").first.wait_for()
    both("profiling/?bearbeiten=prognose")
    keep(page, "prognose", months_release="9", months_today="9", focus="CIRCUMSTANCES")
    page.get_by_text("9 Monate").first.wait_for()
    assert "Unterstützungsprofil" in page.inner_text("#einstufung-tafel")
    both("profiling/?bearbeiten=gespraech")
    page.goto(f"/akten/{number}/profiling/")
    page.get_by_text("Erneutes Profiling beginnen").click()
    choose(page, "begin", held_on=german(referred + timedelta(days=200)), kind="BEFORE_RELEASE", take_over=True)
    page.get_by_text("bitte prüfen").first.wait_for()
    both("profiling/")
    page.goto(f"/akten/{number}/profiling/?bearbeiten=bedarf-R1")
    keep(page, "bedarf-R1", severity="NONE", basis="FACT", text="Zimmer ist zugesagt")
    page.get_by_text("Zimmer ist zugesagt").first.wait_for()
    both("profiling/vergleich/")
    assert "Zimmer ist zugesagt" in page.inner_text("main")

    # step 3: a goal in the person's words, a step, and the way of the version until it is in force
    both("plan/")
    choose(page, "goal", wording_person="Eine Stelle als Maler finden", key_group="QUALIFICATION")
    page.get_by_text("Eine Stelle als Maler finden").first.wait_for()
    both("plan/?bearbeiten=1")
    choose(page, "step", what="Unterlagen zusammenstellen", owner="PARTICIPANT")
    page.get_by_text("Unterlagen zusammenstellen").first.wait_for()
    both("plan/?bearbeiten=1.1")
    at("plan/")
    page.locator("summary", has_text="Mit der Person besprochen").click()
    choose(page, "discuss", on=german(referred + timedelta(days=30)))
    page.get_by_text("Antwort der Person").first.wait_for()
    choose(page, "answer", answer="YES", signed_on=german(referred + timedelta(days=31)))
    page.locator("summary", has_text="Unterschrift der Fallführung").click()
    choose(page, "sign", signed_on=german(referred + timedelta(days=31)))
    page.locator("summary", has_text="In Kraft setzen").click()
    choose(page, "in_force", on=german(referred + timedelta(days=31)))
    page.get_by_text(f"in Kraft seit {german(referred + timedelta(days=31))}").first.wait_for()
    both("plan/")
    both("dokumente/")
    in_both_widths("/berufe/?q=Maler")
    in_both_widths(f"/akten/{number}/")

    # step 4 and 5
    at("netzwerk/")
    choose(
        page,
        "propose",
        partner_key="jc-duesseldorf",
        purpose="Antrag für die Zeit ab Entlassung",
        proposed_on=german(referred + timedelta(days=60)),
    )
    page.get_by_text("Antrag für die Zeit ab Entlassung").first.wait_for()
    at("kontakte/")
    choose(
        page,
        "contact",
        happened_on=german(referred + timedelta(days=70)),
        kind="TALK",
        outcome="MET",
        content="Wohnung nach der Entlassung besprochen",
    )
    page.get_by_text("Wohnung nach der Entlassung besprochen").first.wait_for()
    # what was written of the contact is corrected, with the reason; what stood there before stays
    page.get_by_role("link", name="Berichtigen oder stornieren").first.click()
    page.wait_for_url(re.compile(r"/eintraege/"))
    assert_accessible(page)
    choose(page, "correct", content="Arbeit nach der Entlassung besprochen", because="verwechselt")
    page.get_by_text("weil: verwechselt").first.wait_for()
    assert "Wohnung nach der Entlassung besprochen" in page.inner_text("main")
    assert_accessible(page)

    # a new day of release: said, seen in the preview, taken over, then the calls
    at("termine/vorschau/")
    choose(
        page,
        "form",
        on=german(today + timedelta(days=30)),
        kind="TWO_THIRDS",
        status="PLAUSIBLE",
        source="Stellungnahme der JVA",
        asserted_on=german(referred + timedelta(days=80)),
    )
    page.get_by_text("Noch ist nichts geändert").wait_for()
    assert_accessible(page)
    send(page, page.get_by_role("button", name="Termin übernehmen"))
    page.wait_for_url(re.compile(r"/termine/anrufe/"))
    assert german(today + timedelta(days=30)) in page.inner_text("h1")
    assert page.locator(".ina-calls li").count() >= 2
    assert_accessible(page)
    at("aufgaben/")

    at("termine/")
    page.get_by_text("noch 30 Tage").first.wait_for()

    # the gate, and where the person stands three and six months later
    page.get_by_text("Die Person ist entlassen").click()
    choose(page, "confirm", released_on=german(released), residence_town="Düsseldorf")
    page.get_by_text("Stimmt der Tag?").first.wait_for()  # far from the planning date: asked once more
    assert_accessible(page)
    choose(page, "confirm", sure=True)
    page.wait_for_url(re.compile(rf"/akten/{number}/$"))
    assert "Nachsorge" in page.inner_text("main")
    for category in ("UNEMPLOYED", "INSURED_PART_TIME", "INSURED_FULL_TIME"):  # at release, three, six months later
        at("verbleib/")
        choose(page, "record", point={"index": 0}, category=category, source="Gespräch mit der Person")
    at("abschluss/")
    choose(page, "close", closed_on=german(released + timedelta(days=190)), reason="REGULAR_6M_IN_WORK")
    page.wait_for_url(re.compile(rf"/akten/{number}/$"))
    assert "beendet" in page.inner_text("main")
    assert_accessible(page)

    # the team lead sees it, another institution does not, the log shows who looked
    lead, stranger = new_page(), new_page(viewport={"width": 390, "height": 844})
    log_in("jan", at=lead)
    lead.goto(f"/akten/{number}/")
    assert "Robin Sanddorn" in lead.inner_text("h1")
    log_in("cem", at=stranger)
    assert stranger.goto(f"/akten/{number}/").status == 404
    assert "Sanddorn" not in stranger.content()
    at("zugriff/")
    assert "Jan Jasmin" in page.inner_text("main")

    # one figure, with n, unknowns and an interval, and no name
    rebuilt = subprocess.run(
        [sys.executable, "manage.py", "rebuild_facts", "--json"],
        cwd=database.ROOT,
        env=site.environment,
        capture_output=True,
        text=True,
    )
    assert rebuilt.returncode == 0, rebuilt.stderr
    figures = new_page()
    log_in("ede", at=figures)
    figures.goto("/auswertung/")
    assert_accessible(figures)
    shown = " ".join(figures.inner_text("main").split())
    assert "6 von 16" in shown, shown
    assert re.search(r"95-%-Intervall \d+ % bis \d+ %", shown), shown
    assert "von 5 Personen wissen wir es nicht" in shown
    for name in ("Sanddorn", number, "Ahorn"):
        assert name not in figures.content()
