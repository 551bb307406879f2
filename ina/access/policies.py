"""Who may change who sees what. Whether somebody *sees* a file is the wall's and ``visible_to``'s business."""

from ina.access.enums import Basis
from ina.access.jobs import hindrance
from ina.access.queries import bases_of
from ina.accounts.enums import Role
from ina.accounts.models import Deputyship, Membership
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal

READS_ONLY = "Sie lesen diese Akte nur. Schreiben kann, wer den Fall führt."
CASE_WORK = frozenset({Role.CASE_MANAGER, Role.TEAM_LEAD})
LEADING = frozenset({Role.TEAM_LEAD, Role.CARRIER_ADMIN})


def may_write(actor: Actor, row, *bases: Basis) -> Verdict:
    """Whether one of these acts stands behind what the actor sees: a deputy or somebody in an emergency reads."""
    return allowed_if(bool(bases_of(actor, row) & {str(basis) for basis in bases}), READS_ONLY)


def goes_on(row) -> Verdict:
    """Whether anything new is entered in the file of ``row`` (a dossier, or a row that has one).

    Not after a death: only what was entered wrongly is corrected, and the death itself taken back. Asked of the guards
    that stop background jobs as well (``jobs.register_guard``), past the wall: who sees no day of death is told too.
    """
    why = hindrance({"dossier_id": getattr(row, "dossier_id", None) or row.pk})
    return allowed_if(not why, why)


def may_record_consent(actor: Actor, dossier) -> Verdict:
    return first_refusal(
        allowed_if(actor.role == Role.CASE_MANAGER, "Einwilligungen trägt die Fallführung ein."),
        may_write(actor, dossier, Basis.ASSIGNMENT),
        allowed_if(dossier.sealed_at is None, "Die Akte ist gesperrt."),
        goes_on(dossier),
    )


def may_withdraw_consent(actor: Actor, consent) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in CASE_WORK, "Einen Widerruf tragen Fallführung oder Teamleitung ein."),
        # Whoever is told of a withdrawal records it: it takes effect at once.
        may_write(actor, consent, Basis.ASSIGNMENT, Basis.DEPUTYSHIP, Basis.TEAM),
        allowed_if(consent.withdrawn_on is None, "Diese Einwilligung ist schon widerrufen."),
        goes_on(consent),
    )


def may_keep_drafts(actor: Actor) -> Verdict:
    return allowed_if(
        getattr(actor, "own_holder", None) is not None, "Entwürfe gibt es für Stellen, die mit Akten arbeiten."
    )


def may_void_consent(actor: Actor, consent) -> Verdict:
    """Somebody entered a consent that was never given. A withdrawal is another matter."""
    return first_refusal(
        allowed_if(actor.role == Role.CASE_MANAGER, "Einwilligungen trägt die Fallführung ein."),
        may_write(actor, consent, Basis.ASSIGNMENT),
        allowed_if(consent.dossier.sealed_at is None and consent.dossier.erased_at is None, "Die Akte ist gesperrt."),
        allowed_if(consent.voided_at is None, "Dieser Eintrag ist schon storniert."),
    )


def may_keep_sheet(actor: Actor, consent) -> Verdict:
    """The signed sheet comes in later; not after a death."""
    return first_refusal(may_void_consent(actor, consent), goes_on(consent.dossier))


def may_appoint_deputy(actor: Actor, principal: Membership) -> Verdict:
    return first_refusal(
        allowed_if(principal.role == Role.CASE_MANAGER, "Vertretungen gibt es für die Fallführung."),
        allowed_if(
            actor.membership_id == principal.pk or _leads(actor, principal),
            "Eine Vertretung richten Sie für sich selbst ein; für andere tun es Teamleitung oder Kontenverwaltung.",
        ),
    )


def may_end_deputyship(actor: Actor, deputyship: Deputyship) -> Verdict:
    return first_refusal(
        may_appoint_deputy(actor, deputyship.principal),
        allowed_if(deputyship.ended_at is None, "Diese Vertretung ist schon beendet."),
    )


def may_open_emergency_access(actor: Actor) -> Verdict:
    return allowed_if(actor.role in CASE_WORK, "Zugriff im Notfall haben Fallführung und Teamleitung.")


def may_list_emergencies(actor: Actor) -> Verdict:
    return allowed_if(actor.role == Role.TEAM_LEAD, "Zugriffe im Notfall prüft die Teamleitung.")


def may_review_emergency_access(actor: Actor, emergency) -> Verdict:
    return first_refusal(
        allowed_if(actor.role == Role.TEAM_LEAD, "Zugriffe im Notfall prüft die Teamleitung."),
        allowed_if(emergency.holder.membership_id != actor.membership_id, "Den eigenen Zugriff prüft jemand anderes."),
        may_write(actor, emergency, Basis.TEAM),
        allowed_if(emergency.reviewed_at is None, "Dieser Zugriff ist schon geprüft."),
    )


def may_block_person(actor: Actor, dossier) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in CASE_WORK, "Sperren wegen Befangenheit setzen Fallführung und Teamleitung."),
        may_write(actor, dossier, Basis.ASSIGNMENT, Basis.TEAM),
    )


def _may_decide_shield(actor: Actor, dossier) -> Verdict:
    return first_refusal(
        allowed_if(actor.role in CASE_WORK, "Den besonderen Schutz regeln Fallführung und Teamleitung."),
        may_write(actor, dossier, Basis.ASSIGNMENT, Basis.TEAM),
    )


def may_shield_file(actor: Actor, dossier) -> Verdict:
    return first_refusal(
        _may_decide_shield(actor, dossier),
        allowed_if(not dossier.is_shielded, "Diese Akte ist schon besonders geschützt."),
    )


def may_unshield_file(actor: Actor, dossier) -> Verdict:
    return first_refusal(
        _may_decide_shield(actor, dossier),
        allowed_if(dossier.is_shielded, "Diese Akte ist nicht besonders geschützt."),
    )


def may_lift_block(actor: Actor, block) -> Verdict:
    return first_refusal(
        allowed_if(actor.role == Role.TEAM_LEAD, "Eine Sperre hebt die Teamleitung auf."),
        may_write(actor, block, Basis.TEAM),
        allowed_if(block.lifted_at is None, "Diese Sperre ist schon aufgehoben."),
        allowed_if(block.user_id != actor.user_id, "Die eigene Sperre hebt jemand anderes auf."),
    )


def _leads(actor: Actor, principal: Membership) -> bool:
    if actor.role == Role.CARRIER_ADMIN:
        return getattr(actor, "institution_id", None) == principal.institution_id
    return actor.role == Role.TEAM_LEAD and principal.team_id is not None and actor.team_id == principal.team_id  # type: ignore[attr-defined]
