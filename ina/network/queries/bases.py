"""What allows something to be passed on to a partner: a consent of the person, or a law that is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.access.enums import Compartment
from ina.access.rules import labels_of
from ina.access.sharing import NOTHING, sharing_basis
from ina.base.actor import Actor
from ina.cases.enums import ControllerKind
from ina.cases.models import Case, Controller
from ina.cases.queries import released_on
from ina.institutions.enums import Kind
from ina.institutions.models import Institution
from ina.network.queries.overrides import OVERRIDE, running_override
from ina.network.rules.bases import hindered
from ina.reference.queries import code_labels

CONSENT = "CONSENT"
OF_THE_CASE = "Teil einer Frage zu einem Fall, der schon geladen ist"


@dataclass(frozen=True)
class TransferBasis:
    """Whether something may go out, in one German sentence. ``code``: CONSENT, OVERRIDE or one of ``transfer_bases``.

    ``until``: the last day on which the basis holds, where it has one.
    """

    allowed: bool
    sentence: str
    code: str = ""
    consent_id: int | None = None
    secrecy_id: int | None = None
    override_id: int | None = None
    missing: Compartment = NOTHING
    until: date | None = None


def basis_for(
    actor: Actor,
    case: Case,
    partner: Institution,
    compartments: Compartment,
    on: date,
    *,
    legal_basis: str = "",
) -> TransferBasis:
    """Whether these compartments may go to the partner on a day.

    legal_basis: a code of ``transfer_bases``, or OVERRIDE, that is named instead of a consent; then only that one is
    judged.
    """
    if legal_basis == OVERRIDE:
        return _by_emergency(case, partner, compartments, on)
    if legal_basis:
        return _by_law(case, partner, compartments, on, legal_basis)
    found = sharing_basis(actor, case.dossier_id, partner.pk, compartments, on, released_on(case))
    return TransferBasis(
        found.allowed,
        found.sentence,
        CONSENT,
        found.consent_id,
        found.secrecy_id,
        missing=found.missing,
        until=found.until,
    )


def legal_bases(on: date) -> list[tuple[str, str]]:
    """(code, name) of the laws that can be named on a day."""
    return list(code_labels("transfer_bases", on=on).items())


def _by_emergency(case: Case, partner: Institution, compartments: Compartment, on: date) -> TransferBasis:
    found = running_override(case, partner.pk, on)
    if found is None:
        return TransferBasis(False, "Für diese Stelle gilt heute keine bestätigte Notfall-Weitergabe.", OVERRIDE)
    missing = compartments & ~Compartment(found.compartments)
    if missing:
        words = ", ".join(labels_of(missing))
        return TransferBasis(False, f"Die Notfall-Weitergabe umfasst nicht: {words}.", OVERRIDE, missing=missing)
    said = f"Notfall-Weitergabe {found.number}, von zwei Personen verantwortet, bis {found.open_until:%d.%m.%Y}."
    return TransferBasis(True, said, OVERRIDE, override_id=found.pk, until=found.open_until)


def _by_law(case: Case, partner: Institution, compartments: Compartment, on: date, code: str) -> TransferBasis:
    label = code_labels("transfer_bases", on=on).get(code, "")
    justice = (
        Controller.objects.unscoped(because=OF_THE_CASE)
        .filter(case=case, kind=ControllerKind.JUSTICE, period__contains=on)
        .exists()
    )
    if not label:
        return TransferBasis(False, "Diese Rechtsgrundlage gibt es an diesem Tag nicht.", code)
    why = hindered(code, Kind(partner.kind), compartments, justice=justice)
    return TransferBasis(not why, why or f"{label}.", code)
