"""What contacts and outcomes add to the picture and the timeline of a case."""

from __future__ import annotations

from datetime import date

from ina.cases.enums import Act, Step
from ina.cases.lifecycle import OPEN_STATES, state_after
from ina.cases.queries import acts_of
from ina.cases.steps import Entry, Mark, MarkState, pending, register_step, register_timeline
from ina.monitoring.enums import ContactOutcome, PointState
from ina.monitoring.models import Contact, OutcomeStatus
from ina.monitoring.queries import OUTCOME_LIST, list_contacts, outcome_points
from ina.reference.queries import code_labels, parameter

POINT_MARKS = {PointState.LATER: MarkState.OPEN, PointState.DUE: MarkState.DUE, PointState.OVERDUE: MarkState.LATE}


def contacts(actor, case, today: date) -> list[Mark]:
    """Contacts and attempts; while the case is open also the first one after release and the next one agreed."""
    held = list_contacts(actor, case, today=today)
    marks = [
        Mark(
            row.happened_on,
            MarkState.DONE if row.outcome.is_contact else MarkState.FAILED,
            _titled(row.kind_label, row.outcome),
        )
        for row in held
    ]
    acts = acts_of(case)
    if state_after(Act(act.act) for act in acts) not in OPEN_STATES:
        return marks
    released = next((act.happened_on for act in acts if act.act == Act.RELEASE_CONFIRMED), None)
    if released and not any(row.outcome.is_contact and row.happened_on >= released for row in held):
        due_on = parameter("first_contact_after_release", on=released).after(released)
        marks.append(pending(due_on, today, "Erster Kontakt nach der Entlassung"))
    if held and held[0].next_on:
        marks.append(pending(held[0].next_on, today, held[0].next_step or "Nächster Kontakt"))
    return marks


def outcomes(actor, case, today: date) -> list[Mark]:
    """The points after release, and the end of the case."""
    marks = [
        Mark(
            point.refers_on,
            POINT_MARKS.get(point.state) or (MarkState.UNKNOWN if point.is_unknown else MarkState.DONE),
            f"Verbleib {point.label}" + (f": {point.category_label}" if point.category_label else ""),
        )
        for point in outcome_points(actor, case, today)
    ]
    marks += [Mark(act.happened_on, MarkState.DONE, "Fall beendet") for act in acts_of(case) if act.act == Act.CLOSED]
    return marks


def contact_history(actor, case) -> list[Entry]:
    rows = Contact.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user")
    kinds = _labels("contact_kinds", [row.happened_on for row in rows])
    return [
        Entry(
            on=row.happened_on,
            title=_titled(kinds[row.kind], ContactOutcome(row.outcome)),
            detail=row.content,
            by=row.recorded_by.user.display_name,
            kind="dot" if ContactOutcome(row.outcome).is_contact else "fail",
        )
        for row in rows
    ]


def outcome_history(actor, case) -> list[Entry]:
    rows = OutcomeStatus.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user")
    categories = _labels(OUTCOME_LIST, [row.refers_on for row in rows])
    return [
        Entry(
            on=row.refers_on,
            title=f"Verbleib: {categories[row.category]}",
            detail=f"Quelle: {row.source}" if row.source else "",
            by=row.recorded_by.user.display_name,
            kind="done",
        )
        for row in rows
    ]


def _titled(kind: str, outcome: ContactOutcome) -> str:
    return kind if outcome is ContactOutcome.MET else f"{kind}: {outcome.label}"


def _labels(list_key: str, days: list[date]) -> dict[str, str]:
    """The names of the codes on the newest of these days."""
    return code_labels(list_key, on=max(days)) if days else {}


def register() -> None:
    register_step(Step.MONITORING, contacts)
    register_step(Step.EVALUATION, outcomes)
    register_timeline(contact_history)
    register_timeline(outcome_history)
