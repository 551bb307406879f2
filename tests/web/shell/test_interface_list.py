"""Schnittstellen: true to what exists, with the last use from the trail and no word about whom."""

import pytest
from django.test import override_settings

from ina.exchange.interfaces import Status, interfaces
from tests.factories.cases import case_for
from tests.network.disclosing import allow, send

pytestmark = pytest.mark.django_db(databases=["default", "log"])
EXPECTED = ("BASIS-Web", "SoPart", "VerBIS", "EMAW", "ESF-Portal", "Jobbörse")


def test_all_that_somebody_may_expect_is_told(people, client_of):
    text = client_of(people.ede).get("/schnittstellen/").content.decode()
    for name in EXPECTED:
        assert name in text
    assert "ausgeschaltet" in text and "noch nie" in text


def test_what_is_not_connected_moves_nothing():
    for one in interfaces(mail_is_on=False):
        if one.status is Status.NONE:
            assert not one.comes_in and not one.goes_out and one.instead, one.name
        else:
            assert one.comes_in or one.goes_out, one.name


def test_the_last_use_is_that_of_the_trail(people, client_of, act_as, now):
    made = case_for(people.alma, surname="Beifuß")
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        send(actor, made, now)
    rows = client_of(people.ede).get("/schnittstellen/").context["rows"]
    row = next(row for row in rows if row.one.name == "Übermittlungen an Stellen")
    assert row.last_used == now
    assert "Beifuß" not in client_of(people.ede).get("/schnittstellen/").content.decode()


def test_mail_switched_on_is_said(people, client_of):
    given = {
        "EMAIL_HOST": "localhost",
        "NEUTRAL_MAIL_FROM": "post@example.org",
        "PUBLIC_ADDRESS": "https://example.org",
    }
    with override_settings(**given):
        assert "eingeschaltet" in client_of(people.alma).get("/schnittstellen/").content.decode()
