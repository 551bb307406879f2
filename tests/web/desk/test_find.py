"""Außerhalb suchen: asked with a reason, answered with whom to ask; and what leads there from the list of cases."""

import re

import pytest
from django.urls import reverse

from ina.access.operations.dossiers import shield_file
from ina.cases.enums import State
from ina.cases.models import SamePerson
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])
URL, LIST = "/suche/", "/faelle/"
ASKED = {"formular": "search", "surname": "Wermut", "given_name": "Quentin", "reason": "OFFICE"}
FRAGMENT = {"HX-Request": "true", "HX-Target": "ask"}


@pytest.fixture
def wermut(people):
    return case_for(people.alma, surname="Wermut", given_name="Quentin")


@pytest.fixture
def cem(people, client_of):
    return client_of(people.cem)


# --- the search of the own cases ---------------------------------------------------------------------------------


def test_list_is_searched_however_the_name_is_spelled_and_says_why(people, alma, words):
    case_for(people.alma, surname="Müller", given_name="Robin")
    case_for(people.alma, surname="Goldlack", given_name="Ada")
    for typed, because in (("mueler", "ähnlich geschrieben"), ("Robin Mül", ""), ("Rob", "Beginn des Vornamens")):
        said = words(alma.post(LIST, {"q": typed}))
        assert "Müller, Robin" in said and because in said and "Goldlack" not in said


def test_list_finds_ended_cases_too(people, alma, words):
    case_for(people.alma, surname="Goldlack", state=State.CLOSED)
    assert "Goldlack" in words(alma.post(LIST, {"q": "Goldlak"}))


def test_file_number_is_understood_without_its_zeros(people, alma, wermut, cem):
    year, _, place = wermut.number.partition("-")
    for typed in (wermut.number, f"{year}-{int(place)}", f" {year} - {int(place)} "):
        assert alma.post(LIST, {"q": typed})["Location"] == reverse("file", args=[wermut.number])
    assert cem.post(LIST, {"q": wermut.number}).status_code == 200


def test_buchnummer_may_have_spaces_and_capitals(people, alma, words):
    case_for(people.alma, surname="Eibisch", booking_number="B117/25/4")
    assert "Eibisch" in words(alma.post(LIST, {"q": "b 117/25/4"}))


def test_nothing_found_says_what_to_do_and_leads_outside(people, alma, words, client_of):
    answer = alma.post(LIST, {"q": "Wermut, Quentin"})
    assert "Kein Fall passt dazu" in words(answer) and "Außerhalb Ihrer Fälle suchen" in words(answer)
    taken = alma.post(URL, {"q": "Wermut, Quentin"}).content.decode()
    assert 'value="Wermut"' in taken and 'value="Quentin"' in taken
    assert "Außerhalb" not in words(client_of(people.frida).post(LIST, {"q": "Wermut"}))


# --- outside -----------------------------------------------------------------------------------------------------


def test_page_asks_for_a_full_name_and_a_reason(cem, words):
    said = words(cem.get(URL))
    assert "Gibt es anderswo eine Akte?" in said and "Warum Sie suchen" in said
    answer = cem.post(URL, {"formular": "search", "surname": "Wermut"})
    assert answer.status_code == 422 and 'value="Wermut"' in answer.content.decode()
    assert cem.post(URL, {**ASKED, "given_name": "Q"}).status_code == 422


def test_names_in_the_address_are_not_searched_for(cem, wermut, trail):
    assert "Wermut" not in cem.get(URL, {**ASKED}).content.decode() and trail("search.outside") == []


def test_a_file_elsewhere_is_answered_with_whom_to_ask(people, cem, wermut, words, trail):
    said = words(cem.post(URL, ASKED))
    assert f"Fragen Sie {people.alma.name}, Beispielträger" in said and "Der Name ist derselbe" in said
    assert wermut.number not in said and "geb." not in said
    assert [line.reason for line in trail("search.outside")] == ["Eine andere Stelle fragt an"] * 2


def test_nobody_found_is_said(cem, words):
    assert "Keine Akte zu diesem Namen" in words(cem.post(URL, ASKED))


def test_own_file_is_linked(alma, wermut, words):
    answer = alma.post(URL, ASKED)
    assert reverse("file", args=[wermut.number]) in answer.content.decode() and "Anfrage stellen" not in words(answer)


def test_another_reason_is_put_into_words(cem, wermut, words):
    short = cem.post(URL, {**ASKED, "reason": "OTHER", "words": "weil"})
    assert short.status_code == 422 and "mindestens 10 Zeichen" in words(short)
    assert "Fragen Sie" in words(cem.post(URL, {**ASKED, "reason": "OTHER", "words": "Rückfrage des Jugendamts"}))


def test_shielded_file_is_not_told(people, cem, wermut, act_as, now, words, alma):
    with act_as(people.alma) as actor:
        shield_file(actor=actor, dossier_id=wermut.dossier_id, reason="aus der Presse bekannt", now=now)
    assert "Keine Akte zu diesem Namen" in words(cem.post(URL, ASKED))
    assert wermut.number in words(alma.post(URL, ASKED))


def test_too_many_searches_are_stopped_with_the_reason(cem, words):
    for _ in range(30):
        cem.post(URL, ASKED)
    answer = cem.post(URL, ASKED)
    assert answer.status_code == 422 and "30-mal" in words(answer)


def test_the_other_side_is_asked_from_an_own_file(people, cem, wermut, act_as, words):
    own = case_for(people.cem, surname="Wermut", given_name="Quentin")
    page = cem.post(URL, ASKED).content.decode()
    handle = re.search(r'name="handle" value="([^"]+)"', page)[1]
    offered = re.search(r'name="offered" value="([^"]+)"', page)[1]
    asked = {"formular": "ask", "offered": offered, "handle": handle, "number": own.number, "because": "gleicher Name"}
    wrong = cem.post(URL, {**asked, "number": wermut.number}, headers=FRAGMENT)
    assert wrong.status_code == 422 and "führen Sie nicht" in words(wrong) and "<html" not in wrong.content.decode()
    assert "Dieser Hinweis ist abgelaufen" in words(cem.post(URL, {**asked, "offered": "erfunden"}))
    answer = cem.post(URL, asked)
    assert answer.status_code == 303 and answer["Location"] == reverse("same_person", args=[own.number])
    with act_as(people.alma) as actor:
        assert SamePerson.objects.visible_to(actor).get(dossier_id=wermut.dossier_id).because == "gleicher Name"


@pytest.mark.parametrize("who", ["frida", "gero", "ede", "karl", "paul", "nils"])
def test_who_does_not_lead_or_refer_is_refused(people, client_of, who):
    assert client_of(people[who]).get(URL).status_code == 403
    assert client_of(people[who]).post(URL, ASKED).status_code == 403


def test_social_service_and_lead_search_and_are_offered_no_question(people, client_of, wermut, words):
    for who in ("uwe", "vera"):
        said = words(client_of(people[who]).post(URL, ASKED))
        assert "Fragen Sie Alma" in said and "Anfrage stellen" not in said
        assert client_of(people[who]).post(URL, {"formular": "ask"}).status_code == 403


# --- shielding ---------------------------------------------------------------------------------------------------


def test_file_is_shielded_on_its_page_of_access_and_marked_in_its_head(people, alma, client_of, wermut, words):
    url = reverse("file_access", args=[wermut.number])
    assert "besonders geschützt" not in words(alma.get(reverse("file", args=[wermut.number])))
    assert alma.post(url, {"formular": "shield", "reason": "kurz"}).status_code == 422
    assert alma.post(url, {"formular": "shield", "reason": "Berichte über den Prozess"}).status_code == 303
    assert "besonders geschützt" in words(alma.get(reverse("file", args=[wermut.number])))
    said = words(alma.get(url))
    assert "Berichte über den Prozess" in said and "Die Akte wurde besonders geschützt" in said
    hanna = client_of(people.hanna)
    assert "Schutz aufheben" not in words(hanna.get(url))
    assert hanna.post(url, {"formular": "unshield"}).status_code == 403
    assert client_of(people.jan).post(url, {"formular": "unshield"}).status_code == 303
    assert "Berichte über den Prozess" not in words(alma.get(url))
