"""Wer ist zuständig? One answer, several, another Land, unknown: each is said."""

import pytest

from ina.reference.operations import import_places
from ina.reference.rules import PlaceRow

pytestmark = pytest.mark.django_db
ADDRESS = "/einrichtungen/zustaendig/"


def text_of(client, **query) -> str:
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def places(people, now):
    rows = [
        PlaceRow("53111", "Bonn", "05314000"),
        PlaceRow("57334", "Bad Laasphe", "05970020"),
        PlaceRow("57334", "Randdorf", "05958999"),
        PlaceRow("10115", "Berlin", "11000000"),
    ]
    import_places(actor=people.gero.actor, now=now, rows=rows)


def test_district_leads_to_its_three_offices(people, client_of):
    text = text_of(client_of(people.alma), kreis="05314")
    assert "eindeutig" in text
    for key in ("jc-bonn", "aa-bonn", "hwk-koeln"):
        assert f"/einrichtungen/{key}/" in text


def test_nothing_asked_shows_only_the_form(people, client_of):
    text = text_of(client_of(people.alma))
    assert 'id="antwort"' not in text and "kein Ortsverzeichnis geladen" in text


def test_postcode_without_a_list_is_unknown_and_says_what_to_do(people, client_of):
    assert "Bitte wählen Sie den Kreis aus" in text_of(client_of(people.alma), plz="53111")


def test_postcode_with_a_list(people, client_of, places):
    text = text_of(client_of(people.alma), plz="53111")
    assert "jc-bonn" in text and "kein Ortsverzeichnis" not in text


def test_several_districts_are_all_named(people, client_of, places):
    text = text_of(client_of(people.alma), plz="57334")
    assert "Mehrere kommen in Frage" in text and text.count('<th scope="row"') == 2


def test_another_land_is_said(people, client_of, places):
    assert "nicht in Nordrhein-Westfalen" in text_of(client_of(people.alma), plz="10115")


def test_contradiction_is_unknown(people, client_of, places):
    assert "passen nicht zusammen" in text_of(client_of(people.alma), plz="53111", kreis="05111")


def test_wrong_postcode_stays_in_the_form(people, client_of):
    answer = client_of(people.alma).get(ADDRESS, {"plz": "5311", "ort": "Bonn"})
    assert answer.status_code == 422
    assert "fünf Ziffern" in answer.content.decode() and 'value="Bonn"' in answer.content.decode()
