"""The rows of the profiling page: what each shows, and how it is edited where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.forms import model_to_dict

from ina.base.policy import Verdict
from ina.profiling import operations
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
from ina.profiling.operations.facts import KINDS
from ina.profiling.queries import Held, Sheet
from ina.profiling.rules.biography import duration
from ina.web.cases import profiling_forms as used
from ina.web.shell.inplace import Edit

SCALE = {Severity.NONE: 0, Severity.PRESENT: 1, Severity.SEVERE: 2}
HIDDEN = "für Sie nicht sichtbar"
NEW = "neu"
# Key of the kind of entry → name of the fact, form, title of a new row, columns of the block.
FACTS: dict[str, tuple[str, type[used.FactForm], str, tuple[str, ...]]] = {
    "berufsziel": ("target_occupation", used.TargetForm, "Berufsziel ergänzen", ("Beruf", "Bedingungen", "Grundlage")),
    "werdegang": ("biography_entry", used.BiographyForm, "Station ergänzen", ("Station", "Zeit", "Grundlage")),
    "sprache": ("language", used.LanguageForm, "Sprache ergänzen", ("Sprache", "Niveau", "Grundlage")),
    "mobilitaet": ("mobility", used.MobilityForm, "Mobilität eintragen", ("Mobilität", "Womit", "Grundlage")),
    "einschraenkung": ("restriction", used.RestrictionForm, "Einschränkung ergänzen", ("Art", "gilt bis", "Grundlage")),
    "kompetenz": ("competence", used.CompetenceForm, "Kompetenz ergänzen", ("Kompetenz", "Nachweis", "Grundlage")),
}


@dataclass(frozen=True)
class Cell:
    text: str
    small: str = ""
    scale: int | None = None
    tag: str = ""


@dataclass(frozen=True)
class Row:
    """key: id of its element and name in addresses. entry, ordinal: its page as an entry; none for what is not entered.

    taken_over: marked as copied from a former profiling. form: the row is open.
    """

    key: str
    cells: tuple[Cell, ...]
    entry: str = ""
    ordinal: int = 0
    taken_over: str = ""
    may_edit: bool = False
    form: forms.Form | None = None
    title: str = ""
    tick: str = ""

    @property
    def width(self) -> int:
        return max(len(self.cells), 3)


def strengths(held: Held, may: bool) -> Iterator[Row]:
    for row in held.strengths:
        kind = StrengthKind(row.strength_kind).label if row.strength_kind else "–"
        yield Row(
            f"staerke-{row.ordinal}",
            (Cell(row.text), Cell(kind), Cell(row.source or "–"), Cell(FindingBasis(row.basis).label)),
            "feststellung",
            row.ordinal,
            _taken(row),
            may,
        )


def needs(held: Held, sheet: Sheet, may: bool) -> list[tuple[str, list[Row]]]:
    """All needs by key group, those nobody has looked at yet too."""
    return [
        (group.label, [_need(need, held, sheet, may) for need in Need if need.key_group is group]) for group in KeyGroup
    ]


def _need(need: Need, held: Held, sheet: Sheet, may: bool) -> Row:
    row, key = held.needs.get(need), f"bedarf-{need.value}"
    if row is None:
        said = HIDDEN if need is Need.HEALTH and (held.hides_health or not may) else "noch nicht angesehen"
        dash = Cell("–")
        return Row(key, (Cell(need.label), Cell(said), dash, dash, dash, dash), may_edit=may)
    severity = Severity(row.severity)
    own = Severity(row.own_severity) if row.own_severity else None
    strategy = " · ".join(part for part in (sheet.label("strategies", row.strategy), row.strategy_note) if part)
    return Row(
        key,
        (
            Cell(need.label),
            Cell(severity.label, scale=SCALE[severity]),
            Cell(FindingBasis(row.basis).label, row.source),
            Cell(row.text or "–"),
            Cell(own.label if own else "nicht gefragt", tag="weicht ab" if own and own is not severity else ""),
            Cell(strategy or "–"),
        ),
        "gesundheit-und-arbeit" if need is Need.HEALTH else "feststellung",
        row.ordinal,
        _taken(row),
        may,
    )


def _taken(row: Any) -> str:
    return f"übernommen vom {row.taken_over_on:%d.%m.%Y}, bitte prüfen" if row.taken_over_on else ""


def facts(key: str, sheet: Sheet, may: bool) -> list[Row]:
    return [
        Row(f"{key}-{row.ordinal}", SHOWN[key](row, sheet), key, row.ordinal, may_edit=may)
        for row in sheet.standing(key)
    ]


def _based(row: Any) -> Cell:
    return Cell(FindingBasis(row.basis).label, row.source)


def _target(row: Any, sheet: Sheet) -> tuple[Cell, ...]:
    rank = "aufgegeben" if row.ended_on else "Ziel" if row.rank == 1 else f"Alternative {row.rank - 1}"
    radius = [
        f"{row.radius_km} km" if row.radius_km else "",
        f"{row.radius_minutes} Minuten" if row.radius_minutes else "",
    ]
    terms = " · ".join(part for part in (row.region, *radius, row.hours, row.shifts, row.pay) if part)
    number = f" · KldB {row.kldb}" if row.kldb else ""
    return Cell(row.title, f"{rank}{number}"), Cell(terms or "–", f"seit {row.since:%d.%m.%Y}"), _based(row)


def _stretch(row: Any, sheet: Sheet) -> tuple[Cell, ...]:
    kind = BiographyKind(row.kind).label
    until = f"{row.until:%m.%Y}" if row.until else "heute"
    detail = " · ".join(
        part for part in (kind, row.place, row.certificate, f"KldB {row.kldb}" if row.kldb else "") if part
    )
    done = {"YES": "abgeschlossen", "NO": "nicht abgeschlossen"}.get(row.completed, "")
    return Cell(row.title, detail), Cell(f"{row.since:%m.%Y} bis {until}", done), _based(row)


def _language(row: Any, sheet: Sheet) -> tuple[Cell, ...]:
    return Cell(sheet.label("languages", row.language)), Cell(LanguageLevel(row.level).label), _based(row)


def _mobility(row: Any, sheet: Sheet) -> tuple[Cell, ...]:
    ways = [
        "Auto" if row.car else "",
        "Fahrrad" if row.bicycle else "",
        row.ticket,
        "auch überregional" if row.supra_regional else "",
    ]
    return (
        Cell(f"Führerschein: {LicenceStatus(row.licence_status).label}", row.licence_classes),
        Cell(" · ".join(way for way in ways if way) or "–"),
        _based(row),
    )


def _restriction(row: Any, sheet: Sheet) -> tuple[Cell, ...]:
    until = f"{row.valid_until:%d.%m.%Y}" if row.valid_until else "auf unbestimmte Zeit"
    return Cell(sheet.label("restriction_kinds", row.kind), row.note), Cell(until), _based(row)


def _competence(row: Any, sheet: Sheet) -> tuple[Cell, ...]:
    dated = f" vom {row.issued_on:%d.%m.%Y}" if row.issued_on else ""
    expires = f"gültig bis {row.expires_on:%d.%m.%Y}" if row.expires_on else ""
    return (
        Cell(row.wording, " · ".join(part for part in (CompetenceLevel(row.level).label, row.acquired) if part)),
        Cell(
            EvidenceKind(row.evidence).label + dated, " · ".join(part for part in (row.issuer_neutral, expires) if part)
        ),
        _based(row),
    )


SHOWN: dict[str, Callable[[Any, Sheet], tuple[Cell, ...]]] = {
    "berufsziel": _target,
    "werdegang": _stretch,
    "sprache": _language,
    "mobilitaet": _mobility,
    "einschraenkung": _restriction,
    "kompetenz": _competence,
}


def experience_line(sheet: Sheet) -> str:
    """„23 Monate Berufserfahrung, davon 9 in Haft“; nothing without any."""
    found = sheet.experience
    if not found.total:
        return ""
    inside = f", davon in Haft {duration(found.inside)}" if found.inside else ""
    groups = "; ".join(f"Berufsgruppe {group}: {duration(months)}" for group, months in found.by_group[:3])
    return f"Berufserfahrung: {duration(found.total)}{inside}." + (f" {groups}." if groups else "")


# --- editing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Desk:
    """What editing needs to know: the sheet as it is now, the profiling on the page, whose case, may it."""

    sheet: Sheet
    held: Held
    case_id: int
    may: Verdict
    today: date
    again: Callable[[], tuple[Sheet, Held]]


def edit_of(key: str, desk: Desk) -> Edit | None:
    """How the row with this key is edited; None when there is no such row."""
    kind, _, number = key.partition("-")
    if kind == "bedarf":
        return _edit_need(number, desk)
    if kind == "staerke":
        return _edit_strength(number, desk)
    if kind in FACTS:
        return _edit_fact(kind, number, desk)
    return _edit_assessment(key, desk)


def _edit_need(code: str, desk: Desk) -> Edit | None:
    need = Need(code) if code in {each.value for each in Need} else None
    if need is None:
        return None

    def row(held: Held) -> Any:
        return held.needs.get(need)

    health, found = need is Need.HEALTH, row(desk.held)
    if found is None:
        if health and desk.held.hides_health:
            return None
        its = {"profiling_id": desk.held.profiling.pk}
        call = partial(operations.rate_health, **its) if health else partial(operations.rate_need, need=need, **its)
    elif health:
        call = partial(operations.rate_health_again, healthfinding_id=found.pk)
    else:
        call = partial(operations.rate_need_again, finding_id=found.pk)
    return Edit(
        partial(used.NeedForm, need=need, today=desk.today),
        save=call,
        initial=lambda: _values(row(desk.again()[1])),
        may=desk.may,
        title=need.label,
    )


def _edit_strength(number: str, desk: Desk) -> Edit | None:
    def row(held: Held) -> Any:
        return next((one for one in held.strengths if str(one.ordinal) == number), None)

    found = row(desk.held)
    if found is None and number != NEW:
        return None
    if found is None:
        call = partial(operations.note_strength, profiling_id=desk.held.profiling.pk)
    else:
        call = partial(operations.change_strength, finding_id=found.pk)
    title = "Stärke" if found else "Neue Stärke"
    return Edit(used.StrengthForm, call, lambda: _values(row(desk.again()[1])), desk.may, title, alone=found is None)


def _edit_fact(key: str, number: str, desk: Desk) -> Edit | None:
    name, form_class, adding, columns = FACTS[key]

    def row(sheet: Sheet) -> Any:
        return next((one for one in sheet.standing(key) if str(one.ordinal) == number), None)

    found = row(desk.sheet)
    if found is None and number != NEW:
        return None
    if found is None:
        call = partial(operations.ADD[name], case_id=desk.case_id)
    else:
        call = partial(operations.CHANGE[name], **{f"{KINDS[name].model._meta.model_name}_id": found.pk})
    return Edit(
        partial(form_class, today=desk.today),
        call,
        lambda: _values(row(desk.again()[0])) or {"since": desk.today if key == "berufsziel" else None, "rank": 1},
        desk.may,
        adding if found is None else columns[0],
        alone=found is None,
    )


def _edit_assessment(key: str, desk: Desk) -> Edit | None:
    assessment = desk.held.assessment
    if assessment is None:
        return None
    made: dict[str, tuple[Callable, Callable, str]] = {
        "prognose": (
            operations.give_prognosis,
            partial(used.PrognosisForm, held_on=desk.held.profiling.held_on),
            "Prognose und Schwerpunkt",
        ),
        "einstufung": (
            operations.choose_category,
            partial(used.CategoryForm, scheme=assessment.scheme),
            "Anders einstufen, mit Begründung",
        ),
        "gespraech": (operations.record_talk, used.TalkForm, "Gespräch"),
    }
    if key not in made:
        return None
    call, form_class, title = made[key]
    return Edit(
        form_class,
        partial(call, assessment_id=assessment.pk),
        lambda: _values(desk.again()[1].assessment),
        desk.may,
        title,
        alone=True,
    )


def _values(row: Any) -> dict[str, Any]:
    """The row as it is now; nothing for a new one."""
    return {**model_to_dict(row), "version": row.version} if row is not None else {}


def with_form(rows: list[Row], key: str, form: forms.Form, title: str) -> list[Row]:
    """The same rows with one of them open."""
    return [replace(row, form=form, title=title) if row.key == key else row for row in rows]
