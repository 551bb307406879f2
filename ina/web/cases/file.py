"""The file: picture, next steps, who sees it, what happened, key facts, consents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access import queries as access
from ina.access.enums import ConsentPurpose
from ina.agenda.queries import ITEMS, items_from
from ina.base import clock
from ina.base.actor import Actor
from ina.base.periods import first_day, last_day
from ina.cases import policies
from ina.cases.next_steps import NextStep, next_steps
from ina.cases.queries import CaseFile, offices_for, story_reads
from ina.cases.steps import story_of
from ina.web.cases.circle import circle_of
from ina.web.cases.score import Score, Stretch, Times, score
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show

SHOWN_STEPS = 8
SHOWN_EVENTS = 12
# What the button says, by the page that it leads to; else „Öffnen“.
WORDS = {
    "first_talk": "Eintragen",
    "release_dates": "Eintragen",
    "admission": "Entscheiden",
    "closing": "Entscheiden",
    "handover": "Übergabe",
}


@dataclass(frozen=True)
class Line:
    """A next step: where it is told in full (a task only), where it is done, and the word on the button."""

    step: NextStep
    task: str
    url: str
    word: str


def file(request: HttpRequest, number: str) -> HttpResponse:
    asked = (*story_reads(), ITEMS, access.CONSENTS, access.CIRCLE)
    opened, actor, now = open_file(request, number, "file", asked), request.actor, clock.now()
    today = clock.day_of(now)
    story = story_of(opened, today)
    steps = _next_steps(opened, story.marks, today)
    consents = access.consents_from(row for row in opened.answers[access.CONSENTS] if not row.is_voided)
    given = {consent.purpose for consent in consents if consent.withdrawn_on is None}
    return show(
        request,
        "cases/file.html",
        {
            **head_of(opened, "file", today),
            "score": _score(opened, story.marks, today),
            "steps": steps[:SHOWN_STEPS],
            "more_steps": max(len(steps) - SHOWN_STEPS, 0),
            "circle": circle_of(opened, now),
            "timeline": story.entries[:SHOWN_EVENTS],
            "earlier": story.entries[SHOWN_EVENTS:],
            "offices": offices_for(opened.participant, on=today),
            "consents": [(consent, ConsentPurpose(consent.purpose).label) for consent in consents],
            "missing": [each.label for each in ConsentPurpose if each not in given and not each.needs_recipient],
            "may": _may(actor, opened),
        },
        fragments=("timeline",),
    )


def _may(actor: Actor, opened: CaseFile) -> dict[str, bool]:
    """Which buttons the page shows: what the operations will ask."""
    case = opened.case
    return {
        "correct": bool(policies.may_correct_participant(actor, opened.participant)),
        "talk": bool(policies.may_record_first_talk(actor, case)),
        "decide": bool(policies.may_admit(actor, case)),
        "close": bool(policies.may_close_case(actor, case)),
        "pause": bool(policies.may_pause(actor, case)) or bool(policies.may_resume(actor, case)),
    }


def _next_steps(opened: CaseFile, marks, today: date) -> list[Line]:
    led = any((last_day(each.period) or today) >= today for each in opened.assignments)
    steps = next_steps(
        items=items_from(opened.answers[ITEMS], today),
        marks=marks,
        state=opened.state,
        planning_date=opened.planning_date,
        led=led,
        today=today,
    )
    return [_line(opened, step) for step in steps]


def _line(opened: CaseFile, step: NextStep) -> Line:
    number = opened.dossier.number
    task = reverse("task", args=[number, step.place]) if step.place else ""
    return Line(step, task, reverse(step.page, args=[number]) if step.page else task, WORDS.get(step.page, "Öffnen"))


def _score(opened: CaseFile, marks, today: date) -> Score:
    times = Times(
        opened_on=opened.acts[0].happened_on,
        today=today,
        preparation_starts=opened.preparation_starts,
        gate=opened.planning_date,
        aftercare_ends=opened.aftercare_ends,
        ended_on=opened.ended_on,
    )
    people = [
        Stretch(each.membership.user.display_name, first_day(each.period) or times.opened_on, last_day(each.period))
        for each in opened.assignments
    ]
    return score(times, marks, people, opened.label)
