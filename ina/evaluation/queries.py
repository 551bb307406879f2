"""Figures, read with the evaluator's log-in. Only counts leave this module."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from ina.base.actor import Actor
from ina.evaluation import policies
from ina.evaluation.cohorts import Episodes
from ina.evaluation.indicators.order import REPORT_ORDER
from ina.evaluation.models import EpisodeFact, FactBuild
from ina.evaluation.rates import Rate, assess
from ina.reference.queries import code_groups, parameter


@dataclass(frozen=True)
class Report:
    """All figures with their „Datenstand“ (None: never built)."""

    built_at: datetime | None
    rates: tuple[Rate, ...]


def get_report(actor: Actor, *, today: date) -> Report:
    """The figures that the actor may read. Raises Refused."""
    policies.may_read_figures(actor).require()
    build = FactBuild.objects.as_evaluator().latest_first().first()
    if build is None:
        return Report(None, ())
    limit = parameter("small_number_limit", on=today)
    outcome_groups, ending_groups = code_groups("outcome_status"), code_groups("ending_reasons")
    rates = tuple(
        assess(
            definition,
            _episodes(definition.months),
            outcome_groups=outcome_groups,
            ending_groups=ending_groups,
            limit=limit,
            today=today,
        )
        for definition in REPORT_ORDER
    )
    return Report(build.finished_at, rates)


def _episodes(months: int) -> Iterable[Episodes]:
    outcome = f"outcome_{months}"
    rows = (
        EpisodeFact.objects.as_evaluator()
        .filter(released_month__isnull=False)
        .counted_by("released_month", "age_group", "sex", "ended_month", "ending_reason", outcome)
    )
    return [Episodes(outcome=row.pop(outcome), **row) for row in rows]
