"""Who acts, and who may see what of whom."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef, Subquery

from ina.access.enums import Basis, Compartment
from ina.access.models import Block, Consent, Dossier, Draft, EmergencyAccess
from ina.access.rules import labels_of
from ina.accounts.enums import Role
from ina.accounts.models import Deputyship, Membership, RoleLabel
from ina.base.actor import Actor, Person
from ina.base.errors import NotVisible
from ina.base.together import Read, SqlRead

NUMBER = re.compile(r"[0-9]{4}-[0-9]{5,12}")
# Roles that see the files granted to their institution as such. Each other role sees by its own grants only.
BY_INSTITUTION = frozenset({Role.PRISON_SOCIAL, Role.CHAMBER_COORDINATOR})
# Roles that read what was sent to their institution (the inbox). Nothing of a file is ever granted to it for them.
RECEIVING = frozenset({Role.AGENCY, Role.PROBATION, Role.PROVIDER})
BY_TEAM = frozenset({Role.TEAM_LEAD})
# Administration, data protection, evaluation and steering never see a file, whatever anybody granted.
WITHOUT_FILES = frozenset(
    {Role.SYSTEM_ADMIN, Role.CARRIER_ADMIN, Role.DATA_PROTECTION, Role.EVALUATOR, Role.MINISTRY, Role.FUNDER}
    | {Role.STEERING}
)


def positions_of(user, on: date) -> list[Membership]:
    """The positions of a user on a day, oldest first: all that a page needs of them, in one query.

    Each brings its holders, ``role_label`` (None: as delivered) and ``deputises`` (whether it stands in for somebody).
    """
    standing_in = Deputyship.objects.filter(deputy=OuterRef("pk"), ended_at=None, starts_on__lte=on, ends_on__gte=on)
    label = RoleLabel.objects.filter(role=OuterRef("role")).values("label")[:1]
    return list(
        Membership.objects.running_on(on)
        .filter(user=user)
        .select_related("holder", "institution__holder", "place", "team__holder")
        .annotate(role_label=Subquery(label), deputises=Exists(standing_in))
        .order_by("starts_on", "pk")
    )


def actor_for(membership: Membership) -> Person:
    """The actor of a user in this position, with the holders on whose grants they see files."""
    role = Role(membership.role)
    holders: list[int] = []
    if role not in WITHOUT_FILES:
        holders.append(membership.holder.pk)
        if role in BY_TEAM and membership.team:
            holders.append(membership.team.holder.pk)
        if role in BY_INSTITUTION | RECEIVING:
            holders.append(membership.institution.holder.pk)
    return Person(
        id=membership.user_id,
        membership=membership.pk,
        role_code=role.value,
        institution_id=membership.institution_id,
        holder_ids=tuple(holders),
        own_holder=holders[0] if holders else None,
        team_id=membership.team_id,
        deputises=getattr(membership, "deputises", True),
    )


def get_dossier(actor: Actor, number: str) -> Dossier:
    """The dossier with this public number; NotVisible when hidden or absent."""
    if not NUMBER.fullmatch(number):
        raise NotVisible()
    dossier = Dossier.objects.visible_to(actor).filter(number=number).first()
    if dossier is None:
        raise NotVisible()
    return dossier


@dataclass(frozen=True)
class AccessLine:
    """One line of "who sees what and why"."""

    name: str
    role: str
    basis: str
    compartments: tuple[str, ...]
    since: datetime
    until: datetime | None
    running: bool


CIRCLE = SqlRead("""
SELECT seen.compartments, lower(seen.valid), upper(seen.valid), seen.basis,
    coalesce(person.display_name, team.name, institution.short_name),
    position.role, coalesce(employer.short_name, carrier.short_name)
FROM access_circle(%(dossier_id)s) seen
JOIN access_holder holder ON holder.id = seen.holder_id
LEFT JOIN accounts_membership position ON position.id = holder.membership_id
LEFT JOIN accounts_user person ON person.id = position.user_id
LEFT JOIN institutions_institution employer ON employer.id = position.institution_id
LEFT JOIN accounts_team team ON team.id = holder.team_id
LEFT JOIN institutions_institution carrier ON carrier.id = team.institution_id
LEFT JOIN institutions_institution institution ON institution.id = holder.institution_id
WHERE NOT isempty(seen.valid)
ORDER BY upper(seen.valid) DESC NULLS FIRST, lower(seen.valid) DESC, seen.id
""")


def list_access(actor: Actor, dossier_id: int, now: datetime) -> list[AccessLine]:
    """All grants on a visible dossier, running ones first."""
    return access_from(CIRCLE.rows(dossier_id=dossier_id), now)


def access_from(rows: Iterable[tuple], now: datetime) -> list[AccessLine]:
    """``list_access`` from the rows of ``CIRCLE``."""
    return [
        AccessLine(
            name=name,
            role=_described(role, house),
            basis=Basis(basis).label,
            compartments=tuple(labels_of(mask)),
            since=since,
            until=until,
            running=since <= now and (until is None or until > now),
        )
        for mask, since, until, basis, name, role, house in rows
    ]


def dossier_numbers(ids: Iterable[int]) -> dict[int, str]:
    """Public numbers of dossiers by id, for lines of a check. Nothing for anybody who is not checking."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT dossier_id, number FROM access_dossier_numbers(%s)", [list(ids)])
        return dict(cursor.fetchall())


def dossier_numbered(number: str) -> int | None:
    """The id of the dossier with this number, for a check. None when absent, or when nobody is checking."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_dossier_numbered(%s)", [number])
        return cursor.fetchone()[0]


def only_demo_dossiers() -> bool:
    """No dossier of a real person exists (asked before demo data are loaded or dropped)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_only_demo()")
        return cursor.fetchone()[0]


def bases_of(actor: Actor, row) -> frozenset[str]:
    """On which bases the actor holds live grants on the dossier of ``row`` (a dossier, or a row that has one).

    Policies ask it: a role alone does not write, the act behind the grant does. Remembered on the row.
    """
    known = row.__dict__.setdefault("known_bases", {})
    if actor.holders not in known:
        dossier_id = row.pk if isinstance(row, Dossier) else row.dossier_id
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT basis FROM access_circle(%s) WHERE holder_id = ANY(%s) AND valid @> now()",
                [dossier_id, list(actor.holders)],
            )
            known[actor.holders] = frozenset(basis for (basis,) in cursor.fetchall())
    return known[actor.holders]


def remember_bases(actor: Actor, rows: Iterable) -> None:
    """What ``bases_of`` answers for each of these rows, asked in one statement."""
    rows = list(rows)
    ids = list({row.dossier_id for row in rows})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one, array_agg(DISTINCT basis) FROM unnest(%s::bigint[]) one, access_circle(one)"
            " WHERE holder_id = ANY(%s) AND valid @> now() GROUP BY one",
            [ids, list(actor.holders)],
        )
        found = {dossier_id: frozenset(bases) for dossier_id, bases in cursor.fetchall()}
    for row in rows:
        row.__dict__.setdefault("known_bases", {})[actor.holders] = found.get(row.dossier_id, frozenset())


def has_running_grant(dossier_id: int, holder_id: int, basis: Basis) -> bool:
    """Whether this holder sees the dossier on this basis now; asked inside operations that the actor may do."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM access_circle(%s) WHERE holder_id = %s AND basis = %s AND valid @> now())",
            [dossier_id, holder_id, str(basis)],
        )
        return cursor.fetchone()[0]


def opened_to(actor: Actor, dossier_id: int) -> Compartment:
    """Which compartments of a dossier the actor may see now; asked by pages that show a part for each."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(bit_or(compartments), 0) FROM access_grant"
            " WHERE dossier_id = %s AND holder_id = ANY (%s) AND valid @> now()",
            [dossier_id, list(actor.holders)],
        )
        return Compartment(cursor.fetchone()[0])


def drafts_of(actor: Actor, keys: Iterable[str]) -> dict[str, Draft]:
    """What the actor has typed into these forms and not sent, by key. Theirs alone."""
    mine = Draft.objects.visible_to(actor).filter(holder_id=getattr(actor, "own_holder", None))
    return {draft.key: draft for draft in mine.filter(key__in=list(keys))}


def draft_of(actor: Actor, key: str) -> Draft | None:
    return drafts_of(actor, [key]).get(key)


CONSENTS = Read(
    lambda given: (
        Consent.objects.visible_to(given.actor)
        .filter(dossier_id=given.dossier_id)
        .select_related("recipient", "recorded_by__user", "voided_by__user")
    )
)


def list_consents(actor: Actor, dossier_id: int, *, voided: bool = False) -> list[Consent]:
    """Consents of a dossier, running ones first, newest first; ``voided``: those that were never given too."""
    rows = CONSENTS.rows(actor=actor, dossier_id=dossier_id)
    return consents_from(row for row in rows if voided or not row.is_voided)


def consents_from(rows: Iterable[Consent]) -> list[Consent]:
    """``list_consents`` from the rows of ``CONSENTS``."""
    return sorted(
        rows, key=lambda c: (c.withdrawn_on is not None or c.replaced_by_id is not None, -c.given_on.toordinal(), c.pk)
    )


def running_purposes(actor: Actor, dossier_id: int, on: date) -> set[str]:
    """Purposes of the consents that hold on a day."""
    return {
        consent.purpose
        for consent in Consent.objects.visible_to(actor).standing().filter(dossier_id=dossier_id, given_on__lte=on)
        if consent.runs_on(on)
    }


def list_unreviewed_emergencies(actor: Actor) -> list[EmergencyAccess]:
    """Emergency accesses that wait for a review, on dossiers that the actor sees, newest first."""
    return list(
        EmergencyAccess.objects.visible_to(actor)
        .filter(reviewed_at=None)
        .select_related("dossier", "holder__membership__user")
        .order_by("-opened_at")[:50]
    )


def list_blocks(actor: Actor, dossier_id: int) -> list[Block]:
    """Running blocks for conflict of interest on a visible dossier."""
    return list(
        Block.objects.visible_to(actor)
        .filter(dossier_id=dossier_id, lifted_at=None)
        .select_related("user")
        .order_by("pk")
    )


def _described(role: str | None, house: str | None) -> str:
    """What holds a grant: a position in a house, a team of one, or the institution itself."""
    if role:
        return f"{Role(role).label}, {house}"
    return f"Team, {house}" if house else "Institution"
