"""What of a file can be passed on, compartment by compartment, in the words that the receiver reads.

Only what stands here leaves the house: talks, notes, ESF answers and who sees what never do. A snapshot is made once,
shown before it is sent, and kept as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from ina.access.enums import Compartment as C
from ina.access.queries import opened_to
from ina.access.rules import labels_of
from ina.base.actor import Actor
from ina.base.errors import Refused
from ina.cases.enums import HypothesisKind, HypothesisStatus, Residence, Sex
from ina.cases.models import BenefitSituation, HealthSituation
from ina.cases.queries import CaseFile
from ina.documents.leaks import words_that_betray
from ina.planning.enums import StepOwner, StepStatus
from ina.planning.queries import StepRow, current_plan
from ina.profiling.enums import CompetenceLevel, LanguageLevel, LicenceStatus
from ina.profiling.queries import read_sheet
from ina.reference.queries import code_label, code_labels

Lines = list[list[str]]
Section = dict[str, Any]
YES_NO = {"YES": "ja", "NO": "nein"}


def _person(actor: Actor, file: CaseFile, today: date) -> Lines:
    person = file.participant
    lines = [["Name", person.full_name]]
    if person.born_on:
        lines.append(["geboren am", _day(person.born_on)])
    lines.append(["Geschlecht", Sex(person.sex).label])
    language = code_labels("languages", on=today).get(person.language, person.language)
    lines.append(["Sprache", language + (", Dolmetschen nötig" if person.needs_interpreter else "")])
    if place := f"{person.residence_postcode} {person.residence_town}".strip():
        lines.append([f"künftiger Wohnort ({Residence(person.residence_state).label})", place])
    return lines


def _custody(actor: Actor, file: CaseFile, today: date) -> Lines:
    lines: Lines = []
    if file.custody and not file.released_on:
        lines.append(["Anstalt", str(file.custody.prison)])
    if file.released_on:
        lines.append(["entlassen am", _day(file.released_on)])
    elif file.planning_date:
        claim = file.planning_basis
        said = f" ({HypothesisKind(claim.kind).label}, {HypothesisStatus(claim.status).label})" if claim else ""
        lines.append(["Entlassung voraussichtlich", f"{_day(file.planning_date)}{said}"])
    else:
        lines.append(["Entlassung", "noch nicht bekannt"])
    return lines


def _vocation(actor: Actor, file: CaseFile, today: date) -> Lines:
    sheet = read_sheet(actor, file.dossier.pk, today)
    lines = [["Berufsziel", row.title or row.kldb] for row in sheet.standing("berufsziel") if row.ended_on is None]
    lines += [
        ["Kompetenz", _joined(row.wording, CompetenceLevel(row.level).label)]
        for row in sheet.standing("kompetenz")
        if row.expires_on is None or row.expires_on >= today
    ]
    lines += [
        ["Sprachkenntnisse", f"{sheet.label('languages', row.language)}: {LanguageLevel(row.level).label}"]
        for row in sheet.standing("sprache")
    ]
    lines += [["Führerschein", LicenceStatus(row.licence_status).label] for row in sheet.standing("mobilitaet")]
    lines += [
        [
            "zu beachten",
            sheet.label("restriction_kinds", row.kind) + (f", bis {_day(row.valid_until)}" if row.valid_until else ""),
        ]
        for row in sheet.standing("einschraenkung")
    ]
    return lines


def _plan(actor: Actor, file: CaseFile, today: date) -> Lines:
    plan = current_plan(actor, file.case, release=file.planning_date)
    lines: Lines = []
    for goal in plan.goals if plan else ():
        lines.append([f"Ziel {goal.number}", goal.wording_person or goal.wording_professional])
        for step in goal.steps:
            done = "erledigt" if step.status is StepStatus.DONE else f"bis {_day(step.due_on)}" if step.due_on else ""
            lines.append([f"Schritt {goal.number}.{step.number}", _joined(step.what, _who(step), done)])
    return lines


def _who(step: StepRow) -> str:
    """Our own name in the plan says where we work."""
    return "Begleitung" if step.owner is StepOwner.CASE_MANAGER and not step.owner_name else step.who


def _benefits(actor: Actor, file: CaseFile, today: date) -> Lines:
    row = BenefitSituation.objects.visible_to(actor).standing().filter(case=file.case).first()
    if row is None:
        return []
    lines = [["Stand vom", _day(row.refers_on)]]
    if row.benefit_before:
        lines.append(["Leistung zuvor", code_label("benefits", row.benefit_before, on=row.refers_on)])
    if row.debts in YES_NO:
        lines.append(["Schulden", YES_NO[row.debts]])
    return lines


def _health(actor: Actor, file: CaseFile, today: date) -> Lines:
    row = HealthSituation.objects.visible_to(actor).standing().filter(case=file.case).first()
    if row is None:
        return []
    lines = [["Stand vom", _day(row.refers_on)]]
    if row.limits:
        lines.append(["bei der Arbeit zu beachten", row.limits])
    for name, value in (("Hilfe bei Sucht gewünscht", row.addiction_help), ("Schwerbehinderung", row.disability)):
        if value in YES_NO:
            lines.append([name, YES_NO[value]])
    return lines


BUILDERS: dict[C, Callable[[Actor, CaseFile, date], Lines]] = {
    C.IDENTITY: _person,
    C.CUSTODY: _custody,
    C.VOCATIONAL: _vocation,
    C.PLAN: _plan,
    C.BENEFITS: _benefits,
    C.HEALTH: _health,
}
SHAREABLE = C(sum(BUILDERS))


def shareable_to(actor: Actor, dossier_id: int) -> C:
    """What the actor sees of the file and may choose from."""
    return opened_to(actor, dossier_id) & SHAREABLE


def snapshot(actor: Actor, file: CaseFile, compartments: C, today: date) -> list[Section]:
    """Exactly these compartments as they are now. Refused: one that cannot go, or is hidden from the actor.

    Without custody, a line that points to it (a step that the prison takes, say) is a matter of custody and stays here.
    """
    hidden = compartments & ~shareable_to(actor, file.dossier.pk)
    if not compartments or hidden:
        raise Refused(f"Das können Sie nicht weitergeben: {', '.join(labels_of(hidden)) or 'nichts gewählt'}.")
    custody = bool(compartments & C.CUSTODY)
    return [section(actor, file, one, today, custody=custody) for one in BUILDERS if one & compartments]


def section(actor: Actor, file: Any, compartment: C, today: date, *, custody: bool) -> Section:
    """One part as it is now. custody: whether lines that point to it may be told."""
    lines = BUILDERS[compartment](actor, file, today)
    if not custody and compartment is not C.IDENTITY:
        lines = [line for line in lines if not words_that_betray(" ".join(line))]
    return {"title": compartment.label, "lines": lines or [["Angaben", "Dazu ist nichts eingetragen."]]}


def fingerprint(told: list[Section], subject: str, reason: str) -> str:
    """SHA-256 of all that the receiver reads."""
    said = json.dumps([subject, reason, told], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
