"""The prison's list of prisoners, as its office exports it (the fields of the retrieval regulation, domain 7.0).

Columns are found by their heading, in any order; unknown ones are listed and ignored. A column with security notes is
dropped and said: such notes do not belong into a carrier's system.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from ina.cases.enums import HypothesisKind, Sex
from ina.cases.operations.referrals import Person
from ina.exchange.tables import RowError, Table, Unusable, read_table

HEADINGS: dict[str, tuple[str, ...]] = {
    "surname": ("familienname", "nachname", "name", "zuname"),
    "given_name": ("vorname", "vornamen", "rufname"),
    "birth_name": ("geburtsname",),
    "aliases": ("aliasnamen", "aliasname", "alias", "weiterenamen"),
    "sex": ("geschlecht",),
    "born_on": ("geburtsdatum", "geboren", "geborenam", "gebdatum", "geb"),
    "birth_place": ("geburtsort",),
    "nationality": ("staatsangehörigkeit", "staatsangehoerigkeit", "nationalität", "nationalitaet"),
    "prison": ("jva", "anstalt", "justizvollzugsanstalt"),
    "booking_number": ("buchnummer", "buchnr", "buchungsnummer", "gefangenenbuchnummer"),
    "custody_kind": ("haftart", "artderfreiheitsentziehung", "art"),
    "enforcement_status": ("vollstreckungsstand", "stand"),
    "release_on": (
        "voraussichtlicheentlassung",
        "voraussichtlicherentlassungszeitpunkt",
        "entlassung",
        "entlassungsdatum",
        "entlassungstermin",
        "vsl.entlassung",
        "vslentlassung",
    ),
    "authority": ("vollstreckungsbehörde", "vollstreckungsbehoerde", "behörde"),
    "authority_reference": ("aktenzeichen", "az", "aktenzeichenderbehörde"),
}
FIELDS = {heading: field for field, headings in HEADINGS.items() for heading in headings}
REQUIRED = {"surname": "Familienname", "given_name": "Vorname", "booking_number": "Buchnummer"}
DROPPED = re.compile(r"sicherheit|hinweis|gefahr|flucht")
# What stands in the date column when there is no date.
NO_DATE = frozenset({"", "-", "–", "offen", "unbekannt", "n.n.", "te", "2/3", "1/2"})
KINDS = {
    "te": HypothesisKind.SENTENCE_END,
    "strafende": HypothesisKind.SENTENCE_END,
    "2/3": HypothesisKind.TWO_THIRDS,
    "1/2": HypothesisKind.HALF,
}
SEXES = {"w": Sex.FEMALE, "weiblich": Sex.FEMALE, "f": Sex.FEMALE, "m": Sex.MALE, "männlich": Sex.MALE} | {
    "d": Sex.DIVERSE,
    "divers": Sex.DIVERSE,
}
LONGEST = {"surname": 120, "given_name": 120, "birth_name": 120, "birth_place": 120, "aliases": 300} | {
    "nationality": 80,
    "booking_number": 30,
    "custody_kind": 60,
    "enforcement_status": 60,
    "authority": 120,
    "authority_reference": 60,
}


@dataclass(frozen=True)
class PrisonListFile:
    """What was read: usable people with their row in the file, and what is wrong with the others.

    ``elsewhere``: rows that name another prison, counted by its name; they are left out without being errors.
    """

    people: tuple[tuple[int, Person], ...]
    errors: tuple[RowError, ...]
    ignored_columns: tuple[str, ...]
    dropped_columns: tuple[str, ...]
    elsewhere: dict[str, int]
    read: int


def read_prison_list(content: bytes, *, prison_names: tuple[str, ...]) -> PrisonListFile:
    """The people of one prison. ``prison_names``: how the prison may be called in the column JVA.

    Raises Unusable when it is no table or lacks a column without which nobody can be identified.
    """
    table = read_table(content)
    fields, ignored, dropped = _columns(table)
    people, errors = [], []
    elsewhere: Counter[str] = Counter()
    wanted = {_squeeze(name) for name in prison_names}
    for number, cells in table.rows:
        values = dict(zip(fields, cells, strict=False))
        prison = values.pop("prison", "")
        if prison and _squeeze(prison) not in wanted:
            elsewhere[prison] += 1
            continue
        person, problem = _person(number, values)
        if problem:
            errors.append(problem)
        elif person:
            people.append((number, person))
    return PrisonListFile(tuple(people), tuple(errors), ignored, dropped, dict(elsewhere), len(table.rows))


def _columns(table: Table) -> tuple[list[str | None], tuple[str, ...], tuple[str, ...]]:
    fields: list[str | None] = []
    ignored: list[str] = []
    dropped: list[str] = []
    for heading in table.heading:
        squeezed = _squeeze(heading)
        field = FIELDS.get(squeezed)
        if field is None or field in fields:
            (dropped if DROPPED.search(squeezed) else ignored).append(heading)
            field = None
        fields.append(field)
    missing = [label for field, label in REQUIRED.items() if field not in fields]
    if missing:
        raise Unusable(f"In der ersten Zeile fehlt die Spalte {', '.join(missing)}.")
    return fields, tuple(heading for heading in ignored if heading), tuple(dropped)


def _person(number: int, values: dict) -> tuple[Person | None, RowError | None]:
    values.pop(None, None)
    for field, label in REQUIRED.items():
        if not values.get(field):
            return None, RowError(number, label, "", f"{label} fehlt.")
    for field, longest in LONGEST.items():
        if len(values.get(field, "")) > longest:
            shown = values[field][:40] + "…"
            return None, RowError(number, field, shown, f"Der Eintrag ist länger als {longest} Zeichen.")
    dates: dict[str, date | None] = {}
    for field, label in (("born_on", "Geburtsdatum"), ("release_on", "voraussichtliche Entlassung")):
        text = values.pop(field, "")
        if text.casefold() in NO_DATE:
            dates[field] = None
            continue
        try:
            dates[field] = parse_date(text)
        except ValueError:
            return None, RowError(number, label, text, "Dieses Datum gibt es nicht.")
    sex = SEXES.get(values.pop("sex", "").casefold(), Sex.UNKNOWN)
    kind = KINDS.get(values.get("enforcement_status", "").casefold(), HypothesisKind.OTHER)
    known = values | dates | {"sex": sex, "release_kind": kind, "release_source": "Gefangenenliste"}
    return Person(**known), None


def parse_date(text: str) -> date:
    """German (24.10.2027, 24.10.27) or ISO. ValueError else. Two digits: 00–49 is 20xx."""
    if match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", text):
        day, month, year = (int(part) for part in match.groups())
        if year < 100:
            year += 2000 if year < 50 else 1900
        return date(year, month, day)
    return date.fromisoformat(text)


def _squeeze(text: str) -> str:
    return re.sub(r"[\s_\-/]+", "", text.casefold()).replace("justizvollzugsanstalt", "jva")
