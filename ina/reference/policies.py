"""Who may extend the reference data. Everybody who is logged in may read it."""

from ina.base.actor import Actor, System
from ina.base.policy import Verdict, allowed_if

ADMINISTRATORS = frozenset({"SYSTEM_ADMIN"})


def may_edit_reference(actor: Actor, row=None) -> Verdict:
    return allowed_if(
        actor.role in ADMINISTRATORS, "Fristen, Grenzwerte und Listen pflegt die Systemverwaltung dieser Installation."
    )


def may_import_places(actor: Actor) -> Verdict:
    return allowed_if(actor.role in ADMINISTRATORS, "Das Ortsverzeichnis lädt die Systemverwaltung.")


def may_edit_pages(actor: Actor, row=None) -> Verdict:
    return allowed_if(actor.role in ADMINISTRATORS, "Impressum, Datenschutz und Hilfe pflegt die Systemverwaltung.")


def may_import_occupations(actor: Actor) -> Verdict:
    return allowed_if(
        isinstance(actor, System) or actor.role in ADMINISTRATORS,
        "Die Berufslisten lädt die Systemverwaltung, oder wer auf dem Server arbeitet.",
    )
