"""How far the planned day was off before the release: counts by prison, worked out by hand."""

from datetime import date, timedelta

import pytest
from django.db import connection

from ina.access.context import acting_as
from ina.base.errors import Refused
from ina.cases.enums import HypothesisKind as Kind
from ina.cases.enums import HypothesisStatus as Status
from ina.cases.models import ReleaseDateHypothesis as Hypothesis
from ina.cases.operations import acts
from ina.cases.operations import release_dates as dates
from ina.cases.queries.release_dates import forecast_errors
from tests.factories.cases import at, case_for

pytestmark = pytest.mark.django_db
RELEASED = date(2026, 11, 2)


def released(people, planned, *, moved_to=None, moved_on=None, voided=False):
    """Referred on 2 March with ``planned``; on ``moved_on`` the day becomes ``moved_to``; free on 2 November."""
    made = case_for(people.alma, planned_on=planned)
    actor = people.alma.actor
    with acting_as(actor):
        if moved_to:
            [row] = Hypothesis.objects.visible_to(actor).filter(case_id=made.case_id)
            claim = dates.state_release_date(
                actor=actor, case_id=made.case_id, on=moved_to, kind=Kind.SENTENCE_END, status=Status.DECIDED,
                source="x", asserted_on=moved_on, replaces_id=row.pk, now=at(moved_on),
            )  # fmt: skip
            if voided:
                Hypothesis.objects.unscoped(because="a test").filter(pk=claim.pk).update(
                    voided_at=at(RELEASED), voided_by=actor.membership_id, voided_because="x"
                )
        acts.confirm_release(actor=actor, case_id=made.case_id, released_on=RELEASED, now=at(RELEASED))
    return made


def figures(people, act_as, who="alma"):
    with act_as(people[who]) as actor:
        return {row.days_before: (row.n, row.middle, round(row.close, 2)) for row in forecast_errors(actor)}


def test_worked_example_of_five(people, act_as):
    # Errors (actual less planned): 0, +5, -10, and two that were moved on 1 September, 62 days before the release:
    # -30 until then and +2 since; +20 until then and -7 since.
    released(people, RELEASED)
    released(people, RELEASED - timedelta(days=5))
    released(people, RELEASED + timedelta(days=10))
    moved = date(2026, 9, 1)
    released(people, RELEASED + timedelta(days=30), moved_to=RELEASED - timedelta(days=2), moved_on=moved)
    released(people, RELEASED - timedelta(days=20), moved_to=RELEASED + timedelta(days=7), moved_on=moved)
    assert figures(people, act_as) == {
        30: (5, 0.0, 0.8),  # -10, -7, 0, 2, 5
        90: (5, 0.0, 0.4),  # -30, -10, 0, 5, 20
        180: (5, 0.0, 0.4),
    }


def test_nothing_below_the_limit_not_even_the_number(people, act_as):
    for _ in range(4):
        released(people, RELEASED)
    assert figures(people, act_as) == {}
    released(people, RELEASED)
    assert figures(people, act_as)[30][0] == 5


def test_further_custody_makes_earlier_days_no_forecast(people, act_as):
    for _ in range(5):
        made = case_for(people.alma, planned_on=date(2026, 10, 1))
        with act_as(people.alma) as actor:
            dates.state_release_date(
                actor=actor, case_id=made.case_id, on=RELEASED - timedelta(days=1), kind=Kind.FURTHER_CUSTODY,
                status=Status.PLAUSIBLE, source="x", asserted_on=date(2026, 7, 1), now=at(date(2026, 7, 1)),
            )  # fmt: skip
            acts.confirm_release(actor=actor, case_id=made.case_id, released_on=RELEASED, now=at(RELEASED))
    found = figures(people, act_as)
    assert found[90][1] == 1.0 and found[180][1] == 32.0


def test_what_was_entered_by_mistake_was_no_forecast(people, act_as):
    for _ in range(5):
        released(people, RELEASED, moved_to=date(2027, 6, 1), moved_on=date(2026, 9, 1), voided=True)
    assert figures(people, act_as) == {90: (5, 0.0, 1.0), 180: (5, 0.0, 1.0)}


def test_whoever_holds_nothing_is_told_nothing(people, act_as):
    for _ in range(5):
        released(people, RELEASED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ina.holders', '', true)")
        cursor.execute("SELECT count(*) FROM cases_forecast_error()")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    ("person", "may"), [("alma", True), ("jan", True), ("hanna", True), ("frida", False), ("ede", False)]
)
def test_who_may_see_it(person, may, people, act_as):
    with act_as(people[person]) as actor:
        if may:
            assert forecast_errors(actor) == []
        else:
            with pytest.raises(Refused):
                forecast_errors(actor)
