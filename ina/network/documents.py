"""The letter of a disclosure: set from the kept snapshot, so that paper and record are the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ina.access.enums import Compartment
from ina.accounts.queries import display_names
from ina.base.actor import Actor, Person
from ina.base.errors import Refused
from ina.documents.leaks import house_names, require_neutral
from ina.documents.typeset import set_paper
from ina.institutions.queries import get_institution, institution_by_id
from ina.network.queries.disclosures import DisclosureRow, ShownSection

TEMPLATE = "network/papers/disclosure.typ"


def letter_of(actor: Actor, row: DisclosureRow, sections: Sequence[ShownSection], today: date) -> bytes:
    """The PDF. Where custody is not among what is told, it goes through the leak check: Invalid names each place."""
    if not isinstance(actor, Person):
        raise Refused("Einen Brief schreibt ein Mensch.")
    house, partner = institution_by_id(actor.institution_id), get_institution(row.partner_key)
    office = house.neutral_name or house.name
    town = f"{house.postcode} {house.town}".strip()
    writer = display_names([actor.id])[actor.id]
    information = [["Es schreibt", writer], ["Telefon", house.phone], ["Datum", f"{today:%d.%m.%Y}"]]
    pdf = set_paper(
        TEMPLATE,
        {
            "title": row.subject,
            "author": writer,
            "on": today.isoformat(),
            "office": office,
            "sender": " · ".join(filter(None, (office, house.street, town))),
            "foot": " · ".join(filter(None, (office, house.phone))),
            "address": [
                one for one in (partner.name, partner.street, f"{partner.postcode} {partner.town}".strip()) if one
            ],
            "information": [line for line in information if line[1]],
            "subject": row.subject,
            "paragraphs": [part.strip() for part in row.reason.split("\n\n") if part.strip()],
            "basis": _basis_told(row),
            "sections": [{"title": one.title, "lines": [list(line) for line in one.lines]} for one in sections],
            "asks": row.asks_answer,
            "signed": writer,
        },
    )
    if not _tells_of_custody(row):
        require_neutral(pdf, "Brief.pdf", names=house_names())
    return pdf


def _tells_of_custody(row: DisclosureRow) -> bool:
    return Compartment.CUSTODY.label in row.compartments


def _basis_told(row: DisclosureRow) -> str:
    """The sentence of the file speaks of the release; a law of enforcement speaks for itself."""
    if row.by_consent:
        return "Einwilligung der Person."
    return row.basis_said if _tells_of_custody(row) else "gesetzliche Befugnis."
