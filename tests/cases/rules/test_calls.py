"""In which order people are called when a date moves."""

import random

from ina.cases.rules.calls import Call, CallRole, calls_order


def test_every_role_has_a_label_and_a_place_of_its_own():
    assert all(role.label for role in CallRole)
    assert sorted(role.rank for role in CallRole) == list(range(len(CallRole)))


def test_order_of_a_release_eight_weeks_earlier():
    # The worked example: release moved from 12.02.2027 to 18.12.2026.
    expected = [
        Call(CallRole.PARTICIPANT, "Jannis Erlenkamp", "Termin bestätigen"),
        Call(CallRole.PRISON_SOCIAL, "Rolf Staudinger", "Ausweis, Entlassungsschein", overdue=True),
        Call(CallRole.HOUSING, "Wohngruppe Ohligs", "Platz ab 18.12.?", overdue=True),
        Call(CallRole.JOBCENTER, "Team 413", "Antrag sofort", overdue=True),
        Call(CallRole.HEALTH_INSURANCE, "Krankenkasse", "Mitgliedschaft", overdue=True),
        Call(CallRole.EMPLOYER, "Metallbau Hasenclever", "Beginn früher?"),
        Call(CallRole.PROBATION, "Henrike Post", "", blocked_because="Einwilligung fehlt", overdue=True),
    ]
    mixed = list(expected)
    random.Random(7).shuffle(mixed)
    assert calls_order(mixed) == expected


def test_what_is_overdue_comes_before_what_is_not_but_after_the_person():
    person, social = Call(CallRole.PARTICIPANT, "A", ""), Call(CallRole.PRISON_SOCIAL, "B", "")
    housing, training = Call(CallRole.HOUSING, "C", ""), Call(CallRole.TRAINING, "D", "", overdue=True)
    assert calls_order([housing, training, social, person]) == [person, social, training, housing]


def test_a_blocked_call_is_last_but_never_left_out():
    blocked = Call(CallRole.JOBCENTER, "A", "", blocked_because="Einwilligung fehlt", overdue=True)
    other = Call(CallRole.OTHER, "B", "")
    assert calls_order([blocked, other]) == [other, blocked]


def test_two_of_one_role_stand_by_name():
    calls = [Call(CallRole.EMPLOYER, "zeta", ""), Call(CallRole.EMPLOYER, "Alpha", "")]
    assert [call.whom for call in calls_order(calls)] == ["Alpha", "zeta"]
