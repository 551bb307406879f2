"""The cases of one file: the switch between them, and what worked before when somebody comes back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from ina.access.models import Dossier
from ina.base.actor import Actor
from ina.cases.enums import Act, State
from ina.cases.lifecycle import ENDED_STATES, state_after
from ina.cases.looking_back import what_came_of
from ina.cases.models import Case, CaseAct
from ina.reference.queries import code_labels_of

# In which list the reason of an act stands.
REASONS = {
    Act.CLOSED: "ending_reasons",
    Act.DECLINED: "decline_reasons",
    Act.REJECTED: "rejection_reasons",
    Act.WAITLISTED: "waiting_reasons",
}


@dataclass(frozen=True)
class EpisodeRow:
    """One case of a file. ``outcomes``: what came of it, as the modules above tell."""

    number: int
    opened_on: date
    admitted_on: date | None
    released_on: date | None
    ended_on: date | None
    ending: str
    outcomes: tuple[str, ...] = ()


def newest_number(actor: Actor, dossier: Dossier) -> int:
    """How many cases a visible file has: they are numbered without gaps."""
    return Case.objects.visible_to(actor).filter(dossier=dossier).aggregate(newest=Max("number"))["newest"] or 0


def earlier_cases(actor: Actor, dossier: Dossier) -> list[EpisodeRow]:
    """The ended cases, newest first: periods, reason of the end, goals reached, where the person stood afterwards."""
    ids = Case.objects.visible_to(actor).filter(dossier=dossier).values_list("pk", flat=True)
    told = what_came_of(actor, ids)
    return [row for row in _episodes(actor, dossier, told) if row.ended_on]


def _episodes(actor: Actor, dossier: Dossier, told: dict[int, list[str]]) -> list[EpisodeRow]:
    cases = list(Case.objects.visible_to(actor).filter(dossier=dossier).order_by("-number"))
    acts: dict[int, list[CaseAct]] = defaultdict(list)
    rows = CaseAct.objects.visible_to(actor).standing().filter(case__in=cases).order_by("happened_on", "pk")
    for row in rows:
        acts[row.case_id].append(row)
    return [_episode(case, acts[case.pk], told.get(case.pk, [])) for case in cases]


def _episode(case: Case, acts: list[CaseAct], told: list[str]) -> EpisodeRow:
    state = state_after(Act(row.act) for row in acts)
    last = acts[-1]
    ended = state in ENDED_STATES
    return EpisodeRow(
        number=case.number,
        opened_on=case.opened_on,
        admitted_on=_day_of(acts, Act.ADMITTED),
        released_on=_day_of(acts, Act.RELEASE_CONFIRMED),
        ended_on=last.happened_on if ended else None,
        ending=_ending(state, last) if ended else "",
        outcomes=tuple(told),
    )


def _ending(state: State | None, last: CaseAct) -> str:
    list_key = REASONS.get(Act(last.act))
    if last.reason and list_key:
        return code_labels_of((list_key,), on=last.happened_on)[list_key].get(last.reason, last.reason)
    return Act(last.act).label


def _day_of(acts: list[CaseAct], act: Act) -> date | None:
    return next((row.happened_on for row in acts if row.act == act), None)
