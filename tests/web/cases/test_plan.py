"""Integrationsplan: goals, steps, what became of them."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
GOAL = {
    "formular": "goal",
    "wording_person": "Ich will gleich arbeiten.",
    "key_group": "QUALIFICATION",
    "priority": "HIGH",
    "target_on": "01.03.2027",
}
STEP = {"formular": "step", "goal": "1", "what": "Mappe fertigstellen", "owner": "PARTICIPANT", "due_on": "+10"}


@pytest.fixture
def url(case):
    return reverse("plan", args=[case.number])


@pytest.fixture
def planned(alma, url):
    alma.post(url, GOAL)
    alma.post(url, STEP)
    return url


def test_empty_plan_asks_for_the_persons_words(alma, url, words):
    page = alma.get(url)
    assert "schreiben Sie es in ihren Worten auf" in words(page)
    assert page.context["step"] is None and page.context["judge"] is None


def test_goal_and_step_are_shown(alma, planned, words):
    said = words(alma.get(planned))
    assert "„Ich will gleich arbeiten.“" in said and "1.1 Mappe fertigstellen" in said and "Fassung 1" in said


def test_step_done_and_dropped(alma, planned, words):
    alma.post(planned, STEP | {"what": "Führerschein"})
    done = {"formular": "complete", "step": "1.1", "done_on": "heute", "result": "liegt vor"}
    assert alma.post(planned, done).status_code == 303
    dropped = {"formular": "complete", "step": "1.2", "done_on": "heute", "dropped": "on"}
    without_reason = alma.post(planned, dropped)
    assert without_reason.status_code == 422 and "Bitte nennen Sie den Grund" in words(without_reason)
    assert alma.post(planned, dropped | {"result": "entzogen bis 2028"}).status_code == 303
    said = words(alma.get(planned))
    assert "erledigt" in said and "liegt vor" in said and "entfallen" in said


def test_a_step_that_is_gone_is_said(alma, planned, words):
    alma.post(planned, STEP)
    answer = alma.post(planned, {"formular": "complete", "step": "1.7", "done_on": "heute"})
    assert answer.status_code == 422 and "Das gibt es so nicht mehr" in words(answer)


def test_goal_is_judged_with_a_reason(alma, planned, words):
    judged = {"formular": "judge", "goal": "1", "status": "PARTLY", "status_on": "heute"}
    assert alma.post(planned, judged).status_code == 422
    assert alma.post(planned, judged | {"reason": "Teilzeit gefunden"}).status_code == 303
    said = words(alma.get(planned))
    assert "teilweise erreicht" in said and "Teilzeit gefunden" in said
    assert alma.get(planned).context["step"] is None


def test_wrong_input_stays(alma, url):
    answer = alma.post(url, GOAL | {"target_on": "01.01.2020"})
    assert answer.status_code == 422 and "Ich will gleich arbeiten." in answer.content.decode()


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "goal"}
    answer = alma.post(url, GOAL | {"wording_person": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="goal"')


def test_readers_are_refused_and_others_see_nothing(people, client_of, planned):
    hanna = client_of(people.hanna)
    assert hanna.get(planned).status_code == 200 and hanna.get(planned).context["goal"] is None
    assert hanna.post(planned, GOAL).status_code == 403
    assert client_of(people.cem).get(planned).status_code == 404
