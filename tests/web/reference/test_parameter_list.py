"""Werte: what holds today, what comes, who reads."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.reference.operations import set_parameter

pytestmark = pytest.mark.django_db
ADDRESS = "/werte/"


def text_of(client) -> str:
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_reads_but_only_the_administration_finds_it_in_the_head(people, client_of):
    for member in people:
        text = text_of(client_of(member))
        assert "Erstgespräch nach dem Zugang" in text and "10 Arbeitstage" in text
        head = text.split("</header>")[0]
        assert ('href="/werte/"' in head) is (member.key == "gero")


def test_source_unit_and_day_are_shown(people, client_of, clock):
    text = text_of(client_of(people.gero))
    assert "§ 35 Abs. 4 JVollzDSG NRW" in text and "24 Monate" in text and "01.07.2009" in text


def test_coming_value_is_announced(people, client_of, clock, now):
    set_parameter(
        actor=people.gero.actor, now=now, key="first_talk_deadline", value="8 working_days",
        valid_from=date(2027, 1, 1), source="Beschluss",
    )  # fmt: skip
    text = text_of(client_of(people.gero))
    assert "ab 01.01.2027: 8 Arbeitstage" in text and "bis 31.12.2026" in text and "<b>10 Arbeitstage</b>" in text


def test_three_queries_whatever_is_entered(people, client_of, clock, now):
    client = client_of(people.gero)
    text_of(client)
    for year in (2027, 2028):
        set_parameter(
            actor=people.gero.actor, now=now, key="first_talk_deadline", value="8 working_days",
            valid_from=date(year, 1, 1), source="Beschluss",
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            text_of(client)
        assert (
            len([one for one in asked if 'FROM "reference_' in one["sql"]]) == 4
        )  # keys, values, coming and last ones


def test_who_entered_a_value_last_is_said_and_what_was_delivered_is_not(people, client_of, clock, now, words):
    client = client_of(people.alma)
    assert "zuletzt eingetragen" not in words(client.get(ADDRESS))
    set_parameter(
        actor=people.gero.actor, now=now, key="first_talk_deadline", value="8 working_days",
        valid_from=date(2027, 1, 1), source="Beschluss",
    )  # fmt: skip
    assert words(client.get(ADDRESS)).count("zuletzt eingetragen 23.11.2026, Gero Ginster") == 1


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("erstgespraech", "Erstgespräch nach dem Zugang"),
        ("retention_log", "Protokoll nach seiner Entstehung"),
        ("jvollzdsg protokoll", "Protokoll nach seiner Entstehung"),
        ("10 arbeitstage annahme", "Annahme einer Übergabe"),
    ],
)
def test_search_over_name_key_source_and_value(people, client_of, words, typed, label):
    answer = client_of(people.alma).get(ADDRESS, {"q": typed})
    assert label in words(answer) and answer.context["count"] < 5


def test_search_finds_entries_of_lists_too(people, client_of, words):
    answer = client_of(people.alma).get(ADDRESS, {"q": "Kontakt abgebrochen"})
    found = {one.list_key for one in answer.context["codes"]}
    assert "ending_reasons" in found and "In Listen" in words(answer)


def test_nothing_found_leads_back(people, client_of, words):
    answer = client_of(people.alma).get(ADDRESS, {"q": "gibtesnicht"})
    assert "Kein Wert und kein Listeneintrag heißt so" in words(answer) and "Alle Werte" in words(answer)
