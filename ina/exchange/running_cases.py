"""Taking over running cases at go-live: one row per person, with the state, the days, who is responsible, open tasks.

Same rules as for the prison list. A row that contradicts itself is an error: nobody can tell which half is right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ina.cases.operations.prison_lists import ListedPerson
from ina.cases.operations.referrals import Person
from ina.cases.queries.lists import Release
from ina.exchange.cells import flat, squeezed
from ina.exchange.dates import NoSuchDay, event_date
from ina.exchange.headings import HEADINGS, Vocabulary
from ina.exchange.people import Problem, RowReader
from ina.exchange.prison_list import one_row_each
from ina.exchange.tables import RowError, Unusable, read_table

__all__ = [
    "RunningCase",
    "RunningCasesFile",
    "RunningState",
    "RunningTask",
    "Unusable",
    "read_running_cases",
    "template",
]

SOURCE = "Übernahme laufender Fälle"
OWN_HEADINGS: dict[str, str] = {
    "state": "zustand status fallstatus phase fallstand falldstand standdesfalls bearbeitungsstand",
    "referred_on": "zugangam zugang zugangsdatum zugangseit gemeldetam meldung meldedatum zuganggemeldetam",
    "admitted_on": (
        "aufgenommenam aufnahmeam aufnahmeinsprojekt aufnahmeinina aufnahme aufnahmedatum teilnahmeseit "
        "teilnahmebeginn projektbeginn"
    ),
    "participation_consent_on": (
        "einwilligungteilnahmeam einwilligungteilnahme teilnahmeeinwilligung teilnahmevereinbarung "
        "teilnahmevereinbarungam einwilligungindieteilnahme"
    ),
    "data_consent_on": (
        "einwilligungdatenam einwilligungdaten einwilligungdatenschutz datenschutzeinwilligung "
        "einwilligungdatenverarbeitung einwilligungdatennutzung"
    ),
    "released_on": (
        "entlassenam entlassenseit tatsaechlichentlassenam tatsaechlicheentlassung entlassungbestaetigtam entlassen"
    ),
    "responsible": (
        "verantwortlich verantwortlicher verantwortliche zustaendig zustaendigeperson bearbeiter bearbeiterin "
        "sachbearbeitung fallmanager fallmanagerin fallmanagement uebergangsmanager uebergangsmanagerin "
        "uebergangsmanagement betreuer"
    ),
    "tasks": (
        "offeneaufgaben aufgaben todo offen offenepunkte naechsteschritte wiedervorlagen wiedervorlage erledigungen"
    ),
}
VOCABULARY = Vocabulary({**OWN_HEADINGS, **HEADINGS})
LONGEST_TASK = 200
MOST_TASKS = 50
LONGEST_RESPONSIBLE = 150
# The Buchnummer of the row that shows how to fill in the template: such a row is never taken over.
EXAMPLE = "BEISPIEL"


class RunningState(StrEnum):
    """Where a case stands when it is taken over; the names are those of the lifecycle."""

    REFERRED = "REFERRED"
    WAITING = "WAITING"
    ADMITTED = "ADMITTED"
    AFTERCARE = "AFTERCARE"


STATES: dict[str, RunningState] = {
    name: state
    for state, names in {
        RunningState.REFERRED: "zugang zuganggemeldet gemeldet klaerung inklaerung neu vorgeschlagen angemeldet",
        RunningState.WAITING: "warteliste aufwarteliste aufderwarteliste wartet wartend",
        RunningState.ADMITTED: (
            "imvollzug vollzug aufgenommen teilnehmer teilnehmerin teilnehmerteilnehmerin teilnahme laufend aktiv "
            "inhaft haft entlassungsvorbereitung inentlassungsvorbereitung entlassungsvorb profiling planung "
            "inbetreuung"
        ),
        RunningState.AFTERCARE: (
            "nachsorge innachsorge indernachsorge nachbetreuung innachbetreuung entlassen nachentlassung stabilisierung"
        ),
    }.items()
    for name in names.split()
}
_ENDED = re.compile("beendet|abgeschlossen|abgebrochen|abbruch|geschlossen|archiv|abgelehnt|verstorben")
_DUE = re.compile(
    r"(.*?)[ ,]*(?:\((?:bis |am |zum |f[aä]llig )?([^()]*\d[^()]*)\)|\bbis (?:zum )?(\d[\d.\-]+))", re.S | re.I
)


@dataclass(frozen=True)
class RunningTask:
    """Something still to be done, as the file words it."""

    text: str
    due: date | None


@dataclass(frozen=True)
class RunningCase:
    """One running case. ``responsible``: a user name or "Vorname Nachname", as written; empty if the file says nothing.

    ADMITTED and AFTERCARE have the day of admission and both consents; AFTERCARE has the day of release, which no
    other state has. ``referred_on`` may be unknown when the day of admission is known.
    """

    row: int
    person: Person
    state: RunningState
    referred_on: date | None
    admitted_on: date | None
    participation_consent_on: date | None
    data_consent_on: date | None
    released_on: date | None
    responsible: str
    tasks: tuple[RunningTask, ...]
    releases: tuple[Release, ...]


@dataclass(frozen=True)
class RunningCasesFile:
    """The usable cases, and what is wrong with the other rows; the rest as for a prison list."""

    cases: tuple[RunningCase, ...]
    errors: tuple[RowError, ...]
    duplicates: tuple[RowError, ...]
    ignored_columns: tuple[str, ...]
    dropped_columns: tuple[str, ...]
    elsewhere: dict[str, int]
    read: int


def read_running_cases(content: bytes, *, today: date, prison_names: Sequence[str] = ()) -> RunningCasesFile:
    """The running cases of a spreadsheet (CSV or XLSX); of one prison if it is named. Raises Unusable."""
    table = read_table(content, VOCABULARY.knows)
    columns = VOCABULARY.columns(table)
    reader = RowReader(table, columns, prison_names=prison_names, today=today)
    found: dict[int, RunningCase] = {}
    errors = list(table.errors)
    for number, cells in table.rows:
        try:
            values = reader.values(number, cells)
            if values is not None and any(values.values()):
                found[number] = _case(number, values, reader, today)
        except Problem as problem:
            errors.append(problem.in_row(number))
    rows, doubtful, duplicates = one_row_each(
        [ListedPerson(row=one.row, person=one.person, releases=one.releases) for one in found.values()]
    )
    return RunningCasesFile(
        cases=tuple(found[row.row] for row in rows),
        errors=tuple(sorted([*errors, *doubtful], key=lambda error: error.row)),
        duplicates=tuple(duplicates),
        ignored_columns=columns.ignored,
        dropped_columns=columns.dropped,
        elsewhere=reader.elsewhere,
        read=len(table.rows) + len(table.errors),
    )


def _case(number: int, values: dict[str, str], reader: RowReader, today: date) -> RunningCase:
    heading_of = reader.columns.heading_of
    if squeezed(values["booking_number"]).startswith(EXAMPLE.casefold()):
        raise Problem(heading_of("booking_number"), EXAMPLE, "Das ist die Beispielzeile der Vorlage. Bitte löschen.")
    person, releases = reader.person(values, source=SOURCE)
    case = RunningCase(
        row=number,
        person=person,
        state=_state(values.get("state", ""), heading_of("state")),
        referred_on=reader.past_day(values, "referred_on"),
        admitted_on=reader.past_day(values, "admitted_on"),
        participation_consent_on=reader.past_day(values, "participation_consent_on"),
        data_consent_on=reader.past_day(values, "data_consent_on"),
        released_on=reader.past_day(values, "released_on"),
        responsible=flat(values.get("responsible", "")),
        tasks=_tasks(values.get("tasks", ""), heading_of("tasks"), today),
        releases=releases,
    )
    if len(case.responsible) > LONGEST_RESPONSIBLE:
        raise Problem(heading_of("responsible"), case.responsible, "Der Eintrag ist zu lang.")
    if wrong := contradiction(case, today):
        field, message = wrong
        raise Problem(heading_of(field), "", message)
    return case


def contradiction(case: RunningCase, today: date) -> tuple[str, str] | None:
    """(field, what is wrong) where the state and the days do not fit together; the first one found."""
    taken_up = case.state in (RunningState.ADMITTED, RunningState.AFTERCARE)
    consents = (case.participation_consent_on, case.data_consent_on)
    planned = [one.on for one in case.releases]
    checks: tuple[tuple[bool, str, str], ...] = (
        (not case.referred_on and not case.admitted_on, "referred_on", "Der Tag des Zugangs fehlt."),
        (taken_up and not case.admitted_on, "admitted_on", "Für diesen Zustand fehlt der Tag der Aufnahme."),
        (not taken_up and bool(case.admitted_on), "state", "Ein Tag der Aufnahme passt nicht zu diesem Zustand."),
        (
            bool(case.referred_on and case.admitted_on and case.admitted_on < case.referred_on),
            "admitted_on",
            "Die Aufnahme liegt vor dem Zugang.",
        ),
        (
            taken_up and not case.participation_consent_on,
            "participation_consent_on",
            "Ohne Einwilligung in die Teilnahme kann niemand aufgenommen sein.",
        ),
        (
            taken_up and not case.data_consent_on,
            "data_consent_on",
            "Ohne Einwilligung in die Datenverarbeitung kann niemand aufgenommen sein.",
        ),
        (
            any(one and case.admitted_on and one > case.admitted_on for one in consents),
            "admitted_on",
            "Die Aufnahme liegt vor einer Einwilligung.",
        ),
        (
            case.state == RunningState.AFTERCARE and not case.released_on,
            "released_on",
            "Für die Nachsorge fehlt der Tag der Entlassung.",
        ),
        (
            case.state != RunningState.AFTERCARE and bool(case.released_on),
            "state",
            "Ein Tag der tatsächlichen Entlassung passt nur zum Zustand Nachsorge.",
        ),
        (
            bool(case.released_on and case.admitted_on and case.released_on < case.admitted_on),
            "released_on",
            "Die Entlassung liegt vor der Aufnahme.",
        ),
        (
            case.state != RunningState.AFTERCARE and bool(planned) and all(day < today for day in planned),
            "release_on",
            "Die Entlassung liegt in der Vergangenheit, der Zustand ist aber nicht Nachsorge.",
        ),
        (
            bool(case.person.born_on and case.referred_on and case.referred_on <= case.person.born_on),
            "referred_on",
            "Der Zugang liegt vor der Geburt.",
        ),
    )
    return next(((field, message) for wrong, field, message in checks if wrong), None)


def _state(text: str, heading: str) -> RunningState:
    plain = squeezed(text)
    state = STATES.get(plain) or STATES.get(squeezed(re.sub(r"\(.*?\)", "", text)))
    if state:
        return state
    if not plain:
        raise Problem(heading, "", "Der Zustand fehlt.")
    if _ENDED.search(plain):
        raise Problem(heading, text, "Übernommen werden nur laufende Fälle.")
    raise Problem(
        heading, text, "Dieser Zustand ist unbekannt. Möglich sind Zugang, Warteliste, im Vollzug und Nachsorge."
    )


def _tasks(text: str, heading: str, today: date) -> tuple[RunningTask, ...]:
    """ "Ausweis beantragen (15.01.2027); Konto eröffnen": separated by semicolon or line break."""
    tasks = []
    for part in re.split(r"[;\n]", text):
        wording = flat(part).lstrip("-–•* ")
        if not squeezed(wording):
            continue
        due = None
        if found := _DUE.fullmatch(wording):
            day = found[2] or found[3]
            try:
                due = event_date(day.strip(), today=today)
                wording = found[1].strip()
            except NoSuchDay as error:
                if re.fullmatch(r"[\d.\-/ ]+", day):
                    raise Problem(heading, day, f"Fälligkeit einer Aufgabe: {error}") from error
        if not wording:
            raise Problem(heading, part, "Eine Aufgabe besteht nur aus einem Datum.")
        if len(wording) > LONGEST_TASK:
            raise Problem(heading, wording, f"Eine Aufgabe ist länger als {LONGEST_TASK} Zeichen.")
        tasks.append(RunningTask(wording, due))
    if len(tasks) > MOST_TASKS:
        raise Problem(heading, "", f"Es sind mehr als {MOST_TASKS} Aufgaben.")
    return tuple(tasks)


# An invented person; the template is filled in with a spreadsheet, hence semicolons and the mark of UTF-8.
_TEMPLATE: tuple[tuple[str, str], ...] = (
    ("Familienname", "Farn"),
    ("Vorname", "Kilian"),
    ("Geburtsname", ""),
    ("Aliasnamen", ""),
    ("Geschlecht", "m"),
    ("Geburtsdatum", "05.05.1990"),
    ("Geburtsort", "Düren"),
    ("Staatsangehörigkeit", "deutsch"),
    ("JVA", "JVA Düsseldorf"),
    ("Abteilung", "Haus 2"),
    ("Buchnummer", EXAMPLE),
    ("Haftart", "Strafhaft"),
    ("Vollstreckungsstand", "TE"),
    ("in Haft seit", "01.03.2025"),
    ("voraussichtliche Entlassung", "24.10.2027"),
    ("Art der Entlassung", "Strafende"),
    ("2/3-Termin", ""),
    ("Vollstreckungsbehörde", "StA Wuppertal"),
    ("Aktenzeichen", "22 VRs 560/23"),
    ("Zustand", "im Vollzug"),
    ("Zugang am", "02.02.2026"),
    ("aufgenommen am", "02.03.2026"),
    ("Einwilligung Teilnahme am", "02.03.2026"),
    ("Einwilligung Daten am", "02.03.2026"),
    ("entlassen am", ""),
    ("verantwortlich", "Vorname Nachname"),
    ("offene Aufgaben", "Ausweis beantragen (15.01.2027); Konto eröffnen"),
)


def template() -> bytes:
    """An empty CSV file for filling in: the headings and one example, which is refused when it is left in."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow(heading for heading, _ in _TEMPLATE)
    writer.writerow(example for _, example in _TEMPLATE)
    return written.getvalue().encode("utf-8-sig")
