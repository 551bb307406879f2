"""Who passes on what of a file, and who answers."""

from ina.base.actor import Actor, Link, Person
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.lifecycle import BEFORE_ADMISSION
from ina.cases.models import Case
from ina.cases.policies import may_document
from ina.cases.queries import state_of
from ina.network.models import Disclosure


def may_prepare_disclosure(actor: Actor, case: Case) -> Verdict:
    """As with referrals: nobody is passed on before the admission with consent (gate of domain section 4)."""
    return first_refusal(
        may_document(actor, case),
        allowed_if(
            state_of(case) not in BEFORE_ADMISSION,
            "Vor der Aufnahme mit Einwilligung wird nichts an eine Stelle weitergegeben.",
        ),
    )


def may_release_disclosure(actor: Actor, disclosure: Disclosure) -> Verdict:
    return first_refusal(
        may_document(actor, disclosure.case),
        allowed_if(disclosure.stopped_at is None, "Diese Übermittlung ist gestoppt."),
    )


def may_stop_disclosure(actor: Actor, disclosure: Disclosure) -> Verdict:
    """Stopping harms nobody: also when the case has ended."""
    return may_document(actor, disclosure.case)


def may_read_answer(actor: Actor, disclosure: Disclosure) -> Verdict:
    return may_document(actor, disclosure.case)


def may_answer_disclosure(actor: Actor) -> Verdict:
    """Whoever received it; that it was received is what the operation looks up."""
    return allowed_if(isinstance(actor, Person | Link), "Antworten kann die Stelle, an die es ging.")


def may_ask_new_link(actor: Actor) -> Verdict:
    """Anybody before the door: it only tells the sender that somebody stands there."""
    return allowed_if(True, "")
