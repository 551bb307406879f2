"""Deputies: planned by the person, or appointed the same day by whoever leads, when somebody falls ill or leaves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from ina.access import policies
from ina.access.enums import Basis
from ina.access.operations import grants
from ina.access.rules import compartments_for
from ina.accounts.models import Deputyship, Membership
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation


@operation("access.appoint_deputy", may=policies.may_appoint_deputy, on=Membership)
def appoint_deputy(
    principal: Membership,
    *,
    actor: Actor,
    deputy_id: int,
    starts_on: date,
    ends_on: date,
    reason: str = "",
    now: datetime,
) -> Deputyship:
    """Open what ``principal`` is accountable for to a deputy, from a day to a day, without health and confidential
    notes. Whoever appoints need not see a single file (administrators do not)."""
    today = day_of(now)
    deputy = Membership.objects.select_related("user").get(pk=deputy_id)
    if ends_on < starts_on:
        raise Invalid("Das Ende der Vertretung liegt vor ihrem Anfang.", "ends_on")
    if ends_on < today:
        raise Invalid("Das Ende der Vertretung liegt in der Vergangenheit.", "ends_on")
    if deputy.institution_id != principal.institution_id or deputy.role != principal.role:
        raise Invalid("Vertreten kann nur jemand mit derselben Rolle beim selben Träger.", "deputy")
    if deputy.pk == principal.pk or not deputy.runs_on(max(starts_on, today)):
        raise Invalid("Diese Person kann nicht vertreten.", "deputy")
    deputyship = Deputyship(
        principal=principal,
        deputy=deputy,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason.strip(),
        emergency=actor.membership_id != principal.pk,
    )
    deputyship.full_clean()
    deputyship.save()
    starts, ends = grants.period_of(deputyship)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_add_deputy_grants(%s, %s, %s, %s, %s, %s)",
            [
                principal.holder.pk,
                deputy.holder.pk,
                int(compartments_for(Basis.DEPUTYSHIP)),
                max(starts, now),
                ends,
                deputyship.pk,
            ],
        )
        note(deputy=deputy.pk, files=cursor.fetchone()[0], until=str(ends_on))
    return deputyship


@operation("access.end_deputyship", may=policies.may_end_deputyship, on=Deputyship)
def end_deputyship(deputyship: Deputyship, *, actor: Actor, now: datetime) -> None:
    """End it early; the deputy's grants end at this moment."""
    deputyship.ended_at = now
    deputyship.save(update_fields=["ended_at"])
    note(grants_closed=grants.close(at=now, basis=Basis.DEPUTYSHIP, basis_id=deputyship.pk))
