"""Appointments in series, and why somebody did not come."""

from datetime import date, timedelta

import pytest

from ina.base import clock
from ina.base.errors import Invalid
from ina.monitoring.enums import Absence, ContactOutcome, Repeat
from ina.monitoring.models import Appointment
from ina.monitoring.operations import agree_series, keep_appointment, record_contact
from ina.monitoring.queries import list_contacts
from ina.monitoring.rules import days_of_series
from tests.factories.cases import case_for


@pytest.mark.parametrize(
    ("first", "repeat", "days"),
    [
        (date(2027, 1, 31), Repeat.MONTHLY, [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31)]),
        (date(2026, 12, 24), Repeat.WEEKLY, [date(2026, 12, 24), date(2026, 12, 31), date(2027, 1, 7)]),
        (date(2027, 3, 22), Repeat.FORTNIGHTLY, [date(2027, 3, 22), date(2027, 4, 5), date(2027, 4, 19)]),
    ],
)
def test_days_of_a_series(first, repeat, days):
    assert days_of_series(first, repeat, 3) == days


@pytest.mark.django_db(databases=["default", "log"])
class TestSeries:
    def test_all_or_none_and_each_lives_alone(self, people, act_as, moment):
        made = case_for(people.alma)
        first = clock.day_of(moment) + timedelta(days=7)
        with act_as(people.alma) as actor:
            rows = agree_series(
                actor=actor, case_id=made.case_id, on=first, repeat=Repeat.WEEKLY, times=4, title="Beratung", now=moment
            )
            assert [row.number for row in rows] == [1, 2, 3, 4]
            assert rows[-1].on == first + timedelta(weeks=3)
            far = clock.day_of(moment) + timedelta(days=650)
            with pytest.raises(Invalid, match="Ist das Jahr richtig"):
                agree_series(
                    actor=actor, case_id=made.case_id, on=far, repeat=Repeat.MONTHLY, times=12, title="x", now=moment
                )
            assert Appointment.objects.visible_to(actor).count() == 4

    @pytest.mark.parametrize("times", [0, 1, 27])
    def test_how_many(self, people, act_as, moment, times):
        made = case_for(people.alma)
        with act_as(people.alma) as actor, pytest.raises(Invalid, match="2 bis 26"):
            agree_series(
                actor=actor,
                case_id=made.case_id,
                on=clock.day_of(moment),
                repeat=Repeat.WEEKLY,
                times=times,
                title="Beratung",
                now=moment,
            )

    def test_why_somebody_did_not_come(self, people, act_as, moment):
        made = case_for(people.alma)
        today = clock.day_of(moment)
        with act_as(people.alma) as actor:
            (row, _) = agree_series(
                actor=actor, case_id=made.case_id, on=today, repeat=Repeat.WEEKLY, times=2, title="x", now=moment
            )
            keep_appointment(
                actor=actor,
                appointment_id=row.pk,
                kind="TALK",
                outcome=ContactOutcome.ABSENT,
                absence=Absence.TRANSPORT,
                now=moment,
            )
            case = row.case
            assert [one.absence for one in list_contacts(actor, case, today=today)] == [Absence.TRANSPORT.label]
            with pytest.raises(Invalid, match="nicht erschienen"):
                record_contact(
                    actor=actor,
                    case_id=made.case_id,
                    happened_on=today,
                    kind="TALK",
                    outcome=ContactOutcome.MET,
                    absence=Absence.ILL,
                    now=moment,
                )
