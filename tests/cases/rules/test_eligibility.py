"""Criteria of admission against dated parameters."""

from dataclasses import fields, replace
from datetime import date

import pytest

from ina.cases.rules.eligibility import (
    CRITERIA,
    PARAMETERS,
    Advice,
    CustodyGroup,
    Facts,
    Verdict,
    advice,
    age_on,
    check,
    look_again_on,
)
from ina.reference.enums import Unit
from ina.reference.rules import Duration

ON = date(2026, 11, 23)
PARAMS = {
    "eligibility_remaining_min": Duration(3, Unit.MONTHS),
    "eligibility_remaining_from": Duration(6, Unit.MONTHS),
    "eligibility_remaining_until": Duration(24, Unit.MONTHS),
    "eligibility_age_min": 18,
    "eligibility_age_min_youth": 16,
}
FITTING = Facts(
    custody_group=CustodyGroup.SENTENCE,
    earliest_release=date(2027, 11, 23),
    born_on=date(1998, 5, 14),
    release_in_nrw=True,
    may_work=True,
    work_perspective=None,
    deportation_certain=False,
    voluntary=True,
    needs_integration=True,
    conflict_of_interest=False,
)


def finding(key, facts, parameters=PARAMS, on=ON):
    return next(one for one in check(facts, parameters, on) if one.criterion.key == key)


def advise(**changes):
    return advice(check(replace(FITTING, **changes), PARAMS, ON))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1994, 4, 7), date(2026, 4, 6), 31),
        (date(1994, 4, 7), date(2026, 4, 7), 32),
        (date(2004, 2, 29), date(2026, 2, 28), 21),
        (date(2004, 2, 29), date(2026, 3, 1), 22),
    ],
)
def test_age_is_completed_years(born, day, age):
    assert age_on(born, day) == age


def test_who_fits_passes_every_criterion():
    found = check(FITTING, PARAMS, ON)
    assert [one.verdict for one in found] == [Verdict.PASSED] * len(CRITERIA)
    assert advice(found) == Advice.ELIGIBLE
    assert all(one.why and one.criterion.label and one.criterion.source for one in found)


def test_nothing_known_is_undecided_and_not_refused():
    found = check(Facts(), PARAMS, ON)
    assert {one.verdict for one in found} == {Verdict.UNKNOWN}
    assert advice(found) == Advice.UNDECIDED


def test_the_offence_is_never_asked():
    asked = {one.name for one in fields(Facts)}
    assert asked == {
        "custody_group",
        "earliest_release",
        "born_on",
        "release_in_nrw",
        "may_work",
        "work_perspective",
        "deportation_certain",
        "voluntary",
        "needs_integration",
        "conflict_of_interest",
    }


@pytest.mark.parametrize(
    ("group", "verdict"),
    [
        (CustodyGroup.SENTENCE, Verdict.PASSED),
        (CustodyGroup.YOUTH, Verdict.PASSED),
        (CustodyGroup.REMAND, Verdict.FAILED),
        (CustodyGroup.SHORT, Verdict.WARNING),
        (CustodyGroup.OTHER, Verdict.WARNING),
        (None, Verdict.UNKNOWN),
    ],
)
def test_kind_of_custody(group, verdict):
    assert finding("custody", replace(FITTING, custody_group=group)).verdict == verdict


def test_remand_waits_for_the_judgment():
    assert advise(custody_group=CustodyGroup.REMAND) == Advice.NOT_YET


@pytest.mark.parametrize(
    ("release", "verdict"),
    [
        (None, Verdict.UNKNOWN),
        (date(2026, 11, 1), Verdict.FAILED),
        (date(2027, 2, 22), Verdict.FAILED),
        (date(2027, 2, 23), Verdict.WARNING),
        (date(2027, 5, 22), Verdict.WARNING),
        (date(2027, 5, 23), Verdict.PASSED),
        (date(2028, 11, 23), Verdict.PASSED),
        (date(2028, 11, 24), Verdict.WARNING),
    ],
)
def test_remaining_time(release, verdict):
    assert finding("remaining", replace(FITTING, earliest_release=release)).verdict == verdict


def test_too_little_time_says_no_too_much_says_not_yet_with_a_day():
    assert advise(earliest_release=date(2027, 2, 1)) == Advice.NO
    late = replace(FITTING, earliest_release=date(2029, 3, 10))
    assert advice(check(late, PARAMS, ON)) == Advice.NOT_YET
    again = look_again_on(check(late, PARAMS, ON))
    assert again == date(2027, 3, 10)
    assert advice(check(late, PARAMS, again)) == Advice.ELIGIBLE


def test_the_day_to_look_again_ends_the_wait_also_on_29_february():
    leap = replace(FITTING, earliest_release=date(2028, 2, 29))
    on = date(2026, 1, 5)
    again = look_again_on(check(leap, PARAMS, on))
    assert again == date(2026, 2, 28)
    assert finding("remaining", leap, on=again).verdict == Verdict.PASSED


@pytest.mark.parametrize(
    ("group", "born", "verdict"),
    [
        (CustodyGroup.SENTENCE, date(2008, 11, 23), Verdict.PASSED),
        (CustodyGroup.SENTENCE, date(2008, 11, 24), Verdict.FAILED),
        (CustodyGroup.YOUTH, date(2010, 11, 23), Verdict.PASSED),
        (CustodyGroup.YOUTH, date(2010, 11, 24), Verdict.FAILED),
        (None, date(2009, 1, 1), Verdict.UNKNOWN),
        (None, date(2011, 1, 1), Verdict.FAILED),
        (CustodyGroup.SENTENCE, None, Verdict.UNKNOWN),
    ],
)
def test_age(group, born, verdict):
    assert finding("age", replace(FITTING, custody_group=group, born_on=born)).verdict == verdict


def test_too_young_waits_for_the_birthday():
    young = finding("age", replace(FITTING, born_on=date(2009, 3, 2)))
    assert (young.waits, young.again_on) == (True, date(2027, 3, 2))


@pytest.mark.parametrize(
    ("may_work", "perspective", "verdict"),
    [
        (True, None, Verdict.PASSED),
        (False, True, Verdict.PASSED),
        (None, True, Verdict.PASSED),
        (None, None, Verdict.UNKNOWN),
        (False, None, Verdict.UNKNOWN),
        (None, False, Verdict.UNKNOWN),
        (False, False, Verdict.FAILED),
    ],
)
def test_right_to_work_or_a_perspective(may_work, perspective, verdict):
    facts = replace(FITTING, may_work=may_work, work_perspective=perspective)
    assert finding("may_work", facts).verdict == verdict


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("region", {"release_in_nrw": False}),
        ("deportation", {"deportation_certain": True}),
        ("voluntary", {"voluntary": False}),
        ("need", {"needs_integration": False}),
    ],
)
def test_what_fails_for_good_says_no(key, change):
    assert finding(key, replace(FITTING, **change)).verdict == Verdict.FAILED
    assert advise(**change) == Advice.NO


def test_a_conflict_of_interest_lies_with_the_staff_and_costs_nobody_the_place():
    assert finding("conflict", replace(FITTING, conflict_of_interest=True)).verdict == Verdict.WARNING
    assert advise(conflict_of_interest=True) == Advice.ELIGIBLE


def test_no_beats_not_yet_and_not_yet_beats_undecided():
    assert advise(custody_group=CustodyGroup.REMAND, voluntary=False) == Advice.NO
    assert advise(custody_group=CustodyGroup.REMAND, voluntary=None) == Advice.NOT_YET
    assert advise(voluntary=None) == Advice.UNDECIDED


def test_parameters_are_handed_in():
    short = {**PARAMS, "eligibility_remaining_min": Duration(1, Unit.MONTHS)}
    facts = replace(FITTING, earliest_release=date(2027, 1, 10))
    assert finding("remaining", facts).verdict == Verdict.FAILED
    assert finding("remaining", facts, short).verdict == Verdict.WARNING
    assert set(PARAMETERS) == set(PARAMS)


def test_labels():
    assert all(one.label for one in (*Verdict, *Advice))
