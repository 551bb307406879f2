"""What is known at the admission: the sections of the intake sheet, the gates, and what the criteria make of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ina.access.enums import Compartment, ConsentPurpose
from ina.access.queries import opened_to, running_purposes
from ina.base.actor import Actor
from ina.cases.enums import YesNo
from ina.cases.models import (
    BenefitSituation,
    Enforcement,
    EntrySituation,
    EsfEntry,
    HealthSituation,
    InformationGiven,
    Participant,
    ParticipationAgreement,
    ReferralSheet,
)
from ina.cases.queries.file import CaseFile
from ina.cases.rules import eligibility
from ina.cases.rules.eligibility import Advice, CustodyGroup, Facts, Finding
from ina.reference.queries import code_groups, code_labels, districts_of, parameters
from ina.reference.rules import add_months

# The sections of the sheet, in the order in which they are asked.
SECTIONS: dict[str, Any] = {
    "referral": ReferralSheet,
    "enforcement": Enforcement,
    "situation": EntrySituation,
    "benefits": BenefitSituation,
    "health": HealthSituation,
    "esf": EsfEntry,
}
# What an earlier case may suggest for a new one. Health is said anew, with a consent of its own.
SUGGESTED: dict[str, tuple[str, ...]] = {
    "referral": ("children",),
    "enforcement": ("residence_title", "work_permit"),
    "situation": (
        "isced", "school", "school_country", "school_recognised", "training", "training_occupation", "last_job",
        "german_level", "further_languages", "driving_licence",
    ),
    "benefits": ("debts",),
    "esf": ("household", "third_country", "foreign_background", "minority"),
}  # fmt: skip
FULL_AGE = 18  # § 2 BGB
NRW = "05"
FREE_TO_WORK = frozenset({"DE", "EU"})  # groups of the list ``citizenships``; Art. 45 TFEU


@dataclass(frozen=True)
class Intake:
    """The sheet of one case as one reader may see it. ``suggested``: answers of the case before, to be checked."""

    open: frozenset[str]
    rows: dict[str, Any]
    suggested: dict[str, dict[str, Any]]
    suggested_from: int | None
    information: tuple[InformationGiven, ...]
    agreement: ParticipationAgreement | None

    def row(self, section: str):
        return self.rows.get(section)


def get_intake(actor: Actor, file: CaseFile) -> Intake:
    """Sections whose compartment the reader has not opened are left out altogether."""
    mask = opened_to(actor, file.dossier.pk)
    shown = [name for name, table in SECTIONS.items() if table.Personal.compartment & mask]
    rows: dict[str, Any] = {}
    suggested: dict[str, dict[str, Any]] = {}
    earlier: int | None = None
    for name in shown:
        found = list(
            SECTIONS[name]
            .objects.visible_to(actor)
            .filter(dossier=file.dossier, case__number__lte=file.case.number)
            .select_related("case", "recorded_by__user")
            .order_by("-case__number")[:2]
        )
        rows[name] = found[0] if found and found[0].case_id == file.case.pk else None
        before = next((row for row in found if row.case_id != file.case.pk), None)
        if rows[name] is None and before is not None and (columns := SUGGESTED.get(name)):
            suggested[name] = {column: getattr(before, column) for column in columns}
            earlier = before.case.number
    agreement, information = None, ()
    if Compartment.CONSENT & mask:
        information = _of_case(InformationGiven, actor, file, "given_on", "given_by")
        agreement = next(iter(_of_case(ParticipationAgreement, actor, file, "agreed_on", "recorded_by")), None)
    return Intake(frozenset(shown), rows, suggested, earlier, information, agreement)


def _of_case(table: Any, actor: Actor, file: CaseFile, day: str, by: str) -> tuple[Any, ...]:
    """Standing rows of the case in the order of their days, with who entered them."""
    rows = table.objects.visible_to(actor).standing().filter(case=file.case)
    return tuple(rows.select_related(f"{by}__user").order_by(day, "pk"))


@dataclass(frozen=True)
class Gate:
    """Something that must be there before somebody is admitted. ``key`` names it for the page that fills it."""

    key: str
    label: str
    done: bool
    detail: str = ""


def gates_of(actor: Actor, file: CaseFile, intake: Intake, on: date) -> list[Gate]:
    """What ``cases.admit`` will ask for, and whether it is there."""
    talk = next((talk for talk in file.talks if talk.told_voluntary), None)
    sheet = intake.information[0] if intake.information else None
    given = running_purposes(actor, file.dossier.pk, on)
    held = f"am {talk.held_on:%d.%m.%Y}" if talk else ""
    handed = f"am {sheet.given_on:%d.%m.%Y}, Fassung {sheet.sheet_version}" if sheet else ""
    gates = [
        Gate("talk", "Erstgespräch, Freiwilligkeit gesagt", talk is not None, held),
        Gate("information", "Informationsblatt ausgehändigt und erklärt", sheet is not None, handed),
    ]
    agreed = intake.agreement
    gates.append(
        Gate(
            "agreement",
            "Teilnahmevereinbarung unterschrieben",
            agreed is not None,
            f"am {agreed.agreed_on:%d.%m.%Y}, Fassung {agreed.text_version}" if agreed else "",
        )
    )
    gates += [
        Gate(purpose.value, f"Einwilligung „{purpose.label}“", purpose in given)
        for purpose in (ConsentPurpose.PARTICIPATION, ConsentPurpose.DATA_USE)
    ]
    if is_minor(file.participant, on):
        gates.append(Gate("guardian", "Unterschrift der gesetzlichen Vertretung", False, "wird unten eingetragen"))
    return gates


def is_minor(participant: Participant, on: date) -> bool:
    return participant.born_on is not None and add_months(participant.born_on, 12 * FULL_AGE) > on


@dataclass(frozen=True)
class Eligibility:
    """What the criteria say on a day. A person decides (law 14)."""

    findings: tuple[Finding, ...]
    advice: Advice
    again_on: date | None

    def codes(self) -> dict[str, str]:
        """Criterion and verdict, as the act of the decision keeps them."""
        return {finding.criterion.key: str(finding.verdict) for finding in self.findings}


def check_eligibility(actor: Actor, file: CaseFile, intake: Intake, on: date) -> Eligibility:
    """The dated criteria of domain 9.1 over what was entered; what nobody entered is unknown."""
    facts = _facts(file, intake, running_purposes(actor, file.dossier.pk, on), on)
    findings = eligibility.check(facts, parameters(eligibility.PARAMETERS, on=on), on)
    return Eligibility(tuple(findings), eligibility.advice(findings), eligibility.look_again_on(findings))


def _facts(file: CaseFile, intake: Intake, consents: set[str], on: date) -> Facts:
    enforcement, situation, referral = intake.row("enforcement"), intake.row("situation"), intake.row("referral")
    return Facts(
        custody_group=_custody_group(file, enforcement, on),
        earliest_release=_earliest_release(file, enforcement),
        born_on=file.participant.born_on,
        release_in_nrw=_in_nrw(file.participant),
        may_work=_may_work(file.participant, enforcement, on),
        # „droht“ is not „steht fest“: only a plain no answers the criterion.
        deportation_certain=False if enforcement and enforcement.deportation == YesNo.NO else None,
        voluntary=True if ConsentPurpose.PARTICIPATION in consents else None,
        needs_integration=_said(situation.needs_integration if situation else None),
        conflict_of_interest=_said(referral.conflict_of_interest if referral else None),
    )


def _said(answer: str | None) -> bool | None:
    return {YesNo.YES: True, YesNo.NO: False}.get(answer)  # type: ignore[call-overload]


def _custody_group(file: CaseFile, enforcement: Enforcement | None, on: date) -> CustodyGroup | None:
    """From the sheet, else from the words of the prison's list where they are those of the code list."""
    code = enforcement.kind if enforcement else ""
    if not code and file.custody and file.custody.custody_kind:
        said = file.custody.custody_kind.strip().casefold()
        labels = code_labels("custody_kinds", on=on)
        code = next((each for each, label in labels.items() if label.casefold() == said), "")
    group = code_groups("custody_kinds").get(code) if code else None
    return CustodyGroup(group) if group else None


def _earliest_release(file: CaseFile, enforcement: Enforcement | None) -> date | None:
    """The planning date, else the earliest day anybody has named."""
    if file.planning_date:
        return file.planning_date
    claimed = [row.on for row in file.hypotheses if row.status != "DROPPED"]
    if enforcement:
        claimed += [day for day in (enforcement.two_thirds_on, enforcement.ends_on) if day]
    return min(claimed, default=None)


def _in_nrw(participant: Participant) -> bool | None:
    if participant.residence_district:
        return participant.residence_district.startswith(NRW)
    if not (participant.residence_postcode or participant.residence_town):
        return None
    answer = districts_of(postcode=participant.residence_postcode, place=participant.residence_town)
    if answer.districts:
        return None if answer.elsewhere else True
    return False if answer.elsewhere else None


def _may_work(participant: Participant, enforcement: Enforcement | None, on: date) -> bool | None:
    """Germans and citizens of the Union may; for everybody else the sheet says."""
    if citizenship_group(participant.nationality, on) in FREE_TO_WORK:
        return True
    return _said(enforcement.work_permit if enforcement else None)


def citizenship_group(nationality: str, on: date) -> str:
    """What a nationality counts as (DE, EU, …): by code, name of the country or „deutsch“; else empty."""
    said = nationality.strip().casefold()
    if not said:
        return ""
    if said in ("deutsch", "d", "deu"):
        return "DE"
    groups = code_groups("citizenships")
    for code, label in code_labels("citizenships", on=on).items():
        if said in (code.casefold(), label.casefold()):
            return groups.get(code, "")
    return ""
