"""The list as a file: the same rows, German days, nothing that computes, in the trail before and after; streamed."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.cases.enums import State
from ina.cases.operations.people import correct_participant
from ina.cases.queries import list_exports
from ina.cases.rules.narrowing import Narrowing
from ina.exchange.case_list import COLUMNS
from ina.web.desk.case_list_csv import _pieces
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/faelle/liste.csv"


def rows_of(answer) -> list[dict[str, str]]:
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_what_the_list_shows(people, alma):
    made = case_for(people.alma, surname="Eibisch")
    case_for(people.bert, surname="Diptam")
    answer = alma.get(URL)
    assert answer.streaming and answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="faelle-2026-11-23.csv"'
    assert answer["Cache-Control"] == "no-store"
    (row,) = rows_of(answer)
    assert tuple(row) == COLUMNS
    assert (row["Aktenzeichen"], row["Name"], row["Entlassung"]) == (made.number, "Eibisch, Robin", "01.03.2027")
    assert (row["Art des Termins"], row["Stand des Termins"]) == ("Strafende", "plausibel")
    assert row["Nächster Schritt"] and row["fällig am"].count(".") == 2


def test_filter_order_and_search_hold_for_the_file(people, alma):
    for surname, state in (("Zaunrübe", State.ADMITTED), ("Ackerwinde", State.ADMITTED), ("Eibisch", State.AFTERCARE)):
        case_for(people.alma, surname=surname, state=state)
    named = [row["Name"] for row in rows_of(alma.get(URL, {"ordnung": "name", "phase": "PREPARATION"}))]
    assert named == ["Ackerwinde, Robin", "Zaunrübe, Robin"]
    assert [row["Phase"] for row in rows_of(alma.post(URL, {"phase": "AFTERCARE"}))] == ["Nachsorge"]
    assert [row["Name"] for row in rows_of(alma.post(URL, {"q": "eibi"}))] == ["Eibisch, Robin"]
    assert len(rows_of(alma.get(URL, {"q": "eibi"}))) == 3


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_spreadsheet_computes_nothing_of_a_name(people, alma, act_as, now, sign):
    from ina.cases.models import Participant

    made = case_for(people.alma, surname="Eibisch")
    with act_as(people.alma) as actor:
        person = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        correct_participant(actor=actor, participant_id=person.pk, surname=f"{sign}HYPERLINK(1)", now=now)
    (row,) = rows_of(alma.get(URL))
    assert row["Name"] == f"'{sign}HYPERLINK(1), Robin"


def test_it_stands_in_the_trail_before_it_is_sent_and_with_its_rows_after(people, alma, trail):
    for _ in range(2):
        case_for(people.alma)
    answer = alma.get(URL)
    (begun,) = trail("export.caseload")
    assert begun.user_id == people.alma.user_id and begun.details == {"format": "csv", "searched": False}
    assert trail("export.caseload_sent") == []
    rows_of(answer)
    (sent,) = trail("export.caseload_sent")
    assert sent.details == {"format": "csv", "rows": 2}


def test_what_is_broken_off_is_told_as_well(people, trail, act_as):
    case_for(people.alma)
    with act_as(people.alma) as actor:
        pieces = _pieces(actor, Narrowing(), "")
        next(pieces)
        pieces.close()
    assert [line.details["rows"] for line in trail("export.caseload_sent")] == [1]


def test_rows_are_those_that_may_be_seen_when_it_is_written(people, alma, act_as, moment):
    from ina.access.operations.dossiers import block_person

    kept, gone = case_for(people.alma, surname="Eibisch"), case_for(people.alma, surname="Diptam")
    answer = alma.get(URL)
    with act_as(people.jan) as actor:
        block_person(
            actor=actor, dossier_id=gone.dossier_id, user_id=people.alma.user_id, reason="verwandt", now=moment
        )
    assert {row["Aktenzeichen"] for row in rows_of(answer)} == {kept.number}


def test_it_is_written_with_the_readers_eyes_whoever_acted_last(people, alma, act_as):
    """The request is over by then, and the connection has served somebody else."""
    made = case_for(people.alma)
    answer = alma.get(URL)
    with act_as(people.cem), connection.cursor() as cursor:
        assert [row["Aktenzeichen"] for row in rows_of(answer)] == [made.number]
        cursor.execute("SELECT count(*) FROM cases_worklist")
        assert cursor.fetchone() == (0,)


def test_rows_come_in_pieces_and_each_piece_asks_once(people, alma, monkeypatch):
    for _ in range(5):
        case_for(people.alma)
    monkeypatch.setattr(list_exports, "CHUNK", 2)
    answer = alma.get(URL)
    with CaptureQueriesContext(connection) as captured:
        assert len(rows_of(answer)) == 5
    people_asked = [each for each in captured if "cases_participant" in each["sql"]]
    assert len(people_asked) == 3


@pytest.mark.parametrize("who", ["gero", "ede", "karl", "lea"])
def test_who_reads_no_list_takes_none_along(people, client_of, trail, who):
    assert client_of(people[who]).get(URL).status_code == 403
    assert trail("export.caseload") == []
