"""The prison list: headings as clerks write them, days, who is who, and what must appear nowhere."""

import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from ina.cases.enums import HypothesisKind, Sex
from ina.exchange.people import Release
from ina.exchange.prison_list import PrisonListFile, Unusable, read_prison_list
from tests.exchange.files import number, rows, xlsx

TODAY = date(2026, 11, 23)
NAMES = ("Justizvollzugsanstalt Düsseldorf", "JVA Düsseldorf")
SAMPLE = Path(__file__).parents[2].parent / "shared" / "data" / "gefangenenliste_beispiel.csv"


def read(content: str | bytes) -> PrisonListFile:
    content = content.encode() if isinstance(content, str) else content
    return read_prison_list(content, prison_names=NAMES, today=TODAY)


def one(heading: str, value: str):
    """The only person of a list with one more column."""
    (row,) = read(f"Name|Vorname|Buchnummer|{heading}\nFarn|Kilian|1/26/1|{value}\n").rows
    return row


def refused(heading: str, value: str) -> str:
    found = read(f"Name|Vorname|Buchnummer|{heading}\nFarn|Kilian|1/26/1|{value}\n")
    (error,) = found.errors
    assert not found.rows and error.row == 2
    return error.message


@pytest.mark.parametrize(
    ("heading", "value", "field", "read_as"),
    [
        ("GEB.-DAT.", "5.5.90", "born_on", date(1990, 5, 5)),
        ("geb. am", "05.05.1990", "born_on", date(1990, 5, 5)),
        ("Geburtsdatum (TT.MM.JJJJ)", "1990-05-05", "born_on", date(1990, 5, 5)),
        ('"Geburts-\ndatum"', "5. Mai 1990", "born_on", date(1990, 5, 5)),
        ("vsl. Entl.", "24.10.2027", "release_on", date(2027, 10, 24)),
        ("Voraussichtlicher Entlassungszeitpunkt", "24.10.27", "release_on", date(2027, 10, 24)),
        ("Entlassung (voraussichtlich)", "20271024", "release_on", date(2027, 10, 24)),
        ("Entl.-Datum", "24102027", "release_on", date(2027, 10, 24)),
        ("TE", "24.10.2027 00:00", "release_on", date(2027, 10, 24)),
        ("Abteilung/Haus", "Haus 2", "department", "Haus 2"),
        ("Abt.", "4b", "department", "4b"),
        ("In Haft seit", "01.03.2025", "custody_since", date(2025, 3, 1)),
        ("Aufnahme am", "01.03.25", "custody_since", date(2025, 3, 1)),
        ("Staatsangehoerigkeit", "deutsch", "nationality", "deutsch"),
        ("STAATSANGEH.", "deutsch", "nationality", "deutsch"),
        ("Geschl.", "Weiblich", "sex", Sex.FEMALE),
        ("Anrede", "Herr", "sex", Sex.MALE),
        ("Aliasnamen", '"Kalle; K. Meier"', "aliases", "Kalle; K. Meier"),
        ("Alias", '"Kalle\nK. Meier"', "aliases", "Kalle; K. Meier"),
        ("Vollstr.-Behörde", "StA Wuppertal", "authority", "StA Wuppertal"),
        ("Az.", "22 VRs 560/23", "authority_reference", "22 VRs 560/23"),
        ("Geb.-Ort", "Düren", "birth_place", "Düren"),
    ],
)
def test_headings_as_clerks_write_them(heading, value, field, read_as):
    assert getattr(one(heading, value).person, field) == read_as


@pytest.mark.parametrize(
    "heading",
    ["Gef.-Buch-Nr.", "Buch-Nr.", "BUCHNUMMER", "Gefangenenbuchnummer", "GB-Nr.", "Buch Nr.", "Buchnr. (JVA)"],
)
def test_buchnummer_keeps_its_zeros_under_any_heading(heading):
    (row,) = read(f"{heading};Name\n00123/26/1;Farn\n").rows
    assert row.person.booking_number == "00123/26/1"


@pytest.mark.parametrize(
    ("heading", "value", "surname", "given_name"),
    [
        ("Name, Vorname", "Farn, Kilian", "Farn", "Kilian"),
        ("Name/Vorname", "von der Linde,Käthe Maria", "von der Linde", "Käthe Maria"),
        ("Name, Vorname", "Farn", "Farn", ""),
        ("Vor- und Zuname", "Käthe Maria von der Linde", "von der Linde", "Käthe Maria"),
        ("Vorname Name", "Farn, Kilian", "Farn", "Kilian"),
        ("Name", "Farn, Kilian", "Farn", "Kilian"),
        ("Vorname", "Kilian", "", "Kilian"),
        ("Gefangene/r", "Farn, Kilian", "Farn", "Kilian"),
    ],
)
def test_names_in_one_column(heading, value, surname, given_name):
    (row,) = read(f"Buchnr|{heading}\n1|{value}\n").rows
    assert (row.person.surname, row.person.given_name) == (surname, given_name)


def test_the_surer_of_two_columns_is_read():
    found = read("Name;Familienname;Vorname;Buchnummer\nJVA-Liste;Farn;Kilian;1\n")
    assert found.rows[0].person.surname == "Farn"
    assert found.ignored_columns == ("Name",)


def test_several_days_of_release_are_kept_and_the_earliest_to_come_is_planned():
    (row,) = read("Name;Buchnr;1/2;2/3-Termin;TE\nFarn;1;01.02.2026;01.02.2027;01.02.2028\n").rows
    assert row.releases == (
        Release(date(2026, 2, 1), HypothesisKind.HALF),
        Release(date(2027, 2, 1), HypothesisKind.TWO_THIRDS),
        Release(date(2028, 2, 1), HypothesisKind.SENTENCE_END),
    )
    assert (row.person.release_on, row.person.release_kind) == (date(2027, 2, 1), HypothesisKind.TWO_THIRDS)


def test_a_release_that_is_past_is_kept():
    assert one("TE", "01.02.2026").person.release_on == date(2026, 2, 1)


@pytest.mark.parametrize(
    ("status", "kind"),
    [("TE", "SENTENCE_END"), ("2/3", "TWO_THIRDS"), ("1/2", "HALF"), ("Halbstrafe", "HALF"), ("offen", "OTHER")],
)
def test_the_enforcement_status_says_what_the_day_is(status, kind):
    (row,) = read(f"Name;Buchnr;Vollstreckungsstand;Entlassung\nFarn;1;{status};01.02.2027\n").rows
    assert row.person.release_kind == kind


@pytest.mark.parametrize("value", ["TE 01.02.2027", "TE: 01.02.2027", "Strafende 1.2.27"])
def test_a_word_before_the_day_says_what_it_is(value):
    assert one("Entlassung", value).releases == (Release(date(2027, 2, 1), HypothesisKind.SENTENCE_END),)


@pytest.mark.parametrize(
    "value", ["lebenslang", "Lebenslänglich", "offen", "unbekannt", "n. n.", "-", "–", "k. A.", "?", ""]
)
def test_no_day(value):
    assert one("Entlassung", value).person.release_on is None


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("Geburtsdatum", "31.02.1990", "gibt es nicht"),
        ("Geburtsdatum", "24.11.2026", "Zukunft"),
        ("Geburtsdatum", "01.01.1900", "110 Jahre"),
        ("Geburtsdatum", "1990", "kein Datum"),
        ("Geburtsdatum", "05/06/1990", "Schrägstrichen"),
        ("Geburtsdatum", "٠٥.٠٥.١٩٩٠", "kein Datum"),
        ("TE", "30.02.2027", "gibt es nicht"),
        ("TE", "01.02.0227", "Jahr"),
        ("TE", "bald", "kein Datum"),
        ("TE", "2027-13-01", "gibt es nicht"),
        ("in Haft seit", "24.11.2026", "Zukunft"),
        ("Haftart", "x" * 61, "60 Zeichen"),
    ],
)
def test_wrong_values_are_errors_of_their_row(heading, value, said):
    assert said in refused(heading, value)


@pytest.mark.parametrize(
    ("text", "year"),
    [("01.01.26", 1926), ("01.01.12", 2012), ("31.12.11", 2011), ("01.01.30", 1930), ("01.01.99", 1999)],
)
def test_two_digit_years_of_birth_are_never_in_the_future(text, year):
    assert one("Geburtsdatum", text).person.born_on.year == year


def test_a_release_before_the_birth_is_an_error():
    (error,) = read("Name;Buchnr;geb.;TE\nFarn;1;01.01.2010;01.01.2009\n").errors
    assert "vor der Geburt" in error.message


def test_excel_days_numbers_and_texts():
    head = ("Name", "Buch-Nr.", "Geb.-Dat.", "TE", "2/3")
    line = ("Farn", number("123"), number("32998", 1), number("46388"), "01.02.2027")
    (row,) = read(xlsx(rows(("Gefangenenliste",), head, line))).rows
    assert (row.row, row.person.booking_number, row.person.born_on) == (3, "123", date(1990, 5, 5))
    assert [one.on for one in row.releases] == [date(2027, 1, 1), date(2027, 2, 1)]
    (row,) = read(xlsx(rows(head, ("Farn", "1", "", number("44926"), "")), properties='date1904="1"')).rows
    assert row.person.release_on == date(2027, 1, 1)


def test_a_formula_matters_only_in_a_column_that_is_read():
    head = ("Name", "Buchnr", "lfd. Nr.", "TE")
    found = read(
        xlsx(rows(head, ("Farn", "1", "<c><f>ROW()</f></c>", ""), ("Linde", "2", "", "<c><f>HEUTE()</f></c>")))
    )
    assert [row.person.surname for row in found.rows] == ["Farn"]
    (error,) = found.errors
    assert (error.row, error.column) == (3, "TE") and "Formel" in error.message


@pytest.mark.parametrize(
    "heading",
    [
        "Sicherheitshinweise",
        "Sicherheitsvermerk",
        "GEFÄHRLICHKEIT",
        "Gefaehrdung",
        "Suizid",
        "Flucht",
        "Fluchtgefahr",
        "Hinweise",
        "Bemerkung Sicherheit",
        "Sicherungsmaßnahmen",
        "Gewalttätig",
        "Selbstverletzung",
        "Entlassung (Sicherheitshinweis)",
    ],
)
def test_security_notes_appear_nowhere(heading):
    secret = "Geheimnis"
    content = (
        f"Name;{heading};Buchnummer;Geburtsdatum;JVA;TE\n"
        f"Farn;{secret};1;05.05.1990;;\n"
        f"Linde;{secret};2;31.02.1990;;\n"
        f"Ulme;x; y;{secret};3;05.05.1990;JVA Düsseldorf;01.01.2027\n"
        f"Esche;4;05.05.1990;{secret}\n"
        f"Eibe;5;05.05.1990;x;{secret}\n"
    )
    found = read(content)
    assert found.dropped_columns == (heading,)
    assert [row.person.surname for row in found.rows] == ["Farn"]
    assert len(found.errors) == 3 and sum(found.elsewhere.values()) == 1
    assert secret not in repr(found)


def test_unknown_columns_are_listed():
    found = read("Name;Lieblingsfarbe;Buchnummer;;Zelle\nFarn;blau;1;;\n")
    assert found.ignored_columns == ("Lieblingsfarbe", "Zelle", "1 Spalte ohne Überschrift")
    assert found.dropped_columns == ()


def test_rows_of_another_prison_are_counted():
    found = read(
        "JVA;Name;Buchnummer\nJVA Düsseldorf;Farn;1\nDüsseldorf;Linde;2\nJustizvollzugsanstalt Duesseldorf;Ulme;3\n"
        ";Eibe;4\nJVA Wuppertal-Ronsdorf;Esche;5\njva wuppertal-ronsdorf;;\n"
    )
    assert [row.person.surname for row in found.rows] == ["Farn", "Linde", "Ulme", "Eibe"]
    assert sum(found.elsewhere.values()) == 2 and found.read == 6 and not found.errors


def test_twins_are_two_people():
    found = read("Name;Vorname;geb.;Buchnr\nFarn;Kilian;5.5.90;1\nFarn;Kilian;5.5.90;2\nFarn;Kai;5.5.90;3\n")
    assert len(found.rows) == 3 and not found.errors and not found.duplicates


def test_the_same_person_twice_is_a_duplicate():
    found = read("Name;Buchnr;TE\nFarn;1 / 26;01.01.2027\nFARN;1/26;01.01.2027\nFarn;1/26;02.01.2027\n")
    assert [row.row for row in found.rows] == [2] and not found.errors
    assert [(one.row, one.message) for one in found.duplicates] == [
        (3, "Die Person steht schon in Zeile 2, dort mit anderen Angaben."),
        (4, "Die Person steht schon in Zeile 2, dort mit anderen Angaben."),
    ]
    assert read("Name;Buchnr\nFarn;1\nFarn;1\n").duplicates[0].message == "Die Person steht schon in Zeile 2."


def test_two_people_under_one_buchnummer_are_errors_of_both_rows():
    found = read("Name;geb.;Buchnr\nFarn;5.5.90;1\nUlme;6.6.91;2\nLinde;5.5.90;1\n")
    assert [row.person.surname for row in found.rows] == ["Ulme"]
    assert [error.row for error in found.errors] == [2, 4]
    assert all("(Zeilen 2, 4)" in error.message for error in found.errors)


@pytest.mark.parametrize(("line", "said"), [("Farn;Kilian;", "Buchnummer"), (";;1/26/1", "Name")])
def test_what_a_row_needs(line, said):
    (error,) = read(f"Name;Vorname;Buchnummer\n{line}\n").errors
    assert said in error.message


@pytest.mark.parametrize("content", ["Name\nx\n", "Buchnummer;TE\n1;2\n", "Vorname;Name\nx;y\n", "a,b\n1,2\n"])
def test_a_list_without_name_or_buchnummer_is_unusable(content):
    with pytest.raises(Unusable, match="fehlt die Spalte"):
        read(content)


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"{SAMPLE.name} does not lie beside the checkout (shared/data)")
def test_the_sample_list():
    found = read(SAMPLE.read_bytes())
    assert found.read == 200 and not found.errors and not found.ignored_columns
    assert len(found.rows) + sum(found.elsewhere.values()) == 200 and len(found.rows) > 50
    assert all(row.person.born_on and row.releases for row in found.rows)


def many(count: int) -> list[list[str]]:
    begin = date(1960, 1, 1)
    return [
        [
            "Farn",
            f"Kilian {place}",
            (begin + timedelta(days=place)).strftime("%d.%m.%Y"),
            f"{place:05}/26/1",
            "Köln",
            "deutsch",
            "JVA Düsseldorf",
            "Strafhaft",
            "TE",
            "24.10.2027",
            "StA Wuppertal",
            "22 VRs 560/23",
        ]
        for place in range(count)
    ]


HEAD = [
    "Name",
    "Vorname",
    "geb.",
    "Buchnr",
    "Geb.-Ort",
    "Staatsang.",
    "JVA",
    "Haftart",
    "Stand",
    "Entl.",
    "Behörde",
    "Az.",
]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_ten_thousand_rows_are_read_quickly(kind):
    lines = [HEAD, *many(10_000)]
    content = xlsx(rows(*lines)) if kind == "xlsx" else "\n".join(";".join(line) for line in lines).encode()
    begin = time.process_time()
    assert len(read(content).rows) == 10_000
    assert time.process_time() - begin < 10
