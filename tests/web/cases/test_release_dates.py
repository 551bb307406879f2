"""Termine: claims, one that falls away, the release itself."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
CLAIM = {
    "formular": "state",
    "on": "18.12.2026",
    "kind": "COURT_DECISION",
    "status": "DECIDED",
    "source": "Beschluss vom 20.11.2026",
    "asserted_on": "heute",
}


@pytest.fixture
def url(case):
    return reverse("release_dates", args=[case.number])


def test_an_earlier_decision_becomes_the_planning_date(alma, url, words):
    assert alma.post(url, CLAIM).status_code == 303
    said = words(alma.get(url))
    assert "25 Tage bis Fr., 18.12.2026" in said and "Planungstermin" in said and "Beschluss vom 20.11.2026" in said


def test_a_date_that_falls_away_stays_in_the_list(alma, url, words):
    alma.post(url, CLAIM)
    assert alma.post(url, {"formular": "drop", "claim": "2"}).status_code == 303
    said = words(alma.get(url))
    assert "98 Tage" in said and "entfallen" in said
    assert alma.post(url, {"formular": "drop", "claim": "2"}).status_code == 422


def test_release_is_confirmed_and_aftercare_begins(alma, case, url, words):
    answer = alma.post(url, {"formular": "confirm", "released_on": "20.11.2026", "residence_town": "Solingen"})
    assert answer.status_code == 303
    said = words(alma.get(answer["Location"]))
    assert "seit Fr., 20.11.2026" in said and "Nachsorge bis 20.05.2027" in said and "Solingen gesichert" in said
    page = alma.get(url)
    assert page.context["state"] is None and "Entlassen am 20.11.2026" in words(page)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"on": "01.01.2020"}, "on"), ({"asserted_on": "+1"}, "asserted_on"), ({"source": ""}, "source")],
)
def test_wrong_claims_stay_in_the_form(alma, url, wrong, field):
    answer = alma.post(url, CLAIM | wrong)
    assert answer.status_code == 422 and list(answer.context["state"].errors) == [field]


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "state"}
    answer = alma.post(url, CLAIM | {"source": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="state"')


def test_social_service_states_dates_and_confirms_no_release(people, client_of, url):
    hanna = client_of(people.hanna)
    assert hanna.post(url, CLAIM).status_code == 303 and hanna.get(url).context["confirm"] is None
    assert hanna.post(url, {"formular": "confirm", "released_on": "heute"}).status_code == 403


def test_without_a_claim_nothing_can_fall_away(people, alma, words):
    made = case_for(people.alma, planned_on=None)
    page = alma.get(reverse("release_dates", args=[made.number]))
    assert page.context["drop"] is None and "Niemand hat bisher einen Tag genannt" in words(page)


def test_after_the_release_no_prognosis(people, alma):
    made = case_for(people.alma, state=State.AFTERCARE)
    assert alma.post(reverse("release_dates", args=[made.number]), CLAIM).status_code == 403
