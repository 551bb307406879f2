"""Who may tell somebody something without a consent because a life is in danger: two people, never one."""

from ina.access.enums import Basis
from ina.access.policies import may_write
from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.models import Case
from ina.cases.policies import may_document
from ina.network.models import Override


def may_ask_override(actor: Actor, case: Case) -> Verdict:
    """Also before the admission: a danger does not wait for a signature."""
    return may_document(actor, case)


def may_decide_override(actor: Actor, override: Override) -> Verdict:
    """The lead of the team, who leads the case with them, or who stands in; never the one who asked."""
    return first_refusal(
        allowed_if(
            actor.role in (Role.TEAM_LEAD, Role.CASE_MANAGER), "Im Notfall entscheidet Teamleitung oder Vertretung mit."
        ),
        may_write(actor, override, Basis.TEAM, Basis.ASSIGNMENT, Basis.DEPUTYSHIP),
        allowed_if(
            override.asked_by.user_id != actor.user_id, "Wer die Weitergabe verlangt, bestätigt sie nicht selbst."
        ),
    )


def may_end_override(actor: Actor, override: Override) -> Verdict:
    """Ending harms nobody: either of the two, whoever sees the file at work."""
    return first_refusal(
        allowed_if(
            actor.role in (Role.TEAM_LEAD, Role.CASE_MANAGER), "Das trägt die Fallführung oder Teamleitung ein."
        ),
        may_write(actor, override, Basis.TEAM, Basis.ASSIGNMENT, Basis.DEPUTYSHIP),
    )
