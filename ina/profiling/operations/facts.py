"""Facts about the person that outlive a profiling: for each kind one operation to add and one to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import operation
from ina.cases.models import Case
from ina.profiling import policies
from ina.profiling.models import BiographyEntry, Competence, LanguageSkill, Mobility, Restriction, TargetOccupation
from ina.profiling.rules.wording import names_offence

KLDB_DIGITS = 5


@dataclass(frozen=True)
class FactKind:
    """name: in names of operations. texts: columns in which nothing about an offence may stand."""

    name: str
    model: Any
    fields: tuple[str, ...]
    texts: tuple[str, ...]
    check: Callable[[Any, datetime], None] | None = None

    def checked(self, row: Any, now: datetime) -> None:
        """Raises Invalid: what this table may not say."""
        for field in self.texts:
            if wrong := names_offence(getattr(row, field)):
                raise Invalid(wrong, field)
        if getattr(row, "kldb", "") and not (len(row.kldb) == KLDB_DIGITS and row.kldb.isdecimal()):
            raise Invalid("Die Berufsnummer der KldB 2010 hat fünf Ziffern.", "kldb")
        if self.check is not None:
            self.check(row, now)
        row.clean_fields(exclude=["dossier", "recorded_by", "voided_by"])


def _check_stretch(row: Any, now: datetime) -> None:
    row.since = _first_of_month(row.since)
    row.until = _first_of_month(row.until)
    if row.since is not None and row.since > day_of(now):
        raise Invalid("Das liegt in der Zukunft.", "since")
    if row.until is not None and row.since is not None and row.until < row.since:
        raise Invalid("Das Ende liegt vor dem Anfang.", "until")


def _first_of_month(day: date | None) -> date | None:
    return day.replace(day=1) if day is not None else None


def _check_target(row: TargetOccupation, now: datetime) -> None:
    if row.ended_on is not None and row.ended_on < row.since:
        raise Invalid("Das Ziel endet, bevor es beginnt.", "ended_on")
    if not 1 <= row.rank <= 9:
        raise Invalid("Der Rang liegt zwischen 1 und 9.", "rank")


def _check_competence(row: Competence, now: datetime) -> None:
    if row.expires_on is not None and row.issued_on is not None and row.expires_on < row.issued_on:
        raise Invalid("Der Nachweis läuft ab, bevor er ausgestellt ist.", "expires_on")


BASED = ("basis", "source")
KINDS = {
    kind.name: kind
    for kind in (
        FactKind(
            "biography_entry",
            BiographyEntry,
            ("kind", "title", "kldb", "since", "until", "place", "completed", "certificate", "recognised", *BASED),
            ("title", "place", "certificate", "source"),
            _check_stretch,
        ),
        FactKind(
            "target_occupation",
            TargetOccupation,
            ("rank", "title", "kldb", "region", "radius_km", "radius_minutes", "hours", "shifts", "pay", "since",
             "ended_on", *BASED),
            ("title", "region", "hours", "shifts", "source"),
            _check_target,
        ),
        FactKind("language", LanguageSkill, ("language", "level", *BASED), ("source",)),
        FactKind(
            "mobility",
            Mobility,
            ("licence_status", "licence_classes", "car", "bicycle", "ticket", "supra_regional", *BASED),
            ("licence_classes", "ticket", "source"),
        ),
        FactKind("restriction", Restriction, ("kind", "note", "valid_until", *BASED), ("note", "source")),
        FactKind(
            "competence",
            Competence,
            ("wording", "kldb", "level", "acquired", "evidence", "issued_on", "expires_on", "issuer_neutral", "issuer",
             *BASED),
            ("wording", "acquired", "issuer_neutral", "source"),
            _check_competence,
        ),
    )
}  # fmt: skip


def _adding(kind: FactKind) -> Callable[..., Any]:
    def add(case: Case, *, actor: Actor, now: datetime, **values: Any) -> Any:
        """Enter a fact about the person. Refused: words about an offence, what the table may not say."""
        row = kind.model(dossier_id=case.dossier_id, recorded_at=now, recorded_by_id=actor.membership_id)
        _fill(kind, row, values)
        kind.checked(row, now)
        row.save(force_insert=True)
        return row

    return _named(kind, add, "add", policies.may_record_finding, Case)


def _changing(kind: FactKind) -> Callable[..., Any]:
    def change(row: Any, *, actor: Actor, now: datetime, **values: Any) -> Any:
        """What is true now; what stood there before stays in the history. Refused as in adding."""
        _fill(kind, row, values)
        kind.checked(row, now)
        row.version += 1
        row.save()
        return row

    return _named(kind, change, "change", policies.may_change_fact, kind.model)


def _fill(kind: FactKind, row: Any, values: dict[str, Any]) -> None:
    if unknown := set(values) - set(kind.fields):
        raise TypeError(f"{kind.name} has no {sorted(unknown)}")
    for name, value in values.items():
        if value is None and not row._meta.get_field(name).null:
            value = ""
        setattr(
            row,
            name,
            str(value.value) if isinstance(value, Enum) else value.strip() if isinstance(value, str) else value,
        )


def _named(kind: FactKind, function: Callable, verb: str, may: Callable, on: Any) -> Callable[..., Any]:
    function.__name__ = function.__qualname__ = f"{verb}_{kind.name}"
    return operation(f"profiling.{verb}_{kind.name}", may=may, on=on)(function)


ADD = {name: _adding(kind) for name, kind in KINDS.items()}
CHANGE = {name: _changing(kind) for name, kind in KINDS.items()}
add_biography_entry, change_biography_entry = ADD["biography_entry"], CHANGE["biography_entry"]
add_target_occupation, change_target_occupation = ADD["target_occupation"], CHANGE["target_occupation"]
add_language, change_language = ADD["language"], CHANGE["language"]
add_mobility, change_mobility = ADD["mobility"], CHANGE["mobility"]
add_restriction, change_restriction = ADD["restriction"], CHANGE["restriction"]
add_competence, change_competence = ADD["competence"], CHANGE["competence"]
