"""Adding, changing, verifying and ending what partners offer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ina.base import clock
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.base.periods import period
from ina.institutions.models import Institution
from ina.institutions.rules import spelled_both
from ina.network import policies
from ina.network.models import Offer
from ina.network.operations.entering import next_number
from ina.network.rules.entitlement import check_criteria
from ina.reference.models import District

# What staff may enter. The partner and the number stay; the end has an operation of its own.
EDITABLE = frozenset(
    {
        *("title", "needs", "phases", "target_group", "area", "criteria", "capacity", "costs", "legal_basis"),
        *("waiting_days", "referral_route", "response_days"),
    }
)
LISTS = frozenset({"needs", "phases", "area"})


@operation("network.add_offer", may=policies.may_add_offer)
def add_offer(
    *, actor: Actor, now: datetime, institution_key: str, title: str, valid_from: date | None = None, **fields: Any
) -> Offer:
    """Enter something that a partner does. It gets the next number and counts as unverified.

    fields: any of ``EDITABLE``; at least one need and one phase. Raises Invalid.
    """
    partner = Institution.objects.filter(key=institution_key).first()
    if partner is None:
        raise Invalid("Diese Stelle gibt es nicht.", "institution_key")
    if partner.closed_on and partner.closed_on < clock.day_of(now):
        raise Invalid(f"Diese Stelle besteht seit dem {partner.closed_on:%d.%m.%Y} nicht mehr.", "institution_key")
    offer = Offer(institution=partner, number=next_number(Offer), valid_period=period(valid_from))
    _fill(offer, {"title": title, **fields})
    offer.full_clean()
    offer.save()
    note(number=offer.number)
    return offer


@operation("network.correct_offer", may=policies.may_edit_offer, on=Offer)
def correct_offer(row: Offer, *, actor: Actor, now: datetime, **fields: Any) -> Offer:
    """Change what is entered; what somebody verified before counts as unverified again.

    fields: any of ``EDITABLE``; what is not named stays. Called with ``version``. Raises Invalid, Conflict.
    """
    before = {name: getattr(row, name) for name in EDITABLE}
    _fill(row, fields)
    changed = sorted(name for name, value in before.items() if getattr(row, name) != value)
    if not changed:
        return row
    if row.verified_on:
        row.verified_before_on, row.verified_on, row.verified_by = row.verified_on, None, ""
    _save(row)
    note(changed=changed)
    return row


@operation("network.verify_offer", may=policies.may_edit_offer, on=Offer)
def verify_offer(row: Offer, *, actor: Actor, now: datetime) -> Offer:
    """Say that everything entered was checked today, by whoever says it."""
    row.verified_on, row.verified_by = clock.day_of(now), actor.label
    _save(row)
    return row


@operation("network.end_offer", may=policies.may_edit_offer, on=Offer)
def end_offer(row: Offer, *, actor: Actor, now: datetime, last_day_on: date | None) -> Offer:
    """Set the last day; None takes an end back. Running referrals stay as they are. Raises Invalid, Conflict."""
    first = row.begins_on
    if first and last_day_on and last_day_on < first:
        raise Invalid(f"Das Angebot besteht erst seit dem {first:%d.%m.%Y}.", "last_day_on")
    row.valid_period = period(first, last_day_on)
    _save(row)
    return row


# --- shared by the operations above ---------------------------------------------------------------------------------


def _fill(offer: Offer, fields: dict[str, Any]) -> None:
    if unknown := sorted(fields.keys() - EDITABLE):
        raise TypeError(f"not editable: {', '.join(unknown)}")
    for name, value in fields.items():
        if name in LISTS:
            value = sorted(set(value))
        setattr(offer, name, value.strip() if isinstance(value, str) else value)
    if not offer.needs:
        raise Invalid("Bitte wählen Sie, wobei das Angebot hilft.", "needs")
    if not offer.phases:
        raise Invalid("Bitte wählen Sie mindestens eine Phase.", "phases")
    if "area" in fields:
        known = set(District.objects.filter(ags__in=offer.area).values_list("ags", flat=True))
        if unknown := sorted(set(offer.area) - known):
            raise Invalid(f"Diesen Kreis gibt es in NRW nicht: {', '.join(unknown)}.", "area")
    if errors := check_criteria(offer.criteria):
        raise Invalid(" ".join(errors), "criteria")
    offer.search_key = spelled_both(f"{offer.title} {offer.target_group}")


def _save(offer: Offer) -> None:
    offer.version += 1
    offer.full_clean()
    offer.save()
