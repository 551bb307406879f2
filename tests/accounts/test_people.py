"""Names, factors, leaving: who may, and what ends with it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from ina.access.operations.offboarding import off_board_person
from ina.accounts.administration import get_account, positions_to_cover
from ina.accounts.models import Deputyship, Membership, RoleLabel, SessionRecord, User
from ina.accounts.operations import people as operations
from ina.accounts.operations import positions, sessions
from ina.accounts.operations.positions import Position
from ina.accounts.overview import list_accounts
from ina.accounts.queries import role_labels
from ina.base.errors import Conflict, Invalid, NotVisible, Refused


def test_rename_notices_that_somebody_was_faster(db, people, act_as, now):
    arguments = {"now": now, "user_id": people.alma.user_id, "display_name": "Alma Anders", "email": ""}
    with act_as(people.lea) as actor:
        operations.rename_person(actor=actor, version=1, **arguments)
        with pytest.raises(Conflict):
            operations.rename_person(actor=actor, version=1, **arguments)
    assert User.objects.get(pk=people.alma.user_id).display_name == "Alma Anders"


def test_rename_refuses_a_mail_that_is_none(db, people, act_as, now):
    with act_as(people.lea) as actor, pytest.raises(Invalid) as error:
        operations.rename_person(
            actor=actor, now=now, user_id=people.alma.user_id, display_name="Alma", email="keine Adresse"
        )
    assert error.value.field == "email"


@pytest.mark.parametrize(("who", "whom", "expected"), [
    ("lea", "alma", None),
    ("lea", "cem", NotVisible),  # another carrier: hidden
    ("lea", "gero", NotVisible),
    ("lea", "dora", Refused),  # seen as hers, but a participant's account is not hers to take over
    ("gero", "cem", None),
    ("gero", "gero", Refused),
    ("alma", "bert", NotVisible),
    ("jan", "alma", NotVisible),
    ("karl", "alma", NotVisible),
])  # fmt: skip
def test_factors_are_reset_by_the_administration_in_charge_only(db, people, act_as, now, who, whom, expected):
    user_id = people[whom].user_id
    Authenticator.objects.create(user_id=user_id, type="totp", data={"secret": "x"})
    with act_as(people[who]) as actor:
        if expected is None:
            operations.reset_factors(actor=actor, now=now, user_id=user_id)
        else:
            with pytest.raises(expected):
                operations.reset_factors(actor=actor, now=now, user_id=user_id)
    assert Authenticator.objects.filter(user_id=user_id).exists() is (expected is not None)


def test_carrier_cannot_take_over_a_system_administrator_who_also_works_there(db, people, act_as, now):
    Membership.objects.create(
        user_id=people.gero.user_id, institution_id=people.lea.institution_id, role="CASE_MANAGER", starts_on=now.date()
    )
    with act_as(people.lea) as actor, pytest.raises(Refused):
        operations.reset_factors(actor=actor, now=now, user_id=people.gero.user_id)


def test_deactivation_ends_every_session(db, people, act_as, now, client_of):
    client = client_of(people.alma)
    assert Session.objects.filter(pk=client.session.session_key).exists()
    with act_as(people.lea) as actor:
        operations.deactivate_account(actor=actor, now=now, user_id=people.alma.user_id)
    assert not Session.objects.filter(pk=client.session.session_key).exists()
    assert not SessionRecord.objects.running().filter(user=people.alma.user_id).exists()


def test_one_session_ends_and_the_other_goes_on(db, people, act_as, now, client_of):
    first, second = client_of(people.alma), client_of(people.alma)
    record = SessionRecord.objects.filter(user=people.alma.user_id).order_by("pk").first()
    with act_as(people.alma) as actor:
        sessions.end_session(actor=actor, now=now, sessionrecord_id=record.pk)
    assert not Session.objects.filter(pk=first.session.session_key).exists()
    assert Session.objects.filter(pk=second.session.session_key).exists()


def test_nobody_ends_a_session_of_somebody_else(db, people, act_as, now, client_of):
    client_of(people.alma)
    record = SessionRecord.objects.get(user=people.alma.user_id)
    with act_as(people.bert) as actor, pytest.raises(Refused):
        sessions.end_session(actor=actor, now=now, sessionrecord_id=record.pk)


# --- leaving ------------------------------------------------------------------------------------------------------


def test_leaving_ends_everything_today_and_names_deputies(db, people, act_as, now, client_of):
    client = client_of(people.alma)
    with act_as(people.lea) as actor:
        (cover,) = positions_to_cover(actor, people.alma.user_id, now)
        assert (people.bert.membership_id, "Bert Buche") in cover.deputies
        off_board_person(
            actor=actor,
            now=now,
            user_id=people.alma.user_id,
            deputies={cover.id: people.bert.membership_id},
            until=now.date() + timedelta(days=28),
        )
    assert Membership.objects.get(pk=people.alma.membership_id).ends_on == now.date()
    assert not User.objects.get(pk=people.alma.user_id).is_active
    assert not Session.objects.filter(pk=client.session.session_key).exists()
    deputyship = Deputyship.objects.get(principal=people.alma.membership_id)
    assert (deputyship.deputy_id, deputyship.emergency) == (people.bert.membership_id, True)


def test_leaving_without_deputies_ends_those_held_for_others(db, people, act_as, now):
    held = Deputyship.objects.create(
        principal_id=people.bert.membership_id,
        deputy_id=people.alma.membership_id,
        starts_on=now.date(),
        ends_on=now.date() + timedelta(days=9),
    )
    with act_as(people.lea) as actor:
        off_board_person(actor=actor, now=now, user_id=people.alma.user_id, deputies={})
    held.refresh_from_db()
    assert held.ended_at == now


def test_nobody_leaves_when_the_deputy_does_not_fit(db, people, act_as, now):
    with act_as(people.lea) as actor, pytest.raises(Invalid):
        off_board_person(
            actor=actor,
            now=now,
            user_id=people.alma.user_id,
            deputies={people.alma.membership_id: people.cem.membership_id},
            until=now.date(),
        )
    assert User.objects.get(pk=people.alma.user_id).is_active


# --- positions ----------------------------------------------------------------------------------------------------


def position(people, now, **changes):
    arguments = {"role": "CASE_MANAGER", "institution_id": people.lea.institution_id, "starts_on": now.date()}
    return Position(**(arguments | changes))


def test_position_is_added_and_ended(db, people, act_as, now):
    with act_as(people.lea) as actor:
        membership = positions.add_position(
            actor=actor,
            now=now,
            user_id=people.jan.user_id,
            position=position(people, now, place_id=people.jan.place_id),
        )
        positions.end_position(actor=actor, now=now, membership_id=membership.pk, version=1, last_day_on=now.date())
        with pytest.raises(Conflict):
            positions.end_position(actor=actor, now=now, membership_id=membership.pk, version=1, last_day_on=now.date())
    membership.refresh_from_db()
    assert membership.ends_on == now.date()


@pytest.mark.parametrize(("changes", "field"), [
    ({"role": "KING"}, "role"),
    ({"starts_on": None}, "starts_on"),
    ({"institution_id": 0}, "institution_id"),
])  # fmt: skip
def test_position_that_cannot_be_is_named(db, people, act_as, now, changes, field):
    with act_as(people.gero) as actor, pytest.raises(Invalid) as error:
        positions.add_position(
            actor=actor, now=now, user_id=people.jan.user_id, position=position(people, now, **changes)
        )
    assert error.value.field == field


def test_place_must_be_a_prison_and_team_of_the_institution(db, people, act_as, now):
    for changes, field in (
        ({"place_id": people.mia.institution_id}, "place_id"),
        ({"team_id": people.cem.team_id}, "team_id"),
    ):
        with act_as(people.lea) as actor, pytest.raises(Invalid) as error:
            positions.add_position(
                actor=actor, now=now, user_id=people.jan.user_id, position=position(people, now, **changes)
            )
        assert error.value.field == field


def test_same_position_twice_at_a_time_is_a_conflict(db, people, act_as, now):
    twin = position(people, now, place_id=people.alma.place_id, team_id=people.alma.team_id)
    with act_as(people.lea) as actor, pytest.raises(Conflict):
        positions.add_position(actor=actor, now=now, user_id=people.alma.user_id, position=twin)


def test_nobody_gives_themselves_a_position(db, people, act_as, now):
    for who in ("lea", "gero"):
        with act_as(people[who]) as actor, pytest.raises(Refused):
            positions.add_position(
                actor=actor, now=now, user_id=people[who].user_id, position=position(people, now, role="TEAM_LEAD")
            )


def test_team_is_dissolved_when_empty(db, people, act_as, now):
    with act_as(people.lea) as actor:
        team = positions.open_team(actor=actor, now=now, institution_id=people.lea.institution_id, name="Team Neu")
        positions.dissolve_team(actor=actor, now=now, team_id=team.pk)
        with pytest.raises(Invalid):
            positions.dissolve_team(actor=actor, now=now, team_id=people.alma.team_id)
        with pytest.raises(Refused):
            positions.open_team(actor=actor, now=now, institution_id=people.cem.institution_id, name="Team Fremd")


def test_role_is_called_otherwise_and_back_again(db, people, act_as, now):
    with act_as(people.gero) as actor:
        positions.label_role(actor=actor, now=now, role="CASE_MANAGER", label="Übergangsmanagerin")
        assert role_labels()["CASE_MANAGER"] == "Übergangsmanagerin"
        positions.label_role(actor=actor, now=now, role="CASE_MANAGER", label="")
    assert not RoleLabel.objects.exists()
    with act_as(people.lea) as actor, pytest.raises(Refused):
        positions.label_role(actor=actor, now=now, role="CASE_MANAGER", label="Chef")


# --- lists --------------------------------------------------------------------------------------------------------


def test_list_shows_a_carrier_its_own_people_only(db, people, act_as, now):
    with act_as(people.lea) as actor:
        names = {row.username for row in list_accounts(actor, now=now).rows}
    assert names == {"alma", "bert", "dora", "jan", "lea", "nils"}
    with act_as(people.gero) as actor:
        assert {row.username for row in list_accounts(actor, now=now).rows} == {member.key for member in people}


def test_list_is_searched_and_paged(db, people, act_as, now, monkeypatch):
    monkeypatch.setattr("ina.accounts.overview.PAGE", 2)
    with act_as(people.lea) as actor:
        first = list_accounts(actor, now=now)
        last = list_accounts(actor, now=now, page=3)
        found = list_accounts(actor, search="buche ber", now=now)
    assert ([row.username for row in first.rows], first.has_next) == (["alma", "bert"], True)
    assert ([row.username for row in last.rows], last.has_next) == (["lea", "nils"], False)
    assert [row.username for row in found.rows] == ["bert"]


def test_list_has_the_same_number_of_queries_for_any_number_of_rows(db, people, act_as, now, django_assert_num_queries):
    with act_as(people.gero) as actor:
        for search in ("alma", "a"):
            with django_assert_num_queries(5):
                list_accounts(actor, search=search, now=now)


def test_account_is_hidden_from_who_does_not_administer_it(db, people, act_as, now):
    with act_as(people.lea) as actor, pytest.raises(NotVisible):
        get_account(actor, "cem", now)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        get_account(actor, "alma", now)


def test_sessions_are_forgotten_after_their_time(db, people, client_of, clock, now):
    from ina.base.actor import System

    client_of(people.alma)
    assert sessions.forget_sessions(actor=System("nightly"), now=now + timedelta(days=89)) == 0
    assert sessions.forget_sessions(actor=System("nightly"), now=now + timedelta(days=91)) == 1
