"""Who may do what with what is known of a person: names, representatives, death, other files about them."""

from ina.access.enums import Basis
from ina.access.policies import goes_on, may_write
from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.enums import LinkState
from ina.cases.policies.case import (
    STATES_DATES,
    WORKS_ON_CASES,
    may_refer_person,
)


def may_record_death(actor: Actor, participant) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Das tragen Fallführung oder Sozialdienst ein."),
        may_write(actor, participant, Basis.ASSIGNMENT, Basis.DEPUTYSHIP, Basis.PRISON),
        allowed_if(participant.died_on is None, "Das ist schon eingetragen."),
    )


def may_withdraw_death(actor: Actor, participant) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Das entscheidet die Fallführung."),
        may_write(actor, participant, Basis.ASSIGNMENT),
        allowed_if(participant.died_on is not None, "Es ist kein Sterbetag eingetragen."),
    )


def may_correct_participant(actor: Actor, participant) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Angaben zur Person ändern Fallführung und Sozialdienst."),
        may_write(actor, participant, Basis.ASSIGNMENT, Basis.PRISON),
    )


may_find_alike = may_refer_person


def may_add_alias(actor: Actor, participant) -> Verdict:
    return first_refusal(may_correct_participant(actor, participant), goes_on(participant))


may_add_guardian = may_add_alias


def may_void_alias(actor: Actor, entry) -> Verdict:
    return first_refusal(
        may_correct_participant(actor, entry),
        allowed_if(entry.voided_at is None, "Dieser Eintrag ist schon storniert."),
    )


may_void_guardian = may_void_alias


def may_change_name(actor: Actor, participant) -> Verdict:
    """Whoever leads the case, and nobody else: they alone may know the old name (§ 13 SBGG)."""
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Eine Namensänderung trägt die Fallführung ein."),
        may_write(actor, participant, Basis.ASSIGNMENT),
        goes_on(participant),
    )


def may_ask_link(actor: Actor, dossier) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Nach weiteren Akten fragt die Fallführung."),
        may_write(actor, dossier, Basis.ASSIGNMENT),
        goes_on(dossier),
    )


def may_list_link_requests(actor: Actor) -> Verdict:
    return allowed_if(
        actor.role in WORKS_ON_CASES | {Role.TEAM_LEAD},
        "Anfragen zu weiteren Akten beantworten Fallführung und Teamleitung.",
    )


def may_answer_link(actor: Actor, link) -> Verdict:
    return first_refusal(
        may_list_link_requests(actor),
        may_write(actor, link, Basis.ASSIGNMENT, Basis.TEAM),
        allowed_if(not link.is_asker, "Diese Anfrage haben Sie gestellt. Antworten kann die andere Seite."),
        allowed_if(link.state == LinkState.ASKED, "Diese Anfrage ist schon beantwortet."),
    )


def may_unlink(actor: Actor, link) -> Verdict:
    taken_back = link.state == LinkState.ASKED and link.is_asker
    return first_refusal(
        may_list_link_requests(actor),
        may_write(actor, link, Basis.ASSIGNMENT, Basis.TEAM),
        allowed_if(link.state == LinkState.LINKED or taken_back, "Hier ist nichts mehr zu lösen."),
    )
