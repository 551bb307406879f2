"""Who reads which pages: a case manager with 50 dossiers, and two readers of a whole site."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import psycopg

from benchmarks.browser import Browser

PASSWORD = "ein-langes-kennwort-der-messung"
READERS = {"manager": "fm0", "lead": "tl0", "social": "sd0"}
SITE_WIDE = ("lead", "social")
FORGET_EVERY = 25
DEEP = 15  # pages down; a case manager has one page only
FILE = re.compile(rb'href="/akten/(\d{4}-\d{5,})/"')
NEXT = re.compile(rb'name="ab" value="([^"]+)"')
PRISON = re.compile(rb'<select name="prison".*?<option value="([^"]+)" selected', re.DOTALL)
Call = Callable[[], object]


@dataclass(frozen=True)
class Reader:
    """Somebody logged in, with the pages they ask for by name."""

    browser: Browser
    pages: dict[str, Call]
    addresses: tuple[str, ...]  # that can be asked for by GET


def set_passwords() -> None:
    """The readers may log in; all other accounts of the measurement cannot."""
    from django.contrib.auth.hashers import make_password

    from ina.accounts.models import User

    User.objects.filter(username__in=READERS.values()).update(password=make_password(PASSWORD))


def readers_of(application) -> dict[str, Reader]:
    return {name: _reader(application, name, username) for name, username in READERS.items()}


def _reader(application, name: str, username: str) -> Reader:
    browser = Browser(application)
    browser.log_in(username, PASSWORD)
    page = _expect(browser.get("/faelle/"), 200)
    number = FILE.findall(page.body)[0].decode()

    def read(path: str) -> Call:
        return lambda: _expect(browser.get(path), 200)

    def ask(**entered: str) -> Call:
        return lambda: _expect(browser.post("/faelle/", entered), 200)

    pages = {
        "empty": read("/bench/leer/"),
        "list": read("/faelle/"),
        "list by name": ask(ordnung="name"),
        "list of a state": ask(stand="AFTERCARE"),
        "search": ask(q="Nelk"),
        "file": read(f"/akten/{number}/"),
    }
    if name in SITE_WIDE:
        pages["search by number"] = ask(q="B4711")
        pages["deep page"] = ask(ab=_place(browser, page.body))
    else:
        pages["create"], pages["bare form"] = _creation(browser), _bare_creation(browser)
    return Reader(browser, pages, ("/faelle/", f"/akten/{number}/", "/konto/", "/konto/vertretung/"))


def _place(browser: Browser, body: bytes) -> str:
    """The sealed place some pages down."""
    for _ in range(DEEP):
        body = _expect(browser.post("/faelle/", {"ab": NEXT.findall(body)[0].decode()}), 200).body
    return NEXT.findall(body)[0].decode()


def _creation(browser: Browser) -> Call:
    prison = PRISON.findall(_expect(browser.get("/faelle/neu/"), 200).body)[0].decode()
    numbers = count(1)

    def create() -> None:
        number = next(numbers)
        if number % FORGET_EVERY == 0:
            _forget_searches()
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
        _expect(browser.post("/faelle/neu/", entered), 303)

    return create


def _letters(number: int) -> str:
    """Another name for each person, so that nobody looks like the one before."""
    return "".join(chr(ord("a") + int(digit) * 2) for digit in str(number))


def _forget_searches() -> None:
    """The search for double files is part of what is measured; nobody may make more than thirty in an hour."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("DELETE FROM cases_likenesshint")


def _bare_creation(browser: Browser) -> Call:
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
    return lambda: _expect(browser.post("/bench/formular/", entered), 302)


def _expect(answer, status: int):
    if answer.status != status:
        said = " ".join(re.sub(r"<[^>]*>", " ", answer.body.decode(errors="replace")).split())
        raise RuntimeError(f"answered {answer.status}, not {status}: {said[:2000]}")
    return answer
