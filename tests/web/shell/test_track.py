"""The small picture of a case. No database."""

from datetime import date

from ina.cases.enums import Phase
from ina.web.shell.track import track

TODAY = date(2026, 11, 23)


def test_half_of_the_preparation_has_passed():
    drawn = track(Phase.PREPARATION, date(2027, 2, 23), date(2026, 8, 23), date(2027, 8, 23), TODAY)
    assert [part.passed for part in drawn.segments] == ["38.0", "29.0", "0.0"]
    assert drawn.arrow == "65.0" and drawn.label == "Phase 2 von 3: Entlassungsvorbereitung"


def test_without_a_planning_date_there_is_no_arrow():
    drawn = track(Phase.CUSTODY, None, None, None, TODAY)
    assert drawn.arrow == "" and [part.passed for part in drawn.segments] == ["0.0", "0.0", "0.0"]


def test_custody_shows_the_last_two_years_before_preparation():
    far = track(Phase.CUSTODY, date(2030, 6, 1), date(2029, 12, 1), date(2030, 12, 1), TODAY)
    assert far.segments[0].passed == "0.0" and far.arrow == "-4.0"


def test_aftercare_that_is_over_stays_inside():
    drawn = track(Phase.AFTERCARE, date(2026, 1, 1), date(2025, 7, 1), date(2026, 7, 1), TODAY)
    assert drawn.segments[2].passed == "32.0" and drawn.arrow == "132.0"


def test_ended_has_no_arrow():
    drawn = track(Phase.ENDED, date(2026, 1, 1), date(2025, 7, 1), date(2026, 7, 1), TODAY)
    assert drawn.arrow == "" and drawn.label == "beendet"
