"""What an offer asks for, held against what the file knows."""

import pytest

from ina.network.rules.entitlement import FACTS, Known, Verdict, check_criteria, judge, verdict_of, verdict_on


def asks(fact, op, value, because="Förderrichtlinie"):
    return {"fact": fact, "op": op, "value": value, "because": because}


def verdict(criterion, **facts):
    assert check_criteria([criterion]) == []
    return judge([criterion], {name: Known(value, "Aufnahmebogen") for name, value in facts.items()})[0].verdict


@pytest.mark.parametrize(
    ("criterion", "known", "expected"),
    [
        (asks("age", "at_least", 18), 18, Verdict.PASSED),
        (asks("age", "at_least", 18), 17, Verdict.FAILED),
        (asks("age", "at_most", 24), 25, Verdict.FAILED),
        (asks("months_to_release", "at_most", 6), 0, Verdict.PASSED),
        (asks("german_level", "at_least", "B1"), "A2", Verdict.FAILED),
        (asks("german_level", "at_least", "B1"), "NATIVE", Verdict.PASSED),
        (asks("german_level", "at_most", "A2"), "NONE", Verdict.PASSED),
        (asks("phase", "one_of", ["CUSTODY", "PREPARATION"]), "AFTERCARE", Verdict.FAILED),
        (asks("residence_district", "one_of", ["05124"]), "05124", Verdict.PASSED),
        (asks("driving_licence", "none_of", ["WITHDRAWN"]), "WITHDRAWN", Verdict.FAILED),
        (asks("driving_licence", "none_of", ["WITHDRAWN"]), "NONE", Verdict.PASSED),
    ],
)
def test_a_known_fact_passes_or_fails(criterion, known, expected):
    assert verdict(criterion, **{criterion["fact"]: known}) is expected


@pytest.mark.parametrize(
    ("criterion", "known"),
    [
        (asks("age", "at_least", 18), None),
        (asks("residence_district", "one_of", ["05124"]), ""),
        (asks("sex", "none_of", ["m"]), "u"),
        (asks("debts", "one_of", ["YES"]), "UNKNOWN"),
    ],
)
def test_what_nobody_knows_is_unknown_and_never_failed(criterion, known):
    assert verdict(criterion, **{criterion["fact"]: known}) is Verdict.UNKNOWN
    assert verdict(criterion) is Verdict.UNKNOWN


def test_each_criterion_says_what_is_asked_what_is_known_and_from_where():
    criteria = [asks("age", "at_least", 18), asks("german_level", "at_least", "B1"), asks("debts", "one_of", ["YES"])]
    judged = judge(criteria, {"age": Known(24, "Stammdaten"), "german_level": Known("A2", "Profiling")})
    assert [(each.sentence, each.source) for each in judged] == [
        ("Alter: mindestens 18 Jahre. Hier: 24 Jahre.", "Stammdaten"),
        ("Deutsch: mindestens B1. Hier: A2.", "Profiling"),
        ("Schulden: ja. Hier nicht bekannt.", ""),
    ]
    assert {each.because for each in judged} == {"Förderrichtlinie"}


def test_an_offer_fails_by_one_criterion_and_is_unknown_by_one_gap():
    young, german = asks("age", "at_most", 24), asks("german_level", "at_least", "B1")
    assert verdict_of(judge([], {})) is Verdict.PASSED
    assert verdict_of(judge([young, german], {"age": Known(20)})) is Verdict.UNKNOWN
    assert verdict_of(judge([young, german], {"age": Known(30)})) is Verdict.FAILED
    for facts in ({}, {"age": Known(20)}, {"age": Known(30)}, {"age": Known(20), "german_level": Known("NATIVE")}):
        assert verdict_on([young, german], facts) is verdict_of(judge([young, german], facts))


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        ({"fact": "age"}, "braucht Merkmal, Vergleich, Wert und Begründung"),
        ("Alter", "braucht Merkmal, Vergleich, Wert und Begründung"),
        (asks("shoe_size", "at_least", 42), "„shoe_size“ kennt die Akte nicht"),
        (asks(["age"], "at_least", 18), "kennt die Akte nicht"),
        (asks("age", "one_of", [18]), "Der Vergleich passt nicht zu „Alter“"),
        (asks("sex", "at_least", "w"), "Der Vergleich passt nicht zu „Geschlecht“"),
        (asks("age", ["at_least"], 18), "Der Vergleich passt nicht"),
        (asks("age", "at_least", True), "Der Wert passt nicht zu „Alter“"),
        (asks("age", "at_least", -1), "Der Wert passt nicht"),
        (asks("age", "at_least", "18"), "Der Wert passt nicht"),
        (asks("german_level", "at_least", "D1"), "Der Wert passt nicht"),
        (asks("sex", "one_of", ["u"]), "Der Wert passt nicht"),
        (asks("sex", "one_of", []), "Der Wert passt nicht"),
        (asks("sex", "one_of", "w"), "Der Wert passt nicht"),
        (asks("custody_kind", "one_of", [" "]), "Der Wert passt nicht"),
        (asks("age", "at_least", 18, because=" "), "worauf die Voraussetzung beruht"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_its_place(criterion, said):
    (error,) = check_criteria([asks("age", "at_least", 18), criterion])
    assert error.startswith("2. Voraussetzung: ") and said in error


def test_something_else_than_a_list_is_refused():
    assert check_criteria({"fact": "age"}) == ["Die Voraussetzungen sind keine Liste."]


def test_every_fact_can_be_asked_for_in_some_way():
    assert all(kind.ops and kind.label for kind in FACTS.values())
