"""The prison's list of prisoners, as its office exports it (the fields of the retrieval regulation, domain 7.0).

Columns are found by their heading, in any order; unknown ones are listed and ignored. A column with security notes is
dropped and said. A row is known by its Buchnummer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ina.cases.operations.prison_lists import ListedPerson, booking_key
from ina.cases.operations.referrals import Person
from ina.cases.queries.lists import LIST_SOURCE, Release
from ina.exchange.cells import squeezed
from ina.exchange.headings import HEADINGS, Vocabulary
from ina.exchange.people import Problem, RowReader
from ina.exchange.tables import RowError, Table, Unusable, read_table

__all__ = ["PrisonListFile", "RowError", "Table", "Unusable", "read_prison_list", "read_table"]

VOCABULARY = Vocabulary(HEADINGS)
# Row numbers named in one message.
NAMED_ROWS = 5


@dataclass(frozen=True)
class PrisonListFile:
    """What was read: usable people with their row in the file, and what is wrong with the others, one error a row.

    ``duplicates``: further rows of a person who is among ``rows`` already; they are left out and are no errors.
    ``elsewhere``: rows that name another prison, counted by its name; they are left out without being errors.
    """

    rows: tuple[ListedPerson, ...]
    errors: tuple[RowError, ...]
    duplicates: tuple[RowError, ...]
    ignored_columns: tuple[str, ...]
    dropped_columns: tuple[str, ...]
    elsewhere: dict[str, int]
    read: int


def read_prison_list(content: bytes, *, prison_names: Sequence[str], today: date) -> PrisonListFile:
    """The people of one prison. ``prison_names``: how the prison may be called in the column JVA.

    Raises Unusable when it is no table or lacks a column without which nobody can be identified.
    """
    table = read_table(content, VOCABULARY.knows)
    columns = VOCABULARY.columns(table)
    reader = RowReader(table, columns, prison_names=prison_names, today=today)
    found: list[ListedPerson] = []
    errors = list(table.errors)
    for number, cells in table.rows:
        try:
            values = reader.values(number, cells)
            if values is not None and any(values.values()):
                found.append(_listed(number, *reader.person(values, source=LIST_SOURCE)))
        except Problem as problem:
            errors.append(problem.in_row(number))
    rows, doubtful, duplicates = one_row_each(found)
    return PrisonListFile(
        rows=tuple(rows),
        errors=tuple(sorted([*errors, *doubtful], key=lambda error: error.row)),
        duplicates=tuple(duplicates),
        ignored_columns=columns.ignored,
        dropped_columns=columns.dropped,
        elsewhere=reader.elsewhere,
        read=len(table.rows) + len(table.errors),
    )


def one_row_each(found: Sequence[ListedPerson]) -> tuple[list[ListedPerson], list[RowError], list[RowError]]:
    """Every Buchnummer once: (rows kept, rows of different people under one number, further rows of one person)."""
    by_number: defaultdict[str, list[ListedPerson]] = defaultdict(list)
    for row in found:
        by_number[booking_key(row.person.booking_number)].append(row)
    kept, doubtful, duplicates = [], [], []
    for rows in by_number.values():
        first, *others = rows
        if len({_who(row.person) for row in rows}) > 1:
            named = ", ".join(str(row.row) for row in rows[:NAMED_ROWS]) + (" …" if len(rows) > NAMED_ROWS else "")
            doubtful += [
                RowError(
                    row.row,
                    "Buchnummer",
                    row.person.booking_number,
                    f"Unter dieser Buchnummer stehen verschiedene Personen (Zeilen {named}).",
                )
                for row in rows
            ]
            continue
        kept.append(first)
        for row in others:
            differs = row.person != first.person or row.releases != first.releases
            duplicates.append(
                RowError(
                    row.row,
                    "Buchnummer",
                    row.person.booking_number,
                    f"Die Person steht schon in Zeile {first.row}{', dort mit anderen Angaben' if differs else ''}.",
                )
            )
    return kept, doubtful, duplicates


def _listed(row: int, person: Person, releases: tuple[Release, ...]) -> ListedPerson:
    return ListedPerson(row=row, person=person, releases=releases)


def _who(person: Person) -> tuple[str, str, date | None]:
    return squeezed(person.surname), squeezed(person.given_name), person.born_on
