"""The rows of a list: what may be ticked, who is referred, and that nothing is left of the others."""

import pytest

from tests.factories.cases import case_for
from tests.web.cases.test_prison_list import HEADING, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(people, alma):
    """The address of a list with two new people, one known, one doubled, one from elsewhere and one faulty row."""
    case_for(people.alma, booking_number="9/26/9")
    lines = [
        "Farn;Kilian;05.05.1990;JVA Düsseldorf;1/26/1;x;blau",
        "Moos;Tilo;31.02.1990;JVA Düsseldorf;1/26/2;;",
        "Klee;Jonas;05.06.1990;JVA Köln;1/26/3;;",
        "Ginster;Uli;05.06.1991;JVA Düsseldorf;1/26/4;;",
        "Ginster;Uli;05.06.1991;JVA Düsseldorf;1/26/4;;",
        "Beifuß;Ole;05.06.1991;JVA Düsseldorf;9/26/9;;",
    ]
    return upload(alma, HEADING + "\n".join(lines) + "\n")["Location"]


def test_page_counts_and_lists_errors(alma, rows, words):
    answer = alma.get(rows)
    said = words(answer)
    assert "6 Zeilen gelesen, 4 brauchbar, 1 mit Fehlern" in said and "JVA Köln (1)" in said
    assert "3 Geburtsdatum 31.02.1990 Dieses Datum gibt es nicht." in said
    assert "Sicherheitsvermerk" in said and "Lieblingsfarbe" in said and "schon gemeldet" in said
    assert answer.content.decode().count('type="checkbox"') == 2


def test_ticked_people_are_referred_and_leave_a_line_in_their_file(alma, rows, words, trail):
    answer = alma.post(rows, {"formular": "refer", "rows": ["2", "5"], "referred_on": "heute"})
    assert answer.status_code == 303
    assert "Farn, Kilian" in words(alma.get("/faelle/")) and "als Zugang gemeldet" in words(alma.get(rows))
    assert len({line.dossier_id for line in trail("cases.refer_from_list")} - {None}) == 2


def test_nothing_ticked_keeps_the_day(alma, rows, words):
    answer = alma.post(rows, {"formular": "refer", "referred_on": "01.11.2026"})
    assert answer.status_code == 422 and "mindestens eine Person" in words(answer)
    assert "01.11.2026" in answer.content.decode()


def test_only_new_rows_can_be_ticked(alma, rows):
    assert alma.post(rows, {"formular": "refer", "rows": ["7"], "referred_on": "heute"}).status_code == 422


def test_closing_forgets_the_rows_and_the_errors(alma, rows, words):
    assert alma.post(rows, {"formular": "finish"}).status_code == 303
    said = words(alma.get(rows))
    assert "Farn" not in said and "31.02.1990" not in said
    assert alma.post(rows, {"formular": "finish"}).status_code == 403


@pytest.mark.parametrize("who", ["bert", "jan", "cem"])
def test_a_list_belongs_to_who_uploaded_it(people, client_of, rows, who):
    assert client_of(people[who]).get(rows).status_code == 404
