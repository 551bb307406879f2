"""Writing grants, as part of an operation of a module above (an assignment, a referral …). Never on its own."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import connection

from ina.access.enums import Basis, Compartment
from ina.access.rules import compartments_for
from ina.accounts.models import Deputyship, Membership
from ina.base.clock import BERLIN, day_of


def give(
    *,
    dossier_id: int,
    holder_id: int,
    basis: Basis,
    starts: datetime,
    basis_id: int | None = None,
    ends: datetime | None = None,
    compartments: Compartment | None = None,
    purpose: str = "",
    case_number: int | None = None,
) -> int:
    """Open a dossier for a holder; the answer is the grant's id. Refused by the database when the actor sees nothing
    of the dossier and it is not new."""
    mask = int(compartments if compartments is not None else compartments_for(basis))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_add_grant(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [dossier_id, holder_id, mask, purpose, starts, ends, str(basis), basis_id, case_number],
        )
        return cursor.fetchone()[0]


def close(
    *,
    at: datetime,
    dossier_id: int | None = None,
    holder_id: int | None = None,
    basis: Basis | None = None,
    basis_id: int | None = None,
) -> int:
    """End grants at a moment; the answer is how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_close_grants(%s, %s, %s, %s, %s)",
            [dossier_id, holder_id, basis and str(basis), basis_id, at],
        )
        return cursor.fetchone()[0]


def give_to_deputies(*, dossier_id: int, principal: Membership, now: datetime, case_number: int | None = None) -> None:
    """A case that comes to somebody during their deputyship is opened for the deputy as well."""
    today = day_of(now)
    running = Deputyship.objects.filter(principal=principal, ends_on__gte=today, ended_at=None).select_related(
        "deputy__holder"
    )
    for deputyship in running:
        starts, ends = period_of(deputyship)
        give(
            dossier_id=dossier_id,
            holder_id=deputyship.deputy.holder.pk,
            basis=Basis.DEPUTYSHIP,
            basis_id=deputyship.pk,
            starts=max(starts, now),
            ends=ends,
            case_number=case_number,
        )


def period_of(deputyship: Deputyship) -> tuple[datetime, datetime]:
    """From the first moment of the first day to the last of the last, German time."""
    starts = datetime.combine(deputyship.starts_on, time.min, BERLIN)
    ends = datetime.combine(deputyship.ends_on + timedelta(days=1), time.min, BERLIN)
    return starts, ends
