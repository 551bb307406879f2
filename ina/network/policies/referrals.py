"""Who may refer a person to partners."""

from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.lifecycle import BEFORE_ADMISSION
from ina.cases.models import Case
from ina.cases.policies import may_document
from ina.cases.queries import state_of
from ina.network.lifecycle import RUNNING_STATES
from ina.network.models.referrals import ServiceReferral
from ina.network.queries import referral_state


def may_propose_partner(actor: Actor, case: Case) -> Verdict:
    """Nobody is passed on before admission with consent (gate of domain section 4)."""
    return first_refusal(
        may_document(actor, case),
        allowed_if(
            state_of(case) not in BEFORE_ADMISSION,
            "Vor der Aufnahme mit Einwilligung wird niemand an eine Stelle vermittelt.",
        ),
    )


def may_move_referral(actor: Actor, referral: ServiceReferral) -> Verdict:
    return first_refusal(
        may_document(actor, referral.case),
        allowed_if(not referral.is_voided, "Diese Vermittlung ist storniert."),
        allowed_if(referral_state(actor, referral) in RUNNING_STATES, "Diese Vermittlung ist schon abgeschlossen."),
    )
