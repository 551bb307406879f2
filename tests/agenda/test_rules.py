"""Offsets of kinds, typed offsets, how an item stands; without a database."""

from datetime import date, timedelta

import pytest

from ina.agenda import rules
from ina.agenda.enums import Anchor, ItemState, Urgency
from ina.agenda.kinds import Kind, custody_kinds, kind_of, kinds_of, register_kind
from ina.reference.enums import Unit
from ina.reference.rules import Duration, holidays_of
from tests.agenda.conftest import CHECK, CONTACT, FOLDER, TALK

TODAY = date(2026, 11, 23)


def test_kinds_are_found_by_key_and_anchor():
    assert kinds_of(Anchor.RELEASE) == (CHECK, FOLDER, CONTACT)
    assert kind_of("probe_talk") is TALK
    assert kind_of("") is None and kind_of("of a former version") is None
    assert custody_kinds() == ("probe_check",)


def test_a_key_belongs_to_one_kind():
    register_kind(TALK)
    with pytest.raises(ValueError, match="probe_talk"):
        register_kind(Kind("probe_talk", "etwas anderes", Anchor.RELEASE))


def test_a_kind_without_parameter_is_due_on_the_day_itself():
    (planned,) = rules.planned_items(FOLDER, None)
    assert (planned.title, planned.offset) == ("Entlassungsmappe übergeben", Duration(0, Unit.DAYS))


def test_several_durations_are_told_apart_in_the_title():
    value = (Duration(3, Unit.MONTHS), Duration(1, Unit.DAYS), Duration(3, Unit.MONTHS), Duration(0, Unit.DAYS))
    assert [(each.title, each.offset) for each in rules.planned_items(CHECK, value)] == [
        ("Mindeststandards prüfen (3 Monate vorher)", Duration(-3, Unit.MONTHS)),
        ("Mindeststandards prüfen (1 Tag vorher)", Duration(-1, Unit.DAYS)),
        ("Mindeststandards prüfen (am Tag selbst)", Duration(0, Unit.DAYS)),
    ]


def test_one_duration_counts_forwards_unless_before():
    (planned,) = rules.planned_items(TALK, Duration(10, Unit.WORKING_DAYS))
    assert (planned.title, planned.offset) == ("Erstgespräch", Duration(10, Unit.WORKING_DAYS))


@pytest.mark.parametrize("value", [5, Duration(3, Unit.HOURS), (Duration(1, Unit.MINUTES),)])
def test_a_value_that_is_no_distance_between_days_is_refused(value):
    with pytest.raises(ValueError):
        rules.planned_items(TALK, value)


@pytest.mark.parametrize(
    ("typed", "before", "offset"),
    [
        ("3 Wochen", True, Duration(-3, Unit.WEEKS)),
        ("10 Arbeitstage", False, Duration(10, Unit.WORKING_DAYS)),
        (" 1  monat ", False, Duration(1, Unit.MONTHS)),
        ("2 years", True, Duration(-2, Unit.YEARS)),
    ],
)
def test_offsets_are_typed_in_german(typed, before, offset):
    assert rules.parse_offset(typed, before=before) == offset


@pytest.mark.parametrize(
    "typed", ["", "bald", "3", "-3 Tage", "3 Stunden", "481 Arbeitstage", "99999 Jahre", "1 Tag 2 Tage"]
)
def test_other_offsets_are_refused_in_german(typed):
    with pytest.raises(ValueError, match=r"Dauer|Abstand"):
        rules.parse_offset(typed, before=True)


@pytest.mark.parametrize(
    "duration",
    [Duration(10, Unit.WORKING_DAYS), Duration(1, Unit.WORKING_DAYS), Duration(1, Unit.MONTHS), Duration(0, Unit.DAYS)],
    ids=str,
)
def test_latest_day_from_which_so_much_time_has_passed(duration):
    for n in range(400):
        until = TODAY + timedelta(days=n)
        day = rules.latest_day_with(duration, until)
        assert duration.after(day) <= until < duration.after(day + timedelta(days=1))


@pytest.mark.parametrize(
    ("state", "shown_on", "snoozed_until", "urgency"),
    [
        (ItemState.OPEN, date(2026, 11, 22), None, Urgency.OVERDUE),
        (ItemState.OPEN, date(2026, 11, 23), None, Urgency.SOON),
        (ItemState.OPEN, date(2026, 12, 7), None, Urgency.SOON),
        (ItemState.OPEN, date(2026, 12, 8), None, Urgency.LATER),
        (ItemState.OPEN, date(2026, 12, 1), date(2026, 12, 1), Urgency.SNOOZED),
        (ItemState.OPEN, date(2026, 11, 23), date(2026, 11, 23), Urgency.SOON),
        (ItemState.OPEN, date(2026, 11, 20), date(2026, 11, 20), Urgency.OVERDUE),
        (ItemState.DONE, date(2026, 11, 1), None, Urgency.DONE),
        (ItemState.DROPPED, date(2026, 11, 1), None, Urgency.DROPPED),
    ],
)
def test_how_an_item_stands_on_a_day(state, shown_on, snoozed_until, urgency):
    assert rules.urgency_of(state, shown_on, snoozed_until, TODAY) is urgency
    assert urgency.label


def test_days_that_nothing_can_be_counted_from():
    assert rules.day_in_reach(TODAY)
    assert not rules.day_in_reach(date(1992, 12, 31)) and not rules.day_in_reach(date(2099, 1, 1))


def test_holidays_are_known_as_far_as_offsets_reach():
    for year in range(rules.EARLIEST.year - rules.REACH_YEARS, rules.LATEST.year + rules.REACH_YEARS + 1):
        assert len(holidays_of(year)) >= 10, year


D = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("stops", "moved"),
    [
        ([], 0),
        ([(date(2026, 3, 9), date(2026, 3, 13))], 5),  # in between: all of its days
        ([(date(2026, 2, 20), date(2026, 3, 4))], 2),  # began before: only what lies after the day it counts from
        ([(date(2026, 2, 1), D)], 0),  # over by then
        ([(date(2026, 3, 16), date(2026, 3, 16))], 1),  # on the last day itself
        ([(date(2026, 3, 17), date(2026, 3, 30))], 0),  # begins when the deadline has passed
        # The second one begins only within the days that the first one added.
        ([(date(2026, 3, 18), date(2026, 3, 19)), (date(2026, 3, 9), date(2026, 3, 13))], 7),
    ],
)
def test_a_deadline_moves_by_the_days_of_no_clock(stops, moved):
    assert rules.stopped_days(D, date(2026, 3, 16), stops) == moved


def test_a_stopped_deadline_says_so():
    told = rules.reckoned(Anchor.REFERRAL, Duration(10, Unit.WORKING_DAYS), 3)
    assert told == "10 Arbeitstage nach dem Zugang, 3 Tage angehalten"


@pytest.mark.parametrize(
    ("anchor", "offset", "told"),
    [
        (Anchor.RELEASE, Duration(-3, Unit.MONTHS), "3 Monate vor dem Entlassungstermin"),
        (Anchor.REFERRAL, Duration(10, Unit.WORKING_DAYS), "10 Arbeitstage nach dem Zugang"),
        (Anchor.CLOSING, Duration(0, Unit.DAYS), "am Tag des Abschlusses"),
        (Anchor.FIXED, None, "fester Tag"),
    ],
)
def test_a_due_day_tells_what_it_counts_from(anchor, offset, told):
    assert rules.reckoned(anchor, offset) == told
