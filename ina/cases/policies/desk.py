"""Who may keep views, take lists along, and search beyond their own cases."""

from __future__ import annotations

from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.policies.case import STATES_DATES, WORKS_ON_CASES, may_list_cases


def may_keep_views(actor: Actor) -> Verdict:
    return first_refusal(
        may_list_cases(actor),
        allowed_if(getattr(actor, "own_holder", None) is not None, "Ansichten merkt sich, wer mit Akten arbeitet."),
    )


def may_export_cases(actor: Actor) -> Verdict:
    """Whoever reads the list may take it along; what is in it is asked again when the file is written."""
    return may_list_cases(actor)


def may_order_export(actor: Actor) -> Verdict:
    """A workbook waits for its owner."""
    return first_refusal(
        may_export_cases(actor),
        allowed_if(getattr(actor, "own_holder", None) is not None, "Auszüge bekommt, wer mit Akten arbeitet."),
    )


def may_use_export(actor: Actor, export) -> Verdict:
    return first_refusal(
        may_order_export(actor),
        allowed_if(export.membership_id == actor.membership_id, "Diesen Auszug hat jemand anderes bestellt."),
    )


def may_forget_view(actor: Actor, view) -> Verdict:
    return first_refusal(
        may_keep_views(actor),
        allowed_if(view.holder_id == getattr(actor, "own_holder", None), "Diese Ansicht gehört jemand anderem."),
    )


def may_search_outside(actor: Actor) -> Verdict:
    """Whether there is a file elsewhere, and whom to ask; never what is in it."""
    return allowed_if(
        actor.role in STATES_DATES | {Role.TEAM_LEAD} and getattr(actor, "own_holder", None) is not None,
        "Außerhalb der eigenen Fälle suchen Fallführung, Teamleitung und Sozialdienst.",
    )


def may_ask_from_a_file(actor: Actor) -> Verdict:
    """Whether somebody leads files from which another side can be asked (``may_ask_link`` asks for the file itself)."""
    return allowed_if(actor.role in WORKS_ON_CASES, "Nach weiteren Akten fragt die Fallführung.")
