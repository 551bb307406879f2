"""Two versions of the plan side by side: what is new, gone or said otherwise, and apart from it how far things are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.planning.differences import differences
from ina.planning.queries import GOALS, VERSION_READS, PlanRow, plan_from, versions_from
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show


def plan_compare(request: HttpRequest, number: str) -> HttpResponse:
    """``?von=1&mit=2``; without them the last two. A version without a goal is not listed."""
    opened, today = open_file(request, number, "plan_compare", along=(GOALS, *VERSION_READS)), clock.today()
    plans = {
        version.plan_version: plan
        for version in versions_from(opened.answers, opened.case)
        if (
            plan := plan_from(
                opened.answers[GOALS],
                opened.case,
                release=opened.planning_date,
                plan_version=version.plan_version,
            )
        )
    }
    context = {**head_of(opened, "plan", today), "compared": None}
    if len(plans) > 1:
        newest, former = list(plans)[:2]
        before = _asked(request.GET.get("von", ""), former, plans)
        after = _asked(request.GET.get("mit", ""), newest, plans)
        choices = [(row.plan_version, _named(row)) for row in plans.values()]
        context |= {
            "compared": differences(plans[before], plans[after]),
            "before": before,
            "after": after,
            "choices": choices,
        }
    return show(request, "cases/plan_compare.html", context)


def _asked(typed: str, otherwise: int, plans: dict[int, PlanRow]) -> int:
    if not typed:
        return otherwise
    chosen = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
    if chosen not in plans:
        raise NotVisible()
    return chosen


def _named(plan: PlanRow) -> str:
    return f"Fassung {plan.plan_version}, {plan.state.label}"
