"""Who may do what with a case. That somebody sees it at all is decided before (``visible_to``, wall)."""

from ina.access.enums import Basis
from ina.access.policies import may_write
from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.enums import Act, State
from ina.cases.lifecycle import OPEN_STATES, may_follow
from ina.cases.models import Case
from ina.cases.queries import state_of

WORKS_ON_CASES = frozenset({Role.CASE_MANAGER})
STATES_DATES = frozenset({Role.CASE_MANAGER, Role.PRISON_SOCIAL})
LISTS_CASES = frozenset({Role.CASE_MANAGER, Role.TEAM_LEAD, Role.PRISON_SOCIAL, Role.CHAMBER_COORDINATOR})


def may_list_cases(actor: Actor) -> Verdict:
    return allowed_if(
        actor.role in LISTS_CASES, "Eine Liste von Fällen gibt es für die Fallführung und wer mit ihr arbeitet."
    )


def may_import_prison_list(actor: Actor) -> Verdict:
    return allowed_if(actor.role in WORKS_ON_CASES, "Gefangenenlisten liest die Fallführung ein.")


def may_use_import(actor: Actor, prison_list) -> Verdict:
    return first_refusal(
        may_import_prison_list(actor),
        allowed_if(prison_list.finished_at is None, "Diese Liste ist schon abgeschlossen."),
    )


def may_refer_person(actor: Actor) -> Verdict:
    return allowed_if(actor.role in WORKS_ON_CASES, "Zugänge meldet die Fallführung.")


def may_correct_participant(actor: Actor, participant) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Angaben zur Person ändern Fallführung und Sozialdienst."),
        may_write(actor, participant, Basis.ASSIGNMENT, Basis.PRISON),
    )


def may_state_release_date(actor: Actor, case: Case) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Entlassungstermine tragen Fallführung und Sozialdienst ein."),
        may_write(actor, case, Basis.ASSIGNMENT, Basis.PRISON),
        allowed_if(
            state_of(case) in {State.REFERRED, State.WAITING, State.ADMITTED},
            "Nach der Entlassung gibt es keine Prognose.",
        ),
    )


def may_drop_release_date(actor: Actor, hypothesis) -> Verdict:
    return first_refusal(
        may_state_release_date(actor, hypothesis.case),
        allowed_if(hypothesis.status != "DROPPED", "Dieser Termin ist schon entfallen."),
    )


def may_record_first_talk(actor: Actor, case: Case) -> Verdict:
    return may_document(actor, case)


def may_document(actor: Actor, case: Case, *also: Basis) -> Verdict:
    """Write anything that belongs to the steps of an open case (findings, goals …). also: who else besides the lead."""
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "In der Akte schreibt die Fallführung."),
        may_write(actor, case, Basis.ASSIGNMENT, *also),
        allowed_if(state_of(case) in OPEN_STATES, "Der Fall ist beendet. Neues gehört in einen neuen Fall."),
    )


def may_profile(actor: Actor, case: Case) -> Verdict:
    """No profiling before consent (gate of domain section 4)."""
    return first_refusal(
        may_document(actor, case),
        allowed_if(
            state_of(case) not in {State.REFERRED, State.WAITING},
            "Vor der Aufnahme mit Einwilligung gibt es kein Profiling und keinen Plan.",
        ),
    )


def may_waitlist(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.WAITLISTED)


def may_admit(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.ADMITTED)


def may_decline(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.DECLINED)


def may_reject(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.REJECTED)


def may_confirm_release(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.RELEASE_CONFIRMED)


def may_pause(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.PAUSED)


def may_resume(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.RESUMED)


def may_close_case(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.CLOSED)


def _act(actor: Actor, case: Case, act: Act) -> Verdict:
    state = state_of(case)
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Das entscheidet die Fallführung."),
        may_write(actor, case, Basis.ASSIGNMENT),
        allowed_if(may_follow(state, act), f"„{act.label}“ ist im jetzigen Stand nicht möglich."),
    )
