"""Förderungen: what holds on a day, what held before, names of benefits."""

import pytest

pytestmark = pytest.mark.django_db
ADDRESS = "/foerderungen/"


def shown(answer) -> dict:
    return {line.row.code: line.row for lines in answer.context["groups"].values() for line in lines}


def test_every_instrument_of_today_says_norm_office_and_source(people, client_of, clock):
    rows = shown(client_of(people.alma).get(ADDRESS))
    assert len(rows) > 20
    assert all(row.norm and row.essentials and row.decided_by and row.source for row in rows.values())
    assert "§ 324" in rows["EGZ"].apply_before and rows["MUNICIPAL"].apply_before == ""


def test_a_day_before_a_reform_shows_what_held_then(people, client_of, clock, words):
    client = client_of(people.alma)
    before, after = shown(client.get(ADDRESS, {"tag": "30.06.2026"})), shown(client.get(ADDRESS, {"tag": "1.7.2026"}))
    assert "75 %" in before["SGB2_16E"].essentials and "75 %" not in after["SGB2_16E"].essentials
    assert shown(client.get(ADDRESS, {"tag": "31.12.2024"}))["FBW"].decided_by == "Agentur für Arbeit oder Jobcenter"
    assert after["FBW"].decided_by == "Agentur für Arbeit"
    assert "COACHING" not in shown(client.get(ADDRESS, {"tag": "30.6.2023"}))
    assert "01.01.2019 bis 30.06.2026" in words(client.get(ADDRESS))


def test_the_three_names_of_one_benefit_stand_with_their_days(people, client_of, clock, words):
    said = words(client_of(people.gero).get(ADDRESS))
    for name in ("Arbeitslosengeld II", "Bürgergeld", "Grundsicherungsgeld"):
        assert name in said


def test_a_day_that_is_none_is_named_and_what_was_typed_stays(people, client_of, clock, words):
    answer = client_of(people.alma).get(ADDRESS, {"tag": "31.31."})
    assert answer.status_code == 422 and 'value="31.31."' in answer.content.decode()
    assert "Diesen Tag gibt es nicht" in words(answer) and shown(answer)


def test_a_day_before_everything_shows_nothing(people, client_of, clock, words):
    assert "keine Förderung eingetragen" in words(client_of(people.alma).get(ADDRESS, {"tag": "1.1.1990"}))
