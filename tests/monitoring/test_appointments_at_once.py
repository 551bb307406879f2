"""Two people and one appointment at the same moment: one is told, nothing is lost."""

from datetime import timedelta

import pytest
from django.db import transaction

from ina.access.context import acting_as
from ina.access.operations.deputies import appoint_deputy
from ina.base import clock
from ina.base.clock import day_of
from ina.base.errors import Conflict
from ina.monitoring import operations
from ina.monitoring.enums import ContactOutcome
from tests.cases.test_handovers_committed import at_once
from tests.factories.cases import case_for


@pytest.fixture
def moment():
    return clock.now()


@pytest.fixture
def made(committed_db, people, moment):
    """A case of Alma's for whom Bert stands in."""
    with transaction.atomic():
        made = case_for(people.alma)
    actor = people.alma.actor
    with transaction.atomic(), acting_as(actor):
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=7),
            now=moment,
        )
    return made


def agree(actor, made, moment):
    return operations.agree_appointment(
        actor=actor, case_id=made.case_id, on=day_of(moment), title="Bewerbung", now=moment
    )


def stored(owner, made) -> list[tuple]:
    return owner.execute(
        "SELECT number, state, version FROM monitoring_appointment WHERE case_id = %s ORDER BY number", [made.case_id]
    ).fetchall()


def test_two_who_agree_at_once_get_a_number_each(people, made, moment, owner_of_tables):
    steps = [(member, lambda actor: agree(actor, made, moment)) for member in (people.alma, people.bert)]
    assert at_once(*steps) == []
    assert stored(owner_of_tables, made) == [(1, "PLANNED", 1), (2, "PLANNED", 1)]


def test_of_two_answers_one_counts_and_the_other_is_told(people, made, moment, owner_of_tables):
    actor = people.alma.actor
    with transaction.atomic(), acting_as(actor):
        row = agree(actor, made, moment)

    def keep(actor):
        operations.keep_appointment(
            actor=actor, appointment_id=row.pk, version=1, kind="TALK", outcome=ContactOutcome.MET, now=moment
        )

    def cancel(actor):
        operations.cancel_appointment(actor=actor, appointment_id=row.pk, version=1, because="krank", now=moment)

    (told,) = at_once((people.alma, keep), (people.bert, cancel))
    assert isinstance(told, Conflict)
    ((number, state, version),) = stored(owner_of_tables, made)
    contacts = owner_of_tables.execute("SELECT count(*) FROM monitoring_contact WHERE case_id = %s", [made.case_id])
    assert (number, version) == (1, 2) and (state, contacts.fetchone()[0]) in (("KEPT", 1), ("CANCELLED", 0))
