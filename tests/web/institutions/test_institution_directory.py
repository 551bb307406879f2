"""Verzeichnis: by kind and heading, to print, as CSV; everybody who is logged in reads it."""

import csv
import io

import pytest

from ina.institutions.enums import Kind
from ina.institutions.operations import change_institution
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db
ADDRESS, SHEET, CSV = "/einrichtungen/verzeichnis/", "/einrichtungen/blatt/", "/einrichtungen/verzeichnis.csv"


@pytest.fixture
def entered(people, now):
    """JVA Düsseldorf with all that somebody wants to know before they go there."""
    one = get_institution("jva-duesseldorf")
    return change_institution(
        actor=people.gero.actor,
        now=now,
        institution_id=one.pk,
        version=one.version,
        phone="0221 4710-100",
        email="pforte@jva.example",
        opening_hours="Mo. bis Fr. 8 bis 15 Uhr",
        directions="Bus 776 bis Theodorstraße, Eingang rechts",
    )


def test_it_begins_with_the_first_kind_and_names_all(alma, words):
    answer = alma.get(ADDRESS)
    assert answer.context["kind"] is Kind.PRISON
    assert "Justizvollzugsanstalt 36" in words(answer) and "Jobcenter 53" in words(answer)
    assert answer.context["groups"][0].heading == "Region 1 Düsseldorf / Bergisches Land"


def test_an_entry_says_how_to_get_there_and_whom_to_call(alma, entered, words):
    said = words(alma.get(ADDRESS, {"art": "PRISON", "region": "1"}))
    for fact in (
        "Oberhausener Straße 30, 40472 Düsseldorf", "0221 4710-100", "pforte@jva.example", "Mo. bis Fr. 8 bis 15 Uhr",
        "Bus 776 bis Theodorstraße", "nie geprüft",
    ):  # fmt: skip
        assert fact in said


def test_offices_stand_below_what_they_belong_to_and_say_for_whom(alma, words):
    answer = alma.get(ADDRESS, {"art": "JOBCENTER", "kreis": "05111"})
    (group,) = answer.context["groups"]
    assert group.heading == "AA Düsseldorf" and [each.key for each in group.entries] == ["jc-duesseldorf"]
    assert "zuständig für Düsseldorf" in words(answer)


def test_pages_keep_the_kind(alma):
    first = alma.get(ADDRESS, {"art": "JOBCENTER"})
    assert "?art=JOBCENTER&amp;seite=2" in first.content.decode()
    assert len(alma.get(ADDRESS, {"art": "JOBCENTER", "seite": "2"}).context["page"].entries) == 3


def test_a_made_up_kind_shows_the_first_one(alma):
    assert alma.get(ADDRESS, {"art": "NIX", "seite": "x"}).context["kind"] is Kind.PRISON


@pytest.mark.parametrize("kreis", ["05111", ""])
def test_statements_do_not_grow_with_entries(alma, statements, kreis):
    alma.get(ADDRESS)
    with statements() as count:
        answer = alma.get(ADDRESS, {"art": "JOBCENTER", "kreis": kreis})
    assert len(answer.context["page"].entries) == (1 if kreis else 50)
    assert count() == 12


# --- on paper and in a file ----------------------------------------------------------------------------------------


def test_chosen_entries_are_printed(alma, entered, words):
    said = words(alma.get(SHEET, {"e": ["jva-duesseldorf", "jc-bonn", "gibt-es-nicht"]}))
    assert "0221 4710-100" in said and "Jobcenter Bonn" in said and "Köln" not in said


def test_a_whole_list_is_printed_and_nothing_chosen_is_said(alma, words):
    assert words(alma.get(SHEET, {"art": "CHAMBER"})).count("Handwerkskammer") == 7
    assert "Nichts angekreuzt" in words(alma.get(SHEET))


def rows_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_file_holds_what_the_filter_shows(alma, entered):
    answer = alma.get(CSV, {"q": "jva düsseldorf"})
    assert (
        answer.headers["Content-Type"].startswith("text/csv") and "attachment" in answer.headers["Content-Disposition"]
    )
    heading, *rows = rows_of(answer)
    row = dict(zip(heading, rows[0], strict=True))
    assert len(rows) == 1 and row["Telefon"] == "0221 4710-100" and row["Stand"] == "nie geprüft"
    assert row["Anfahrt"].startswith("Bus 776")
    assert len(rows_of(alma.get(CSV))) == 1 + alma.get("/einrichtungen/").context["page"].total


def test_no_cell_is_a_formula(alma, entered, people, now):
    one = get_institution("jva-duesseldorf")
    change_institution(
        actor=people.gero.actor, now=now, institution_id=one.pk, version=one.version, phone="+49 221 4710"
    )
    heading, row = rows_of(alma.get(CSV, {"q": "jva-duesseldorf"}))
    assert row[heading.index("Telefon")] == "'+49 221 4710"
