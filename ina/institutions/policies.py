"""Who may change organisations. Everybody who is logged in may read them: offices, firms and offers are no secret."""

from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if
from ina.institutions.enums import Kind

ALL_KINDS = frozenset(Kind)
KINDS_BY_ROLE = {
    "SYSTEM_ADMIN": ALL_KINDS,
    "NETWORK_COORDINATOR": frozenset({Kind.FIRM, Kind.PROVIDER, Kind.PROBATION, Kind.OTHER}),
    "CHAMBER_COORDINATOR": frozenset({Kind.FIRM}),
}
REASON = (
    "Diese Einrichtung pflegt die Systemverwaltung; Partner auch die Netzwerkkoordination, Betriebe auch die Kammer."
)


def editable_kinds(actor: Actor) -> frozenset[Kind]:
    """The kinds of organisations that this actor may add and change."""
    return KINDS_BY_ROLE.get(actor.role, frozenset())


def may_add_some_institution(actor: Actor) -> Verdict:
    return allowed_if(bool(editable_kinds(actor)), REASON)


def may_edit_kind(actor: Actor, kind: Kind) -> Verdict:
    return allowed_if(kind in editable_kinds(actor), REASON)


def may_edit_institution(actor: Actor, institution) -> Verdict:
    return may_edit_kind(actor, Kind(institution.kind))


def may_assign_some_competence(actor: Actor) -> Verdict:
    """Districts of offices and carriers of regions decide about many cases at once."""
    return allowed_if(editable_kinds(actor) == ALL_KINDS, "Bezirke und Beauftragungen pflegt die Systemverwaltung.")


def may_assign_competence(actor: Actor, institution) -> Verdict:
    return may_assign_some_competence(actor)
