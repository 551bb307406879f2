"""The category follows from the findings: derived anew after each change, parts of the operations that change them."""

from __future__ import annotations

from datetime import datetime

from ina.base.actor import Actor
from ina.profiling.enums import KeyGroup, Need, Severity
from ina.profiling.models import Assessment, Finding, HealthFinding, Profiling
from ina.profiling.rules.conditions import WEIGHT, Findings
from ina.profiling.rules.derivation import derive
from ina.profiling.schemes import NATIVE, all_schemes

WHY = "Teil einer Operation, die das Profiling schon geladen hat"


def assessment_of(profiling: Profiling, actor: Actor, now: datetime) -> Assessment:
    """The one of this profiling, made when there is none: of INA's own scheme unless the last one used another."""
    found = Assessment.objects.unscoped(because=WHY).filter(profiling=profiling).first()
    if found is not None:
        return found
    last = Assessment.objects.unscoped(because=WHY).filter(dossier_id=profiling.dossier_id).order_by("pk").last()
    scheme = all_schemes().get(last.scheme if last else NATIVE) or all_schemes()[NATIVE]
    return Assessment.objects.create(
        dossier_id=profiling.dossier_id,
        profiling=profiling,
        scheme=scheme.code,
        scheme_version=scheme.version,
        changed_at=now,
        changed_by_id=actor.membership_id,
    )


def derive_again(profiling: Profiling, actor: Actor, now: datetime) -> None:
    """Store what follows now. Nobody's choice is touched: it stays until its author looks at it again."""
    assessment = assessment_of(profiling, actor, now)
    before = (assessment.derived, assessment.derived_with_health, assessment.scheme_version)
    settle_category(assessment, actor)
    if before != (assessment.derived, assessment.derived_with_health, assessment.scheme_version):
        assessment.version += 1
        assessment.changed_at, assessment.changed_by_id = now, actor.membership_id
        assessment.save()


def settle_category(assessment: Assessment, actor: Actor) -> None:
    """Fill ``derived`` from what stands, health included as far as the actor sees it. Does not save."""
    scheme = all_schemes()[assessment.scheme]
    rows = Finding.objects.visible_to(actor).standing().filter(profiling_id=assessment.profiling_id).exclude(need="")
    needs = [(Need(row.need), Severity(row.severity)) for row in rows]
    health = HealthFinding.objects.visible_to(actor).standing().filter(profiling_id=assessment.profiling_id)
    ratings = [(Need.HEALTH, Severity(row.severity)) for row in health]
    derived = derive(scheme, findings_from([*needs, *ratings], assessment))
    assessment.derived, assessment.scheme_version = derived.category, scheme.version
    assessment.derived_with_health = bool(ratings)
    if assessment.chosen == assessment.derived:
        assessment.chosen = assessment.override_reason = ""


def findings_from(needs: list[tuple[Need, Severity]], assessment: Assessment) -> Findings:
    """A key group weighs as much as the heaviest need in it."""
    levels = {group: Severity.NONE for group in KeyGroup}
    for need, severity in needs:
        levels[need.key_group] = max(levels[need.key_group], severity, key=lambda one: WEIGHT[one])
    return Findings(
        levels,
        months=assessment.months,
        months_to_market=assessment.months_to_market,
        focus=KeyGroup(assessment.focus) if assessment.focus else None,
        direct=assessment.direct,
        in_work_but_needy=assessment.in_work_but_needy,
        activation_not_required=assessment.activation_not_required,
    )
