"""The rows of a list: what may be ticked, who is referred, and that nothing is left of the others."""

import pytest

from ina.access.jobs import describe
from ina.cases.models import Case
from ina.exchange import tasks
from tests.factories.cases import case_for
from tests.web.cases.test_prison_list import HEADING, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(people, alma):
    """A list with two new people, one known to somebody else, one doubled, one from elsewhere, one faulty row."""
    case_for(people.cem, booking_number="9/26/9", prison_id=people.alma.place_id)
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
    assert "6 Zeilen gelesen, 3 brauchbar, 1 mit Fehlern" in said and "JVA Köln (1)" in said
    assert "neu 2 geändert 1 bekannt 0 doppelt 1 Fehler 1" in said
    assert "Sicherheitsvermerk" in said and "Lieblingsfarbe" in said
    assert answer.content.decode().count('type="checkbox"') == 2
    assert "3 Geburtsdatum 31.02.1990 Dieses Datum gibt es nicht." in words(alma.get(rows + "?ansicht=fehler"))
    assert "6 Buchnummer 1/26/4 Die Person steht schon in Zeile 5." in words(alma.get(rows + "?ansicht=doppelt"))
    file = alma.get(rows + "fehler.csv")
    assert (
        "3;Geburtsdatum;31.02.1990;" in file.content.decode("utf-8-sig") and "attachment" in file["Content-Disposition"]
    )


def test_somebody_elses_file_is_named_by_its_house_only(alma, rows, words):
    answer = alma.get(rows + "?ansicht=geaendert")
    assert "führt jemand anderes: Musterwerk" in words(answer)
    assert 'type="checkbox"' not in answer.content.decode() and "Robin" not in words(answer)


def test_ticked_people_are_referred_and_leave_a_line_in_their_file(alma, rows, words, trail):
    answer = alma.post(rows, {"formular": "refer", "rows": ["2", "5"], "referred_on": "heute"})
    assert answer.status_code == 303
    assert "Farn, Kilian" in words(alma.get("/faelle/"))
    assert "als Zugang gemeldet" in words(alma.get(rows + "?ansicht=bekannt"))
    assert len({line.dossier_id for line in trail("cases.refer_from_list")} - {None}) == 2


def test_ticking_twice_does_nothing_and_says_so(alma, rows, words):
    for _ in range(2):
        assert alma.post(rows, {"formular": "refer", "rows": ["2"], "referred_on": "heute"}).status_code == 303
    assert "nichts mehr zu tun" in words(alma.get(rows)) and words(alma.get("/faelle/")).count("Farn, Kilian") == 1


def test_nothing_ticked_keeps_the_day(alma, rows, words):
    answer = alma.post(rows, {"formular": "refer", "referred_on": "01.11.2026"})
    assert answer.status_code == 422 and "mindestens eine Person" in words(answer)
    assert "01.11.2026" in answer.content.decode()


@pytest.mark.parametrize("ticked", ["x", "-1", "99999999999", "2'"])
def test_what_is_no_row_cannot_be_ticked(alma, rows, ticked):
    assert alma.post(rows, {"formular": "refer", "rows": [ticked], "referred_on": "heute"}).status_code == 422


@pytest.mark.parametrize("query", ["?seite=0", "?seite=x", "?seite=99999999999", "?ansicht=alles", "?seite=²"])
def test_an_address_typed_by_hand_shows_a_page(alma, rows, query):
    assert alma.get(rows + query).status_code == 200


def test_the_same_list_again_has_nothing_new(alma, rows, words):
    text = HEADING + "Farn;Kilian;05.05.1990;JVA Düsseldorf;1/26/1;;\n"
    alma.post(upload(alma, text)["Location"], {"formular": "refer", "rows": ["2"], "referred_on": "heute"})
    assert "Nichts Neues" in words(alma.get(upload(alma, text)["Location"]))


def test_what_differs_is_shown_field_by_field_and_the_own_file_corrected(alma, words):
    text = HEADING + "Farn;Kilian;05.05.1990;JVA Düsseldorf;1/26/1;;\n"
    alma.post(upload(alma, text)["Location"], {"formular": "refer", "rows": ["2"], "referred_on": "heute"})
    newer = upload(alma, text.replace("Kilian;05.05.1990", "Kai;06.05.1990"))["Location"]
    said = words(alma.get(newer))
    assert "Vorname: Kilian → Kai" in said and "geboren am: 05.05.1990 → 06.05.1990" in said
    assert alma.post(newer, {"formular": "update", "rows": ["2"]}).status_code == 303
    assert "Farn, Kai" in words(alma.get("/faelle/")) and "Akte berichtigt" in words(
        alma.get(newer + "?ansicht=bekannt")
    )


@pytest.fixture
def many(alma):
    lines = (f"Farn-{n};Kim;05.05.1990;JVA Düsseldorf;{n}/26/1;;" for n in range(230))
    return upload(alma, HEADING + "\n".join(lines) + "\n")["Location"]


def test_rows_are_paged_and_all_pages_can_be_ticked(people, alma, many, words, act_as):
    said = words(alma.get(many))
    assert "Seite 1 von 3" in said and "Das sind 230 auf 3 Seiten, nicht nur die hier sichtbaren." in said
    last = alma.get(many + "?ansicht=neu&seite=3")
    assert "Farn-229" in words(last) and last.content.decode().count('type="checkbox"') == 30
    answer = alma.post(many, {"formular": "refer_all", "referred_on": "heute"})
    assert answer.status_code == 303 and "im Hintergrund gemeldet" in words(alma.get(many))
    assert alma.post(many, {"formular": "refer_all", "referred_on": "heute"}).status_code == 422
    import_id = int(many.strip("/").rpartition("/")[2])
    for _ in range(2):
        tasks.apply_list(actor=describe(people.alma.actor), import_id=import_id, on="2026-11-23")
    with act_as(people.alma) as actor:
        assert Case.objects.visible_to(actor).count() == 230
    assert "Nichts Neues" in words(alma.get(many))


def test_what_the_background_could_not_do_is_said(people, alma, many, words):
    alma.post(many, {"formular": "refer_all", "referred_on": "heute"})
    import_id = int(many.strip("/").rpartition("/")[2])
    tasks.apply_list(actor=describe(people.alma.actor), import_id=import_id, on="2026-12-24")
    said = words(alma.get(many))
    assert "liegt in der Zukunft" in said and "Das sind 230" in said


def test_the_progress_is_a_fragment_that_reloads_the_page_at_the_end(people, alma, many):
    headers = {"HX-Request": "true", "HX-Target": "progress"}
    alma.post(many, {"formular": "refer_all", "referred_on": "heute"})
    assert alma.get(many, headers=headers).content.decode().strip().startswith('<div id="progress"')
    import_id = int(many.strip("/").rpartition("/")[2])
    tasks.apply_list(actor=describe(people.alma.actor), import_id=import_id, on="2026-11-23")
    assert alma.get(many, headers=headers)["HX-Refresh"] == "true"


def test_a_page_takes_so_many_statements_for_one_as_for_a_hundred(alma, many, rows, statements):
    alma.get(rows)
    with statements() as few:
        alma.get(rows + "?ansicht=neu")
    with statements() as all_of_them:
        alma.get(many + "?ansicht=neu")
    assert few() == all_of_them()


def test_closing_forgets_the_rows_and_the_errors(alma, rows, words):
    assert alma.post(rows, {"formular": "finish"}).status_code == 303
    said = words(alma.get(rows + "?ansicht=fehler"))
    assert "Farn" not in said and "31.02.1990" not in said
    assert alma.post(rows, {"formular": "finish"}).status_code == 403


@pytest.mark.parametrize("who", ["bert", "jan", "cem"])
def test_a_list_belongs_to_who_uploaded_it(people, client_of, rows, who):
    assert client_of(people[who]).get(rows).status_code == 404
    assert client_of(people[who]).get(rows + "fehler.csv").status_code == 404
