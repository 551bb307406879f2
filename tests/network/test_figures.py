"""The night counts what became of referrals: from the acts, again and again the same, and nobody else writes it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from ina.base.actor import System
from ina.base.errors import Refused
from ina.institutions.models import Institution
from ina.network.enums import ReferralAct
from ina.network.models import PartnerFigure
from ina.network.operations import Counted, count_cooperation, move_referral
from ina.network.queries import figure_of, network_picture
from tests.factories.cases import case_for
from tests.network.disclosing import PARTNER, allow
from tests.network.test_operations import propose

NIGHT = System("count_cooperation")


def referred(people, act_as, now, count, *, moves=("SENT", "ACCEPTED", "STARTED")):
    """So many people of whom the partner heard ten days ago, a day for each act after it."""
    for _ in range(count):
        with act_as(people.alma) as actor:
            made = case_for(people.alma)
            allow(actor, made, now)
            on = (now - timedelta(days=10)).date()
            referral = propose(actor, made.case_id, now, proposed_on=on)
            for place, act in enumerate(("CONSENTED", *moves)):
                move_referral(
                    actor=actor,
                    servicereferral_id=referral.pk,
                    act=ReferralAct(act),
                    happened_on=on + timedelta(days=max(place - 1, 0)),
                    now=now,
                )


def test_counted_from_the_acts(committed_db, people, act_as, now):
    referred(people, act_as, now, 5)
    referred(people, act_as, now, 5, moves=("SENT",))
    counted = count_cooperation(actor=NIGHT, now=now)
    assert counted == Counted(referrals=10, partners=1, pairs=1)
    partner = Institution.objects.get(key=PARTNER)
    figure = figure_of(partner.pk)
    assert (figure.referrals, figure.arrived, figure.refused, figure.waiting) == (10, 5, 0, 5)
    assert (figure.answer_days, figure.arrival_days) == (1, 2)
    assert count_cooperation(actor=NIGHT, now=now) == counted
    assert PartnerFigure.objects.count() == 1
    picture = network_picture(now.date())
    assert [(line.house, line.referrals) for line in picture.lines] and picture.lines[0].referrals == 10
    assert picture.partners[0].share == 1.0
    # A killed run leaves the old numbers standing.
    with pytest.raises(RuntimeError), transaction.atomic(using="batch"):
        with connections["batch"].cursor() as cursor:
            cursor.execute("DELETE FROM network_partnerfigure")
        raise RuntimeError("killed")
    assert PartnerFigure.objects.count() == 1
    # After a year nobody remembers them.
    assert count_cooperation(actor=NIGHT, now=now + timedelta(days=400)) == Counted(0, 0, 0)


def test_four_people_are_too_few(committed_db, people, act_as, now):
    referred(people, act_as, now, 4)
    assert count_cooperation(actor=NIGHT, now=now) == Counted(4, 0, 0)


@pytest.mark.django_db
def test_only_the_night_counts(people, now):
    with pytest.raises(Refused):
        count_cooperation(actor=people.gero.actor, now=now)


@pytest.mark.django_db
def test_the_application_cannot_write_numbers(people):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM network_partnerfigure")
