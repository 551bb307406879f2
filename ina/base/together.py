"""Reads whose shape never changes: compiled once by the ORM, prepared by the server, run together in one statement.

    CONTACTS = Read(lambda given: Contact.objects.visible_to(given.actor).filter(dossier_id=given.dossier_id))

    rows = CONTACTS.rows(actor=actor, dossier_id=7)
    found = read_together([CONTACTS, GOALS], actor=actor, dossier_id=7)      # one statement; found[CONTACTS] is a list

A page of a file asks a dozen small questions. Compiling them anew each time cost more than answering them (measured:
45 of 120 ms), and planning as much as reading. The queryset stays the only place that says what is asked, walls
included. What may differ from use to use are the arguments of ``GIVEN``, and only these: the queryset is built with
marks in their place, which must reach the SQL as they are (no arithmetic, no ``if``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value
from psycopg import adapt, pq
from psycopg.types.numeric import Int4, Int8

# Arguments by name, their types in SQL, and the mark that stands for each while a queryset is compiled.
GIVEN: dict[str, tuple[str, Any]] = {
    "dossier_id": ("bigint", -(2**62) + 1),
    "case_id": ("bigint", -(2**62) + 2),
    "case_number": ("integer", -(2**30) + 3),
    "number": ("text", "\x01number"),
    "today": ("date", date(1, 2, 3)),
    "holders": ("bigint[]", [-(2**62) + 4]),
    "members": ("bigint[]", [-(2**62) + 5]),
    "dossiers": ("bigint[]", [-(2**62) + 6]),
    "membership_id": ("bigint", -(2**62) + 7),
    "team_id": ("bigint", -(2**62) + 8),
    "unit_id": ("bigint", -(2**62) + 9),
    "cases": ("bigint[]", [-(2**62) + 10]),
    "items": ("bigint[]", [-(2**62) + 11]),
    "offers": ("bigint[]", [-(2**62) + 12]),
    "gone": ("bigint[]", [-(2**62) + 13]),
    "until": ("date", date(1, 2, 4)),
    "horizon": ("date", date(1, 2, 5)),
    "prepared_until": ("date", date(1, 2, 6)),
    "early_since": ("date", date(1, 2, 7)),
    "seen_early": ("date", date(1, 2, 8)),
    "seen_later": ("date", date(1, 2, 9)),
    "postcode": ("text", "\x01postcode"),
    "place": ("text", "\x01place"),
}


@dataclass(frozen=True)
class _Reader:
    """In place of an actor while a queryset is compiled."""

    holders: list


class _Given:
    """The marks, by name; ``actor`` brings the mark for the holders."""

    actor = _Reader(GIVEN["holders"][1])

    def __getattr__(self, name: str) -> Any:
        try:
            return GIVEN[name][1]
        except KeyError:
            raise AttributeError(f"together: there is no argument {name}") from None


def one_of(column: str, given: Any) -> Func:
    """A filter for rows whose column is among an array of ``GIVEN``. Django's ``__in`` would write the array out, one
    place for each; a prepared statement has one place for all."""
    array = Value(given, output_field=ArrayField(BigIntegerField()))
    return Func(F(column), array, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField())


class Read:
    """A question that is asked often. ``build`` makes its queryset from the arguments of ``GIVEN`` (and ``actor``)."""

    def __init__(self, build: Callable[[Any], QuerySet]):
        self._build = build
        self._compiled: _Compiled | _Written | None = None

    def rows(self, **given: Any) -> list[Any]:
        """The answer to this question alone."""
        return read_together([self], **given)[self]

    @property
    def compiled(self) -> _Compiled | _Written:
        if self._compiled is None:
            self._compiled = _Compiled(self._build(_Given()))
        return self._compiled


class SqlRead(Read):
    """A question in SQL, with places like ``%(dossier_id)s``; answers plain tuples. Walls are its own business."""

    def __init__(self, text: str):
        self._compiled = _Written(text)


class _Written:
    def __init__(self, text: str):
        self.asked = set(re.findall(r"%\((\w+)\)s", text))
        self.text = re.sub(r"%\((\w+)\)s", lambda found: f"%({found[1]})s::{GIVEN[found[1]][0]}", text)

    def rows(self, tuples: Sequence[tuple]) -> list[Any]:
        return list(tuples)


class _Compiled:
    """The SQL of a queryset with named places, and the way from its tuples to rows or model instances."""

    def __init__(self, queryset: QuerySet):
        self.iterable: Any = queryset._iterable_class
        self.queryset = queryset
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        text, params = self.compiler.as_sql()
        parts = text.split("%s")
        self.asked: set[str] = set()
        self.text = parts[0]
        for param, part in zip(params, parts[1:], strict=True):
            self.text += self._place(param) + part
        if lost := [name for name, (_, mark) in GIVEN.items() if str(mark).strip("[]") in self.text]:
            raise ValueError(f"together: calculated with before it reached the SQL: {', '.join(lost)}")

    def _place(self, param: Any) -> str:
        for name, (kind, mark) in GIVEN.items():
            if isinstance(param, type(mark)) and param == mark:
                self.asked.add(name)
                return f"%({name})s::{kind}"
        return connection.ops.compose_sql("%s", [param]).replace("%", "%%")  # type: ignore[attr-defined]

    def rows(self, tuples: Sequence[tuple]) -> list[Any]:
        """What iterating the queryset would give, had the database answered these tuples."""
        answered = copy(self.compiler)
        answered.execute_sql = lambda *_, **__: [tuples]
        iterable: Iterable[Any] = self.iterable(_Answered(self.queryset, answered))
        return list(iterable)


class _Answered:
    """A queryset whose answer is there already, for Django's own way from tuples to rows."""

    def __init__(self, queryset: QuerySet, compiler: Any):
        self.db, self.query = queryset.db, self
        self._known_related_objects: dict = {}
        self._fields = queryset._fields  # type: ignore[attr-defined]
        self._compiler = compiler
        for name in ("values_select", "extra_select", "annotation_select", "selected"):
            setattr(self, name, getattr(queryset.query, name, None))

    def get_compiler(self, *_: Any, **__: Any) -> Any:
        return self._compiler


@dataclass(frozen=True)
class _Statement:
    text: str
    arguments: tuple[str, ...]


_statements: dict[tuple[Read, ...], _Statement] = {}
# Integers would be sent in as many types as they have sizes, and each would be a statement of its own.
_SENT_AS: dict[str, Callable[[Any], Any]] = {
    "bigint": Int8,
    "integer": Int4,
    "bigint[]": lambda values: [Int8(value) for value in values],
}


def read_together(reads: Iterable[Read], *, actor: Any = None, **given: Any) -> dict[Read, list[Any]]:
    """The answers to several questions, asked in one statement, by question."""
    asked = tuple(dict.fromkeys(reads))
    if not asked:
        return {}
    statement = _statements.get(asked)
    if statement is None:
        statement = _statements[asked] = _statement_of(asked)
    if actor is not None:
        given["holders"] = list(actor.holders)
    arguments = {name: _sent(name, given[name]) for name in statement.arguments}
    connection.ensure_connection()
    # Django's way to wrap a cursor (statements are counted, errors translated), around one that binds on the server.
    with connection._prepare_cursor(_Prepared(connection.connection)) as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement.text, arguments)
        answer = cursor.fetchone()
    return {read: read.compiled.rows(tuples) for read, tuples in zip(asked, answer, strict=True)}


def _sent(name: str, value: Any) -> Any:
    convert = _SENT_AS.get(GIVEN[name][0])
    return value if convert is None or value is None else convert(value)


def _statement_of(reads: tuple[Read, ...]) -> _Statement:
    # Each question is a column: an array of its rows, in their order.
    columns = ", ".join(f"ARRAY(SELECT q FROM ({read.compiled.text}) q)" for read in reads)  # noqa: S608 - from the ORM
    asked = set().union(*(read.compiled.asked for read in reads))
    return _Statement("SELECT " + columns, tuple(sorted(asked)))


class _Prepared(psycopg.Cursor):
    """Its statements are prepared on the first use of a connection; the fields inside a row come with their types,
    which only the binary form can tell."""

    def __init__(self, connection: psycopg.Connection):
        super().__init__(connection)
        self.adapters.register_loader("jsonb", _JsonbAsText)

    def execute(self, query, params=None, **_):
        super().execute(query, params, prepare=True, binary=True)
        self._query = _Shown(query.encode())  # type: ignore[assignment]  # psycopg forgets it when it is prepared
        return self


@dataclass(frozen=True)
class _Shown:
    """What Django's log of statements shows."""

    query: bytes


class _JsonbAsText(adapt.Loader):
    """Django's JSONField reads text."""

    format = pq.Format.BINARY

    def load(self, data: Any) -> str:
        return bytes(data)[1:].decode()
