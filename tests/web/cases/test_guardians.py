"""Gesetzliche Vertretung: entered, voided, and missed where somebody is a minor."""

from datetime import date

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
MOTHER = {"formular": "add", "name": "Erika Heide", "relation": "Mutter", "contact": "0221 4710-123", "valid_from": ""}


@pytest.fixture
def url(people):
    made = case_for(people.alma, surname="Heide", given_name="Kim", born_on=date(2009, 5, 1), state=State.SCREENING)
    return reverse("guardians", args=[made.number])


def test_a_minor_without_a_guardian_is_pointed_out_until_there_is_one(alma, url, words):
    person = url.replace("vertretung/", "")
    assert "noch nicht 18" in words(alma.get(url)) and "Noch nicht 18" in words(alma.get(person))
    assert alma.post(url, MOTHER).status_code == 303
    assert "noch nicht 18" not in words(alma.get(url)) and "Erika Heide" in words(alma.get(person))
    assert alma.post(url, {"formular": "void", "guardian": "1", "because": "Tante"}).status_code == 303
    page = alma.get(url)
    assert "<s>Erika Heide, Mutter</s>" in page.content.decode() and "noch nicht 18" in words(page)


def test_a_guardian_of_the_past_does_not_count(alma, url, words):
    alma.post(url, MOTHER | {"valid_until": "01.02.2026"})
    assert "noch nicht 18" in words(alma.get(url)) and "gilt heute nicht" in alma.get(url).content.decode()


def test_an_adult_needs_none(alma, case, words):
    page = alma.get(reverse("guardians", args=[case.number]))
    assert "noch nicht 18" not in words(page) and "Es ist niemand eingetragen" in words(page)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "name"),
        ({"relation": " "}, "relation"),
        ({"valid_from": "1.5.26", "valid_until": "1.4.26"}, "vor dem"),
    ],
)
def test_wrong_entries_stay(wrong, said, alma, url, words):
    answer = alma.post(url, MOTHER | wrong, headers={"HX-Request": "true", "HX-Target": "add"})
    assert answer.status_code == 422 and said in answer.content.decode()


def test_who_may(people, client_of, url):
    assert client_of(people.hanna).post(url, MOTHER).status_code == 303
    jan = client_of(people.jan)
    assert jan.get(url).context["add"] is None and jan.post(url, MOTHER).status_code == 403
    assert client_of(people.bert).get(url).status_code == 404
