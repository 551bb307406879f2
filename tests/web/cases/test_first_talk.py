"""Erstgespräch."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
TALK = {
    "formular": "talk",
    "held_on": "−2",
    "place": "Haus C",
    "informed": "on",
    "told_voluntary": "on",
    "own_wishes": "wieder gärtnern",
}


@pytest.fixture
def url(people):
    return reverse("first_talk", args=[case_for(people.alma, state=State.SCREENING, talk=False).number])


def test_talk_is_kept_and_shown(alma, url, words):
    assert "Noch kein Erstgespräch" in words(alma.get(url))
    assert alma.post(url, TALK).status_code == 303
    said = words(alma.get(url))
    assert "21.11.2026, Haus C" in said and "„wieder gärtnern“" in said


def test_talk_counts_only_when_voluntariness_was_said(alma, url, words):
    answer = alma.post(url, {name: value for name, value in TALK.items() if name != "told_voluntary"})
    assert answer.status_code == 422 and "told_voluntary" in answer.context["talk"].errors
    assert "wieder gärtnern" in answer.content.decode()


def test_fragment(alma, url):
    answer = alma.post(url, TALK | {"held_on": "+1"}, headers={"HX-Request": "true", "HX-Target": "talk"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="talk"')


def test_readers_are_refused(people, client_of, url, words):
    assert "Hier tragen Sie nichts ein" in words(client_of(people.jan).get(url))
    assert client_of(people.jan).post(url, TALK).status_code == 403
    assert client_of(people.cem).post(url, TALK).status_code == 404


def test_who_wants_to_think_is_shown_with_the_day(alma, url, words):
    answer = alma.post(url, TALK | {"answer": "THINKING"})
    assert answer.status_code == 422 and "answer_until" in answer.context["talk"].errors
    given = {"answer": "THINKING", "answer_until": "+14", "minutes": "40", "present": "Sozialdienst"}
    assert alma.post(url, TALK | given | {"topics": ["AIMS"]}).status_code == 303
    said = words(alma.get(url))
    assert "möchte nachdenken bis 07.12.2026" in said and "40 Minuten" in said and "dabei: Sozialdienst" in said
    assert "was INA ist und was nicht" in said


def test_an_unknown_topic_is_refused(alma, url):
    answer = alma.post(url, TALK | {"topics": ["AIMS", "OFFENCE"]})
    assert answer.status_code == 422 and "topics" in answer.context["talk"].errors


def test_the_agreement_is_entered_once(alma, url, words):
    signed = {"formular": "agreement", "agreed_on": "heute", "text_version": "1", "language": "de", "own_words": "Ruhe"}
    assert "Noch nicht unterschrieben" in words(alma.get(url))
    assert alma.post(url, signed).status_code == 303
    assert "unterschrieben am 23.11.2026, Fassung 1" in words(alma.get(url))
    assert alma.post(url, signed).status_code == 403
