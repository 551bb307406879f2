"""Who may administer accounts. Administrators of accounts never see a file; nobody changes their own powers."""

from __future__ import annotations

from django.conf import settings

from ina.accounts.enums import CARRIER_ROLES, Role
from ina.accounts.models import Invitation, Membership, SessionRecord, Team, User
from ina.base.actor import Actor, System
from ina.base.policy import ALLOWED, Verdict, allowed_if, first_refusal, refused

ADMINISTRATION = frozenset({Role.SYSTEM_ADMIN, Role.CARRIER_ADMIN})
NOT_ADMINISTRATION = "Konten verwaltet die Systemadministration, die eines Trägers auch dessen Kontenverwaltung."
NOT_YOURSELF = "Das eigene Konto ändert jemand anderes aus der Verwaltung."
ELSEWHERE = "Dieses Konto hat oder hatte Stellen außerhalb Ihres Trägers. Zuständig ist die Systemadministration."


def may_list_accounts(actor: Actor) -> Verdict:
    return allowed_if(actor.role in ADMINISTRATION, NOT_ADMINISTRATION)


def may_invite_person(actor: Actor) -> Verdict:
    return may_list_accounts(actor)


def may_invite_administrator(actor: Actor) -> Verdict:
    return allowed_if(isinstance(actor, System), "Das geht nur auf dem Server: script/ina invite_administrator.")


def may_give_position(actor: Actor, role: str, institution_id: int) -> Verdict:
    """Asked with the position itself: a carrier gives the roles of case work, at itself."""
    if actor.role == Role.SYSTEM_ADMIN:
        return ALLOWED
    return first_refusal(
        may_list_accounts(actor),
        allowed_if(role in CARRIER_ROLES, "Diese Rolle vergibt die Systemadministration."),
        allowed_if(institution_id == _carrier(actor), "Stellen vergeben Sie nur bei Ihrem Träger."),
    )


def may_add_position(actor: Actor, user: User) -> Verdict:
    return first_refusal(
        may_list_accounts(actor),
        allowed_if(user.pk != actor.user_id, NOT_YOURSELF),
    )


def may_end_position(actor: Actor, membership: Membership) -> Verdict:
    return first_refusal(
        may_give_position(actor, membership.role, membership.institution_id),
        allowed_if(membership.user_id != actor.user_id, NOT_YOURSELF),
    )


def may_state_secrecy(actor: Actor, membership: Membership) -> Verdict:
    return may_end_position(actor, membership)


def may_rename_person(actor: Actor, user: User) -> Verdict:
    return _may_administer(actor, user)


def may_renew_invitation(actor: Actor, user: User) -> Verdict:
    return first_refusal(
        _may_administer(actor, user),
        allowed_if(user.is_active, "Dieses Konto ist stillgelegt. Nehmen Sie es zuerst wieder in Betrieb."),
    )


def may_revoke_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    return first_refusal(
        _may_administer(actor, invitation.user),
        allowed_if(invitation.used_at is None, "Diese Einladung ist schon benutzt."),
    )


def may_accept_invitation(actor: Actor) -> Verdict:
    """The secret of the invitation is the authority; who holds it need not be anybody yet."""
    return ALLOWED


def may_reset_factors(actor: Actor, user: User) -> Verdict:
    return _may_administer(actor, user)


def may_deactivate_account(actor: Actor, user: User) -> Verdict:
    return first_refusal(
        _may_administer(actor, user), allowed_if(user.is_active, "Dieses Konto ist schon stillgelegt.")
    )


def may_off_board(actor: Actor, user: User) -> Verdict:
    return _may_administer(actor, user)


def may_reactivate_account(actor: Actor, user: User) -> Verdict:
    return first_refusal(_may_administer(actor, user), allowed_if(not user.is_active, "Dieses Konto ist in Betrieb."))


def may_open_team(actor: Actor) -> Verdict:
    return may_list_accounts(actor)


def may_dissolve_team(actor: Actor, team: Team) -> Verdict:
    return first_refusal(
        may_give_position(actor, Role.CASE_MANAGER, team.institution_id),
        allowed_if(team.ended_on is None, "Dieses Team ist schon aufgelöst."),
    )


def may_label_role(actor: Actor) -> Verdict:
    return allowed_if(actor.role == Role.SYSTEM_ADMIN, "Bezeichnungen der Rollen ändert die Systemadministration.")


def may_end_session(actor: Actor, record: SessionRecord) -> Verdict:
    return allowed_if(record.user_id == actor.user_id, "Beenden können Sie nur eigene Sitzungen.")


def may_maintain(actor: Actor) -> Verdict:
    return allowed_if(isinstance(actor, System), "Das erledigt die Anlage selbst.")


def _may_administer(actor: Actor, user: User) -> Verdict:
    """Change the account itself: for a carrier only where every position ever held is one that it may give.

    Otherwise a carrier could take over the account of a system administrator by a new invitation.
    """
    if user.pk == actor.user_id:
        return refused(NOT_YOURSELF)
    if actor.role == Role.SYSTEM_ADMIN:
        return ALLOWED
    return first_refusal(
        may_list_accounts(actor),
        allowed_if(
            all(may_give_position(actor, one.role, one.institution_id) for one in user.memberships.all()), ELSEWHERE
        ),
    )


def _carrier(actor: Actor) -> int | None:
    return getattr(actor, "institution_id", None)


def may_add_demo_person(actor: Actor) -> Verdict:
    return first_refusal(
        may_maintain(actor),
        allowed_if(settings.DEMO, "Erfundene Personen gibt es nur in der Vorführung."),
    )
