"""People who are arranged for a journey: led by Alma, released long ago, with what is known of them."""

from datetime import date

from ina.access.context import acting_as
from ina.cases.enums import State
from ina.cases.operations.acts import confirm_release
from ina.monitoring.operations import record_outcome
from tests.factories.cases import at, case_for

RELEASED_ON, ASKED_ON = date(2026, 4, 20), date(2026, 10, 22)


def released_long_ago(people) -> int:
    """Fifteen people, so that no cell is small: five in work after six months, five not, of five it is unknown."""
    for category in ("INSURED_FULL_TIME", "UNEMPLOYED", "UNKNOWN") * 5:
        made = case_for(people.alma, state=State.ADMITTED)
        actor = people.alma.actor
        with acting_as(actor):
            confirm_release(actor=actor, case_id=made.case_id, released_on=RELEASED_ON, now=at(RELEASED_ON))
            record_outcome(
                actor=actor, case_id=made.case_id, months=6, category=category, source="Anruf", now=at(ASKED_ON)
            )
    return 15
