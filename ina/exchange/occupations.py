"""The official lists of occupations as CSV or XLSX, recognised by their heading.

``kldb, ebene, titel``: the systematics of the KldB 2010; ``kldb, allgemeine_bemerkungen, einschluesse``: what its
places mean; ``dkz, kldb, bezeichnung_kurz``: the names of the Bundesagentur für Arbeit. Other columns are ignored.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ina.exchange.tables import MAX_BYTES, RowError, Unusable, read_content, read_table
from ina.reference.occupation_rows import ExplanationRow, GroupRow, OccupationFile, OccupationRow, ReadFile

__all__ = ["MAX_BYTES", "OccupationList", "RowError", "Unusable", "read_content", "read_occupations"]

# The columns that tell the kinds apart, all needed; the first kind whose columns are there it is.
COLUMNS: Mapping[OccupationFile, tuple[str, ...]] = {
    OccupationFile.OCCUPATIONS: ("dkz", "kldb", "bezeichnung_kurz"),
    OccupationFile.EXPLANATIONS: ("kldb", "allgemeine_bemerkungen", "einschluesse"),
    OccupationFile.GROUPS: ("kldb", "ebene", "titel"),
}
NEUTRAL = "bezeichnung_neutral"
ACADEMIC = "hochschulberuf"
KNOWN = frozenset(name for names in COLUMNS.values() for name in names) | {NEUTRAL, ACADEMIC}
_DEGREE = re.compile(r"(Bachelor|Master|Diplom|Magister)\b|\((grundständig|weiterführend)\)")


@dataclass(frozen=True)
class OccupationList:
    """``errors``: what is wrong in which line; a file with one is not loaded."""

    file: ReadFile
    errors: tuple[RowError, ...]


def read_occupations(content: bytes, name: str) -> OccupationList:
    """What a file says, and every line that is wrong. Raises Unusable where it is none of the three."""
    table = read_table(content, lambda heading: heading.casefold() in KNOWN)
    heading = {column.casefold(): at for at, column in reversed(list(enumerate(table.heading)))}
    kind = next((kind for kind, needed in COLUMNS.items() if all(column in heading for column in needed)), None)
    if kind is None:
        raise Unusable(
            "Die Kopfzeile passt zu keiner der drei Listen. Nötig sind: kldb, ebene, titel (Systematik) oder kldb, "
            "allgemeine_bemerkungen, einschluesse (Erläuterungen) oder dkz, kldb, bezeichnung_kurz (Berufe)."
        )
    errors = list(table.errors)
    rows: dict[str, GroupRow | ExplanationRow | OccupationRow] = {}
    for number, cells in table.rows:
        said = {column: _clean(cells[at]) for column, at in heading.items() if column in KNOWN}
        faults = [
            RowError(number, column, "", reason)
            for column in COLUMNS[kind]
            if (reason := table.faults_in(number).get(heading[column]))
        ]
        wrong = faults or [RowError(number, *one) for one in _wrong(kind, said)]
        key = said["dkz"] if kind is OccupationFile.OCCUPATIONS else said["kldb"]
        if not wrong and key in rows:
            wrong = [RowError(number, COLUMNS[kind][0], key, "Diese Nummer steht schon weiter oben in der Datei.")]
        if wrong:
            errors.extend(wrong)
        else:
            rows[key] = _ROWS[kind](said)
    if not rows and not errors:
        raise Unusable("Unter der Kopfzeile steht keine Zeile.")
    return OccupationList(ReadFile(kind, name, tuple(rows.values())), tuple(sorted(errors, key=lambda one: one.row)))


def _wrong(kind: OccupationFile, said: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Column, value and reason."""
    wrong = []
    digits = r"[0-9]{5}" if kind is OccupationFile.OCCUPATIONS else r"[0-9]{1,5}"
    if not re.fullmatch(digits, said["kldb"]):
        length = "fünf" if kind is OccupationFile.OCCUPATIONS else "ein bis fünf"
        wrong.append(("kldb", said["kldb"], f"Eine Nummer der KldB hat hier {length} Ziffern (als Text, mit Nullen)."))
    elif kind is OccupationFile.GROUPS and said["ebene"] != str(len(said["kldb"])):
        wrong.append(("ebene", said["ebene"], "Die Ebene passt nicht zur Zahl der Ziffern. Fehlt eine führende Null?"))
    if kind is OccupationFile.GROUPS and not said["titel"]:
        wrong.append(("titel", "", "Die Bezeichnung fehlt."))
    if kind is OccupationFile.OCCUPATIONS:
        wrong += [(column, "", "Die Angabe fehlt.") for column in ("dkz", "bezeichnung_kurz") if not said[column]]
    return wrong


def _occupation(said: Mapping[str, str]) -> OccupationRow:
    title, neutral = said["bezeichnung_kurz"], said.get(NEUTRAL, "")
    degree = said.get(ACADEMIC) == "1" and bool(_DEGREE.search(title))
    # Both forms are said only where the longer one says something else.
    return OccupationRow(said["dkz"], said["kldb"], title, "" if neutral == title else neutral, degree)


_ROWS: Mapping[OccupationFile, Callable[[Mapping[str, str]], GroupRow | ExplanationRow | OccupationRow]] = {
    OccupationFile.GROUPS: lambda said: GroupRow(said["kldb"], said["titel"]),
    OccupationFile.EXPLANATIONS: lambda said: ExplanationRow(
        said["kldb"], said["allgemeine_bemerkungen"], said["einschluesse"]
    ),
    OccupationFile.OCCUPATIONS: _occupation,
}


def _clean(cell: str) -> str:
    """Entities of HTML as letters, and single spaces; three spaces, which divide the tasks, as semicolons."""
    text = html.unescape(cell)
    return re.sub(r"[ \t]+", " ", re.sub(r" {3,}", "; ", text.strip())).strip()
