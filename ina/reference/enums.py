"""Closed vocabularies of the reference data."""

from enum import StrEnum


class Unit(StrEnum):
    """Units of a duration; working days are Monday to Friday without the public holidays of NRW."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"

    @property
    def singular(self) -> str:
        return _UNIT_LABELS[self][0]

    @property
    def plural(self) -> str:
        return _UNIT_LABELS[self][1]


_UNIT_LABELS = {
    Unit.MINUTES: ("Minute", "Minuten"),
    Unit.HOURS: ("Stunde", "Stunden"),
    Unit.DAYS: ("Tag", "Tage"),
    Unit.WORKING_DAYS: ("Arbeitstag", "Arbeitstage"),
    Unit.WEEKS: ("Woche", "Wochen"),
    Unit.MONTHS: ("Monat", "Monate"),
    Unit.YEARS: ("Jahr", "Jahre"),
}


class ValueKind(StrEnum):
    """How the text of a parameter is read (``rules.parse_value``)."""

    DURATION = "duration"
    DURATIONS = "durations"
    INTEGER = "integer"
    DECIMAL = "decimal"
    WEIGHTS = "weights"
    WINDOW = "window"
    YEARLY_WINDOW = "yearly_window"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self][0]

    @property
    def example(self) -> str:
        """What to type, for help texts and error messages."""
        return _KIND_LABELS[self][1]


_KIND_LABELS = {
    ValueKind.DURATION: ("Dauer", "10 working_days"),
    ValueKind.DURATIONS: ("mehrere Zeitpunkte", "9 months; 2 weeks; 1 days"),
    ValueKind.INTEGER: ("ganze Zahl", "5"),
    ValueKind.DECIMAL: ("Zahl mit Nachkommastellen", "0.5"),
    ValueKind.WEIGHTS: ("Gewichte", "custody=0.5; preparation=1.0"),
    ValueKind.WINDOW: ("Zeitraum", "2025-11-13..2026-01-02"),
    ValueKind.YEARLY_WINDOW: ("jährlicher Zeitraum", "12-22..01-06"),
}


class DistrictKind(StrEnum):
    """Kinds of districts in NRW; the Städteregion Aachen has the rights of a Kreis."""

    CITY = "city"
    COUNTY = "county"

    @property
    def label(self) -> str:
        return {"city": "kreisfreie Stadt", "county": "Kreis"}[self.value]


class InstrumentGroup(StrEnum):
    """What an instrument of support is for; the group of its code in the list „instruments“."""

    LIVING = "LIVING"
    PLACEMENT = "PLACEMENT"
    TRAINING = "TRAINING"
    WAGE = "WAGE"
    WORK = "WORK"
    SUPPORT = "SUPPORT"
    PRISON = "PRISON"
    OTHER = "OTHER"

    @classmethod
    def of(cls, group: str) -> "InstrumentGroup":
        """The group of a code; what an administrator added under another word counts as other."""
        return next((one for one in cls if one == group), cls.OTHER)

    @property
    def label(self) -> str:
        return _INSTRUMENT_GROUP_LABELS[self]


_INSTRUMENT_GROUP_LABELS = {
    InstrumentGroup.LIVING: "Lebensunterhalt und Wohnen",
    InstrumentGroup.PLACEMENT: "Vermittlung und Erprobung",
    InstrumentGroup.TRAINING: "Ausbildung und Weiterbildung",
    InstrumentGroup.WAGE: "Zuschüsse zur Beschäftigung",
    InstrumentGroup.WORK: "Arbeitsgelegenheiten",
    InstrumentGroup.SUPPORT: "Begleitung und Beratung",
    InstrumentGroup.PRISON: "In der Anstalt",
    InstrumentGroup.OTHER: "Anderes",
}
