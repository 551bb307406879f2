"""The file: picture, next steps, who sees it, what happened, key facts, consents."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse

from ina.access import queries as access
from ina.access.enums import ConsentPurpose
from ina.base import clock
from ina.base.actor import Actor
from ina.base.periods import first_day, last_day
from ina.cases import policies
from ina.cases.enums import Act, Step
from ina.cases.next_steps import Deadlines, next_steps
from ina.cases.queries import CaseFile, offices_for
from ina.cases.steps import story_of
from ina.web.cases.score import Score, Stretch, Times, score
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show

SHOWN_STEPS = 8
SHOWN_EVENTS = 12
# Where a next step is done: name of the page, word on the button.
PAGES: dict = {
    "talk": ("first_talk", "Eintragen"),
    "release_date": ("release_dates", "Eintragen"),
    Act.ADMITTED: ("admission", "Entscheiden"),
    Act.RELEASE_CONFIRMED: ("release_dates", "Bestätigen"),
    Act.CLOSED: ("closing", "Abschließen"),
    Act.RESUMED: ("closing", "Aufnehmen"),
    Step.COUNSELLING: ("first_talk", "Öffnen"),
    Step.PROFILING: ("profiling", "Öffnen"),
    Step.PLANNING: ("plan", "Öffnen"),
    Step.NETWORKING: ("network", "Öffnen"),
    Step.MONITORING: ("contacts", "Öffnen"),
    Step.EVALUATION: ("outcomes", "Öffnen"),
}


def file(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, now = open_file(request, number, "file"), request.actor, clock.now()
    today = clock.day_of(now)
    story = story_of(actor, opened, today)
    steps = [(step, *PAGES[step.about]) for step in _next_steps(opened, story.marks, today)]
    consents = access.list_consents(actor, opened.dossier.pk)
    given = {consent.purpose for consent in consents if consent.withdrawn_on is None}
    return show(
        request,
        "cases/file.html",
        {
            **head_of(opened, "file", today),
            "score": _score(opened, story.marks, today),
            "steps": steps[:SHOWN_STEPS],
            "more_steps": max(len(steps) - SHOWN_STEPS, 0),
            "circle": [line for line in access.list_access(actor, opened.dossier.pk, now) if line.running],
            "timeline": story.entries[:SHOWN_EVENTS],
            "earlier": story.entries[SHOWN_EVENTS:],
            "offices": offices_for(opened.participant, on=today),
            "consents": [(consent, ConsentPurpose(consent.purpose).label) for consent in consents],
            "missing": [purpose.label for purpose in ConsentPurpose if purpose not in given],
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


def _next_steps(opened: CaseFile, marks, today: date):
    referred_on, leads = opened.acts[0].happened_on, opened.parameters
    return next_steps(
        state=opened.state,
        has_talk=bool(opened.talks),
        released=opened.released_on is not None,
        planning_date=opened.planning_date,
        aftercare_ends=opened.aftercare_ends,
        marks=marks,
        deadlines=Deadlines(
            leads["first_talk_deadline"].after(referred_on), leads["admission_decision_deadline"].after(referred_on)
        ),
        today=today,
    )


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
