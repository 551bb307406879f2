"""Taking over running cases: states, days that must fit together, tasks, the template."""

from datetime import date

import pytest

from ina.exchange.running_cases import EXAMPLE, RunningState, RunningTask, Unusable, read_running_cases, template
from tests.exchange.files import number, rows, xlsx

TODAY = date(2026, 11, 23)
ADMITTED = {
    "Name": "Farn",
    "Vorname": "Kilian",
    "Buchnummer": "00012/26/1",
    "Zustand": "im Vollzug",
    "Zugang am": "02.02.2026",
    "aufgenommen am": "02.03.2026",
    "Einwilligung Teilnahme am": "01.03.2026",
    "Einwilligung Daten am": "02.03.2026",
    "entlassen am": "",
    "verantwortlich": "Alma Birke",
    "offene Aufgaben": "",
    "voraussichtliche Entlassung": "24.10.2027",
    "Art der Entlassung": "Strafende",
    "in Haft seit": "01.03.2025",
}
AFTERCARE = ADMITTED | {
    "Zustand": "Nachsorge",
    "entlassen am": "01.10.2026",
    "voraussichtliche Entlassung": "01.10.2026",
}
WAITING = ADMITTED | {
    "Zustand": "Warteliste",
    "aufgenommen am": "",
    "Einwilligung Teilnahme am": "",
    "Einwilligung Daten am": "",
}


def read(row: dict[str, str]):
    content = "\n".join(["|".join(row), "|".join(f'"{value}"' for value in row.values())])
    return read_running_cases(content.encode(), today=TODAY)


def one(row: dict[str, str]):
    found = read(row)
    assert found.errors == ()
    (case,) = found.cases
    return case


def test_a_case_is_read():
    case = one(ADMITTED)
    assert (case.row, case.state, case.responsible) == (2, RunningState.ADMITTED, "Alma Birke")
    assert (case.person.surname, case.person.booking_number) == ("Farn", "00012/26/1")
    assert (case.referred_on, case.admitted_on) == (date(2026, 2, 2), date(2026, 3, 2))
    assert (case.participation_consent_on, case.data_consent_on) == (date(2026, 3, 1), date(2026, 3, 2))
    assert (case.person.release_on, case.person.release_kind) == (date(2027, 10, 24), "SENTENCE_END")
    assert (case.person.custody_since, case.released_on, case.tasks) == (date(2025, 3, 1), None, ())


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("AUFGENOMMEN", "ADMITTED"),
        ("Im Vollzug", "ADMITTED"),
        ("Entlassungsvorbereitung", "ADMITTED"),
        ("Entlassungsvorbereitung (T-6)", "ADMITTED"),
    ],
)
def test_states_in_custody(text, state):
    assert one(ADMITTED | {"Zustand": text}).state == state


def test_states_before_and_after():
    assert one(WAITING).state == RunningState.WAITING
    assert one(WAITING | {"Zustand": "Zugang gemeldet"}).state == RunningState.REFERRED
    assert one(WAITING | {"Zustand": "Klärung"}).state == RunningState.REFERRED
    case = one(AFTERCARE)
    assert (case.state, case.released_on) == (RunningState.AFTERCARE, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ADMITTED | {"Zustand": ""}, "Zustand fehlt"),
        (ADMITTED | {"Zustand": "gut"}, "unbekannt"),
        (ADMITTED | {"Zustand": "beendet"}, "nur laufende"),
        (ADMITTED | {"aufgenommen am": ""}, "fehlt der Tag der Aufnahme"),
        (ADMITTED | {"aufgenommen am": "01.01.2026"}, "vor dem Zugang"),
        (ADMITTED | {"aufgenommen am": "28.02.2026"}, "vor einer Einwilligung"),
        (ADMITTED | {"aufgenommen am": "24.11.2026"}, "Zukunft"),
        (ADMITTED | {"Einwilligung Teilnahme am": ""}, "Einwilligung in die Teilnahme"),
        (ADMITTED | {"Einwilligung Daten am": "offen"}, "Einwilligung in die Datenverarbeitung"),
        (ADMITTED | {"entlassen am": "01.10.2026"}, "nur zum Zustand Nachsorge"),
        (ADMITTED | {"voraussichtliche Entlassung": "01.10.2026"}, "Vergangenheit"),
        (ADMITTED | {"Zugang am": "31.02.2026"}, "gibt es nicht"),
        (ADMITTED | {"Buchnummer": ""}, "Buchnummer"),
        (ADMITTED | {"verantwortlich": "x" * 151}, "zu lang"),
        (ADMITTED | {"offene Aufgaben": "Ausweis (31.02.2027)"}, "Fälligkeit"),
        (ADMITTED | {"offene Aufgaben": "(01.02.2027)"}, "nur aus einem Datum"),
        (ADMITTED | {"offene Aufgaben": "x" * 201}, "länger als 200"),
        (ADMITTED | {"offene Aufgaben": "x;" * 51}, "mehr als 50"),
        (AFTERCARE | {"entlassen am": ""}, "fehlt der Tag der Entlassung"),
        (AFTERCARE | {"entlassen am": "24.11.2026"}, "Zukunft"),
        (AFTERCARE | {"entlassen am": "01.02.2026", "Zugang am": "01.01.2026"}, "vor der Aufnahme"),
        (WAITING | {"Zugang am": ""}, "Tag des Zugangs fehlt"),
        (WAITING | {"aufgenommen am": "02.03.2026"}, "passt nicht"),
    ],
)
def test_a_row_that_contradicts_itself_is_an_error(row, said):
    found = read(row)
    (error,) = found.errors
    assert not found.cases and error.row == 2 and said in error.message


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "Ausweis beantragen (15.01.2027); Konto eröffnen",
            (RunningTask("Ausweis beantragen", date(2027, 1, 15)), RunningTask("Konto eröffnen", None)),
        ),
        (
            "- Ausweis bis 15.1.27\n- Konto (Sparkasse)\n",
            (RunningTask("Ausweis", date(2027, 1, 15)), RunningTask("Konto (Sparkasse)", None)),
        ),
        ("Jobcenter anrufen (Zimmer 12)", (RunningTask("Jobcenter anrufen (Zimmer 12)", None),)),
        ("; ;-", ()),
    ],
)
def test_tasks(text, tasks):
    assert one(ADMITTED | {"offene Aufgaben": text}).tasks == tasks


def test_a_spreadsheet_with_days_is_read():
    line = ("Farn", number("12"), "Warteliste", number("46055", 1))
    content = xlsx(rows(("Name", "Buchnummer", "Zustand", "Zugang am"), line))
    (case,) = read_running_cases(content, today=TODAY).cases
    assert (case.person.booking_number, case.referred_on) == ("12", date(2026, 2, 2))


def test_two_people_under_one_number_and_rows_of_other_prisons():
    head = "JVA;Name;Buchnummer;Zustand;Zugang am\n"
    lines = ["JVA A;Farn;1", "JVA A;Linde;1", "JVA A;Ulme;2", "A;Ulme;2", "JVA B;Esche;3"]
    content = head + "\n".join(f"{line};Warteliste;02.02.2026" for line in lines)
    found = read_running_cases(content.encode(), today=TODAY, prison_names=("JVA A",))
    assert [case.person.surname for case in found.cases] == ["Ulme"]
    assert [error.row for error in found.errors] == [2, 3] and [error.row for error in found.duplicates] == [5]
    assert found.elsewhere == {"JVA B": 1} and found.read == 5


def test_the_template_can_be_filled_in_and_its_example_is_not_taken_over():
    filled = read_running_cases(template().replace(EXAMPLE.encode(), b"00012/26/1"), today=TODAY)
    (case,) = filled.cases
    assert filled.ignored_columns == () and len(case.tasks) == 2 and case.person.department == "Haus 2"
    left = read_running_cases(template(), today=TODAY)
    assert not left.cases and "Beispielzeile" in left.errors[0].message


def test_without_a_buchnummer_column_nothing_is_read():
    with pytest.raises(Unusable, match="fehlt die Spalte Buchnummer"):
        read_running_cases(b"Name;Zustand\nFarn;Warteliste\n", today=TODAY)
