"""Positions: who works where in which role, from a day until a day; and the teams they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ina.accounts import policies
from ina.accounts.enums import Role
from ina.accounts.models import Membership, RoleLabel, Team, User
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid
from ina.base.operation import note, operation
from ina.institutions.enums import Kind
from ina.institutions.models import Institution
from ina.reference.queries import code_labels

LONGEST_LABEL = 80


@dataclass(frozen=True)
class Position:
    """A position to be given. ``place_id``: the prison where somebody of a carrier works."""

    role: str
    institution_id: int
    place_id: int | None = None
    team_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    # Code of secrecy_grounds; empty: bound by none.
    secrecy: str = ""


def add(user: User, position: Position) -> Membership:
    """The row itself, as part of an operation that asked who may. Raises Invalid."""
    if position.role not in set(Role):
        raise Invalid("Diese Rolle gibt es nicht.", "role")
    if position.starts_on is None:
        raise Invalid("Bitte geben Sie an, ab wann die Stelle gilt.", "starts_on")
    institution = Institution.objects.filter(pk=position.institution_id).first()
    if institution is None:
        raise Invalid("Diese Einrichtung gibt es nicht.", "institution_id")
    if (
        position.place_id
        and not Institution.objects.filter(pk=position.place_id, kind__in=[Kind.PRISON, Kind.YOUTH_ARREST]).exists()
    ):
        raise Invalid("Der Arbeitsort ist eine Justizvollzugs- oder Jugendarrestanstalt.", "place_id")
    if (
        position.team_id
        and not Team.objects.filter(pk=position.team_id, institution=institution, ended_on=None).exists()
    ):
        raise Invalid("Dieses Team gibt es bei dieser Einrichtung nicht.", "team_id")
    membership = Membership(
        user=user,
        institution=institution,
        place_id=position.place_id,
        team_id=position.team_id,
        role=str(position.role),
        secrecy=position.secrecy,
        starts_on=position.starts_on,
        ends_on=position.ends_on,
    )
    membership.full_clean()
    _refuse_twin(membership)
    membership.save(force_insert=True)
    return membership


@operation("accounts.add_position", may=policies.may_add_position, on=User)
def add_position(user: User, *, actor: Actor, now: datetime, position: Position) -> Membership:
    """One more position for an account. A carrier gives its own roles at itself only."""
    policies.may_give_position(actor, position.role, position.institution_id).require()
    membership = add(user, position)
    note(user=user.pk, membership=membership.pk, role=membership.role, institution=membership.institution_id)
    return membership


@operation("accounts.end_position", may=policies.may_end_position, on=Membership)
def end_position(membership: Membership, *, actor: Actor, now: datetime, last_day_on: date) -> None:
    """The position ends with this day; everything granted to it is out of sight from the next. Raises Invalid."""
    if last_day_on < membership.starts_on:
        raise Invalid(f"Die Stelle beginnt erst am {membership.starts_on:%d.%m.%Y}.", "last_day_on")
    if last_day_on < day_of(now):
        raise Invalid("Der letzte Tag liegt in der Vergangenheit.", "last_day_on")
    membership.ends_on = last_day_on
    membership.version += 1
    membership.save(update_fields=["ends_on", "version"])
    note(user=membership.user_id, last_day=str(last_day_on))


@operation("accounts.state_secrecy", may=policies.may_state_secrecy, on=Membership)
def state_secrecy(membership: Membership, *, actor: Actor, now: datetime, secrecy: str = "") -> None:
    """By what professional secrecy (§ 203 StGB) whoever holds the position is bound; empty: by none.

    Who is bound may write confidential notes. What was written stays closed to others when that ends.
    """
    if secrecy and secrecy not in code_labels("secrecy_grounds", on=day_of(now)):
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", "secrecy")
    membership.secrecy = secrecy
    membership.version += 1
    membership.save(update_fields=["secrecy", "version"])
    note(user=membership.user_id, membership=membership.pk, secrecy=secrecy)


@operation("accounts.open_team", may=policies.may_open_team)
def open_team(*, actor: Actor, now: datetime, institution_id: int, name: str) -> Team:
    """A team of one institution; its lead sees the cases of its members."""
    policies.may_give_position(actor, Role.CASE_MANAGER, institution_id).require()
    team = Team(institution_id=institution_id, name=name.strip())
    team.full_clean()
    team.save(force_insert=True)
    note(institution=institution_id)
    return team


@operation("accounts.dissolve_team", may=policies.may_dissolve_team, on=Team)
def dissolve_team(team: Team, *, actor: Actor, now: datetime) -> None:
    """Nobody joins it any more. Refused as Invalid while somebody is in it."""
    if team.memberships.not_ended_on(day_of(now)).exists():
        raise Invalid("In diesem Team sind noch Stellen. Beenden oder verlegen Sie diese zuerst.")
    team.ended_on = day_of(now)
    team.save(update_fields=["ended_on"])


@operation("accounts.label_role", may=policies.may_label_role)
def label_role(*, actor: Actor, now: datetime, role: str, label: str) -> None:
    """What a role is called in this installation; an empty label brings the delivered one back."""
    label = label.strip()
    if role not in set(Role):
        raise Invalid("Diese Rolle gibt es nicht.", "role")
    if len(label) > LONGEST_LABEL:
        raise Invalid(f"Die Bezeichnung ist zu lang (höchstens {LONGEST_LABEL} Zeichen).", "label")
    note(role=role)
    if not label or label == Role(role).label:
        RoleLabel.objects.filter(role=role).delete()
    else:
        RoleLabel.objects.update_or_create(role=role, defaults={"label": label})


def _refuse_twin(membership: Membership) -> None:
    """Locks the account first: two forms sent at once must not both find nothing."""
    User.objects.select_for_update().filter(pk=membership.user_id).first()
    twins = membership.user.memberships.not_ended_on(membership.starts_on).filter(
        role=membership.role,
        institution=membership.institution_id,
        place=membership.place_id,
        team=membership.team_id,
    )
    if membership.ends_on:
        twins = twins.filter(starts_on__lte=membership.ends_on)
    if twins.exists():
        raise Conflict("Diese Stelle gibt es in dieser Zeit schon.")
