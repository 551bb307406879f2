"""Special events of a case, and what a person may now want to decide. Visible rows only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.base.actor import Actor
from ina.base.together import Read, read_together
from ina.cases.enums import Act, EventKind, State
from ina.cases.evidence import contact_attempts
from ina.cases.models import Case, CaseAct, DateNotice, SpecialEvent
from ina.cases.queries.acts import OF_A_VISIBLE_CASE, acts_of, planning_date_of
from ina.cases.queries.corrections import numbered, voided_note
from ina.cases.rules.endings import AttemptsVerdict, contact_attempts_suffice
from ina.cases.rules.events import BY_KIND, DETAIL_LISTS
from ina.reference.queries import labels_on, names_in, parameter


@dataclass(frozen=True)
class EventRow:
    """A line of the page; ``ordinal`` names the entry in addresses (``queries.corrections``)."""

    ordinal: int
    kind: EventKind
    happened_on: date
    until: date | None
    detail: str
    remark: str
    by: str
    voided: str


EVENTS = Read(
    lambda given: (
        SpecialEvent.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .annotate(by=F("recorded_by__user__display_name"), undone_by=F("voided_by__user__display_name"))
        .order_by("pk")
    )
)
TERMS = Read(lambda given: names_in(DETAIL_LISTS))


def list_events(actor: Actor, case: Case) -> list[EventRow]:
    """All events of the case, voided ones too, the latest day first."""
    answers = read_together((EVENTS, TERMS), actor=actor, dossier_id=case.dossier_id)
    return events_from(answers[EVENTS], case, answers[TERMS])


def events_from(rows: Iterable[SpecialEvent], case: Case, terms: list[tuple]) -> list[EventRow]:
    """``list_events`` from the rows of ``EVENTS`` and those of ``names_in``."""
    lines = [_row(event, terms) for event in numbered(rows) if event.case_id == case.pk]
    return sorted(lines, key=lambda line: (line.happened_on, line.ordinal), reverse=True)


def _row(event: Any, terms: list[tuple]) -> EventRow:
    happening = BY_KIND.get(EventKind(event.kind))
    labels = labels_on(terms, event.happened_on).get(happening.details, {}) if happening and event.detail else {}
    return EventRow(
        ordinal=event.ordinal,
        kind=EventKind(event.kind),
        happened_on=event.happened_on,
        until=event.until,
        detail=labels.get(event.detail, ""),
        remark=event.remark,
        by=event.by,
        voided=voided_note(event),
    )


def standing_events(case: Case) -> list[SpecialEvent]:
    """What counts, in its order. The case is loaded as visible already."""
    rows = SpecialEvent.objects.unscoped(because=OF_A_VISIBLE_CASE).standing().filter(case=case)
    return list(rows.order_by("happened_on", "pk"))


def last_transfer(actor: Actor, case: Case) -> SpecialEvent | None:
    """The latest transfer of the case that stands; only this one can be taken back."""
    rows = SpecialEvent.objects.visible_to(actor).standing().filter(case=case, kind=EventKind.TRANSFERRED)
    found = rows.select_related("prison", "dossier").order_by("pk").last()
    if found is not None:
        found.case = case
    return found


@dataclass(frozen=True)
class OfferedPause:
    """A pause that an event suggests: nobody is put to rest by a machine."""

    reason: str
    imprisonment: str
    happened_on: date


def offered_pause(case: Case, state: State) -> OfferedPause | None:
    """The pause that the latest event suggests, while the case does not rest and nothing happened to it since."""
    if state not in (State.ADMITTED, State.AFTERCARE):
        return None
    suggested = [event for event in standing_events(case) if _suggests(event)]
    if not suggested:
        return None
    latest, last = suggested[-1], acts_of(case)[-1]
    if last.happened_on > latest.happened_on or (last.act == Act.RESUMED and last.happened_on == latest.happened_on):
        return None
    imprisonment = latest.detail if latest.kind == EventKind.REIMPRISONED else ""
    return OfferedPause(BY_KIND[EventKind(latest.kind)].pause, imprisonment, latest.happened_on)


def _suggests(event: SpecialEvent) -> bool:
    happening = BY_KIND.get(EventKind(event.kind))
    return happening is not None and bool(happening.pause)


def closing_due(acts: list[CaseAct]) -> date | None:
    """From when on aftercare should end because of a new imprisonment (dated parameter); None when there is none.

    Counted from the pause that re-imprisonment began. Whether it ends, a person decides.
    """
    last = acts[-1]
    if last.act != Act.PAUSED or last.reason != "REIMPRISONED":
        return None
    return parameter("reincarceration_close_after", on=last.happened_on).after(last.happened_on)


def lost_contact_on(case: Case, on: date) -> AttemptsVerdict:
    """Whether the documented attempts are enough to call contact lost on this day, by the dated parameters."""
    return contact_attempts_suffice(
        contact_attempts(case),
        on,
        parameter("lost_contact_attempts", on=on),
        parameter("lost_contact_channels", on=on),
        parameter("lost_contact_window", on=on),
    )


def list_to_inform(actor: Actor, case: Case) -> list[DateNotice]:
    """Who was told a day that no longer holds: the latest notice to each place, with the consent behind it."""
    holds = planning_date_of(case)
    rows = DateNotice.objects.visible_to(actor).standing().filter(case=case).select_related("institution", "consent")
    latest = {row.institution_id: row for row in rows.order_by("told_on", "pk")}
    return [row for row in latest.values() if row.on != holds]
