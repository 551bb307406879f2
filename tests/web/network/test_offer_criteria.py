"""Entry criteria of an offer: entered one by one in words, and only what a file can know."""

import pytest

from ina.network.models import Offer
from tests.network.offers import an_offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(people):
    return f"/netzwerk/angebote/{an_offer(people.alma.actor).number}/voraussetzungen/"


def sent(**more):
    return {"formular": "add", "version": "1", "because": "so vereinbart", **more}


def test_a_number_a_level_and_a_list_of_districts(people, client_of, here):
    client = client_of(people.alma)
    assert "Keine: Das Angebot steht allen offen" in client.get(here).content.decode()
    assert client.post(here + "?merkmal=age", sent(op="at_least", value="18")).status_code == 303
    level = sent(version="2", op="at_least", value=["B1"])
    assert client.post(here + "?merkmal=german_level", level).status_code == 303
    districts = sent(version="3", op="one_of", value=["05111", "05113"])
    assert client.post(here + "?merkmal=residence_district", districts).status_code == 303
    assert [(row["op"], row["value"]) for row in Offer.objects.get().criteria] == [
        ("at_least", 18),
        ("at_least", "B1"),
        ("one_of", ["05111", "05113"]),
    ]
    text = client.get(here).content.decode()
    assert "mindestens 18 Jahre" in text and "Düsseldorf" in text and "05111" not in text.partition("<form")[0]
    assert client.post(here, {"formular": "remove", "version": "4", "places": ["0", "2"]}).status_code == 303
    assert [row["fact"] for row in Offer.objects.get().criteria] == ["german_level"]


@pytest.mark.parametrize(
    ("fact", "given", "words"),
    [
        ("age", {"op": "at_least", "value": "viele"}, "ganze Zahl"),
        ("age", {"op": "at_least", "value": "-1"}, "größer oder gleich 0"),
        ("age", {"op": "one_of", "value": "18"}, "Vergleich"),
        ("german_level", {"op": "at_least", "value": ["A1", "B1"]}, "genau eines"),
        ("german_level", {"op": "one_of", "value": ["Z9"]}, "Z9"),
        ("sex", {"op": "one_of"}, "Bitte wählen"),
        ("debts", {"op": "one_of", "value": ["YES"], "because": " "}, ""),
    ],
)
def test_what_does_not_fit_stays_in_the_form(people, client_of, here, fact, given, words):
    answer = client_of(people.alma).post(f"{here}?merkmal={fact}", sent(**given))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert Offer.objects.get().criteria == []


def test_no_other_fact_than_the_file_knows(people, client_of, here):
    client = client_of(people.alma)
    assert client.post(here + "?merkmal=offence", sent(op="one_of", value=["x"])).status_code == 404
    assert client.get(here + "?merkmal=offence").status_code == 200
    assert client_of(people.ede).get(here).status_code == 403


def test_somebody_was_faster(people, client_of, here):
    client = client_of(people.alma)
    assert client.post(here + "?merkmal=age", sent(op="at_least", value="18")).status_code == 303
    assert client.post(here + "?merkmal=age", sent(op="at_least", value="21")).status_code == 409
    assert len(Offer.objects.get().criteria) == 1
