"""Who opens a part of a file to the chamber's coordination, and who shuts it."""

from ina.access.enums import Basis
from ina.access.policies import may_record_consent, may_write
from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal


def may_open_to_chamber(actor: Actor, consent) -> Verdict:
    """Live access by a signed sheet: whoever leads the case decides that it is needed."""
    return first_refusal(
        may_record_consent(actor, consent.dossier),
        allowed_if(
            consent.withdrawn_on is None and consent.voided_at is None and consent.replaced_by_id is None,
            "Diese Einwilligung gilt nicht mehr.",
        ),
    )


def may_close_to_chamber(actor: Actor, consent) -> Verdict:
    """Shutting harms nobody."""
    return first_refusal(
        allowed_if(actor.role in (Role.CASE_MANAGER, Role.TEAM_LEAD), "Das entscheiden Fallführung oder Teamleitung."),
        may_write(actor, consent, Basis.ASSIGNMENT, Basis.DEPUTYSHIP, Basis.TEAM),
    )


def may_read_opened(actor: Actor) -> Verdict:
    """Which profiles are open to them is decided by the grants."""
    return allowed_if(actor.role == Role.CHAMBER_COORDINATOR, "Freigegebene Profile liest die Koordination der Kammer.")
