"""Auszüge: ordered, made by the worker with what may be seen then, waited for, taken, deleted, forgotten."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from ina.access.operations.dossiers import block_person
from ina.cases.enums import ExportState, State
from ina.cases.models import ListExport
from ina.cases.operations import list_exports as operations
from ina.exchange import tasks
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/faelle/auszuege/"


@pytest.fixture
def work(monkeypatch, act_as, people):
    """What was put into the queue, and the worker: ``work()`` does it."""
    waiting = []
    monkeypatch.setattr(tasks.export_cases, "start", lambda *, actor, **ids: waiting.append((actor, ids)))

    def do():
        for actor, ids in waiting:
            tasks.export_cases(actor={"membership": actor.membership_id}, **ids)

    do.waiting = waiting
    return do


def rows_of(answer) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return list(sheet.iter_rows(values_only=True))


def test_ordered_waited_for_and_taken(people, alma, words, work, trail):
    made = case_for(people.alma, surname="Eibisch", state=State.AFTERCARE)
    case_for(people.alma, surname="Diptam")
    answer = alma.post(URL, {"phase": "AFTERCARE", "q": ""})
    assert answer.status_code == 303 and answer["Location"] == URL
    page = alma.get(URL)
    assert "Phase: Nachsorge" in words(page) and "wird erstellt" in words(page)
    assert 'hx-trigger="every 2s"' in page.content.decode() and "Seite neu laden" in words(page)
    work()
    fragment = alma.get(URL, headers={"HX-Request": "true", "HX-Target": "auszuege"})
    said = words(fragment)
    assert fragment.content.decode().strip().startswith('<div id="auszuege">')
    assert "fertig" in said and "1 Fall" in said and "wird erstellt" not in said
    assert "every 2s" not in fragment.content.decode()
    link = re.search(r'href="(/faelle/auszuege/\d+/faelle.xlsx)"', fragment.content.decode())[1]
    file = alma.get(link)
    assert file["Content-Disposition"] == 'attachment; filename="faelle-2026-11-23.xlsx"'
    heading, row = rows_of(file)
    assert heading[0] == "Aktenzeichen" and row[0] == made.number and row[2] == "Eibisch, Robin"
    assert row[6].date().isoformat() == "2026-05-04"
    assert [line.details for line in trail("export.caseload")] == [{"format": "xlsx", "rows": 1}]
    assert [line.details for line in trail("export.caseload_taken")] == [{"format": "xlsx", "rows": 1}]


def test_the_worker_writes_what_may_be_seen_when_it_runs(people, alma, work, act_as, moment):
    kept, gone = case_for(people.alma), case_for(people.alma)
    alma.post(URL, {})
    with act_as(people.jan) as actor:
        block_person(
            actor=actor, dossier_id=gone.dossier_id, user_id=people.alma.user_id, reason="verwandt", now=moment
        )
    work()
    with act_as(people.alma) as actor:
        export = ListExport.objects.visible_to(actor).get()
        assert (export.state, export.rows) == (ExportState.READY, 1)
    assert [row[0] for row in rows_of(alma.get(f"{URL}{export.pk}/faelle.xlsx"))[1:]] == [kept.number]


def test_what_cannot_be_made_is_said(people, alma, words, work, monkeypatch):
    case_for(people.alma)
    alma.post(URL, {})

    def breaks(rows):
        raise OSError("no room")

    monkeypatch.setattr(tasks, "workbook_of", breaks)
    work()
    assert "nicht gelungen" in words(alma.get(URL))
    number = re.search(r'name="loeschen" value="(\d+)"', alma.get(URL).content.decode())[1]
    assert alma.get(f"{URL}{number}/faelle.xlsx").status_code == 404


def test_deleted_before_the_worker_comes(people, alma, words, work):
    alma.post(URL, {})
    number = re.search(r'name="loeschen" value="(\d+)"', alma.get(URL).content.decode())[1]
    assert alma.post(URL, {"loeschen": number})["Location"] == URL
    assert "liegt hier kein Auszug" in words(alma.get(URL))
    work()
    assert alma.post(URL, {"loeschen": number}).status_code == 404
    assert alma.post(URL, {"loeschen": "x"}).status_code == 404


def test_a_workbook_is_seen_by_whoever_ordered_it_only(people, alma, client_of, words, work):
    case_for(people.alma)
    alma.post(URL, {})
    work()
    number = re.search(r'name="loeschen" value="(\d+)"', alma.get(URL).content.decode())[1]
    assert alma.get(f"{URL}{number}/faelle.xlsx").status_code == 200
    for who in ("bert", "jan", "hanna"):
        client = client_of(people[who])
        assert client.get(f"{URL}{number}/faelle.xlsx").status_code == 404
        assert client.post(URL, {"loeschen": number}).status_code == 404
        assert "liegt hier kein Auszug" in words(client.get(URL))


def test_what_was_searched_for_is_kept_nowhere(people, alma, words, work):
    alma.post(URL, {"q": "Eibisch", "phase": "AFTERCARE"})
    assert "Ein Suchergebnis gibt es als CSV" in words(alma.get(URL)) and not work.waiting


def test_not_too_many_at_once(alma, words, work, monkeypatch):
    monkeypatch.setattr(operations, "MOST", 1)
    alma.post(URL, {})
    alma.post(URL, {})
    assert "Sie haben schon 1 Auszüge" in words(alma.get(URL)) and len(work.waiting) == 1


@pytest.mark.parametrize("who", ["gero", "ede", "karl", "lea"])
def test_who_reads_no_list_orders_none(people, client_of, who, work):
    client = client_of(people[who])
    assert client.get(URL).status_code == client.post(URL, {}).status_code == 403 and not work.waiting


def test_page_takes_the_same_statements_for_one_and_three(people, alma, statements, work):
    counted = []
    for more in (1, 2):
        for _ in range(more):
            alma.post(URL, {})
        alma.get(URL)
        with statements() as count:
            alma.get(URL)
        counted.append(count())
    assert counted == [6, 6]


def test_the_night_forgets_those_of_the_days_before(people, alma, act_as, now, work):
    from django.db import connections

    from ina.ops.schedule import OLD_EXPORTS

    alma.post(URL, {})
    alma.post(URL, {})
    with act_as(people.alma) as actor:
        first, second = ListExport.objects.visible_to(actor).order_by("pk")
        ListExport.objects.visible_to(actor).filter(pk=first.pk).update(asked_at=now - timedelta(days=1))
        with connections["default"].cursor() as cursor:
            cursor.execute(OLD_EXPORTS, [now.replace(hour=0)])
        assert [row.pk for row in ListExport.objects.visible_to(actor)] == [second.pk]
