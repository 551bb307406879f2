"""Seeing a file is not writing in it: a deputy keeps the contact log, somebody in an emergency reads."""

from datetime import timedelta

import pytest

from ina.access.enums import ConsentPurpose
from ina.access.operations.consents import record_consent
from ina.access.operations.deputies import appoint_deputy
from ina.access.operations.emergencies import open_emergency_access
from ina.base.clock import day_of
from ina.base.errors import Refused
from ina.cases.enums import State
from ina.cases.models import Participant
from ina.cases.operations.acts import close_case, confirm_release
from ina.cases.operations.people import correct_participant
from ina.monitoring.enums import ContactOutcome
from ina.monitoring.operations import record_contact
from ina.planning.operations import set_goal
from ina.profiling.enums import KeyGroup
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(people):
    return case_for(people.alma, state=State.ADMITTED)


@pytest.fixture
def bert_deputises(people, made, act_as, moment):
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=day_of(moment),
            ends_on=day_of(moment) + timedelta(days=7),
            now=moment,
        )


@pytest.fixture
def cem_in_emergency(people, made, act_as, moment):
    with act_as(people.cem) as actor:
        open_emergency_access(
            actor=actor, number=made.number, reason="angekündigte Selbstgefährdung am Telefon", hours=24, now=moment
        )


def contact(actor, made, moment):
    return record_contact(
        actor=actor,
        case_id=made.case_id,
        happened_on=day_of(moment),
        kind="PHONE",
        outcome=ContactOutcome.MET,
        now=moment,
    )


def writings(actor, made, moment):
    """What only the lead of the case may do, as calls."""
    today = day_of(moment)
    case = {"actor": actor, "case_id": made.case_id, "now": moment}
    dossier = {"actor": actor, "dossier_id": made.dossier_id, "now": moment}
    yield lambda: confirm_release(**case, released_on=today)
    yield lambda: close_case(**case, closed_on=today, reason="WITHDRAWN_BY_PARTICIPANT")
    yield lambda: set_goal(**case, wording_person="Arbeit", key_group=KeyGroup.QUALIFICATION)
    yield lambda: record_consent(
        **dossier, purpose=ConsentPurpose.DATA_USE, given_on=today, text_version="1", on_paper=True
    )


def test_a_deputy_keeps_the_contact_log_and_nothing_else(people, made, bert_deputises, act_as, moment):
    with act_as(people.bert) as actor:
        assert contact(actor, made, moment).case_id == made.case_id
        for write in writings(actor, made, moment):
            with pytest.raises(Refused, match="nur"):
                write()


def test_an_emergency_reads(people, made, cem_in_emergency, act_as, moment):
    with act_as(people.cem) as actor:
        for write in [*writings(actor, made, moment), lambda: contact(actor, made, moment)]:
            with pytest.raises(Refused, match="nur"):
                write()


def test_the_social_service_of_the_prison_corrects_the_person_until_release(people, made, act_as, moment):

    with act_as(people.hanna) as actor:
        person = Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id)
        correct_participant(actor=actor, participant_id=person.pk, nationality="deutsch", now=moment)
        with pytest.raises(Refused):
            confirm_release(actor=actor, case_id=made.case_id, released_on=day_of(moment), now=moment)
