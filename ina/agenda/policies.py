"""Who may do what with items: whoever leads the case or stands in, and the social service of the present prison."""

from ina.access.enums import Basis
from ina.access.policies import goes_on, may_write
from ina.accounts.enums import Role
from ina.agenda.enums import Anchor, ItemState
from ina.agenda.models import Item
from ina.agenda.queries import has_ended
from ina.base.actor import Actor
from ina.base.policy import ALLOWED, Verdict, allowed_if, first_refusal

BASES: dict[str, tuple[Basis, ...]] = {
    Role.CASE_MANAGER: (Basis.ASSIGNMENT, Basis.DEPUTYSHIP),
    Role.PRISON_SOCIAL: (Basis.PRISON,),
}
REMINDED = frozenset({*BASES, Role.TEAM_LEAD})
ENDED = "Der Fall ist beendet. Neues gehört in einen neuen Fall."


def may_add_item(actor: Actor, dossier) -> Verdict:
    """Asked on the dossier; whether the case still runs is asked with its number (``may_add_to_case``)."""
    bases = BASES.get(actor.role)
    if bases is None:
        return allowed_if(False, "Aufgaben trägt ein, wer den Fall führt oder vertritt, und der Sozialdienst der JVA.")
    return first_refusal(may_write(actor, dossier, *bases), goes_on(dossier))


def may_add_to_case(actor: Actor, dossier, case_number: int) -> Verdict:
    return first_refusal(may_add_item(actor, dossier), allowed_if(not has_ended(dossier.pk, case_number), ENDED))


def may_stop_clock(actor: Actor, dossier) -> Verdict:
    return may_add_item(actor, dossier)


def may_complete_item(actor: Actor, item: Item) -> Verdict:
    return _may_change_open(actor, item)


def may_drop_item(actor: Actor, item: Item) -> Verdict:
    return _may_change_open(actor, item)


def may_snooze_item(actor: Actor, item: Item) -> Verdict:
    return _may_change_open(actor, item)


def may_change_item(actor: Actor, item: Item) -> Verdict:
    return _may_change_open(actor, item)


def may_reopen_item(actor: Actor, item: Item) -> Verdict:
    """Of what is closed, and of what was put off."""
    asks = item.state == ItemState.OPEN and item.snoozed_until is None
    return first_refusal(
        may_add_item(actor, item),
        _case_asks(item),
        allowed_if(not asks, "Diese Aufgabe ist schon offen."),
        allowed_if(not item.halt, f"Diese Aufgabe kommt von selbst wieder. Sie ist entfallen: {item.because}"),
    )


def may_see_reminders(actor: Actor) -> Verdict:
    return allowed_if(actor.role in REMINDED, "Erinnerungen bekommt, wer Aufgaben hat, und die Teamleitung.")


def _may_change_open(actor: Actor, item: Item) -> Verdict:
    return first_refusal(
        may_add_item(actor, item),
        _case_asks(item),
        allowed_if(item.state == ItemState.OPEN, f"Diese Aufgabe ist schon {ItemState(item.state).label}."),
    )


def _case_asks(item: Item) -> Verdict:
    """After the end of a case only what follows from the end is done (the closing report)."""
    if item.anchor == Anchor.CLOSING:
        return ALLOWED
    return allowed_if(not has_ended(item.dossier_id, item.case_number), ENDED)
