"""Orte: whether a place list is loaded, and how one is."""

import pytest

from ina.reference.operations import import_places
from ina.reference.rules import PlaceRow

pytestmark = pytest.mark.django_db
ADDRESS = "/werte/orte/"


def test_without_a_list_the_page_says_what_is_missing_and_how_it_is_loaded(people, client_of, words):
    said = words(client_of(people.gero).get(ADDRESS))
    assert "kein Ortsverzeichnis geladen" in said and "script/ina import_places" in said
    assert "script/ina" not in words(client_of(people.alma).get(ADDRESS))


def test_a_loaded_list_is_counted(people, client_of, now, words):
    rows = [
        PlaceRow("53111", "Bonn", "05314000"),
        PlaceRow("53113", "Bonn", "05314000"),
        PlaceRow("10115", "Berlin", "11000000"),
    ]
    import_places(actor=people.gero.actor, now=now, rows=rows)
    answer = client_of(people.alma).get(ADDRESS)
    counts = answer.context["counts"]
    assert (counts.districts, counts.municipalities, counts.in_nrw, counts.postcodes) == (53, 2, 1, 3)
    assert "Ortsverzeichnis geladen" in words(answer)
