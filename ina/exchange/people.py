"""A row of a list read as a person in prison.

What stands in a column with security notes appears nowhere, not in a message either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from ina.cases.enums import HypothesisKind, Sex
from ina.cases.operations.referrals import Person
from ina.cases.queries.lists import Release
from ina.exchange.cells import flat, shown, squeezed
from ina.exchange.dates import NoSuchDay, birth_date, event_date, says_no_date
from ina.exchange.headings import Columns
from ina.exchange.tables import RowError, Table

RELEASE_KINDS = {
    "release_on": HypothesisKind.OTHER,
    "release_te": HypothesisKind.SENTENCE_END,
    "release_two_thirds": HypothesisKind.TWO_THIRDS,
    "release_half": HypothesisKind.HALF,
    "release_therapy": HypothesisKind.THERAPY_35,
}
# What an enforcement status, or a word before the day, says about the kind of the release.
KINDS = {squeezed(kind.label): kind for kind in HypothesisKind} | {
    "te": HypothesisKind.SENTENCE_END,
    "strafende": HypothesisKind.SENTENCE_END,
    "23": HypothesisKind.TWO_THIRDS,
    "zweidrittel": HypothesisKind.TWO_THIRDS,
    "12": HypothesisKind.HALF,
    "halbstrafe": HypothesisKind.HALF,
    "35btmg": HypothesisKind.THERAPY_35,
}
SEXES = {
    **dict.fromkeys(("w", "weiblich", "f", "frau", "female"), Sex.FEMALE),
    **dict.fromkeys(("m", "maennlich", "mann", "herr", "male"), Sex.MALE),
    **dict.fromkeys(("d", "divers"), Sex.DIVERSE),
}
LONGEST = {"surname": 120, "given_name": 120, "birth_name": 120, "birth_place": 120, "aliases": 300} | {
    "nationality": 80,
    "booking_number": 30,
    "custody_kind": 60,
    "enforcement_status": 60,
    "department": 60,
    "authority": 120,
    "authority_reference": 60,
}
_BEFORE_A_DAY = frozenset({"", "ca", "vsl", "vorauss", "voraussichtlich", "am", "zum", "ab", "fruehestens"})
_PARTICLES = frozenset(
    ("von", "van", "vom", "zu", "zum", "zur", "und", "de", "der", "den", "di", "da", "dos", "el", "al", "la")
)


class Problem(Exception):
    """What is wrong in one row, as long as it is not known which; becomes a RowError."""

    def __init__(self, column: str, value: str, message: str) -> None:
        super().__init__(message)
        self.column, self.value, self.message = column, value, message

    def in_row(self, number: int) -> RowError:
        return RowError(number, self.column, self.value, self.message)


class RowReader:
    """Rows of one table as people. ``prison_names``: how the prison may be called in the column JVA; empty: any."""

    def __init__(self, table: Table, columns: Columns, *, prison_names: Sequence[str], today: date) -> None:
        self.columns = columns
        self._table = table
        self._today = today
        self._prisons = {prison_name(name) for name in prison_names}
        self.elsewhere: dict[str, int] = {}

    def values(self, number: int, cells: Sequence[str]) -> dict[str, str] | None:
        """The cells by field; None for a row of another prison, which is counted. Raises Problem."""
        values = {field: cells[index] for index, field in self.columns.fields.items()}
        prison = values.pop("prison", "")
        if self._prisons and prison and prison_name(prison) not in self._prisons:
            named = shown(prison) if number not in self._table.short or not self.columns.dropped else "ohne Angabe"
            self.elsewhere[named] = self.elsewhere.get(named, 0) + 1
            return None
        if self.columns.dropped and number in self._table.short:
            raise Problem("", "", "Die Zeile hat weniger Spalten als die Überschrift; was wohin gehört, ist unsicher.")
        for index, reason in self._table.faults_in(number).items():
            if index in self.columns.fields:
                raise Problem(self._table.heading[index], "", reason)
        return values

    def day(self, values: Mapping[str, str], field: str) -> date | None:
        """A day of the case. Raises Problem."""
        text = flat(values.get(field, ""))
        if says_no_date(text):
            return None
        try:
            return event_date(text, today=self._today, from_1904=self._table.dates_from_1904)
        except NoSuchDay as error:
            raise Problem(self.columns.heading_of(field), text, str(error)) from error

    def past_day(self, values: Mapping[str, str], field: str) -> date | None:
        """A day that cannot lie ahead. Raises Problem."""
        found = self.day(values, field)
        if found and found > self._today:
            raise Problem(self.columns.heading_of(field), values[field], "Dieser Tag liegt in der Zukunft.")
        return found

    def person(self, values: Mapping[str, str], *, source: str) -> tuple[Person, tuple[Release, ...]]:
        """Somebody with a Buchnummer and at least one name, and all days of release, earliest first. Raises Problem."""
        known = {field: flat(values.get(field, "")) for field in LONGEST}
        known["aliases"] = "; ".join(values.get("aliases", "").splitlines())
        known["surname"], known["given_name"] = _names(values)
        if not known["surname"] and not known["given_name"]:
            raise Problem(self.columns.heading_of("surname"), "", "Der Name fehlt.")
        if not known["booking_number"]:
            raise Problem(self.columns.heading_of("booking_number"), "", "Die Buchnummer fehlt.")
        for field, longest in LONGEST.items():
            if len(known[field]) > longest:
                message = f"Der Eintrag ist länger als {longest} Zeichen."
                raise Problem(self.columns.heading_of(field), known[field], message)
        born_on = self._birth(values)
        releases = self._releases(values)
        if born_on and releases and releases[0].on <= born_on:
            raise Problem(self.columns.heading_of("born_on"), "", "Die Entlassung liegt vor der Geburt.")
        planned = self._planned(releases)
        facts: dict = {
            **known,
            "sex": SEXES.get(squeezed(values.get("sex", "")), Sex.UNKNOWN),
            "born_on": born_on,
            "custody_since": self.past_day(values, "custody_since"),
            "release_on": planned.on if planned else None,
            "release_kind": planned.kind if planned else HypothesisKind.OTHER,
            "release_source": source,
        }
        return Person(**facts), releases

    def _birth(self, values: Mapping[str, str]) -> date | None:
        text = flat(values.get("born_on", ""))
        if says_no_date(text):
            return None
        try:
            return birth_date(text, today=self._today, from_1904=self._table.dates_from_1904)
        except NoSuchDay as error:
            raise Problem(self.columns.heading_of("born_on"), text, str(error)) from error

    def _releases(self, values: Mapping[str, str]) -> tuple[Release, ...]:
        found = set()
        for field, kind in RELEASE_KINDS.items():
            text = flat(values.get(field, ""))
            if says_no_date(text):
                continue
            if field == "release_on":
                said = values.get("release_kind") or values.get("enforcement_status", "")
                kind = KINDS.get(squeezed(said), kind)
            # "TE 24.10.2027", "ca. 24.10.2027": the word before the day may say what it is.
            word, day = _word_and_day(text)
            if squeezed(word) in KINDS:
                kind = KINDS[squeezed(word)]
            elif squeezed(word) not in _BEFORE_A_DAY:
                day = text
            on = self.day({field: day}, field)
            if on:
                found.add(Release(on, kind))
        return tuple(sorted(found, key=lambda one: (one.on, one.kind)))

    def _planned(self, releases: Sequence[Release]) -> Release | None:
        """The earliest day that is still to come; if all are past, the last one."""
        ahead = [one for one in releases if one.on >= self._today]
        return ahead[0] if ahead else releases[-1] if releases else None


def prison_name(text: str) -> str:
    """For comparing: "JVA Düsseldorf", "Justizvollzugsanstalt Düsseldorf" and "Düsseldorf" are the same."""
    return squeezed(re.sub(r"justizvollzugsanstalt(?:en)?|\bjva\b|\bin\b", " ", text.casefold()))


def _word_and_day(text: str) -> tuple[str, str]:
    found = re.fullmatch(r"(.*?[^\d.\-/ ])[.:]? *(\d[\d.\- :T]*)|(2/3|1/2)[.:]? +(\d[\d.\- :T]*)", text)
    if not found:
        return "", text
    return (found[1] or found[3]), (found[2] or found[4])


def _names(values: Mapping[str, str]) -> tuple[str, str]:
    """Surname and given name, from two columns or from one."""
    surname, given_name = flat(values.get("surname", "")), flat(values.get("given_name", ""))
    if not surname and values.get("surname_first"):
        surname = flat(values["surname_first"])
    elif not surname and not given_name and values.get("given_name_first"):
        whole = flat(values["given_name_first"])
        if "," not in whole:
            return _given_first(whole)
        surname = whole
    if not given_name and "," in surname:
        surname, _, given_name = (part.strip() for part in surname.partition(","))
    return surname, given_name


def _given_first(whole: str) -> tuple[str, str]:
    """ "Kilian von der Heide": the surname begins with its particles."""
    words = whole.split()
    begin = len(words) - 1
    while begin > 1 and words[begin - 1].casefold() in _PARTICLES:
        begin -= 1
    return " ".join(words[begin:]), " ".join(words[:begin])
