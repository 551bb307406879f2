"""The invented people of the demo: who they are, without a database."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from ina.accounts.enums import Role
from ina.cases.rules.endings import BY_CODE
from ina.ops import demo_figures as figures
from ina.ops.demo_casting import LIFE, LOWER, UPPER, YEAR, YOUTH
from ina.ops.demo_lives import GROUPS, TOTAL
from ina.ops.demo_logins import LOGINS, PASSWORD, printed
from ina.ops.demo_names import SURNAMES, other_spelling
from ina.ops.demo_people import DOUBLES, people
from ina.ops.demo_stories import Stage

TODAY = date(2026, 11, 23)
# What is dealt out in whole people lies this close to a published share (in percentage points).
ROUNDING = 0.5
ROOT = Path(__file__).parents[2]
NOT_ONE_OF_THESE = {Role.PARTICIPANT}  # log in by what a later issue brings


@pytest.fixture(scope="module")
def everybody():
    return people(TODAY)


def shares(values) -> dict:
    """In per cent of those of whom it is known."""
    known = [value for value in values if value is not None]
    return {key: figures.share(count, len(known)) for key, count in Counter(known).items()}


def close(made: dict, published) -> bool:
    return all(abs(made.get(key, 0) - share) <= ROUNDING for key, share in published.items())


def test_there_are_three_hundred(everybody):
    assert len(everybody) == TOTAL == 300
    assert len({one.number for one in everybody}) == TOTAL


# --- as published --------------------------------------------------------------------------------------------------


def test_sexes_are_as_published(everybody):
    assert close(shares(one.sex if one.sex != "u" else None for one in everybody), figures.SEX.shares)


def test_ages_are_as_published(everybody):
    ages = [one.age for one in everybody if one.age is not None]

    def part(first, last):
        return figures.share(sum(first <= age < last for age in ages), len(ages))

    made = {"unter 25": part(0, 25), "25 bis unter 40": part(25, 40), "40 und älter": part(40, 120)}
    assert close(made, figures.AGE.shares)
    assert close({"unter 30": part(0, 30), "50 und älter": part(50, 120)}, figures.AGE_MARKS.shares)


def test_nationalities_are_as_published(everybody):
    foreign = shares(one.origin.nationality != "deutsch" if one.origin else None for one in everybody)[True]
    assert abs(foreign - figures.FOREIGN.shares["ohne deutschen Pass"]) <= ROUNDING
    assert len({one.origin.nationality for one in everybody if one.origin}) >= 8


def test_custody_and_lengths_are_as_published(everybody):
    assert close(shares(one.custody for one in everybody), figures.CUSTODY.shares)
    assert close(shares(one.length or None for one in everybody), figures.LENGTH.shares)


def test_a_sentence_is_as_long_as_it_says(everybody):
    for one in everybody:
        if one.length in UPPER and one.release_on:
            # Nobody is released on a Sunday: up to a few days of the shortest may be missing.
            assert LOWER[one.length] - 8 <= (one.release_on - one.begins_on).days <= UPPER[one.length]
        if one.length == LIFE and one.release_on:
            assert (one.release_on - one.begins_on).days >= 15 * YEAR


def test_training_and_unemployment_are_as_published(everybody):
    for is_young, label in ((False, "Erwachsene"), (True, "Jugendliche")):
        those = [one for one in everybody if (one.custody == YOUTH) is is_young]
        without = figures.share(sum(not one.trained for one in those), len(those))
        assert abs(without - figures.UNTRAINED.shares[label]) <= 100 / len(those) / 2
    long = figures.share(sum(one.long_unemployed for one in everybody), len(everybody))
    assert abs(long - figures.LONG_UNEMPLOYED.shares["langzeitarbeitslos"]) <= ROUNDING


def test_open_prison_is_as_published(everybody):
    """Of those who are in custody now; among so few one person is a whole percentage point."""
    inside = [one for one in everybody if one.life.group.stage is Stage.INSIDE]
    free = sum(one.life.happens("open prison") for one in inside)
    assert abs(figures.share(free, len(inside)) - figures.OPEN_PRISON.shares["offener Vollzug"]) <= 2


def test_every_figure_says_where_it_was_read():
    for figure in vars(figures).values():
        if isinstance(figure, figures.Figure):
            assert figure.of and figure.as_of and figure.source and figure.shares


def test_counts_add_up():
    assert figures.counts({"a": 33.3, "b": 33.3, "c": 33.4}, 10) == {"a": 3, "b": 3, "c": 4}
    assert sum(figures.counts(figures.LENGTH.shares, 7).values()) == 7


# --- the same on every machine -------------------------------------------------------------------------------------

DIGEST = """
from datetime import date
from hashlib import sha256
from ina.ops.demo_people import people
print(sha256(repr(people(date(2026, 11, 23))).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_day_makes_the_same_people(everybody, seed):
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env=os.environ | {"PYTHONHASHSEED": seed},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(repr(everybody).encode()).hexdigest()


def test_another_day_shifts_every_date_and_nothing_else(everybody):
    later = people(TODAY + timedelta(days=1))
    for one, two in zip(everybody, later, strict=True):
        assert (one.number, one.name, one.life, one.prison, one.custody) == (
            two.number, two.name, two.life, two.prison, two.custody,
        )  # fmt: skip
        assert one.age == two.age
        # Released on a working day: a day may become the one before, or two.
        if one.release_on and two.release_on:
            assert timedelta(0) <= two.release_on - one.release_on <= timedelta(days=12)


def test_a_small_demo_has_one_of_each_group_first():
    few = people(TODAY, 20)
    assert len(few) == 20
    assert len({one.life.group.name for one in few}) == 20


# --- who they are --------------------------------------------------------------------------------------------------


def test_every_stage_and_every_ending_is_there(everybody):
    assert {one.life.group.stage for one in everybody} == set(Stage)
    assert {group.ending for group in GROUPS if group.ending} == set(BY_CODE)


def test_caseloads_are_plausible(everybody):
    going_on = {Stage.SCREENING, Stage.WAITING, Stage.INSIDE, Stage.OUTSIDE}
    loads = Counter(one.life.lead for one in everybody if one.life.group.stage in going_on)
    assert loads["alma"] == 40
    assert all(25 <= loads[name] <= 45 for name in ("bert", "toni", "wanda", "cem"))
    assert 130 <= sum(loads[name] for name in ("alma", "bert", "toni", "wanda", "udo")) <= 160


def test_five_prisons_and_women_where_there_is_room_for_them(everybody):
    prisons = Counter(one.prison for one in everybody)
    assert len(prisons) == 5
    assert min(prisons.values()) >= 10
    assert {one.prison for one in everybody if one.sex == "w"} == {"jva-willich-2", "jva-gelsenkirchen"}
    assert all(one.sex == "w" for one in everybody if one.prison == "jva-willich-2")


def test_nobody_was_referred_as_a_child_or_before_the_sentence(everybody):
    for one in everybody:
        referred = TODAY + timedelta(days=one.life.referred)
        assert one.begins_on < referred <= TODAY
        if one.born_on:
            assert (referred - one.born_on).days >= 18 * 365.25


def test_nobody_looks_real(everybody):
    """Plants' names; the whole list of surnames is in one place to be looked through."""
    plants = {*SURNAMES, *(other_spelling(name) for name in SURNAMES)}
    for one in everybody:
        assert set(one.surname.split("-")) <= plants
    assert any("-" in one.surname for one in everybody)
    assert any(set("äöüß") & set(one.surname) for one in everybody)


def test_no_two_share_name_and_birthday_but_for_likely_doubles(everybody):
    assert len({(one.surname, one.given_name, one.born_on) for one in everybody}) == TOTAL
    doubles = [one for one in everybody if one.double_of is not None]
    assert len(doubles) == DOUBLES
    by_number = {one.number: one for one in everybody}
    for one in doubles:
        other = by_number[one.double_of]
        assert one.born_on == other.born_on and one.given_name == other.given_name
        assert one.surname == other_spelling(other.surname) != other.surname
        assert one.prison != other.prison


def test_what_nobody_knows_is_there(everybody):
    assert any(one.born_on is None for one in everybody)
    assert any(one.origin is None for one in everybody)
    assert any(one.sex == "u" for one in everybody)
    assert any(one.release_on is None for one in everybody)
    assert any(one.town is None for one in everybody)


# --- who logs in ---------------------------------------------------------------------------------------------------


def test_every_role_that_may_log_in_does():
    assert {login.role for login in LOGINS if not login.left} == set(Role) - NOT_ONE_OF_THESE


def test_who_has_left_is_not_printed():
    shown = printed({"toni": "1234-5678"})
    assert [line["username"] for line in shown] == [login.username for login in LOGINS if not login.left]
    assert all(line["password"] == PASSWORD for line in shown)
    assert [line["username"] for line in shown if "1234-5678" in line["note"]] == ["toni"]
