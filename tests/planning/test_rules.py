"""Days of the plan: from the release, phases, reviews, what is missing. No database."""

from datetime import date

import pytest

from ina.planning.enums import PlanAct, PlanPhase
from ina.planning.rules import (
    Offset,
    VersionFacts,
    due_day,
    is_late_application,
    missing_before,
    next_review,
    phase_on,
)
from ina.reference.enums import Unit
from ina.reference.rules import Duration

GATE, MONTHS, WEEKS = date(2027, 3, 1), Duration(3, Unit.MONTHS), Duration(4, Unit.WEEKS)


@pytest.mark.parametrize(
    ("typed", "before", "day", "told"),
    [
        ("3 Wochen", True, date(2027, 2, 8), "3 Wochen vor der Entlassung"),
        ("3 Tage", False, date(2027, 3, 4), "3 Tage nach der Entlassung"),
        ("10 Arbeitstage", True, date(2027, 2, 15), "10 Arbeitstage vor der Entlassung"),
        ("0 Tage", True, GATE, "am Tag der Entlassung"),
    ],
)
def test_an_offset_counts_from_the_release(typed, before, day, told):
    offset = Offset.parsed(typed, before=before)
    assert (offset.day(GATE), offset.told, offset.day(None)) == (day, told, None)
    assert due_day(date(2026, 1, 1), offset, GATE) == day and due_day(date(2026, 1, 1), None, GATE) == date(2026, 1, 1)


@pytest.mark.parametrize("typed", ["2 Jahre", "61 Monate", "bald", "5"])
def test_an_offset_that_nobody_means_is_refused(typed):
    with pytest.raises(ValueError, match=r"\w"):
        Offset.parsed(typed, before=True)


@pytest.mark.parametrize(
    ("since", "release", "day"),
    [
        (date(2026, 9, 1), None, date(2026, 12, 1)),
        (date(2026, 9, 1), GATE, date(2026, 12, 1)),
        (date(2026, 12, 1), GATE, date(2027, 2, 1)),
        (date(2027, 2, 1), GATE, date(2027, 5, 1)),  # that before the release has been held
        (date(2027, 4, 1), GATE, date(2027, 7, 1)),  # and it goes on after it
    ],
)
def test_next_review(since, release, day):
    assert next_review(since, MONTHS, release=release, before_release=WEEKS) == day


def test_phases_and_late_applications():
    starts = date(2026, 9, 1)
    days = (date(2026, 8, 31), starts, GATE, None)
    assert [phase_on(day, GATE, starts) for day in days] == [*PlanPhase, None]
    assert phase_on(GATE, None, None) is None
    assert is_late_application(GATE, GATE) and not is_late_application(starts, GATE)
    assert not is_late_application(None, GATE)


@pytest.mark.parametrize("act", PlanAct)
def test_what_is_missing_before_an_act(act):
    nothing, all_there = VersionFacts(four_eyes=True), VersionFacts(1, True, True, True, True)
    expected = {PlanAct.DISCUSS: 1, PlanAct.AGREE: 1, PlanAct.PUT_IN_FORCE: 3}
    assert len(missing_before(act, nothing)) == expected.get(act, 0)
    assert missing_before(act, all_there) == ()
    assert len(missing_before(act, VersionFacts())) == {PlanAct.PUT_IN_FORCE: 2}.get(act, expected.get(act, 0))
