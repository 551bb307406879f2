"""Who may write contacts, appointments and outcomes."""

from ina.access.enums import Basis
from ina.access.policies import goes_on, may_write
from ina.accounts.enums import Role
from ina.accounts.queries import bound_by_secrecy
from ina.base.actor import Actor, PageOwner
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.models import Case
from ina.cases.policies import WORKS_ON_CASES, may_correct, may_document, may_fill_intake
from ina.cases.queries import released_on
from ina.monitoring.enums import AppointmentState
from ina.monitoring.models import Appointment, BenefitApplication, Contact, Crisis, CrisisAct

AT_THE_GATE = WORKS_ON_CASES | {Role.TEAM_LEAD, Role.PRISON_SOCIAL}


def may_record_contact(actor: Actor, case: Case) -> Verdict:
    """Deputies too: the contact log is theirs to keep while they stand in (domain section 8)."""
    return may_document(actor, case, Basis.DEPUTYSHIP)


def may_record_outcome(actor: Actor, case: Case) -> Verdict:
    """Also after the case has ended: what became of those who left early counts like the rest (domain 1.4 no. 2)."""
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Den Verbleib trägt die Fallführung ein."),
        may_write(actor, case, Basis.ASSIGNMENT),
        allowed_if(released_on(case) is not None, "Den Verbleib gibt es erst nach der bestätigten Entlassung."),
        goes_on(case),
    )


def may_correct_contact(actor: Actor, contact: Contact) -> Verdict:
    """Deputies too: they keep the contact log."""
    return may_correct(actor, contact, Basis.DEPUTYSHIP)


def may_write_note(actor: Actor, case: Case) -> Verdict:
    """Deputies too. For whom a note is, is asked with its readers."""
    return may_document(actor, case, Basis.DEPUTYSHIP)


def may_write_confidential_note(actor: Actor, case: Case) -> Verdict:
    """Only who leads the case reads what is entrusted, and only who is bound by § 203 StGB can be entrusted with it."""
    return first_refusal(
        may_document(actor, case),
        allowed_if(
            bound_by_secrecy(actor.membership_id),
            "Vertrauliche Notizen schreibt, wer an ein Berufsgeheimnis gebunden ist. Das trägt die Verwaltung Ihres "
            "Trägers bei Ihrer Stelle ein.",
        ),
    )


def may_correct_note(actor: Actor, row) -> Verdict:
    return may_correct(actor, row, Basis.DEPUTYSHIP)


def may_correct_confidential_note(actor: Actor, row) -> Verdict:
    return first_refusal(
        may_correct(actor, row),
        allowed_if(row.recorded_by_id == actor.membership_id, "Das berichtigt nur, wer es geschrieben hat."),
    )


def may_list_appointments(actor: Actor) -> Verdict:
    return allowed_if(actor.role in WORKS_ON_CASES, "Termine nimmt die Fallführung wahr.")


def may_agree_appointment(actor: Actor, case: Case) -> Verdict:
    """Deputies too, as with contacts."""
    return may_document(actor, case, Basis.DEPUTYSHIP)


def may_move_appointment(actor: Actor, row: Appointment) -> Verdict:
    return _may_change_planned(actor, row)


def may_cancel_appointment(actor: Actor, row: Appointment) -> Verdict:
    return _may_change_planned(actor, row)


def may_keep_appointment(actor: Actor, row: Appointment) -> Verdict:
    return _may_change_planned(actor, row)


def may_reopen_appointment(actor: Actor, row: Appointment) -> Verdict:
    """Of what somebody cancelled, and of what was said of it where that contact was voided."""
    contact = row.contact
    return first_refusal(
        may_document(actor, row.case, Basis.DEPUTYSHIP),
        allowed_if(row.state != AppointmentState.PLANNED, "Dieser Termin ist schon geplant."),
        allowed_if(not row.halt, f"Diesen Termin hat der Verlauf des Falls abgesagt: {row.because}"),
        allowed_if(
            contact is None or contact.is_voided,
            "Zu diesem Termin gibt es einen Kontakt. Stornieren Sie zuerst den Kontakt, wenn er nicht stimmt.",
        ),
    )


def _may_change_planned(actor: Actor, row: Appointment) -> Verdict:
    return first_refusal(
        may_document(actor, row.case, Basis.DEPUTYSHIP),
        allowed_if(
            row.state == AppointmentState.PLANNED, f"Dieser Termin ist schon {AppointmentState(row.state).label}."
        ),
    )


def may_check_standard(actor: Actor, case: Case) -> Verdict:
    """Who leads the case, and the prison's social service: most of the list is theirs to see to (domain section 5)."""
    return may_fill_intake(actor, case)


def may_write_aftercare_report(actor: Actor, case: Case) -> Verdict:
    """Deputies too: a report that is due does not wait."""
    return first_refusal(
        may_document(actor, case, Basis.DEPUTYSHIP),
        allowed_if(released_on(case) is not None, "Nachsorge beginnt mit der bestätigten Entlassung."),
        goes_on(case),
    )


def may_write_closing_report(actor: Actor, case: Case) -> Verdict:
    """Also after the case has ended: the report follows within weeks (domain 9.1)."""
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Den Abschlussbericht schreibt die Fallführung."),
        may_write(actor, case, Basis.ASSIGNMENT),
        goes_on(case),
    )


def may_apply(actor: Actor, case: Case) -> Verdict:
    """Who leads the case, and the prison's social service: before the gate applications are often theirs."""
    return first_refusal(may_fill_intake(actor, case), goes_on(case))


def may_move_application(actor: Actor, application: BenefitApplication) -> Verdict:
    return may_apply(actor, application.case)


def may_open_own_page(actor: Actor, case: Case) -> Verdict:
    """After the gate only: inside there is no telephone to read it on."""
    return first_refusal(
        may_document(actor, case, Basis.DEPUTYSHIP),
        allowed_if(released_on(case) is not None, "Eine eigene Seite gibt es nach der bestätigten Entlassung."),
        goes_on(case),
    )


def may_close_own_page(actor: Actor, case: Case) -> Verdict:
    """Also after the case has ended. After a death nobody can open the page any more."""
    return first_refusal(
        allowed_if(actor.role in WORKS_ON_CASES, "Die eigene Seite schließt die Fallführung."),
        may_write(actor, case, Basis.ASSIGNMENT, Basis.DEPUTYSHIP),
        goes_on(case),
    )


def may_ask_for_help(actor: Actor) -> Verdict:
    return allowed_if(isinstance(actor, PageOwner), "Das sagt nur die Person selbst, auf ihrer eigenen Seite.")


def may_look_at_gate(actor: Actor) -> Verdict:
    """Who leads cases, the lead of their team, and the prison's social service; the wall says whose."""
    return allowed_if(actor.role in AT_THE_GATE, "Diese Übersicht ist für die, die Fälle begleiten.")


def may_pack_folder(actor: Actor, case: Case) -> Verdict:
    """Who leads the case, and the prison's social service: both know what will lie in it."""
    return may_fill_intake(actor, case)


def may_report_crisis(actor: Actor, case: Case) -> Verdict:
    """Deputies too: it cannot wait."""
    return first_refusal(may_document(actor, case, Basis.DEPUTYSHIP), goes_on(case))


def may_act_in_crisis(actor: Actor, crisis: Crisis) -> Verdict:
    return first_refusal(
        may_report_crisis(actor, crisis.case), allowed_if(crisis.is_open, "Diese Krise ist schon beendet.")
    )


def may_reopen_crisis(actor: Actor, crisis: Crisis) -> Verdict:
    return first_refusal(
        may_report_crisis(actor, crisis.case), allowed_if(not crisis.is_open, "Diese Krise ist noch offen.")
    )


def may_correct_crisis_act(actor: Actor, act: CrisisAct) -> Verdict:
    return may_correct(actor, act, Basis.DEPUTYSHIP)
