"""Papers of step 2: profiling sheet, comparison (and what the person gets), portfolio with and without any trace.

Health stands in none of them: they are read by more people than that compartment is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ina.access.enums import Compartment as C
from ina.base.errors import Invalid, NotVisible
from ina.cases.documents.head import file_of, german, head_of, iso, pairs
from ina.cases.queries import CaseFile
from ina.documents.kinds import DocumentKind, Paper, PaperRequest, register_kind
from ina.profiling.enums import (
    BiographyKind,
    CompetenceLevel,
    EvidenceKind,
    FindingBasis,
    KeyGroup,
    LanguageLevel,
    LicenceStatus,
    Need,
    Severity,
    StrengthKind,
)
from ina.profiling.queries import SHEET, Comparison, Held, Sheet, comparison_of, sheet_from
from ina.profiling.rules.biography import duration
from ina.profiling.rules.comparison import WEIGHT
from ina.profiling.rules.conditions import months_label

READS = C.CASE | C.IDENTITY | C.VOCATIONAL


def profiling_sheet(asked: PaperRequest) -> Paper:
    """The newest profiling (domain 7.2), or the one whose number is asked for. NotVisible when there is none."""
    file, sheet = _opened(asked)
    held = _held(sheet, asked.options.get("profiling", ""), 0)
    title, assessment = f"{held.profiling}", held.assessment
    return Paper(
        title=title,
        file_name=f"Profiling_{file.dossier.number}",
        data=head_of(asked, file, title)
        | {
            "about": pairs(
                ("Teilnehmer/in", file.participant.full_name),
                ("geboren am", german(file.participant.born_on)),
                ("geführt von", held.profiling.by),
                ("Ort", assessment.place if assessment else ""),
                ("Dauer", f"{assessment.minutes} Minuten" if assessment and assessment.minutes else ""),
                ("Verfahren", held.scheme.name),
                ("Prognose ab Entlassung", _months(assessment.months_release if assessment else None)),
                ("Prognose ab heute", _months(assessment.months_today if assessment else None)),
            ),
            "strengths": [
                [row.text, StrengthKind(row.strength_kind).label if row.strength_kind else "–", _evidence(row)]
                for row in held.strengths
            ],
            "groups": [
                {
                    "name": group.label,
                    "needs": [
                        [need.label, Severity(row.severity).label, row.text or "–", _evidence(row), _own(row),
                         _strategy(row, sheet)]
                        for need, row in held.needs.items()
                        if need.key_group is group
                    ],
                }
                for group in KeyGroup
            ],
            "facts": _facts(sheet),
            "category": _category(held),
            "derived": held.scheme.label(held.derived) if held.derived else "",
            "shown_as": held.scheme.shown_as,
            "reason": assessment.override_reason if assessment and assessment.chosen else "",
            "steps": []
            if held.hides_health
            else [[step.question, "ja" if step.met else "nein", step.why] for step in held.derivation.steps],
            "question": "" if held.hides_health else held.derivation.question,
            "own_words": assessment.own_words if assessment else "",
            "market": assessment.market_situation if assessment else "",
            "consequences": assessment.consequences if assessment else "",
            "signers": _signers(file, held),
        },
    )  # fmt: skip


def comparison_sheet(asked: PaperRequest) -> Paper:
    """The newest two profilings side by side, or the two asked for. Invalid when there are not two."""
    return _comparison(asked, "Profiling im Vergleich", "Profilingvergleich")


def change_for_the_person(asked: PaperRequest) -> Paper:
    """The same in plain German, for the person: what changed, what helped, what comes next."""
    return _comparison(asked, "Das hat sich verändert", "Das_hat_sich_veraendert")


def portfolio(asked: PaperRequest) -> Paper:
    """All competences with their proofs, as the file knows them, real issuers included."""
    file, sheet = _opened(asked)
    title = "Kompetenzportfolio"
    return Paper(
        title=title,
        file_name=f"Kompetenzportfolio_{file.dossier.number}",
        data=head_of(asked, file, title)
        | {
            "competences": [
                {**_competence(row), "issuer": row.issuer or row.issuer_neutral or "–", "basis": _evidence(row)}
                for row in sheet.standing("kompetenz")
            ],
        },
    )


def neutral_portfolio(asked: PaperRequest) -> Paper:
    """For a firm: name, competences, proofs under their neutral issuers. No number, no office, no place.

    Expired proofs are left out. NotVisible when there is nothing to show.
    """
    file, sheet = _opened(asked)
    rows = [row for row in sheet.standing("kompetenz") if row.expires_on is None or row.expires_on >= asked.today]
    if not rows:
        raise Invalid("Es ist noch keine Kompetenz eingetragen, die gilt.")
    return Paper(
        title="Meine Kompetenzen",
        file_name="Kompetenzen",
        data={
            "title": "Meine Kompetenzen",
            "on": asked.today.isoformat(),
            "name": file.participant.full_name,
            "competences": [{**_competence(row), "issuer": row.issuer_neutral or "–"} for row in rows],
        },
    )


def _opened(asked: PaperRequest) -> tuple[CaseFile, Sheet]:
    file = file_of(asked, along=SHEET)
    sheet = sheet_from(file.answers, asked.today)
    return file, replace(sheet, held=tuple(_without_health(held) for held in sheet.held))


def _without_health(held: Held) -> Held:
    return replace(held, needs={need: row for need, row in held.needs.items() if need is not Need.HEALTH})


def _held(sheet: Sheet, said: str, place: int) -> Held:
    if said:
        found = sheet.numbered(int(said)) if said.isdecimal() and len(said) < 7 else None
    else:
        found = sheet.held[place] if len(sheet.held) > place else None
    if found is None:
        raise NotVisible()
    return found


def _comparison(asked: PaperRequest, title: str, file_name: str) -> Paper:
    file, sheet = _opened(asked)
    if len(sheet.held) < 2:
        raise Invalid("Für einen Vergleich braucht es zwei Profilings.")
    one, other = _held(sheet, asked.options.get("von", ""), 1), _held(sheet, asked.options.get("mit", ""), 0)
    if one is other:
        raise Invalid("Bitte wählen Sie zwei verschiedene Profilings.")
    compared = comparison_of(sheet, one, other)
    later = max(one, other, key=lambda held: (held.profiling.held_on, held.profiling.ordinal))
    assessment = later.assessment
    return Paper(
        title=title,
        file_name=f"{file_name}_{file.dossier.number}",
        data=head_of(asked, file, title)
        | {
            "before": _side(compared, compared.before),
            "after": _side(compared, compared.after),
            "sentence": compared.sentence,
            "shown_as": later.scheme.shown_as,
            "points": [
                {
                    "group": change.need.key_group.label,
                    "name": change.need.label,
                    "before": WEIGHT[change.before.severity] if change.before else None,
                    "after": WEIGHT[change.after.severity] if change.after else None,
                    "own": WEIGHT[change.after.own] if change.after and change.after.own else None,
                    "word": change.change.label,
                    "evidence": change.after.evidence if change.after else "",
                    "basis": change.after.basis if change.after else "",
                }
                for change in compared.shown
            ],
            "untroubled": list(compared.untroubled),
            "strengths": [[one.text, one.evidence, "neu" if one.is_new else "bekannt"] for one in compared.strengths],
            "own_words": assessment.own_words if assessment else "",
            "consequences": assessment.consequences if assessment else "",
            "signers": _signers(file, later),
        },
    )


def _side(compared: Comparison, side: Any) -> dict[str, Any]:
    return {
        "on": iso(side.held_on),
        "kind": side.kind.label,
        "by": side.by,
        "category": side.category or "offen",
        "derived": side.derived or "offen",
        "reason": side.override_reason,
        "deciding": side.deciding,
        "months_release": _months(side.months_release),
        "months_today": _months(side.months_today),
    }


def _facts(sheet: Sheet) -> list[list[str]]:
    found = []
    for row in sheet.standing("berufsziel"):
        if row.ended_on is None:
            found.append(["Ziel" if row.rank == 1 else "Alternative", row.title, row.kldb])
    for row in sheet.standing("werdegang"):
        until = f"{row.until:%m.%Y}" if row.until else "heute"
        found.append([BiographyKind(row.kind).label, row.title, f"{row.since:%m.%Y} bis {until}"])
    if sheet.experience.total:
        found.append(["Berufserfahrung", duration(sheet.experience.total), ""])
    for row in sheet.standing("sprache"):
        found.append(["Sprache", sheet.label("languages", row.language), LanguageLevel(row.level).label])
    for row in sheet.standing("mobilitaet"):
        found.append(["Führerschein", LicenceStatus(row.licence_status).label, row.licence_classes])
    for row in sheet.standing("einschraenkung"):
        until = f"bis {row.valid_until:%d.%m.%Y}" if row.valid_until else ""
        found.append(["Einschränkung", sheet.label("restriction_kinds", row.kind), until])
    return found


def _competence(row: Any) -> dict[str, Any]:
    return {
        "wording": row.wording,
        "level": CompetenceLevel(row.level).label,
        "acquired": row.acquired,
        "evidence": EvidenceKind(row.evidence).label,
        "issued": iso(row.issued_on),
        "expires": iso(row.expires_on),
    }


def _category(held: Held) -> str:
    return held.scheme.label(held.category) if held.category else "offen"


def _evidence(row: Any) -> str:
    return " · ".join(part for part in (FindingBasis(row.basis).label, row.source) if part)


def _own(row: Any) -> str:
    return Severity(row.own_severity).label if row.own_severity else "nicht gefragt"


def _strategy(row: Any, sheet: Sheet) -> str:
    said = (sheet.label("strategies", row.strategy) if row.strategy else "", row.strategy_note)
    return " · ".join(part for part in said if part) or "–"


def _months(number: int | None) -> str:
    return "nicht geschätzt" if number is None else months_label(number)


def _signers(file: CaseFile, held: Held) -> list[dict[str, str]]:
    return [
        {"name": file.participant.full_name, "role": "Teilnehmer/in, besprochen"},
        {"name": held.profiling.by, "role": "Übergangsmanagement"},
    ]


KINDS = (
    DocumentKind(
        key="profiling.sheet",
        label="Profilingbogen",
        template="profiling/papers/sheet.typ",
        compartments=READS,
        said="nach dem Profiling, zum Besprechen und für die Akte",
        build=profiling_sheet,
    ),
    DocumentKind(
        key="profiling.comparison",
        label="Profiling im Vergleich",
        template="profiling/papers/comparison.typ",
        compartments=READS,
        plain="profiling.change",
        said="vor der Entlassung: was sich verändert hat",
        build=comparison_sheet,
    ),
    DocumentKind(
        key="profiling.change",
        label="Das hat sich verändert",
        template="profiling/papers/change.typ",
        compartments=READS,
        said="der Vergleich für die Person, in einfachen Sätzen",
        build=change_for_the_person,
    ),
    DocumentKind(
        key="profiling.portfolio",
        label="Kompetenzportfolio (intern)",
        template="profiling/papers/portfolio.typ",
        compartments=READS,
        said="alle Kompetenzen mit ihren Nachweisen, wie sie in der Akte stehen",
        build=portfolio,
    ),
    DocumentKind(
        key="profiling.portfolio_neutral",
        label="Kompetenzen für Betriebe",
        template="profiling/papers/portfolio-neutral.typ",
        compartments=READS,
        neutral=True,
        said="für eine Bewerbung; ohne jeden Hinweis auf Haft",
        build=neutral_portfolio,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
