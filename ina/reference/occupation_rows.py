"""What the official files of occupations say, row by row, as the reader of files hands it to the operation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OccupationFile(StrEnum):
    """The kinds of official files, by what they hold."""

    GROUPS = "kldb"
    EXPLANATIONS = "kldb_explanations"
    OCCUPATIONS = "dkz"

    @property
    def label(self) -> str:
        return {
            "kldb": "Klassifikation der Berufe 2010, Systematik",
            "kldb_explanations": "Klassifikation der Berufe 2010, Erläuterungen",
            "dkz": "Berufsbenennungen der Bundesagentur für Arbeit (DKZ)",
        }[self.value]


@dataclass(frozen=True)
class GroupRow:
    kldb: str
    title: str


@dataclass(frozen=True)
class ExplanationRow:
    kldb: str
    remarks: str
    includes: str


@dataclass(frozen=True)
class OccupationRow:
    """``key``: what the source calls it, the same in every edition. ``degree``: a course of studies."""

    key: str
    kldb: str
    title: str
    words: str
    degree: bool


@dataclass(frozen=True)
class ReadFile:
    """One file as read; ``name`` is said as the source."""

    kind: OccupationFile
    name: str
    rows: tuple[GroupRow | ExplanationRow | OccupationRow, ...]
