"""What people enter: a referral, a contact, a finished task, and the bare forms that are the floor of the first two."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from itertools import count

import psycopg

from benchmarks.browser import expect
from benchmarks.readers import Reader

Call = Callable[[], object]
FORGET_EVERY = 25
PRISON = re.compile(rb'<select name="prison".*?<option value="([^"]+)" selected', re.DOTALL)
VERSION = re.compile(rb'name="version" value="(\d+)"')
TASK = re.compile(r'href="(/akten/[0-9-]+/aufgaben/\d+/[^"]*)"')
# One for the whole run: nobody is entered twice, in whichever way they are entered.
NUMBERS = count(1)


def referral(reader: Reader) -> Call:
    """A person and a case: the form as it is sent, with the search for double files."""
    browser = reader.browser
    prison = PRISON.findall(expect(browser.get("/faelle/neu/"), 200).body)[0].decode()

    def create() -> None:
        number = next(NUMBERS)
        if number % FORGET_EVERY == 0:
            forget_searches()
        entered = {
            "surname": f"Zaunwinde{_letters(number)}",
            "given_name": f"Robin{_letters(number * 31)}",
            "born_on": f"{1 + number % 28:02d}.{1 + number % 12:02d}.{1960 + number % 40}",
            "language": "de",
            "sex": "m",
            "birth_place": "Wuppertal",
            "nationality": "deutsch",
            "prison": prison,
            "booking_number": f"N{number}",
            "release_on": "01.03.2031",
            "release_kind": "SENTENCE_END",
            "release_source": "Vollstreckungsblatt",
            "residence_postcode": "42103",
            "residence_town": "Wuppertal",
            "referred_on": "heute",
            "source": "SOCIAL_SERVICE",
            "remark": "",
        }
        expect(browser.post("/faelle/neu/", entered), 303)

    return create


CONTACT = {
    "happened_on": "heute",
    "minutes": "45",
    "kind": "TALK",
    "outcome": "MET",
    "initiative": "STAFF",
    "place": "Haus 2",
    "content": "Bewerbung bei der Malerei Sommer besprochen, Zeugnisse fehlen noch.",
    "next_step": "Zeugnisse besorgen",
    "next_on": "+14",
}


def contact(reader: Reader) -> Call:
    """A contact in one of the writer's files, in turns."""
    browser = reader.browser
    expect(browser.get(f"/akten/{reader.files[0]}/kontakte/"), 200)

    def create() -> None:
        number = reader.files[next(NUMBERS) % len(reader.files)]
        expect(browser.post(f"/akten/{number}/kontakte/", CONTACT | {"formular": "contact"}), 303)

    return create


def finish_task(reader: Reader, number: str) -> bool:
    """The first open task of a file is done; False when it has none."""
    browser = reader.browser
    page = expect(browser.get(f"/akten/{number}/aufgaben/"), 200)
    found = TASK.search(page.body.decode())
    if not found:
        return False
    path = found[1].replace("&amp;", "&")
    version = VERSION.search(expect(browser.get(path), 200).body)
    if not version:  # one that is done elsewhere, or by somebody else
        return False
    expect(browser.post(path, {"formular": "complete", "version": version[1].decode(), "on": "heute"}), 303)
    return True


def search_outside(reader: Reader) -> Call:
    """Somebody of a whole name, wherever their file lies."""
    browser = reader.browser
    expect(browser.get("/suche/"), 200)
    entered = {
        "formular": "search",
        "surname": reader.facts["surname"],
        "given_name": reader.facts["given"],
        "born_on": "",
        "reason": "ACCESS",
        "words": "",
    }

    def search():
        if next(NUMBERS) % FORGET_EVERY == 0:
            forget_searches()
        return expect(browser.post("/suche/", entered), 200)

    return search


def bare_person(reader: Reader) -> Call:
    entered = {
        "surname": "Zaunwinde",
        "given_name": "Robin",
        "born_on": "07.04.1994",
        "sex": "m",
        "birth_place": "Wuppertal",
        "nationality": "deutsch",
        "residence_postcode": "42103",
        "residence_town": "Wuppertal",
    }
    return lambda: expect(reader.browser.post("/bench/formular/person/", entered), 302)


def bare_contact(reader: Reader) -> Call:
    entered = CONTACT | {"happened_on": "07.04.2026", "next_on": "21.04.2026", "case_id": "1"}
    return lambda: expect(reader.browser.post("/bench/formular/kontakt/", entered), 302)


def trail_check(reader: Reader) -> Call:
    """The trail of the last week, as a check asks for it."""
    page = expect(reader.browser.get("/protokoll/"), 200)
    days = dict(re.findall(r'name="(since|until)"[^>]* value="([^"]+)"', page.body.decode()))
    entered = {"reason": "Stichprobe der Messung", "number": "", "username": "", "group": "", **days}
    return lambda: expect(reader.browser.post("/protokoll/", entered), 200)


def forget_searches() -> None:
    """Searches beyond the own cases are part of what is measured; nobody may make more than thirty in an hour."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("DELETE FROM cases_likenesshint")


def _letters(number: int) -> str:
    """Another name for each person, so that nobody looks like the one before."""
    return "".join(chr(ord("a") + int(digit) * 2) for digit in str(number))
