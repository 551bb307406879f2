"""What comes next in a case, state by state. No database."""

from datetime import date, timedelta

import pytest

from ina.cases.enums import Act, State, Step
from ina.cases.next_steps import Deadlines, next_steps
from ina.cases.steps import Mark, MarkState

TODAY = date(2026, 11, 23)


def steps(**given):
    facts = {
        "state": State.ADMITTED,
        "has_talk": True,
        "released": False,
        "planning_date": date(2027, 2, 12),
        "aftercare_ends": date(2027, 8, 12),
        "marks": {},
        "deadlines": Deadlines(first_talk=date(2026, 11, 20), admission=date(2026, 12, 20)),
        "today": TODAY,
    }
    return next_steps(**facts | given)


def titles(**given):
    return [each.title for each in steps(**given)]


@pytest.mark.parametrize("state", [State.REFERRED, State.WAITING])
def test_before_admission_a_talk_and_a_decision(state):
    found = steps(state=state, has_talk=False)
    assert [(each.about, each.state) for each in found] == [
        ("talk", MarkState.LATE),
        (Act.ADMITTED, MarkState.OPEN),
    ]
    assert titles(state=state) == ["Über die Aufnahme entscheiden"]


def test_admitted_without_a_date_asks_for_one():
    assert titles(planning_date=None) == ["Entlassungstermin eintragen"]
    assert titles() == []


def test_a_reached_planning_date_asks_for_confirmation():
    (found,) = steps(planning_date=TODAY - timedelta(days=1))
    assert found.about is Act.RELEASE_CONFIRMED and found.state is MarkState.LATE


def test_aftercare_ends_on_its_day():
    (found,) = steps(state=State.AFTERCARE, released=True, aftercare_ends=TODAY)
    assert found.about is Act.CLOSED and found.state is MarkState.DUE
    assert "Nachsorge wieder aufnehmen" in titles(state=State.PAUSED, released=True)


@pytest.mark.parametrize("state", [State.CLOSED, State.DECLINED, State.REJECTED])
def test_an_ended_case_waits_for_nothing(state):
    assert titles(state=state) == []


def test_marks_that_are_to_come_are_listed_by_urgency():
    marks = {
        Step.PROFILING: [
            Mark(date(2026, 11, 1), MarkState.LATE, "Profiling"),
            Mark(date(2026, 6, 1), MarkState.DONE, "erledigt"),
        ],
        Step.PLANNING: [
            Mark(date(2027, 1, 1), MarkState.OPEN, "Ziel"),
            Mark(date(2026, 12, 1), MarkState.DUE, "Schritt"),
        ],
        Step.NETWORKING: [Mark(date(2026, 7, 1), MarkState.OPEN, "Stelle vorgeschlagen")],
    }
    found = steps(marks=marks)
    assert [each.title for each in found] == ["Profiling", "Schritt", "Ziel", "Stelle vorgeschlagen"]
    assert found[-1].due_on is None
