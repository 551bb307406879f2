"""Neuer Fall: somebody comes back; what worked before stands beside, and both cases stay readable."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
AGAIN = {
    "formular": "again",
    "prison": "jva-duesseldorf",
    "booking_number": "N7",
    "referred_on": "heute",
    "source": "SELF",
}


@pytest.fixture
def ended(people):
    return case_for(people.alma, state=State.CLOSED, surname="Goldlack")


def url(made) -> str:
    return reverse("case_again", args=[made.number])


def test_shows_what_was_and_begins_a_second_case(alma, ended, words):
    said = words(alma.get(url(ended)))
    assert "Fall 1" in said and "entlassen 04.05.2026" in said
    assert "beendet 09.11.2026 regulär nach sechs Monaten, in Arbeit" in said
    answer = alma.post(url(ended), AGAIN)
    assert answer["Location"] == reverse("intake", args=[ended.number])
    assert "Fall 2" in words(alma.get(reverse("file", args=[ended.number])))


def test_both_cases_can_be_read(alma, ended, words):
    assert 'aria-label="Fälle dieser Akte"' not in alma.get(reverse("file", args=[ended.number])).content.decode()
    alma.post(url(ended), AGAIN)
    file = reverse("file", args=[ended.number])
    newest, first = alma.get(file), alma.get(f"{file}?fall=1")
    assert (newest.context["file"].case.number, first.context["file"].case.number) == (2, 1)
    assert first.context["head"].episodes == newest.context["head"].episodes == (1, 2)
    assert f'href="{reverse("plan", args=[ended.number])}?fall=1"' in first.content.decode()
    assert f'href="{reverse("plan", args=[ended.number])}"' in newest.content.decode()
    assert alma.get(f"{file}?fall=3").status_code == 404
    assert alma.get(f"{file}?fall=x").context["file"].case.number == 2


def test_the_sheet_of_the_new_case_brings_answers_along(alma, people, words):
    made = case_for(people.alma, state=State.SCREENING)
    sheet = reverse("intake", args=[made.number])
    situation = {"formular": "situation", "version": "0", "refers_on": "02.03.2026", "school": "LOWER"}
    assert (
        alma.post(sheet, situation | dict.fromkeys(("school_recognised", "needs_integration"), "YES")).status_code
        == 303
    )
    decline = {"formular": "decline", "happened_on": "heute"}
    assert alma.post(reverse("admission", args=[made.number]), decline).status_code == 303
    alma.post(url(made), AGAIN)
    page = alma.get(sheet)
    assert page.context["situation"]["school"].value() == "LOWER"
    assert "aus Fall 1 übernommen. Bitte mit der Person prüfen" in words(page)


def test_an_open_case_has_no_second_beside_it(alma, case, words):
    assert "noch offen" in words(alma.get(url(case)))
    assert alma.post(url(case), AGAIN).status_code == 403


def test_hidden_from_others(people, client_of, ended):
    assert client_of(people.cem).get(url(ended)).status_code == 404
