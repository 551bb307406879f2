"""Invitations: once, in time, and nothing readable in the database."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from ina.accounts.models import Invitation, User
from ina.accounts.operations import invitations
from ina.accounts.operations.people import deactivate_account
from ina.accounts.operations.positions import Position
from ina.accounts.queries import find_invitation
from ina.base.actor import NOBODY, System
from ina.base.errors import Invalid, NotVisible, Refused

PASSWORD = "vier-woerter-ohne-zusammenhang"


@pytest.fixture
def invite(db, act_as, people, now):
    def make(by="lea", **changes):
        member = people[by]
        arguments = {
            "username": "neu.hier",
            "display_name": "Nele Neu",
            "positions": [Position("CASE_MANAGER", people.lea.institution_id, starts_on=now.date())],
        } | changes
        with act_as(member) as actor:
            return invitations.invite_person(actor=actor, now=now, **arguments)

    return make


def accept(code, now, password=PASSWORD):
    return invitations.accept_invitation(actor=NOBODY, now=now, code=code, password=password)


def test_invitation_gives_password_and_codes_to_print(invite, now):
    invited = invite()
    accepted = accept(invited.code, now)
    user = User.objects.get(username="neu.hier")
    assert user.check_password(PASSWORD)
    assert len(accepted.recovery_codes) == 20
    assert [factor.type for factor in Authenticator.objects.filter(user=user)] == ["recovery_codes"]


def test_code_may_be_typed_in_small_letters_with_gaps(invite, now):
    invited = invite()
    assert find_invitation(f" {invited.code.lower().replace('-', '  ')} ", now).username == "neu.hier"


def test_code_is_not_in_the_database(invite):
    invited = invite()
    stored = Invitation.objects.get(user_id=invited.user_id).token_hash
    assert invited.code not in stored
    assert invited.code.replace("-", "") not in stored


def test_secret_of_printed_codes_is_encrypted(invite, now):
    invited = invite()
    codes = accept(invited.code, now).recovery_codes
    seed = Authenticator.objects.get(user_id=invited.user_id).data["seed"]
    assert seed.startswith("gAAAA")  # the mark of a Fernet token; allauth's own seed is 80 hexadecimal signs
    assert not any(code in seed for code in codes)


@pytest.mark.parametrize("case", ["unknown", "used", "expired", "revoked", "renewed", "deactivated"])
def test_unusable_codes_look_the_same(invite, now, act_as, people, case):
    invited = invite()
    code, at = invited.code, now
    match case:
        case "unknown":
            code = "AAAA-BBBB-CCCC"
        case "used":
            accept(code, now)
        case "expired":
            at = now + timedelta(days=7)
        case "revoked":
            with act_as(people.lea) as actor:
                pk = Invitation.objects.get(user_id=invited.user_id).pk
                invitations.revoke_invitation(actor=actor, now=now, invitation_id=pk)
        case "renewed":
            with act_as(people.lea) as actor:
                invitations.renew_invitation(actor=actor, now=now, user_id=invited.user_id)
        case "deactivated":
            with act_as(people.lea) as actor:
                deactivate_account(actor=actor, now=now, user_id=invited.user_id)
    with pytest.raises(NotVisible) as at_look:
        find_invitation(code, at)
    with pytest.raises(NotVisible) as at_use:
        accept(code, at)
    assert at_look.value.message == at_use.value.message == ""


def test_last_moment_counts(invite, now):
    invited = invite()
    assert find_invitation(invited.code, invited.expires_at - timedelta(seconds=1))


def test_weak_password_uses_nothing_up(invite, now):
    invited = invite()
    with pytest.raises(Invalid) as error:
        accept(invited.code, now, password="kurz")
    assert error.value.field == "password"
    assert find_invitation(invited.code, now)


def test_renewal_keeps_a_factor_and_prints_no_way_around_it(invite, now, act_as, people):
    invited = invite()
    accept(invited.code, now)
    Authenticator.objects.filter(user_id=invited.user_id).update(type="totp")
    with act_as(people.lea) as actor:
        renewed = invitations.renew_invitation(actor=actor, now=now, user_id=invited.user_id)
    assert accept(renewed.code, now, "ganz-anderes-neues-kennwort").recovery_codes == ()
    assert [factor.type for factor in Authenticator.objects.filter(user_id=invited.user_id)] == ["totp"]


@pytest.mark.parametrize("username", ["Ab", "ü" * 5, "mit leer", "-vorn", "x" * 41])
def test_user_names_are_easy_to_type(invite, username):
    with pytest.raises(Invalid) as error:
        invite(username=username)
    assert error.value.field == "username"


def test_user_name_is_taken_in_any_case(invite):
    with pytest.raises(Invalid) as error:
        invite(username="ALMA")
    assert error.value.field == "username"


def test_carrier_invites_only_for_itself(invite, people, now):
    elsewhere = Position("CASE_MANAGER", people.cem.institution_id, starts_on=now.date())
    with pytest.raises(Refused):
        invite(positions=[elsewhere])
    with pytest.raises(Refused):
        invite(positions=[Position("SYSTEM_ADMIN", people.lea.institution_id, starts_on=now.date())])
    assert not User.objects.filter(username="neu.hier").exists()


def test_case_manager_invites_nobody(invite):
    with pytest.raises(Refused):
        invite(by="alma")


# --- the first administrator --------------------------------------------------------------------------------------


def first(people, now, **changes):
    arguments = {"username": "verwaltung", "display_name": "Verwaltung", "institution_id": people.gero.institution_id}
    return invitations.invite_administrator(actor=System("test"), now=now, **(arguments | changes))


def test_first_administrator_needs_none_before(db, people, now):
    with pytest.raises(Refused):
        first(people, now)
    User.objects.filter(pk=people.gero.user_id).update(is_active=False)
    assert accept(first(people, now).code, now).username == "verwaltung"
    with pytest.raises(Refused):
        first(people, now, username="zweite")


def test_renew_helps_when_all_lost_their_access(db, people, now):
    invited = first(people, now, username="gero", renew=True)
    assert invited.user_id == people.gero.user_id
    assert User.objects.get(pk=people.gero.user_id).memberships.count() == 1


def test_administrator_is_not_invited_by_a_person(db, people, now, act_as):
    with act_as(people.gero) as actor, pytest.raises(Refused):
        invitations.invite_administrator(
            actor=actor, now=now, username="x.y", display_name="X", institution_id=people.gero.institution_id
        )
