"""When to act in a crisis, and the early signs that a job or the way there may break off. Pure.

The signs are plain counts of what is in the file, each said in a sentence; there is no score (domain 10). Sources:
domain 7.12, 2.3 (three missed appointments end the benefit since 1 July 2026).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ina.monitoring.enums import AppointmentState, ContactOutcome, CrisisStep, CrisisTrigger, Urgency
from ina.reference.rules import Duration

# So many appointments missed in a row without excuse end the benefit.
JOBCENTER_LIMIT = 3
MISSED_WITHIN = timedelta(weeks=4)
MISSED_OFTEN = 2


@dataclass(frozen=True)
class Due:
    """What is to be done next about a crisis, and by when."""

    on: date
    what: str


def next_due(
    reported_on: date, urgency: Urgency, steps: Collection[tuple[CrisisStep, date]], follow_ups: Sequence[Duration]
) -> Due:
    """First somebody acts, in time; then somebody asks, so often as the parameter says; then the result is due.

    steps: kind and day of what was done. The times of asking count from the last agreement, else from the first step.
    """
    acted = sorted(on for kind, on in steps if kind is not CrisisStep.FOLLOW_UP)
    if not acted:
        return Due(reported_on + timedelta(days=urgency.days), "handeln: mit der Person oder dem Betrieb sprechen")
    agreed = [on for kind, on in steps if kind is CrisisStep.AGREEMENT]
    begins = max(agreed) if agreed else acted[0]
    asked = sum(kind is CrisisStep.FOLLOW_UP and on >= begins for kind, on in steps)
    if asked < len(follow_ups):
        return Due(follow_ups[asked].after(begins), "nachfragen, ob es hält")
    return Due(follow_ups[-1].after(begins) if follow_ups else begins, "das Ergebnis eintragen")


@dataclass(frozen=True)
class Kept:
    """An appointment whose day has passed. ``outcome``: what was said of it, None while nobody said anything."""

    on: date
    state: AppointmentState
    jobcenter: bool
    outcome: ContactOutcome | None

    @property
    def missed_without_excuse(self) -> bool:
        return self.state is AppointmentState.MISSED and self.outcome is not ContactOutcome.EXCUSED_ABSENCE


@dataclass(frozen=True)
class Sign:
    """An early sign. ``trigger``: what a crisis on account of it would be called."""

    text: str
    trigger: CrisisTrigger
    urgent: bool = False


def signs_of(appointments: Iterable[Kept], last_met: date | None, contact_by: date | None, today: date) -> list[Sign]:
    """What the file shows, the urgent first. contact_by: the day by which the next contact was to be, None: no rule."""
    past = sorted((one for one in appointments if one.on <= today), key=lambda one: one.on)
    found = []
    at_jobcenter = missed_in_a_row(one for one in past if one.jobcenter)
    if at_jobcenter:
        found.append(
            Sign(
                f"{at_jobcenter} von {JOBCENTER_LIMIT} Terminen beim Jobcenter nacheinander versäumt."
                if at_jobcenter < JOBCENTER_LIMIT
                else f"{at_jobcenter} Termine beim Jobcenter nacheinander versäumt: Das Geld fällt weg.",
                CrisisTrigger.JOBCENTER,
                urgent=at_jobcenter >= JOBCENTER_LIMIT,
            )
        )
    lately = [one for one in past if one.missed_without_excuse and one.on >= today - MISSED_WITHIN]
    if len(lately) >= MISSED_OFTEN:
        found.append(Sign(f"{len(lately)} Termine in vier Wochen ohne Entschuldigung versäumt.", CrisisTrigger.NO_SHOW))
    if contact_by is not None and today > contact_by:
        since = f"seit dem {last_met:%d.%m.%Y}" if last_met else "seit der Entlassung"
        found.append(Sign(f"Kein Kontakt {since}, fällig war er am {contact_by:%d.%m.%Y}.", CrisisTrigger.OTHER))
    return sorted(found, key=lambda sign: not sign.urgent)


def missed_in_a_row(appointments: Iterable[Kept]) -> int:
    """How many of the last ones were missed without excuse; one that was kept ends the row, an excused one does not."""
    row = 0
    for one in appointments:
        if one.state is AppointmentState.KEPT:
            row = 0
        elif one.missed_without_excuse:
            row += 1
    return row


def contact_by(
    released_on: date | None,
    last_met: date | None,
    *,
    first: Duration,
    early_phase: Duration,
    early: Duration,
    later: Duration,
) -> date | None:
    """By when the next contact after the release is to be (domain 9.1); None before the release."""
    if released_on is None:
        return None
    if last_met is None or last_met < released_on:
        return first.after(released_on)
    return (early if last_met < early_phase.after(released_on) else later).after(last_met)
