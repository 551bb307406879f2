"""One entry with all it ever said. Entries are numbered within the dossier, in the order in which they were made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import models

from ina.accounts.models import User
from ina.audit.models import History
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import NotVisible
from ina.cases.corrections import EntryKind, entry_kind, entry_kinds
from ina.reference.queries import code_labels

Row = TypeVar("Row", bound=models.Model)
MOST = 1_000_000
AUTHORS = ("recorded_by", "held_by", "given_by")


@dataclass(frozen=True)
class Said:
    """One column of an entry, as readers see it. ``differs``: the next version says something else."""

    label: str
    text: str
    differs: bool = False


@dataclass(frozen=True)
class FormerVersion:
    """What the entry said until somebody changed it. ``because``: empty when the change gave no reason."""

    until: datetime
    changed_by: str
    because: str
    values: tuple[Said, ...]


@dataclass(frozen=True)
class Entry:
    """An entry for its page. ``recorded_by`` and ``recorded_at`` are empty where the table does not keep them."""

    kind: EntryKind
    ordinal: int
    row: Any
    title: str
    values: tuple[Said, ...]
    recorded_at: datetime | None
    recorded_by: str
    voided: str
    former: tuple[FormerVersion, ...]


@dataclass(frozen=True)
class LastChange:
    """Who changed a row last, and when. ``by``: empty for the course of things; ``own``: the reader did."""

    at: datetime
    by: str
    own: bool


@dataclass(frozen=True)
class Listed:
    """A line in the list of all entries."""

    ordinal: int
    title: str
    voided: str
    corrected: bool


def list_entries(actor: Actor, dossier_id: int) -> list[tuple[EntryKind, list[Listed]]]:
    """All entries that can be corrected, by kind, as far as the reader may see them; voided ones too."""
    found = []
    for kind in entry_kinds():
        rows = kind.model._default_manager.visible_to(actor).filter(dossier_id=dossier_id)  # type: ignore[attr-defined]
        named = [each.name for each in kind.model._meta.fields if each.name in ("prison", "institution")]
        rows = rows.select_related("voided_by__user", *named).order_by("pk")
        lines = [
            Listed(ordinal, str(row), voided_note(row), bool(row.corrected_because))
            for ordinal, row in enumerate(rows, start=1)
        ]
        if lines:
            found.append((kind, lines))
    return found


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The rows as they came, each with its ``ordinal``: they must be all of their kind in one dossier."""
    found = list(rows)
    for ordinal, row in enumerate(sorted(found, key=lambda row: row.pk), start=1):
        row.ordinal = ordinal  # type: ignore[attr-defined]
    return found


def voided_note(row: Any) -> str:
    """„storniert am … von …, weil: …“; empty for an entry that stands.

    The query brought the name as ``undone_by``, or loaded ``voided_by__user`` along.
    """
    if row.voided_at is None:
        return ""
    return voided_by_note(row, row.undone_by if hasattr(row, "undone_by") else _author(row.voided_by))


def voided_by_note(row: Any, by: str | None) -> str:
    """As ``voided_note``, with the name that the query brought."""
    if row.voided_at is None:
        return ""
    return f"storniert am {day_of(row.voided_at):%d.%m.%Y} von {by or 'ina'}, weil: {row.voided_because}"


def get_entry(actor: Actor, dossier_id: int, key: str, ordinal: int, *, on: date) -> Entry:
    """The entry of this kind with this number in the dossier, voided or not. NotVisible when hidden or absent.

    on: whose names of codes are shown.
    """
    kind = entry_kind(key)
    if not 0 < ordinal < MOST:
        raise NotVisible()
    rows = kind.model._default_manager.visible_to(actor).filter(dossier_id=dossier_id)  # type: ignore[attr-defined]
    authors = [name for name in AUTHORS if hasattr(kind.model, name)]
    brought = [f"{name}__user" for name in ("voided_by", *authors)]
    if kind.case:
        brought.append(kind.case.replace(".", "__"))
    found = rows.select_related("dossier", *brought).order_by("pk")[ordinal - 1 : ordinal]
    row = next(iter(found), None)
    if row is None:
        raise NotVisible()
    fields = kind.fields_of(row) or tuple(_shown_columns(kind.model))
    labels = {name: code_labels(code_list, on=on) for name in fields if (code_list := kind.code_list(name, row))}
    return Entry(
        kind=kind,
        ordinal=ordinal,
        row=row,
        title=str(row),
        values=tuple(Said(_label(row, name), _text(row, name, getattr(row, name), labels)) for name in fields),
        recorded_at=getattr(row, "recorded_at", None),
        recorded_by=_author(getattr(row, authors[0])) if authors else "",
        voided=voided_note(row),
        former=_former(actor, row, fields, labels),
    )


def newest_entry(actor: Actor, dossier_id: int, key: str) -> tuple[EntryKind, Any, int] | None:
    """The kind, the entry of it that was made last in the dossier, voided or not, and its number; None: there is none
    that the reader sees."""
    kind = entry_kind(key)
    rows = kind.model._default_manager.visible_to(actor).filter(dossier_id=dossier_id)  # type: ignore[attr-defined]
    ordinal = rows.count()
    if not ordinal:
        return None
    brought = [kind.case.replace(".", "__")] if kind.case else []
    return kind, rows.select_related("dossier", *brought).order_by("-pk")[0], ordinal


def former_versions(actor: Actor, row: Any, fields: Sequence[str]) -> tuple[FormerVersion, ...]:
    """Earlier versions of a row that is no entry of the registry, the latest first. fields: columns, no codes."""
    return _former(actor, row, fields, {})


def last_change(actor: Actor, row: Any) -> LastChange | None:
    """From the history of a row about a person, as far as the reader may see it; None: nothing is known."""
    dossier_id = getattr(row, "dossier_id", None)
    if dossier_id is None:
        return None
    kept = History.objects.visible_to(actor).filter(dossier_id=dossier_id, table=row._meta.db_table, row_id=row.pk)
    line = kept.order_by("-at", "-id").first()
    if line is None:
        # Nobody has changed it since it was made: whoever made it was faster.
        by, at = getattr(row, "recorded_by", None), getattr(row, "recorded_at", None)
        return LastChange(at, by.user.display_name, by.pk == actor.membership_id) if by and at else None
    return LastChange(line.at, _names([line.actor]).get(line.actor, ""), line.actor == actor.label)


def _former(actor: Actor, row: Any, fields: Sequence[str], labels: Mapping) -> tuple[FormerVersion, ...]:
    """Earlier versions, the latest first, as far as the reader may see them: the history has its own wall."""
    kept = list(
        History.objects.visible_to(actor)
        .filter(dossier_id=row.dossier_id, table=row._meta.db_table, row_id=row.pk)
        .order_by("at", "id")
    )
    if not kept:
        return ()
    names = _names(line.actor for line in kept)
    columns = {name: row._meta.get_field(name).column for name in fields}
    following = [*[line.old for line in kept[1:]], _as_kept(row, columns.values())]
    found = []
    for line, after in zip(kept, following, strict=True):
        # Versions may be hidden from this reader: only the very next one tells why this one was left.
        adjacent = after.get("version") == line.old.get("version", 0) + 1
        corrected = (
            adjacent
            and after.get("voided_at") is None
            and any(
                _value(row, name, line.old.get(column)) != _value(row, name, after.get(column))
                for name, column in columns.items()
            )
        )
        values = tuple(
            Said(
                _label(row, name),
                _text(row, name, _value(row, name, line.old.get(column)), labels),
                differs=_value(row, name, line.old.get(column)) != _value(row, name, after.get(column)),
            )
            for name, column in columns.items()
            if column in line.old
        )
        because = str(after.get("corrected_because") or "") if corrected else ""
        if adjacent and after.get("voided_at") is not None and line.old.get("voided_at") is None:
            because = str(after.get("voided_because") or "")
        if after.get("dropped_at") and not line.old.get("dropped_at"):
            because = str(after.get("dropped_because") or "")
        found.append(FormerVersion(line.at, names.get(line.actor, "automatisch"), because, values))
    return tuple(reversed(found))


def _as_kept(row: Any, columns: Iterable[str]) -> dict[str, Any]:
    """The row as it stands, in the shape of a kept one."""
    wanted = {*columns, "version", "voided_at", "voided_because", "corrected_because", "dropped_at", "dropped_because"}
    return {each.column: getattr(row, each.attname) for each in row._meta.fields if each.column in wanted}


def _names(labels: Iterable[str]) -> dict[str, str]:
    """Who stands behind the labels of actors (``person:<user>:<position>``)."""
    people = {label: int(label.split(":")[1]) for label in set(labels) if label.startswith("person:")}
    known = dict(User.objects.filter(pk__in=people.values()).values_list("pk", "display_name")) if people else {}
    return {label: known[pk] for label, pk in people.items() if pk in known}


def _author(membership: Any) -> str:
    return membership.user.display_name if membership is not None else "automatisch"


def _shown_columns(model: type[models.Model]) -> Iterable[str]:
    """What an entry that can only be voided shows: what people entered."""
    hidden = {"id", "version", "recorded_at", "list_fingerprint"}
    for each in model._meta.fields:
        if each.name not in hidden and each.editable and not each.is_relation:
            yield each.name


def _label(row: Any, name: str) -> str:
    return str(row._meta.get_field(name).verbose_name)


def _value(row: Any, name: str, kept: Any) -> Any:
    """A value of the history (JSON) as the column has it."""
    return row._meta.get_field(name).to_python(kept)


def _text(row: Any, name: str, value: Any, labels: Mapping[str, Mapping[str, str]]) -> str:
    if value is None or value == "":
        return "–"
    if name in labels:
        return labels[name].get(str(value), str(value))
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return f"{day_of(value):%d.%m.%Y}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    choices = dict(row._meta.get_field(name).flatchoices)
    return str(choices.get(value, value))
