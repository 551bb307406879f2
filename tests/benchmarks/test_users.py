"""The cast of a working day, and how its pages are named."""

from __future__ import annotations

from collections import Counter

from benchmarks.browser import TOKEN, Answer, Browser
from benchmarks.users import DEEDS, Record, Timed, cast_of, page_of


def test_fifty_people_are_mostly_case_managers_and_each_has_an_account():
    cast = cast_of(50)
    assert len(cast) == len({username for _, username in cast}) == 50
    assert Counter(kind for kind, _ in cast) == {"manager": 35, "lead": 6, "social": 7, "admin": 1, "officer": 1}
    assert {kind for kind, _ in cast} == set(DEEDS)


def test_the_one_person_of_a_small_run_leads_cases():
    assert cast_of(1) == [("manager", "fm0")]


def test_one_page_of_all_files_has_one_name():
    assert page_of("/akten/2026-00417/aufgaben/12/?fall=1") == "/akten/…/aufgaben/1/"
    assert page_of("/faelle/?faellig=heute") == "/faelle/"


def test_a_refusal_is_a_fault_and_a_redirect_is_none():
    record = Record()
    answers = iter([Answer(303, [("X-Statements", "9")], b""), Answer(422, [], b""), Answer(200, [], b"")])
    browser = Browser(Timed(lambda *_: next(answers), record))  # type: ignore[arg-type]
    for _ in range(3):
        browser.get("/akten/2026-00417/kontakte/")
    page = "GET /akten/…/kontakte/"
    assert len(record.seconds[page]) == 3 and record.statements[page] == [9, 0, 0]
    assert record.faults[page] == ["422"]


def test_a_browser_keeps_its_cookies_and_sends_the_token_of_the_last_form():
    sent: list[tuple] = []

    def transport(method, path, headers, body):
        sent.append((method, headers.get("Cookie", ""), body))
        page = b'<input type="hidden" name="csrfmiddlewaretoken" value="abc">' if method == "GET" else b""
        return Answer(200, [("Set-Cookie", "sitzung=1; Path=/"), ("Set-Cookie", "weg=; Max-Age=0")], page)

    browser = Browser(transport)
    assert TOKEN.search(browser.get("/").body)
    browser.over(transport).post("/", {"q": "ä"})
    assert sent == [("GET", "", b""), ("POST", "sitzung=1", b"q=%C3%A4&csrfmiddlewaretoken=abc")]
