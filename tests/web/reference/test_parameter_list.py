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
        assert len([one for one in asked if 'FROM "reference_' in one["sql"]]) == 3  # keys, values, coming ones
