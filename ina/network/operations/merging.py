"""What hangs on a partner follows it into the entry that stays; what was signed and sent does not."""

from __future__ import annotations

from datetime import datetime

from ina.base.clock import day_of
from ina.base.periods import period
from ina.institutions.models import Institution
from ina.network.models import Agreement, Offer, PartnerContact, WorkingGroup


def follow(gone: Institution, kept: Institution, now: datetime) -> None:
    """Offers and contact persons that the other entry has already end with today; all others move."""
    today = day_of(now)
    titles = set(Offer.objects.filter(institution=kept).values_list("title", flat=True))
    for offer in Offer.objects.select_for_update(of=("self",)).filter(institution=gone):
        if offer.title in titles:
            if today in offer.valid_period:
                offer.valid_period = period(offer.begins_on and min(offer.begins_on, today), today)
        else:
            offer.institution = kept
        offer.version += 1
        offer.save()
    names = set(PartnerContact.objects.filter(institution=kept, ended_on=None).values_list("name", flat=True))
    for contact in PartnerContact.objects.select_for_update(of=("self",)).filter(institution=gone):
        if contact.name not in names:
            contact.institution = kept
        elif contact.ended_on is None:
            contact.ended_on = today
        contact.version += 1
        contact.save()
    Agreement.objects.filter(institution=gone).update(institution=kept)
    for group in WorkingGroup.objects.filter(members=gone):
        group.members.remove(gone)
        group.members.add(kept)
