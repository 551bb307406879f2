"""Correcting and voiding entries of any kind: the same two operations for each kind of the registry.

Nothing is overwritten silently: what the entry said stays in the history (trigger ``keep_history``), who changed it
and why stands beside it. A voided entry counts nowhere any more and is shown struck through.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import Any

from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.corrections import EntryKind
from ina.cases.models import Case

WHY = "Teil einer Operation, die den Eintrag schon geladen hat"


def correction_of(kind: EntryKind) -> Callable[..., None]:
    """The operation ``correct_<name>``: other values for some of the kind's columns, and why."""

    def correct(row: Any, *, actor: Actor, because: str, now: datetime, **values: Any) -> None:
        """Enter what turned out to be right. Refused: no reason, nothing changed, what the entry may not say."""
        reason = _reason(because, "berichtigt, weil")
        fields = kind.fields_of(row)
        unknown = set(values) - set(fields)
        if unknown:
            raise TypeError(f"not correctable: {sorted(unknown)}")
        case = _locked_case(kind, row)
        before = {name: getattr(row, name) for name in fields}
        for name, value in values.items():
            setattr(row, name, _plain(value))
        if kind.check is not None:
            kind.check(row, before, now)
        row.clean_fields(exclude=[each.name for each in row._meta.fields if each.name not in fields])
        changed = [name for name in fields if getattr(row, name) != before[name]]
        if not changed:
            raise Invalid("Es ist nichts geändert.")
        row.corrected_because = reason
        row.version += 1
        row.save()
        if kind.after is not None:
            kind.after(row, case, actor, now)
        note(columns=changed)

    return _operation(kind, correct, "correct")


def voiding_of(kind: EntryKind) -> Callable[..., None]:
    """The operation ``void_<name>``: the entry was a mistake as a whole."""

    def void(row: Any, *, actor: Actor, because: str, now: datetime) -> None:
        """The entry is void and stays visible. Refused: no reason, what the kind's ``check_void`` says."""
        reason = _reason(because, "storniert, weil")
        case = _locked_case(kind, row)
        if kind.check_void is not None:
            kind.check_void(row)
        row.voided_at = now
        row.voided_by_id = actor.membership_id
        row.voided_because = reason
        row.version += 1
        row.save()
        if kind.after is not None:
            kind.after(row, case, actor, now)

    return _operation(kind, void, "void")


def _operation(kind: EntryKind, function: Callable, verb: str) -> Callable[..., None]:
    function.__name__ = function.__qualname__ = f"{verb}_{kind.name}"
    # It belongs to the module whose table it writes, as its name says.
    function.__module__ = kind.model.__module__
    return operation(f"{kind.module}.{verb}_{kind.name}", may=kind.may, on=kind.model)(function)


def _reason(because: str, label: str) -> str:
    reason = because.strip()
    if not reason:
        raise Invalid("Bitte begründen Sie das.", "because")
    if len(reason) > 300:
        raise Invalid(f"„{label}“ hat höchstens 300 Zeichen.", "because")
    return reason


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return str(value.value)
    return value.strip() if isinstance(value, str) else value


def _locked_case(kind: EntryKind, row: Any) -> Case | None:
    """The case that the entry belongs to, locked: what depends on it is derived while nobody else changes it."""
    if not kind.case:
        return None
    found = row
    for part in kind.case.split("."):
        found = getattr(found, part)
    return Case.objects.unscoped(because=WHY).select_for_update(of=("self",)).get(pk=found.pk)
