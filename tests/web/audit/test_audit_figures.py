"""Auffälliges: counts of what a check looks at first, without a name; itself recorded."""

from datetime import timedelta

import pytest

from ina.audit import trail as written
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
ADDRESS = "/protokoll/auffaellig/"


@pytest.fixture
def karl(people, client_of, clock):
    return client_of(people.karl)


def leave(member, at, action: str, dossier_id=None, reason: str = "") -> None:
    written._insert("default", at, action, member.actor, [dossier_id], "", reason, {})


def figures(answer) -> dict[str, int]:
    assert answer.status_code == 200
    return {each.label: each.count for each in answer.context["figures"]}


def test_nobody_but_the_data_protection_officer(people, client_of, clock):
    for member in people:
        assert client_of(member).get(ADDRESS).status_code == (200 if member.key == "karl" else 403)


def test_what_is_notable_is_counted_and_what_is_ordinary_not(karl, people, now, words):
    made = case_for(people.alma)
    for _ in range(3):
        leave(people.alma, now, "read.file", made.dossier_id, "ASSIGNMENT")
    leave(people.jan, now, "read.file", made.dossier_id, "TEAM")
    leave(people.bert, now, "access.open_emergency_access", made.dossier_id)
    leave(people.alma, now, "search.outside", None, "Anfrage")
    answer = karl.get(ADDRESS)
    counted = figures(answer)
    assert counted["gelesen, ohne den Fall zu führen"] == counted["im Notfall geöffnet"] == 1
    assert counted["außerhalb der eigenen Fälle gesucht"] == 1 and counted["Daten ausgegeben"] == 0
    assert {each.reason: each.count for each in answer.context["reads"]} == {"führt den Fall": 3, "leitet das Team": 1}
    said = words(answer)
    assert "1 davon hat die Leitung noch nicht geprüft" in said
    assert not any(member.name in said for member in people if member.key != "karl")


def test_an_emergency_that_was_reviewed_is_no_longer_open(karl, people, now):
    made = case_for(people.alma)
    leave(people.bert, now - timedelta(hours=5), "access.open_emergency_access", made.dossier_id)
    assert karl.get(ADDRESS).context["unreviewed"] == 1
    leave(people.jan, now, "access.review_emergency_access", made.dossier_id)
    assert karl.get(ADDRESS).context["unreviewed"] == 0


def test_the_period_holds_and_leads_to_the_lines(karl, people, now):
    leave(people.alma, now - timedelta(days=40), "search.outside", None, "Anfrage")
    assert figures(karl.get(ADDRESS))["außerhalb der eigenen Fälle gesucht"] == 0
    answer = karl.get(ADDRESS, {"von": "01.10.2026", "bis": "31.10.2026"})
    assert figures(answer)["außerhalb der eigenen Fälle gesucht"] == 1
    assert "/protokoll/?nur=aussen&amp;von=2026-10-01&amp;bis=2026-10-31" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "field", "text"),
    [
        ({"von": "01.01.2026"}, "bis", "höchstens drei Monate"),
        ({"von": "01.01.2024", "bis": "02.01.2024"}, "von", "liegt vor dem 23.11.2024"),
        ({"von": "x"}, "von", "kein Datum"),
        ({"von": "20.11.2026", "bis": "19.11.2026"}, "bis", "vor dem Anfang"),
    ],
)
def test_what_cannot_be_stays_in_the_form(karl, given, field, text, trail):
    answer = karl.get(ADDRESS, given)
    assert answer.status_code == 422 and text in " ".join(answer.context["form"].errors[field])
    assert trail("read.trail_figures") == []


def test_looking_is_recorded(karl, people, trail):
    karl.get(ADDRESS)
    (line,) = trail("read.trail_figures")
    assert line.user_id == people.karl.user_id and line.details["until"] == "2026-11-23"


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_lines(karl, people, now, statements, count):
    for _ in range(count):
        leave(people.alma, now, "search.outside", None, "Anfrage")
    with statements() as asked:
        karl.get(ADDRESS)
    assert asked() == 9
