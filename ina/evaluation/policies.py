"""Who may read figures, and who makes them."""

from ina.accounts.enums import Role
from ina.base.actor import Actor, System
from ina.base.policy import Verdict, allowed_if

READ_FIGURES = frozenset({Role.EVALUATOR, Role.MINISTRY, Role.FUNDER, Role.STEERING})


def may_read_figures(actor: Actor) -> Verdict:
    """Aggregates only; nobody who reads figures here sees a case."""
    return allowed_if(
        actor.role in READ_FIGURES, "Die Auswertung lesen Kriminologischer Dienst, Ministerien und Steuerung."
    )


def may_rebuild_facts(actor: Actor) -> Verdict:
    return allowed_if(isinstance(actor, System), "Die Auswertungsdaten baut nur der nächtliche Lauf neu.")
