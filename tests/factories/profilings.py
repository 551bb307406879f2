"""``full_profiling`` and ``two_profilings``: a profiling as it looks when somebody has taken an hour for it."""

from __future__ import annotations

from datetime import date

from ina.access.context import acting_as
from ina.profiling import operations
from ina.profiling.enums import BiographyKind, FindingBasis, KeyGroup, Need, ProfilingKind, Severity, StrengthKind
from ina.profiling.models import Assessment, Finding, HealthFinding, Profiling
from tests.factories.cases import Made, at

MAY, NOVEMBER = date(2026, 5, 12), date(2026, 11, 20)
BECAUSE = "a test looks at what it made"
NONE, PRESENT, SEVERE = Severity.NONE, Severity.PRESENT, Severity.SEVERE
# need: severity in May and in November, the person's own view in November, strategy
RATED: dict[Need, tuple[Severity, Severity, Severity, str]] = {
    Need.SCHOOLING: (NONE, NONE, NONE, ""),
    Need.TRAINING: (SEVERE, PRESENT, PRESENT, "Q2b"),
    Need.EXPERIENCE: (PRESENT, PRESENT, NONE, "Q3"),
    Need.LANGUAGE: (NONE, NONE, NONE, ""),
    Need.INTELLECT: (NONE, NONE, NONE, ""),
    Need.CONDUCT: (PRESENT, NONE, NONE, ""),
    Need.INITIATIVE: (PRESENT, NONE, NONE, ""),
    Need.LEARNING: (NONE, NONE, NONE, ""),
    Need.HOUSING: (SEVERE, SEVERE, SEVERE, "R1"),
    Need.MOBILITY: (SEVERE, PRESENT, SEVERE, "R2"),
    Need.MONEY: (NONE, PRESENT, SEVERE, "R4"),
}


def full_profiling(member, made: Made) -> Profiling:
    """In May: every need rated but one, strengths, prognosis, the talk, and facts of every kind."""
    actor, now = member.actor, at(MAY)
    with acting_as(actor):
        held = operations.begin_profiling(
            actor=actor, case_id=made.case_id, held_on=MAY, kind=ProfilingKind.INITIAL, now=now
        )
        for need, (severity, _, _, strategy) in RATED.items():
            operations.rate_need(
                actor=actor, profiling_id=held.pk, need=need, severity=severity, basis=FindingBasis.FACT,
                text=f"Beleg {need.label}", strategy=strategy if severity != NONE else "", now=now,
            )  # fmt: skip
        operations.rate_health(
            actor=actor, profiling_id=held.pk, severity=NONE, basis=FindingBasis.SELF_REPORT, now=now
        )
        for text, kind in (
            ("hält Zusagen ein", StrengthKind.PERSONAL),
            ("liest Zeichnungen", StrengthKind.PROFESSIONAL),
        ):
            operations.note_strength(
                actor=actor,
                profiling_id=held.pk,
                text=text,
                strength_kind=kind,
                basis=FindingBasis.OBSERVATION,
                now=now,
            )
        its = {"actor": actor, "assessment_id": assessment_of(held).pk, "now": now}
        operations.give_prognosis(**its, months_release=18, months_today=27, focus=KeyGroup.CIRCUMSTANCES)
        operations.record_talk(**its, own_words="Ich will raus aus dem Lager.", minutes=90, place="Haus C")
        on = {"actor": actor, "case_id": made.case_id, "now": now}
        operations.add_biography_entry(
            **on,
            kind=BiographyKind.JOB,
            title="Helfer Metall",
            kldb="24412",
            since=date(2019, 1, 1),
            until=date(2020, 2, 1),
        )
        operations.add_biography_entry(
            **on, kind=BiographyKind.JOB_INSIDE, title="Metallbau", kldb="24412", since=date(2025, 9, 1)
        )
        operations.add_target_occupation(**on, title="Metallbauer, Konstruktionstechnik", kldb="24412", since=MAY)
        operations.add_target_occupation(**on, title="Schweißer", kldb="24422", rank=2, since=MAY)
        operations.add_language(**on, language="de", level="NATIVE")
        operations.add_mobility(**on, licence_status="WITHDRAWN", bicycle=True, ticket="Deutschlandticket")
        operations.add_restriction(**on, kind="TIMES", note="kein Nachtdienst", valid_until=date(2027, 6, 30))
        operations.add_competence(
            **on, wording="Schweißen MAG 135", level="SOLID", evidence="WELDING",
            issued_on=date(2026, 9, 18),
            expires_on=date(2028, 9, 18), issuer="Schulwerkstatt der Anstalt",
            issuer_neutral="Prüfstelle Schweißtechnik",
        )  # fmt: skip
    return held


def two_profilings(member, made: Made) -> tuple[Profiling, Profiling]:
    """The one of May, and one before release in which everything was looked at again."""
    first = full_profiling(member, made)
    actor, now = member.actor, at(NOVEMBER)
    with acting_as(actor):
        held = operations.begin_profiling(
            actor=actor, case_id=made.case_id, held_on=NOVEMBER, kind=ProfilingKind.BEFORE_RELEASE, now=now
        )
        rows = Finding.objects.unscoped(because=BECAUSE).filter(profiling=held)
        for row in rows.exclude(need=""):
            _, severity, own, strategy = RATED[Need(row.need)]
            operations.rate_need_again(
                actor=actor, finding_id=row.pk, severity=severity, own_severity=own, strategy=strategy,
                basis=FindingBasis.FACT, text=f"jetzt: {Need(row.need).label}", now=now,
            )  # fmt: skip
        for row in rows.filter(need=""):
            operations.confirm_finding(actor=actor, finding_id=row.pk, now=now)
        health = HealthFinding.objects.unscoped(because=BECAUSE).get(profiling=held)
        operations.confirm_health(actor=actor, healthfinding_id=health.pk, now=now)
        operations.note_strength(
            actor=actor, profiling_id=held.pk, text="saubere Kehlnaht", strength_kind=StrengthKind.PROFESSIONAL,
            basis=FindingBasis.TEST, source="Prüfung 18.09.2026", now=now,
        )  # fmt: skip
        operations.give_prognosis(
            actor=actor, assessment_id=assessment_of(held).pk, months_release=10, months_today=13,
            focus=KeyGroup.QUALIFICATION, direct=True, direct_because="Zusage zum Gespräch liegt vor", now=now,
        )  # fmt: skip
    return first, held


def assessment_of(held: Profiling) -> Assessment:
    return Assessment.objects.unscoped(because=BECAUSE).get(profiling=held)
