"""Fallkonferenzen: entered, decided, and decisions that become steps of the plan."""

import pytest
from django.urls import reverse

from ina.planning.enums import PlanState
from tests.factories.plans import planned_case

pytestmark = pytest.mark.django_db
HOLD = {
    "formular": "hold",
    "held_on": "-3",
    "place": "JVA Beispielstadt",
    "participants": "Hanna Hasel, Sozialdienst, JVA Beispielstadt\nBirk Birke",
    "topics": "Wohnen",
    "minutes": "",
}
DECIDE = {"formular": "decide", "conference": "1", "text": "Wohnung suchen", "owner": "CASE_MANAGER", "due_on": "+10"}
STEP = {"formular": "step", "decision": "1", "goal": "1"}


@pytest.fixture
def made(people, now):
    return planned_case(people.alma, now)


def test_from_a_conference_to_a_step_of_the_plan(alma, made, words):
    url = reverse("conferences", args=[made.number])
    page = alma.get(url)
    assert "Noch keine Fallkonferenz" in words(page) and page.context["decide"] is None
    assert alma.post(url, HOLD).status_code == 303
    assert alma.get(url).context["step"] is None
    assert alma.post(url, DECIDE).status_code == 303
    assert alma.post(url, STEP).status_code == 303
    page = alma.get(url)
    said = words(page)
    assert "Hanna Hasel (Sozialdienst, JVA Beispielstadt); Birk Birke" in said and "Schritt 1.2" in said
    assert page.context["step"] is None
    plan = words(alma.get(reverse("plan", args=[made.number])))
    assert "Wohnung suchen" in plan and "beschlossen in der Fallkonferenz am" in plan


def test_with_a_plan_in_force_the_next_version_begins(alma, people, now, words):
    made = planned_case(people.alma, now, PlanState.IN_FORCE)
    url = reverse("conferences", args=[made.number])
    alma.post(url, HOLD)
    alma.post(url, DECIDE)
    assert "beginnt die nächste Fassung" in words(alma.get(url))
    assert alma.post(url, STEP).status_code == 303
    page = alma.get(reverse("plan", args=[made.number]) + "?fassung=2")
    assert page.context["plan"].goals[0].steps[-1].what == "Wohnung suchen"


def test_an_agreed_version_takes_no_step(alma, people, now, words):
    made = planned_case(people.alma, now, PlanState.AGREED)
    url = reverse("conferences", args=[made.number])
    alma.post(url, HOLD)
    alma.post(url, DECIDE)
    answer = alma.post(url, STEP)
    assert answer.status_code == 422 and "bleibt, wie sie unterschrieben ist" in words(answer)


def test_a_voided_step_lets_the_decision_wait_again(alma, made, words):
    url = reverse("conferences", args=[made.number])
    for sent in (HOLD, DECIDE, STEP):
        alma.post(url, sent)
    void = {"formular": "void", "because": "versehentlich", "version": "1"}
    entry = reverse("entry", args=[made.number, "schritt", 2])
    answer = alma.post(entry, void)
    assert answer.status_code == 303, words(answer)
    assert alma.get(url).context["step"] is not None


@pytest.mark.parametrize(
    "wrong", [{"held_on": "+3"}, {"participants": ""}, {"participants": ", Rolle"}, {"topics": ""}]
)
def test_wrong_input_stays(alma, made, wrong):
    assert alma.post(reverse("conferences", args=[made.number]), HOLD | wrong).status_code == 422


def test_a_decision_is_not_due_before_its_conference(alma, made):
    url = reverse("conferences", args=[made.number])
    alma.post(url, HOLD)
    assert alma.post(url, DECIDE | {"due_on": "-30"}).status_code == 422
    assert alma.post(url, DECIDE | {"text": " "}).status_code == 422


def test_fragment(alma, made):
    headers = {"HX-Request": "true", "HX-Target": "hold"}
    answer = alma.post(reverse("conferences", args=[made.number]), HOLD | {"topics": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="hold"')


@pytest.mark.parametrize("count", [1, 3])
def test_statements(alma, made, statements, count):
    url = reverse("conferences", args=[made.number])
    for number in range(1, count + 1):
        alma.post(url, HOLD)
        alma.post(url, DECIDE | {"conference": str(number)})
    alma.get(url)
    with statements() as seen:
        page = alma.get(url)
    assert len(page.context["rows"]) == count and seen() == 7
