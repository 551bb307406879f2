"""The intake sheet (domain 7.1), section by section: each in the compartment that its content belongs to.

A section is filled once per case and corrected in place; the history keeps what it said. Each says the day that it
refers to: today at the latest, often the day of the referral. What is not known is a value (UNKNOWN, empty), never a
reason to refuse. Nothing about the offence is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import Stance, Supervision, YesNo
from ina.cases.models import (
    BenefitSituation,
    Case,
    Enforcement,
    EntrySituation,
    EsfEntry,
    HealthSituation,
    ReferralSheet,
)
from ina.reference.queries import code_labels

# Questions of the ESF that nobody has to answer (domain 6.1: "sensitive; refusal allowed, must be documented").
ESF_VOLUNTARY = ("foreign_background", "minority", "disability", "homeless")


@operation("cases.fill_referral_sheet", may=policies.may_fill_intake, on=Case)
def fill_referral_sheet(
    case: Case,
    *,
    actor: Actor,
    sheet_version: int = 0,
    referred_by: str = "",
    reason: str = "",
    wish: str = "",
    children: str = "",
    conflict_of_interest: YesNo = YesNo.UNKNOWN,
    now: datetime,
) -> ReferralSheet:
    """Who proposed the person and why, what the person wishes. ``sheet_version``: 0 while there is no sheet."""
    values = {
        "referred_by": referred_by.strip(),
        "reason": reason.strip(),
        "wish": wish.strip(),
        "children": children.strip(),
        "conflict_of_interest": str(conflict_of_interest),
    }
    return _keep(ReferralSheet, case, actor, sheet_version, values, now)


@operation("cases.fill_enforcement", may=policies.may_fill_intake, on=Case)
def fill_enforcement(
    case: Case,
    *,
    actor: Actor,
    sheet_version: int = 0,
    refers_on: date,
    kind: str = "",
    begins_on: date | None = None,
    half_on: date | None = None,
    two_thirds_on: date | None = None,
    ends_on: date | None = None,
    remand_credit_days: int | None = None,
    credit_days: int | None = None,
    further_sentences: str = "",
    stance_57: Stance = Stance.UNKNOWN,
    supervision: Supervision = Supervision.UNKNOWN,
    residence_title: str = "",
    work_permit: YesNo = YesNo.UNKNOWN,
    deportation: YesNo = YesNo.UNKNOWN,
    source: str = "",
    now: datetime,
) -> Enforcement:
    """What is enforced and until when, what may follow. The days are no claims yet: nothing is planned by them.

    Refused when they are not in the order begin, half, two thirds, end, or when a day has no source.
    """
    _in_order(begins_on, half_on, two_thirds_on, ends_on)
    if any((half_on, two_thirds_on, ends_on)) and not source.strip():
        raise Invalid("Bitte nennen Sie die Quelle dieser Daten.", "source")
    values = {
        "kind": _code("custody_kinds", kind, refers_on, "kind"),
        "begins_on": begins_on,
        "half_on": half_on,
        "two_thirds_on": two_thirds_on,
        "ends_on": ends_on,
        "remand_credit_days": remand_credit_days,
        "credit_days": credit_days,
        "further_sentences": further_sentences.strip(),
        "stance_57": str(stance_57),
        "supervision": str(supervision),
        "residence_title": residence_title.strip(),
        "work_permit": str(work_permit),
        "deportation": str(deportation),
        "source": source.strip(),
    }
    return _keep(Enforcement, case, actor, sheet_version, values, now, refers_on)


@operation("cases.fill_entry_situation", may=policies.may_fill_intake, on=Case)
def fill_entry_situation(
    case: Case,
    *,
    actor: Actor,
    sheet_version: int = 0,
    refers_on: date,
    labour_status: str = "",
    months_unemployed: int | None = None,
    isced: str = "",
    school: str = "",
    school_country: str = "",
    school_recognised: YesNo = YesNo.UNKNOWN,
    training: str = "",
    training_occupation: str = "",
    last_job: str = "",
    german_level: str = "",
    further_languages: str = "",
    driving_licence: str = "",
    needs_integration: YesNo = YesNo.UNKNOWN,
    now: datetime,
) -> EntrySituation:
    """School, training and work on the day of entry: asked once, for plan, ESF and evaluation."""
    values = {
        "labour_status": _code("labour_status", labour_status, refers_on, "labour_status"),
        "months_unemployed": months_unemployed,
        "isced": _code("isced", isced, refers_on, "isced"),
        "school": _code("school_leaving", school, refers_on, "school"),
        "school_country": _code("citizenships", school_country, refers_on, "school_country"),
        "school_recognised": str(school_recognised),
        "training": _code("training_status", training, refers_on, "training"),
        "training_occupation": training_occupation.strip(),
        "last_job": last_job.strip(),
        "german_level": _code("german_levels", german_level, refers_on, "german_level"),
        "further_languages": further_languages.strip(),
        "driving_licence": driving_licence.strip(),
        "needs_integration": str(needs_integration),
    }
    return _keep(EntrySituation, case, actor, sheet_version, values, now, refers_on)


@operation("cases.fill_benefits", may=policies.may_fill_intake_alone, on=Case)
def fill_benefits(
    case: Case,
    *,
    actor: Actor,
    sheet_version: int = 0,
    refers_on: date,
    benefit_before: str = "",
    debts: YesNo = YesNo.UNKNOWN,
    remark: str = "",
    now: datetime,
) -> BenefitSituation:
    """Benefits before custody, under the name they had then, and whether there are debts."""
    values = {
        "benefit_before": _code("benefits", benefit_before, refers_on, "benefit_before"),
        "debts": str(debts),
        "remark": remark.strip(),
    }
    return _keep(BenefitSituation, case, actor, sheet_version, values, now, refers_on)


@operation("cases.fill_health", may=policies.may_fill_intake_alone, on=Case)
def fill_health(
    case: Case,
    *,
    actor: Actor,
    sheet_version: int = 0,
    refers_on: date,
    consent_on: date,
    limits: str = "",
    addiction_help: YesNo = YesNo.UNKNOWN,
    disability: YesNo = YesNo.UNKNOWN,
    now: datetime,
) -> HealthSituation:
    """What the person says of their health as far as it matters for work (Art. 9 GDPR, § 33 JVollzDSG NRW).

    Only with a consent of its own, whose day is said; neither the consent to take part nor the one to use data is it.
    """
    if consent_on > day_of(now):
        raise Invalid(f"Der {consent_on:%d.%m.%Y} liegt in der Zukunft.", "consent_on")
    values = {
        "consent_on": consent_on,
        "limits": limits.strip(),
        "addiction_help": str(addiction_help),
        "disability": str(disability),
    }
    return _keep(HealthSituation, case, actor, sheet_version, values, now, refers_on)


@operation("cases.fill_esf_entry", may=policies.may_fill_intake_alone, on=Case)
def fill_esf_entry(
    case: Case,
    *,
    actor: Actor,
    sheet_version: int = 0,
    refers_on: date,
    household: str = "",
    third_country: YesNo = YesNo.UNKNOWN,
    foreign_background: YesNo = YesNo.UNKNOWN,
    minority: YesNo = YesNo.UNKNOWN,
    disability: YesNo = YesNo.UNKNOWN,
    homeless: YesNo = YesNo.UNKNOWN,
    refused: bool = False,
    now: datetime,
) -> EsfEntry:
    """What only the ESF asks, on the day of entry. Voluntary questions may be refused: then none is answered."""
    values = {
        "household": _code("household_kinds", household, refers_on, "household"),
        "third_country": str(third_country),
        "foreign_background": str(foreign_background),
        "minority": str(minority),
        "disability": str(disability),
        "homeless": str(homeless),
        "refused": refused,
    }
    answered = [name for name in ESF_VOLUNTARY if values[name] != YesNo.UNKNOWN]
    if refused and answered:
        raise Invalid(
            "Die Person möchte freiwillige Fragen nicht beantworten: Dann bleiben sie alle auf „nicht bekannt“.",
            answered[0],
        )
    return _keep(EsfEntry, case, actor, sheet_version, values, now, refers_on)


def _keep(
    table: Any,
    case: Case,
    actor: Actor,
    version: int,
    values: Mapping[str, Any],
    now: datetime,
    refers_on: date | None = None,
) -> Any:
    """Write the one row of a section. The case is locked, so two at once come one after the other."""
    if refers_on is not None:
        if refers_on > day_of(now):
            raise Invalid(f"Der {refers_on:%d.%m.%Y} liegt in der Zukunft.", "refers_on")
        values = {**values, "refers_on": refers_on}
    row = table.objects.visible_to(actor).select_for_update(of=("self",)).filter(case=case).first()
    if version != (row.version if row else 0):
        raise Conflict("Inzwischen hat jemand anderes gespeichert. Ihre Eingaben sind noch da.", row)
    if row is None:
        row = table(dossier_id=case.dossier_id, case=case, version=0)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name, value in values.items():
        setattr(row, name, value)
    row.recorded_at, row.recorded_by_id, row.version = now, actor.membership_id, row.version + 1
    row.clean_fields(exclude=["dossier", "case", "recorded_by"])
    row.save()
    note(case=case.number, columns=changed)
    return row


def _code(list_key: str, code: str, on: date, field: str) -> str:
    """A code of the list, or nothing: not asked yet."""
    if code and code not in code_labels(list_key, on=on):
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", field)
    return code


def _in_order(begins_on, half_on, two_thirds_on, ends_on) -> None:
    known = [
        (day, field, label)
        for day, field, label in (
            (begins_on, "begins_on", "Strafbeginn"),
            (half_on, "half_on", "Halbstrafe"),
            (two_thirds_on, "two_thirds_on", "Zwei Drittel"),
            (ends_on, "ends_on", "Strafende"),
        )
        if day is not None
    ]
    for (before, _, earlier), (day, field, label) in pairwise(known):
        if day < before:
            raise Invalid(f"{label} liegt vor: {earlier}.", field)
