"""Profiling: strengths first, then needs; the form and its gates."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
FINDING = {"formular": "finding", "held_on": "heute", "kind": "INITIAL", "text": "bleibt ruhig", "basis": "OBSERVATION"}


def url(made) -> str:
    return reverse("profiling", args=[made.number])


def test_empty_page_says_how_to_begin(alma, case, words):
    assert "Beginnen Sie mit den Stärken" in words(alma.get(url(case)))


def test_strengths_stand_before_needs(alma, case, words):
    need = FINDING | {"topic": "R1", "severity": "SEVERE", "text": "keine Wohnung"}
    assert alma.post(url(case), need).status_code == 303
    assert alma.post(url(case), FINDING | {"topic": "STRENGTH"}).status_code == 303
    said = words(alma.get(url(case)))
    assert (
        said.index("Stärken 1 bleibt ruhig") < said.index("Handlungsbedarf 1 Wohnsituation")
        and "erheblicher Bedarf" in said
    )


def test_a_need_says_how_much(alma, case):
    answer = alma.post(url(case), FINDING | {"topic": "R1"})
    assert answer.status_code == 422 and list(answer.context["finding"].errors) == ["severity"]


def test_a_strength_has_no_severity(alma, case, words):
    answer = alma.post(url(case), FINDING | {"topic": "STRENGTH", "severity": "SEVERE"})
    assert answer.status_code == 422 and "Zu einer Stärke gehört keine Ausprägung" in words(answer)


def test_another_kind_on_the_same_day_is_refused_at_its_field(alma, case):
    alma.post(url(case), FINDING | {"topic": "STRENGTH"})
    answer = alma.post(url(case), FINDING | {"topic": "STRENGTH", "kind": "AD_HOC"})
    assert answer.status_code == 422 and "kind" in answer.context["finding"].errors


def test_fragment(alma, case):
    headers = {"HX-Request": "true", "HX-Target": "finding"}
    answer = alma.post(url(case), FINDING | {"topic": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="finding"')


def test_no_profiling_before_admission(people, alma, words):
    referred = case_for(people.alma, state=State.SCREENING)
    assert "Vor der Aufnahme" in words(alma.get(url(referred)))
    assert alma.post(url(referred), FINDING | {"topic": "STRENGTH"}).status_code == 403


def test_readers_are_refused_and_others_see_nothing(people, client_of, case):
    assert client_of(people.hanna).get(url(case)).status_code == 200
    assert client_of(people.hanna).post(url(case), FINDING | {"topic": "STRENGTH"}).status_code == 403
    assert client_of(people.cem).get(url(case)).status_code == 404
