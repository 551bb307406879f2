"""The registry of entries that can turn out wrong: what may be corrected in them, who may, and what depends on them.

Filled in ``apps.ready``, by ``cases`` and by the modules above it. From each kind come two operations,
``<module>.correct_<name>`` and ``<module>.void_<name>`` (``operations.corrections``), and its page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import models

from ina.access.models import Correctable
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.policy import Verdict


@dataclass(frozen=True, kw_only=True)
class EntryKind:
    """One kind of entry, a table of ``access.models.Correctable``.

    key: in addresses, German. name: in names of operations, English. fields: columns that can be corrected; none: the
    entry can only be voided. case: path from the row to its case; empty: it belongs to the person. page: where the
    entries are listed. codes: columns that hold a code, with the key of the code list.

    only: which of ``fields`` mean something in this row. check: raises Invalid for what a correction would make of the
    row; gets the former values too. check_void: raises Invalid when the entry cannot be voided. after: brings in line
    what depends on the entry (None for a case: it belongs to the person). warn: a German sentence on what rests on
    this entry and does not change by itself. void, may_void: an operation of its own in place of the ordinary one,
    and its policy. elsewhere: the page on which such a row is taken back together with all that hangs on it; empty:
    its own.
    """

    key: str
    name: str
    label: str
    model: type[Correctable]
    may: Callable[[Actor, Any], Verdict]
    fields: tuple[str, ...] = ()
    case: str = "case"
    page: str = "file"
    codes: Mapping[str, str | Callable[[Any], str]] = field(default_factory=dict)
    only: Callable[[Any], Iterable[str]] | None = None
    check: Callable[[Any, Mapping[str, Any], datetime], None] | None = None
    check_void: Callable[[Any], None] | None = None
    after: Callable[[Any, Any, Actor, datetime], None] | None = None
    warn: Callable[[Any], str] | None = None
    may_void: Callable[[Actor, Any], Verdict] | None = None
    void: Callable[..., None] | None = None
    elsewhere: Callable[[Any], str] | None = None
    # Filled when the kind is registered, as is ``void`` where there is none.
    correct: Callable[..., None] | None = None

    @property
    def module(self) -> str:
        return self.model._meta.app_label

    @property
    def row_id(self) -> str:
        """The argument by which the operations take the row."""
        return f"{self.model._meta.model_name}_id"

    def fields_of(self, row: models.Model) -> tuple[str, ...]:
        """The columns of this row that can be corrected, in the order of the form."""
        if self.only is None:
            return self.fields
        meant = set(self.only(row))
        return tuple(name for name in self.fields if name in meant)

    def code_list(self, name: str, row: models.Model) -> str:
        """The key of the code list that the column's codes are from; empty when they are no codes."""
        key = self.codes.get(name, "")
        return key(row) if callable(key) else key


_kinds: dict[str, EntryKind] = {}


def register_entry(kind: EntryKind) -> EntryKind:
    """Make its operations and remember the kind. Raises ValueError when the key is taken by another table."""
    from ina.cases.operations.corrections import correction_of, voiding_of

    known = _kinds.get(kind.key)
    if known is not None:
        if known.model is not kind.model:
            raise ValueError(f"cases: two kinds of entries are called {kind.key}")
        return known
    made = replace(kind, correct=correction_of(kind) if kind.fields else None, void=kind.void or voiding_of(kind))
    _kinds[kind.key] = made
    return made


def entry_kinds() -> tuple[EntryKind, ...]:
    return tuple(_kinds.values())


def entry_kind(key: str) -> EntryKind:
    """Raises NotVisible: no such page."""
    if key not in _kinds:
        raise NotVisible()
    return _kinds[key]
