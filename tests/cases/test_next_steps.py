"""What comes next in a case. No database."""

from datetime import date

import pytest

from ina.agenda.enums import Anchor, ItemState
from ina.agenda.queries import ItemRow
from ina.agenda.rules import urgency_of
from ina.cases.enums import State, Step
from ina.cases.lifecycle import ENDED_STATES, OPEN_STATES
from ina.cases.next_steps import next_steps
from ina.cases.steps import Mark, MarkState

TODAY = date(2026, 11, 23)


def item(
    title: str, shown_on: date, *, page: str = "", kind: str = "", state=ItemState.OPEN, due_on: date | None = None
) -> ItemRow:
    snoozed = shown_on if due_on else None
    return ItemRow(
        place=4, kind=kind, page=page, short_list=False, title=title, detail="", due_on=due_on or shown_on,
        shown_on=shown_on, state=state, urgency=urgency_of(state, shown_on, snoozed, TODAY), anchor=Anchor.FIXED,
        offset="", distance=None, why="fester Tag", automatic=False, responsible="", responsible_id=None, deputy="",
        deputy_id=None, snoozed_until=snoozed, snooze_reason="wartet" if snoozed else "", closed_on=None, closed_by="",
        because="", comes_back=False, version=1,
    )  # fmt: skip


def steps(**given):
    facts = {
        "items": (),
        "marks": {},
        "state": State.ADMITTED,
        "planning_date": date(2027, 2, 12),
        "led": True,
        "today": TODAY,
    }
    return next_steps(**facts | given)


def titles(**given):
    return [each.title for each in steps(**given)]


def test_open_items_stand_by_urgency_with_their_place():
    items = [
        item("später", date(2027, 3, 1)),
        item("morgen", date(2026, 11, 24)),
        item("überfällig", date(2026, 11, 20), page="admission"),
        item("erledigt", date(2026, 11, 20), state=ItemState.DONE),
    ]
    found = steps(items=items)
    assert [(each.title, each.state) for each in found] == [
        ("überfällig", MarkState.LATE),
        ("morgen", MarkState.DUE),
        ("später", MarkState.OPEN),
    ]
    assert (found[0].page, found[0].place) == ("admission", 4)


def test_what_was_put_off_says_why():
    (found,) = steps(items=[item("Ausweis", date(2026, 12, 1), due_on=date(2026, 11, 1))])
    assert found.why == "zurückgestellt: wartet" and found.due_on == date(2026, 12, 1)


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_an_open_case_without_date_or_lead_says_so(state):
    assert titles(state=state, planning_date=None, led=False) == ["Entlassungstermin eintragen", "Fallführung klären"]
    assert titles(state=state) == []


@pytest.mark.parametrize("state", sorted(ENDED_STATES))
def test_an_ended_case_waits_for_nothing(state):
    assert titles(state=state, planning_date=None, led=False) == []


def test_marks_that_are_to_come_are_listed_by_urgency():
    marks = {
        Step.MONITORING: [
            Mark(date(2026, 11, 1), MarkState.LATE, "Nächster Kontakt"),
            Mark(date(2026, 6, 1), MarkState.DONE, "erledigt"),
        ],
        Step.PLANNING: [
            Mark(date(2027, 1, 1), MarkState.OPEN, "Ziel"),
            Mark(date(2026, 12, 1), MarkState.DUE, "Schritt"),
        ],
        Step.NETWORKING: [Mark(date(2026, 7, 1), MarkState.OPEN, "Stelle vorgeschlagen")],
    }
    found = steps(marks=marks)
    assert [each.title for each in found] == ["Nächster Kontakt", "Schritt", "Ziel", "Stelle vorgeschlagen"]
    assert found[-1].due_on is None and found[0].page == "contacts"


def test_profilings_and_outcomes_are_asked_for_by_the_agenda_alone():
    late = Mark(date(2026, 11, 1), MarkState.LATE, "Erstes Profiling")
    assert titles(marks={Step.PROFILING: [late], Step.EVALUATION: [late]}) == []


@pytest.mark.parametrize("state", list(ItemState))
def test_what_the_agenda_asks_for_is_not_said_a_second_time_by_a_mark(state):
    day = date(2026, 11, 1)
    contact = item("Erster Kontakt", day, kind="monitoring.first_contact", state=state)
    said = titles(items=[contact], marks={Step.MONITORING: [Mark(day, MarkState.LATE, "Erster Kontakt")]})
    assert said == (["Erster Kontakt"] if state is ItemState.OPEN else [])


def test_a_task_of_ones_own_that_is_done_hides_nothing():
    done = item("Anruf", TODAY, state=ItemState.DONE)
    assert titles(items=[done], marks={Step.MONITORING: [Mark(TODAY, MarkState.DUE, "Anruf")]}) == ["Anruf"]
