"""Einwilligungen: recorded, withdrawn, and both stay visible."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
GIVEN = {"formular": "record", "purpose": "DATA_USE", "given_on": "heute", "text_version": "2026-1", "on_paper": "on"}
WITHDRAWN = {"formular": "withdraw", "consent": "1", "withdrawn_on": "heute", "channel": "PAPER"}


def url(made) -> str:
    return reverse("consents", args=[made.number])


@pytest.fixture
def referred(people):
    return case_for(people.alma, state=State.REFERRED)


def test_empty_page_says_what_is_missing(alma, referred, words):
    page = alma.get(url(referred))
    assert "Es liegt keine Einwilligung vor" in words(page) and page.context["withdraw"] is None


def test_consent_is_recorded_once(alma, referred, words):
    assert alma.post(url(referred), GIVEN).status_code == 303
    assert "Nutzung der Daten" in words(alma.get(url(referred)))
    answer = alma.post(url(referred), GIVEN)
    assert answer.status_code == 422 and "liegt schon vor" in words(answer)


def test_withdrawal_keeps_the_evidence(alma, case, words):
    assert alma.post(url(case), WITHDRAWN).status_code == 303
    said = words(alma.get(url(case)))
    assert "widerrufen am 23.11.2026 auf Papier" in said and "gilt" in said
    assert alma.post(url(case), WITHDRAWN).status_code == 422


def test_withdrawal_cannot_lie_before_the_consent(alma, case):
    answer = alma.post(url(case), WITHDRAWN | {"withdrawn_on": "01.01.2026"})
    assert answer.status_code == 422 and list(answer.context["withdraw"].errors) == ["withdrawn_on"]


def test_team_lead_withdraws_and_records_nothing(people, client_of, case):
    jan = client_of(people.jan)
    assert jan.post(url(case), GIVEN).status_code == 403
    assert jan.post(url(case), WITHDRAWN).status_code == 303


def test_fragment(alma, case):
    headers = {"HX-Request": "true", "HX-Target": "withdraw"}
    answer = alma.post(url(case), WITHDRAWN | {"channel": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="withdraw"')


def test_prison_reads_and_others_see_nothing(people, client_of, case):
    hanna = client_of(people.hanna)
    assert hanna.get(url(case)).context["withdraw"] is None and hanna.post(url(case), WITHDRAWN).status_code == 403
    assert client_of(people.cem).get(url(case)).status_code == 404
