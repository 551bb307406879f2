"""Woche: own appointments by day, those of whom one stands in for, other weeks, nothing at all."""

from datetime import date, time

import pytest
from django.urls import reverse

from ina.access.operations.deputies import appoint_deputy
from ina.monitoring.operations import agree_appointment, cancel_appointment
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/termine/"


@pytest.fixture
def agreed(people, case, act_as, now):
    def make(on, at=None, title="Bewerbung", **more):
        with act_as(people.alma) as actor:
            return agree_appointment(
                actor=actor, case_id=case.case_id, on=on, at=at, title=title, place="Büro", now=now, **more
            )

    return make


def test_the_week_begins_on_monday_and_names_holidays(alma, agreed, case, words):
    agreed(date(2026, 11, 26), time(14), "Nachmittag")
    agreed(date(2026, 11, 26), time(9, 5), "Morgen")
    agreed(date(2026, 11, 29), None, "Sonntags")
    agreed(date(2026, 11, 30), None, "Nächste Woche")
    page = alma.get(URL)
    said = words(page)
    assert [day.name for day in page.context["days"]] == [
        "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Sonntag",
    ]  # fmt: skip
    assert "Woche 48 23.11.2026 bis 29.11.2026 · 3 Termine" in said and "Montag, 23.11. heute" in said
    assert said.index("Morgen") < said.index("Nachmittag") < said.index("Sonntags") and "Nächste Woche" not in said
    assert "9:05 Uhr" in said and "ohne Uhrzeit" in said and "Beinwell, Robin" in said
    assert f'href="{reverse("appointment", args=[case.number, 2])}?fall=1"' in page.content.decode()
    assert "Erster Weihnachtstag" in words(alma.get(URL, {"woche": "2026-W52"}))


def test_other_weeks_follow_each_other_over_the_turn_of_the_year(alma, agreed, words):
    agreed(date(2027, 1, 4), None, "Neues Jahr")
    page = alma.get(URL, {"woche": "2026-W53"})
    assert (page.context["before"], page.context["after"]) == ("2026-W52", "2027-W01")
    assert "Neues Jahr" in words(alma.get(URL, {"woche": "2027-W01"}))


def test_what_nobody_answered_is_shown_in_the_present_week_only(alma, agreed, words):
    agreed(date(2026, 11, 12), None, "Vergessen")
    said = words(alma.get(URL))
    assert "Früher, noch ohne Ergebnis" in said and "Vergessen" in said and "Ergebnis" in said
    assert "Vergessen" not in words(alma.get(URL, {"woche": "2026-W49"}))
    assert "Früher, noch" not in words(alma.get(URL, {"woche": "2026-W46"}))


def test_cancelled_ones_are_gone(people, alma, agreed, act_as, now, words):
    row = agreed(date(2026, 11, 26), None, "Fällt aus")
    with act_as(people.alma) as actor:
        cancel_appointment(actor=actor, appointment_id=row.pk, because="krank", now=now)
    assert "Fällt aus" not in words(alma.get(URL))


def test_nothing_agreed(alma, words):
    page = alma.get(URL)
    assert len(page.context["days"]) == 5 and words(page).count("Nichts verabredet.") == 5


def test_deputies_see_whose_it_is(people, client_of, agreed, act_as, now, words):
    agreed(date(2026, 11, 26), None, "Almas Termin")
    bert = client_of(people.bert)
    assert "Almas Termin" not in words(bert.get(URL))
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor, membership_id=people.alma.membership_id, deputy_id=people.bert.membership_id,
            starts_on=date(2026, 11, 23), ends_on=date(2099, 12, 31), now=now,
        )  # fmt: skip
    said = words(bert.get(URL))
    assert "Almas Termin für Alma Ahorn · Büro" in said and "Beinwell, Robin" in said


@pytest.mark.parametrize("who", ["cem", "bert"])
def test_others_have_a_week_of_their_own(people, client_of, agreed, words, who):
    agreed(date(2026, 11, 26))
    assert "Bewerbung" not in words(client_of(people[who]).get(URL))


@pytest.mark.parametrize("who", ["jan", "hanna", "gero", "ede"])
def test_who_keeps_none_is_told_why(people, client_of, who):
    answer = client_of(people[who]).get(URL)
    assert answer.status_code == 403 and "Termine nimmt die Fallführung wahr." in answer.content.decode()


@pytest.mark.parametrize("week", ["2026-W54", "2026-W00", "0001-W01", "9999-W01", "morgen", "2026-48", "2026-W4"])
def test_weeks_that_are_none(alma, week):
    assert alma.get(URL, {"woche": week}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_statements_for_one_row_and_three(people, alma, agreed, act_as, now, statements, rows):
    for _ in range(rows):
        other = case_for(people.alma)
        with act_as(people.alma) as actor:
            agree_appointment(actor=actor, case_id=other.case_id, on=date(2026, 11, 26), title="x", now=now)
    alma.get(URL)
    with statements() as count:
        alma.get(URL)
    assert count() == 6
