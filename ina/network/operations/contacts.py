"""Keeping contact persons of partners."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.institutions.models import Institution
from ina.network import policies
from ina.network.models import PartnerContact
from ina.network.operations.entering import fill

EDITABLE = frozenset({"name", "role", "concern", "phone", "email", "ended_on"})


@operation("network.add_contact_person", may=policies.may_keep_directory)
def add_contact_person(*, actor: Actor, now: datetime, institution_key: str, **fields: Any) -> PartnerContact:
    """Somebody one can ring there. fields: any of ``EDITABLE``. Invalid: no such organisation, named twice."""
    partner = Institution.objects.filter(key=institution_key).first()
    if partner is None:
        raise Invalid("Diese Stelle gibt es nicht.")
    row = PartnerContact(institution=partner)
    _fill(row, fields)
    row.save()
    note(institution=partner.pk)
    return row


@operation("network.correct_contact_person", may=policies.may_edit_row, on=PartnerContact)
def correct_contact_person(row: PartnerContact, *, actor: Actor, now: datetime, **fields: Any) -> PartnerContact:
    """Change what is entered, or its last day. Called with ``version``. Raises Invalid, Conflict."""
    row.version += 1
    _fill(row, fields)
    row.save()
    return row


def _fill(row: PartnerContact, fields: dict[str, Any]) -> None:
    fill(row, fields, EDITABLE)
    if not (row.phone or row.email):
        raise Invalid("Bitte geben Sie Telefon oder E-Mail an.", "phone")
    row.full_clean()
