"""Aufnahmebogen (domain 7.1): filled with what the reader may see, or empty for a talk without a computer."""

from __future__ import annotations

from datetime import date
from typing import Any

from ina.access.enums import Compartment as C
from ina.cases.documents.head import file_of, german, head_of
from ina.cases.enums import Sex
from ina.cases.queries import CaseFile, get_intake
from ina.cases.queries.intake import SECTIONS, Intake
from ina.documents.kinds import DocumentKind, Paper, PaperRequest
from ina.reference.queries import code_choices

TITLES = {
    "referral": "Meldung und Wunsch",
    "enforcement": "Haft und Entlassung",
    "situation": "Schule, Ausbildung, Arbeit",
    "benefits": "Leistungen und Schulden",
    "health": "Gesundheit (freiwillig, mit eigener Einwilligung)",
    "esf": "Angaben für den ESF (freiwillige Fragen dürfen offen bleiben)",
}
# Columns that hold a code, with the list of its names.
CODES = {
    "kind": "custody_kinds",
    "school": "school_leaving",
    "school_country": "citizenships",
    "training": "training_status",
    "isced": "isced",
    "labour_status": "labour_status",
    "german_level": "german_levels",
    "benefit_before": "benefits",
    "household": "household_kinds",
}
# Not asked, but kept by the system.
OURS = frozenset(
    {
        "id", "dossier", "case", "version", "recorded_at", "recorded_by", "voided_at", "voided_by", "voided_because",
        "corrected_because",
    }
)  # fmt: skip
# Sections that hold special categories (Art. 9 GDPR): the head of their page says so.
SENSITIVE = {"health": "Gesundheit", "esf": "ESF"}
# More choices than this are written in by hand.
MOST_CHOICES = 8


def intake_sheet(asked: PaperRequest) -> Paper:
    """The sheet section by section, as far as the reader's compartments go. Option ``blank``: without the answers."""
    file, blank = file_of(asked), asked.options.get("blank") == "ja"
    sheet = get_intake(asked.actor, file)
    sections = [
        {
            "title": TITLES[name],
            "sensitive": SENSITIVE.get(name),
            "cells": [
                _cell(column, None if blank else sheet.row(name), asked.today)
                for column in SECTIONS[name]._meta.concrete_fields
                if column.name not in OURS
            ],
        }
        for name in SECTIONS
        if name in sheet.open
    ]
    head = head_of(asked, file, "Aufnahmebogen")
    return Paper(
        title="Aufnahmebogen, leer" if blank else "Aufnahmebogen",
        file_name="Aufnahmebogen" if blank else f"Aufnahmebogen_{file.dossier.number}",
        data=head
        | {
            "blank": blank,
            "case": None if blank else head["case"],
            "name": None if blank else head["name"],
            "person": _person(file, blank),
            "custody": _custody(file, blank),
            "sections": sections,
            "informed": [] if blank else _informed(sheet),
        },
    )


def _informed(sheet: Intake) -> list[str]:
    return [f"{german(each.given_on)}, Fassung {each.sheet_version}" for each in sheet.information]


def _cell(column: Any, row: Any, on: date) -> dict[str, Any]:
    """One question: its name, the answer as people read it, and the choices where there are few."""
    value = getattr(row, column.name) if row is not None else None
    choices = code_choices(CODES[column.name], on=on) if column.name in CODES else list(column.choices or ())
    if column.get_internal_type() == "BooleanField":
        choices, value = [("1", "ja"), ("0", "nein")], None if value is None else str(int(value))
    labels = [label for code, label in choices if code]
    if choices:
        value = dict(choices).get(value, "") if value is not None else ""
    elif isinstance(value, date):
        value = german(value)
    return {
        "name": str(column.verbose_name),
        "value": "" if value is None else str(value),
        "choices": labels if 0 < len(labels) <= MOST_CHOICES else [],
        "wide": column.get_internal_type() == "TextField" or 4 < len(labels) <= MOST_CHOICES,
    }


def _person(file: CaseFile, blank: bool) -> list[dict[str, Any]]:
    person = file.participant
    return _cells(
        blank,
        ("Nachname", person.surname),
        ("Vorname", person.given_name),
        ("geboren am", german(person.born_on)),
        ("Geburtsort", person.birth_place),
        ("Geschlecht", Sex(person.sex).label),
        ("Ort nach der Entlassung", f"{person.residence_postcode} {person.residence_town}".strip()),
    )


def _custody(file: CaseFile, blank: bool) -> list[dict[str, Any]]:
    custody = file.custody
    return _cells(
        blank,
        ("Anstalt", custody.prison if custody else ""),
        ("Abteilung, Haus", custody.department if custody else ""),
        ("Buchnummer", custody.booking_number if custody else ""),
        ("Entlassung, geplant", german(file.planning_date)),
    )


def _cells(blank: bool, *rows: tuple[str, Any]) -> list[dict[str, Any]]:
    return [{"name": name, "value": "" if blank else str(value), "choices": [], "wide": False} for name, value in rows]


KINDS = (
    DocumentKind(
        key="cases.intake",
        label="Aufnahmebogen",
        template="cases/papers/intake.typ",
        compartments=C.CASE | C.IDENTITY | C.CUSTODY | C.CONTACTS | C.VOCATIONAL,
        build=intake_sheet,
        said="mit den Angaben aus der Akte oder leer",
        blank=True,
    ),
)
