"""Fälle: page, fragment, search without a trace in the address, paging, empty, refused, number of statements."""

import re

import pytest
from django.urls import reverse

from ina.cases.enums import State
from ina.cases.queries import case_list as case_list_queries
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/faelle/"


def test_list_shows_the_own_open_cases(people, alma, words):
    mine = case_for(people.alma, surname="Eibisch")
    case_for(people.bert, surname="Diptam")
    case_for(people.alma, surname="Goldlack", state=State.CLOSED)
    said = words(alma.get(URL))
    assert "Eibisch, Robin" in said and mine.number in said and "Entlassungsvorbereitung" in said
    assert "Diptam" not in said and "Goldlack" not in said
    assert "Zugang melden" in said and "Gefangenenliste einlesen" in said


def test_ended_cases_have_a_view_of_their_own(people, alma, words):
    case_for(people.alma, surname="Goldlack", state=State.CLOSED)
    assert "Goldlack" in words(alma.get(URL, {"ansicht": "beendet"}))


def test_team_lead_sees_the_team_and_refers_nobody(people, client_of, words):
    case_for(people.alma, surname="Eibisch")
    case_for(people.bert, surname="Diptam")
    said = words(client_of(people.jan).get(URL))
    assert "Eibisch" in said and "Diptam" in said and "Zugang melden" not in said


def test_prison_sees_its_cases_and_another_carrier_none(people, client_of, words):
    case_for(people.alma, surname="Eibisch")
    assert "Eibisch" in words(client_of(people.hanna).get(URL))
    assert "Eibisch" not in words(client_of(people.vera).get(URL))
    assert "Eibisch" not in words(client_of(people.cem).get(URL))


@pytest.mark.parametrize("who", ["gero", "ede", "karl", "lea"])
def test_who_works_without_files_is_refused(people, client_of, who):
    assert client_of(people[who]).get(URL).status_code == 403


def test_empty_list_says_what_to_do(alma, words):
    said = words(alma.get(URL))
    assert "Zurzeit ist kein Fall offen" in said and "Meldung eines Zugangs" in said


def test_search_finds_the_beginning_of_a_name_and_stands_in_no_address(people, alma, words, trail):
    case_for(people.alma, surname="Eibisch")
    case_for(people.alma, surname="Diptam")
    answer = alma.post(URL, {"q": "eib"})
    assert "Eibisch" in words(answer) and "Diptam" not in words(answer)
    assert "eib" not in answer.request["QUERY_STRING"]
    (line,) = trail("search.people")
    assert line.user_id == people.alma.user_id and line.details == {"length": 3}


def test_a_name_in_an_address_is_not_searched_for(people, alma, words, trail):
    case_for(people.alma, surname="Eibisch")
    assert "Eibisch" in words(alma.get(URL, {"q": "dip"})) and trail("search.people") == []


def test_search_without_result_is_said(people, alma, words):
    case_for(people.alma, surname="Eibisch")
    assert "Kein Fall passt dazu" in words(alma.post(URL, {"q": "zzz"}))


def test_search_for_a_booking_number(people, alma, words):
    case_for(people.alma, surname="Eibisch", booking_number="117/25/4")
    case_for(people.alma, surname="Diptam")
    said = words(alma.post(URL, {"q": "117/25/4"}))
    assert "Eibisch" in said and "Diptam" not in said


def test_search_for_a_file_number_leads_to_the_file(people, alma, client_of, words):
    made = case_for(people.alma)
    answer = alma.post(URL, {"q": made.number})
    assert answer["Location"] == reverse("file", args=[made.number])
    assert "Kein Fall passt dazu" in words(client_of(people.cem).post(URL, {"q": made.number}))


def test_state_and_order(people, alma, words):
    case_for(people.alma, surname="Zaunrübe", state=State.SCREENING)
    case_for(people.alma, surname="Ackerwinde", state=State.ADMITTED)
    said = words(alma.post(URL, {"ordnung": "name"}))
    assert said.index("Ackerwinde") < said.index("Zaunrübe")
    assert "Ackerwinde" not in words(alma.post(URL, {"stand": "REFERRED"}))
    assert "Ackerwinde" in words(alma.post(URL, {"stand": "unsinn"}))


def test_paging_goes_on_and_back_to_the_beginning(people, alma, words, monkeypatch):
    monkeypatch.setattr(case_list_queries, "PAGE", 2)
    for surname in ("Ackerwinde", "Beinwell", "Diptam"):
        case_for(people.alma, surname=surname)
    first = alma.post(URL, {"ordnung": "name"})
    assert "Diptam" not in words(first)
    sealed = re.search(r'name="ab" value="([^"]+)"', first.content.decode())[1]
    assert "winde" not in sealed and "beinwell" not in sealed.lower()
    second = alma.post(URL, {"ordnung": "name", "ab": sealed})
    assert "Diptam" in words(second) and "Beinwell" not in words(second) and "Anfang" in words(second)
    assert alma.post(URL, {"ab": "erfunden"}).status_code == 404


def test_total_is_bounded(people, alma, words, monkeypatch):
    monkeypatch.setattr(case_list_queries, "COUNT_LIMIT", 1)
    for _ in range(2):
        case_for(people.alma)
    assert "mehr als 1" in words(alma.get(URL))


def test_fragment_is_the_list_alone(people, alma, words):
    case_for(people.alma, surname="Eibisch")
    answer = alma.post(URL, {"q": ""}, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert answer.content.decode().strip().startswith('<div id="rows">') and "Eibisch" in words(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_statements_for_one_row_and_three(people, alma, statements, rows):
    for _ in range(rows):
        case_for(people.alma)
    alma.get(URL)
    with statements() as count:
        alma.get(URL)
    assert count() == 8
