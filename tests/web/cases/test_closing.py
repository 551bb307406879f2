"""Ruhen, abschließen."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


def url(made) -> str:
    return reverse("closing", args=[made.number])


def test_regular_end_after_six_months(people, alma, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    answer = alma.post(url(made), {"formular": "close", "closed_on": "heute", "reason": "REGULAR_6M_IN_WORK"})
    assert answer.status_code == 303
    assert "Beendet am 23.11.2026: regulär nach sechs Monaten, in Arbeit." in words(alma.get(url(made)))
    assert alma.get(url(made)).context["close"] is None


def test_no_regular_end_before_the_release(alma, case, words):
    answer = alma.post(url(case), {"formular": "close", "closed_on": "heute", "reason": "REGULAR_6M_IN_WORK"})
    assert answer.status_code == 422 and "erst nach der Entlassung" in words(answer)


def test_reason_is_asked(alma, case):
    answer = alma.post(url(case), {"formular": "close", "closed_on": "heute"})
    assert answer.status_code == 422 and list(answer.context["close"].errors) == ["reason"]


def test_pause_and_resume(people, alma, words):
    made = case_for(people.alma, state=State.AFTERCARE)
    rest = {"formular": "pause", "happened_on": "heute", "reason": "Therapie"}
    assert alma.post(url(made), rest | {"until": "+400"}).status_code == 422
    assert alma.post(url(made), rest | {"until": "+30"}).status_code == 303
    assert "ruht" in words(alma.get(url(made)))
    assert alma.post(url(made), {"formular": "resume", "happened_on": "heute"}).status_code == 303
    assert alma.get(url(made)).context["pause"] is not None


def test_fragment(alma, case):
    headers = {"HX-Request": "true", "HX-Target": "close"}
    answer = alma.post(url(case), {"formular": "close"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="close"')


def test_readers_are_refused_with_the_reason(people, client_of, case, words):
    jan = client_of(people.jan)
    assert "Das entscheidet die Fallführung" in words(jan.get(url(case)))
    assert jan.post(url(case), {"formular": "close"}).status_code == 403
    assert client_of(people.cem).get(url(case)).status_code == 404
