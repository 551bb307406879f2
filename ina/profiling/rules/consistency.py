"""What experts expect to fit together in a profiling (domain 3.3). German hints; nothing is blocked by them. Pure.

The limits in days come in from dated parameters (``profiling_max_age``, ``reprofiling_lead``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ina.profiling.enums import Need, Severity
from ina.profiling.rules.conditions import Findings
from ina.profiling.rules.derivation import Derivation, contradictions_of
from ina.profiling.rules.schemes import Scheme


@dataclass(frozen=True)
class NeedRated:
    """One need of a profiling, as far as the reader sees it."""

    severity: Severity
    strategy: str = ""
    own: Severity | None = None
    unchecked: bool = False


@dataclass(frozen=True)
class Standing:
    """All that the checks look at. before: the needs of the profiling before this one, with its category.

    planned_on: the planning date of the release; None when unknown or released. outdated_from: the day from which this
    profiling is too old; renew_from: from which another one belongs before release. referred: to case management or a
    service outside; None: not known to the reader.
    """

    held_on: date
    needs: Mapping[Need, NeedRated]
    strengths: int
    category: str
    before: Mapping[Need, NeedRated] | None = None
    category_before: str = ""
    planned_on: date | None = None
    outdated_from: date | None = None
    renew_from: date | None = None
    referred: bool | None = None


def hints_of(standing: Standing, scheme: Scheme, findings: Findings, derivation: Derivation, today: date) -> list[str]:
    """Every sentence that applies, the weightiest first."""
    return [
        *_category(standing, scheme, findings, derivation),
        *_time(standing, today),
        *_entries(standing),
    ]


def _category(standing: Standing, scheme: Scheme, findings: Findings, derivation: Derivation) -> list[str]:
    said = list(derivation.contradictions)
    if standing.category != derivation.category:
        said = [one for one in said if one not in contradictions_of(scheme, findings, derivation.category)]
        said += contradictions_of(scheme, findings, standing.category)
    category = scheme.category(standing.category)
    if category is not None and category.case_management and standing.referred is False:
        said.append(f"{category.label}: Zum Fallmanagement oder an eine Hilfe draußen ist noch niemand vermittelt.")
    if better_without_reason(standing, scheme):
        before, now = scheme.label(standing.category_before), scheme.label(standing.category)
        said.append(f"Aus {before} wurde {now}, ohne dass sich ein Handlungsbedarf geändert hat.")
    return said


def better_without_reason(standing: Standing, scheme: Scheme) -> bool:
    """The label improved although no need changed. Categories stand in the scheme from near to far."""
    if standing.before is None or not standing.category_before or not standing.category:
        return False
    order = [each.code for each in scheme.categories if each.is_near is not None]
    if standing.category not in order or standing.category_before not in order:
        return False
    if order.index(standing.category) >= order.index(standing.category_before):
        return False
    return severities(standing.before) == severities(standing.needs)


def severities(needs: Mapping[Need, NeedRated]) -> dict[Need, Severity]:
    """What stands in the way: needs that are none are left out, looked at or not."""
    return {need: one.severity for need, one in needs.items() if one.severity is not Severity.NONE}


def _time(standing: Standing, today: date) -> list[str]:
    said = []
    if standing.outdated_from is not None and today >= standing.outdated_from:
        said.append(f"Dieses Profiling vom {standing.held_on:%d.%m.%Y} ist nicht mehr aktuell.")
    if (
        standing.renew_from is not None
        and standing.planned_on is not None
        and today >= standing.renew_from
        and standing.held_on < standing.renew_from
    ):
        said.append(f"Vor der Entlassung am {standing.planned_on:%d.%m.%Y} fehlt das erneute Profiling.")
    return said


def _entries(standing: Standing) -> list[str]:
    said = []
    unchecked = sum(one.unchecked for one in standing.needs.values())
    if unchecked:
        many = f"{unchecked} übernommene Einträge sind" if unchecked > 1 else "Ein übernommener Eintrag ist"
        said.append(f"{many} noch nicht geprüft.")
    if not standing.strengths:
        said.append("Es ist noch keine Stärke eingetragen.")
    for need, one in standing.needs.items():
        stands_in_the_way = one.severity is not Severity.NONE
        if stands_in_the_way and not one.strategy:
            said.append(f"Bedarf ohne Strategie: {need.label}.")
        if not stands_in_the_way and one.strategy:
            said.append(f"Strategie ohne Bedarf: {need.label}.")
    heavier = [need.label for need, one in standing.needs.items() if one.own is not None and _heavier(one)]
    if heavier:
        said.append(f"Die Person selbst sieht es schwerer: {', '.join(heavier)}. Ansprechen und festhalten.")
    return said


def _heavier(one: NeedRated) -> bool:
    order = list(Severity)
    return one.own is not None and order.index(one.own) > order.index(one.severity)
