"""Who may do what with a case. That somebody sees it at all is decided before (``visible_to``, wall)."""

from ina.access.enums import Basis
from ina.access.policies import goes_on, may_write
from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.enums import Act, EventKind, HandoverState, ListPurpose, State
from ina.cases.lifecycle import BEFORE_ADMISSION, OPEN_STATES, Standing, may_follow, state_after
from ina.cases.models import Case
from ina.cases.queries import acts_of, last_act, released_on, standing_of, state_of

WORKS_ON_CASES = frozenset({Role.CASE_MANAGER})
STATES_DATES = frozenset({Role.CASE_MANAGER, Role.PRISON_SOCIAL})
LISTS_CASES = frozenset({Role.CASE_MANAGER, Role.TEAM_LEAD, Role.PRISON_SOCIAL, Role.CHAMBER_COORDINATOR})


def may_list_cases(actor: Actor) -> Verdict:
    return allowed_if(
        actor.role in LISTS_CASES, "Eine Liste von Fällen gibt es für die Fallführung und wer mit ihr arbeitet."
    )


def may_import_prison_list(actor: Actor) -> Verdict:
    return allowed_if(actor.role in WORKS_ON_CASES, "Gefangenenlisten liest die Fallführung ein.")


def may_take_over(actor: Actor) -> Verdict:
    return allowed_if(
        actor.role in WORKS_ON_CASES | {Role.TEAM_LEAD}, "Laufende Fälle übernehmen Fallführung und Teamleitung."
    )


def may_use_import(actor: Actor, prison_list) -> Verdict:
    return first_refusal(
        may_take_over(actor) if prison_list.purpose == ListPurpose.TAKE_OVER else may_import_prison_list(actor),
        allowed_if(prison_list.finished_at is None, "Diese Liste ist schon abgeschlossen."),
    )


def may_refer_person(actor: Actor) -> Verdict:
    return allowed_if(actor.role in STATES_DATES, "Zugänge melden Fallführung und Sozialdienst.")


def may_refer_again(actor: Actor, dossier) -> Verdict:
    newest = dossier.cases.unscoped(because="die Akte ist schon als sichtbar geladen").order_by("-number").first()
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Einen neuen Fall beginnt die Fallführung."),
        may_write(actor, dossier, Basis.ASSIGNMENT),
        allowed_if(
            newest is not None and state_of(newest) not in OPEN_STATES, "Ein Fall dieser Person ist noch offen."
        ),
        goes_on(dossier),
    )


def _has_followed(case: Case) -> bool:
    cases = Case.objects.unscoped(because="der Fall ist schon als sichtbar geladen")
    return cases.filter(dossier_id=case.dossier_id, number__gt=case.number).exists()


def may_record_event(actor: Actor, case: Case) -> Verdict:
    return first_refusal(
        _may_enter_event(actor, case), allowed_if(state_of(case) in OPEN_STATES, "Der Fall ist beendet.")
    )


def may_void_event(actor: Actor, event) -> Verdict:
    return first_refusal(
        _may_enter_event(actor, event),
        _no_transfer(event),
        allowed_if(event.voided_at is None, "Dieses Ereignis ist schon storniert."),
    )


def may_correct_event(actor: Actor, event) -> Verdict:
    return first_refusal(may_correct_stated(actor, event), _no_transfer(event))


def _no_transfer(event) -> Verdict:
    """Custody, responsibility in law and who reads hang on a transfer: ``cases.void_transfer`` takes all of it back."""
    return allowed_if(event.kind != EventKind.TRANSFERRED, "Eine Verlegung wird als Ganzes zurückgenommen.")


def _may_enter_event(actor: Actor, row) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Besondere Ereignisse tragen Fallführung und Sozialdienst ein."),
        may_write(actor, row, Basis.ASSIGNMENT, Basis.PRISON),
    )


def may_void_act(actor: Actor, row) -> Verdict:
    last = last_act(row.case)
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Das entscheidet die Fallführung."),
        may_write(actor, row, Basis.ASSIGNMENT),
        allowed_if(row.voided_at is None, "Dieses Ereignis ist schon storniert."),
        allowed_if(
            row.act != Act.REFERRED,
            "Der Zugang selbst wird nicht storniert. Beenden Sie den Fall mit „irrtümlich oder doppelt angelegt“.",
        ),
        allowed_if(last is not None and last.pk == row.pk, "Zuerst das letzte Ereignis stornieren, dann dieses."),
        allowed_if(not _has_followed(row.case), "Es gibt schon einen neuen Fall dieser Person. Dieser bleibt beendet."),
        allowed_if(
            row.reason == "DECEASED" or bool(goes_on(row)),
            "Die Person ist als verstorben eingetragen. War das ein Irrtum, nehmen Sie zuerst das zurück.",
        ),
    )


def may_state_release_date(actor: Actor, case: Case) -> Verdict:
    acts = [Act(act.act) for act in acts_of(case)]
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Entlassungstermine tragen Fallführung und Sozialdienst ein."),
        may_write(actor, case, Basis.ASSIGNMENT, Basis.PRISON),
        allowed_if(
            state_after(acts) in BEFORE_ADMISSION | {State.ADMITTED, State.PAUSED}
            and Act.RELEASE_CONFIRMED not in acts,
            "Nach der Entlassung gibt es keine Prognose.",
        ),
    )


may_drop_release_date = may_decide_release_date = may_state_release_date


def may_record_notice(actor: Actor, case: Case) -> Verdict:
    """Whoever stands in makes the calls too."""
    return may_document(actor, case, Basis.DEPUTYSHIP)


def may_see_forecasts(actor: Actor) -> Verdict:
    return allowed_if(
        actor.role in STATES_DATES | {Role.TEAM_LEAD},
        "Wie gut Entlassungstermine waren, sehen Fallführung, Leitung und Sozialdienst.",
    )


def may_record_first_talk(actor: Actor, case: Case) -> Verdict:
    return may_document(actor, case)


may_record_agreement = may_record_first_talk


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
            state_of(case) not in BEFORE_ADMISSION,
            "Vor der Aufnahme mit Einwilligung gibt es kein Profiling und keinen Plan.",
        ),
    )


def may_take_up(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.TAKEN_UP)


def may_waitlist(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.WAITLISTED)


def may_admit(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.ADMITTED)


def may_decline(actor: Actor, case: Case) -> Verdict:
    return _act(actor, case, Act.DECLINED)


def may_reconsider(actor: Actor, case: Case) -> Verdict:
    """Somebody who declined wants to take part after all. Once a newer case began, that one is theirs."""
    return first_refusal(
        _act(actor, case, Act.RECONSIDERED),
        goes_on(case),
        allowed_if(not _has_followed(case), "Es gibt schon einen neuen Fall dieser Person."),
    )


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
    standing = standing_of(case)
    # Deciding from the list of referrals or of those waiting begins the screening in the same breath.
    screened = standing.state in (State.REFERRED, State.WAITING) and may_follow(Standing(State.SCREENING), act)
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Das entscheidet die Fallführung."),
        may_write(actor, case, Basis.ASSIGNMENT),
        allowed_if(may_follow(standing, act) or screened, f"„{act.label}“ ist im jetzigen Stand nicht möglich."),
    )


def may_correct(actor: Actor, row, *also: Basis) -> Verdict:
    """Correct or void an entry: an error is one after the end of the case too. also: who else besides the lead.

    A deputy corrects what they may write, the prison's social service what it states itself.
    """
    return first_refusal(
        may_correct_entries(actor, row, *also),
        allowed_if(row.voided_at is None, "Dieser Eintrag ist schon storniert."),
    )


def may_correct_entries(actor: Actor, row, *also: Basis) -> Verdict:
    """As ``may_correct``, for all entries of the dossier of ``row``: what lists ask for their links."""
    roles = WORKS_ON_CASES | ({Role.PRISON_SOCIAL} if Basis.PRISON in also else frozenset())
    return first_refusal(
        allowed_if(actor.role in roles, "Das berichtigt oder storniert die Fallführung."),
        may_write(actor, row, Basis.ASSIGNMENT, *also),
        allowed_if(row.dossier.sealed_at is None and row.dossier.erased_at is None, "Die Akte ist gesperrt."),
    )


def may_correct_stated(actor: Actor, row) -> Verdict:
    """What the prison's social service enters too: custody, dates, names, events around the case."""
    return may_correct(actor, row, Basis.PRISON)


def may_fill_intake(actor: Actor, case: Case) -> Verdict:
    """Sections of the intake sheet that the prison's social service knows best: referral, enforcement, school, work."""
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Den Aufnahmebogen füllen Fallführung und Sozialdienst aus."),
        may_write(actor, case, Basis.ASSIGNMENT, Basis.PRISON),
        allowed_if(state_of(case) in OPEN_STATES, "Der Fall ist beendet. Neues gehört in einen neuen Fall."),
    )


# Benefits, health, ESF: nobody but who leads the case.
may_fill_intake_alone = may_document


def may_offer_handover(actor: Actor, case: Case) -> Verdict:
    return first_refusal(
        _may_give_away(actor, case),
        allowed_if(state_of(case) in OPEN_STATES, "Der Fall ist beendet und wird nicht mehr übergeben."),
    )


def may_withdraw_handover(actor: Actor, handover) -> Verdict:
    return first_refusal(
        _may_give_away(actor, handover),
        allowed_if(handover.state == HandoverState.OFFERED, "Dieses Angebot ist schon beantwortet."),
    )


def _may_give_away(actor: Actor, row) -> Verdict:
    """Whoever leads the case; the lead of its team, when they cannot."""
    if actor.role == Role.TEAM_LEAD:
        return may_write(actor, row, Basis.TEAM)
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Einen Fall übergibt die Fallführung oder ihre Teamleitung."),
        may_write(actor, row, Basis.ASSIGNMENT),
    )


def may_answer_offers(actor: Actor) -> Verdict:
    """Whose offer it is, and whether it still stands, is asked later (``may_answer_offer``)."""
    return allowed_if(
        actor.role in WORKS_ON_CASES | {Role.TEAM_LEAD}, "Über eine Übernahme entscheidet, wem der Fall angeboten ist."
    )


def may_answer_offer(actor: Actor, handover, answers_for: set[int]) -> Verdict:
    """answers_for: the positions for which the actor answers today (own, of the team they lead, of principals)."""
    return allowed_if(
        handover.receiver_id in answers_for, "Dieser Fall ist jemand anderem angeboten. Nur sie oder er nimmt ihn an."
    )


def may_allocate_case(actor: Actor, case: Case) -> Verdict:
    return first_refusal(
        may_allocate_cases(actor),
        may_write(actor, case, Basis.TEAM),
        allowed_if(state_of(case) in OPEN_STATES, "Der Fall ist beendet und wird nicht mehr zugeteilt."),
    )


def may_allocate_cases(actor: Actor) -> Verdict:
    return allowed_if(actor.role == Role.TEAM_LEAD, "Fälle teilt die Teamleitung zu.")


def may_record_transfer(actor: Actor, case: Case) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in STATES_DATES, "Verlegungen tragen Fallführung und Sozialdienst ein."),
        may_write(actor, case, Basis.ASSIGNMENT, Basis.PRISON),
        allowed_if(state_of(case) in OPEN_STATES, "Der Fall ist beendet."),
        allowed_if(released_on(case) is None, "Die Person ist entlassen; verlegt wird nur aus der Haft."),
    )


# Who may open a file may look whether there is one, across walls.
def may_void_transfer(actor: Actor, event) -> Verdict:
    return first_refusal(
        may_correct_stated(actor, event),
        allowed_if(event.kind == EventKind.TRANSFERRED, "Das ist keine Verlegung."),
        allowed_if(state_of(event.case) in OPEN_STATES, "Der Fall ist beendet."),
        allowed_if(released_on(event.case) is None, "Die Person ist entlassen; zuerst die Entlassung stornieren."),
    )
