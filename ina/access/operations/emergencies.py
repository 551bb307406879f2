"""Break-glass: a file opened without a right to it, for a day, with a reason, and reviewed afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from ina.access import policies
from ina.access.enums import Basis
from ina.access.events import EmergencyAccessOpened
from ina.access.models import EmergencyAccess
from ina.access.rules import compartments_for
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation


@operation("access.open_emergency_access", may=policies.may_open_emergency_access)
def open_emergency_access(*, actor: Actor, number: str, reason: str, hours: int, now: datetime) -> int:
    """Open the file with this number for ``hours`` hours (a dated parameter). Answers the dossier's id.

    For danger in delay: self-harm, announced violence, a child in danger (§ 4 KKG, § 138 StGB). The team lead sees it
    at once and reviews it; the person sees it in the log of their file.
    """
    if len(reason.strip()) < 20:
        raise Invalid("Bitte begründen Sie den Zugriff in einem Satz (mindestens 20 Zeichen).", "reason")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_open_emergency(%s, %s, %s, %s, %s, %s)",
            [
                number.strip(),
                actor.own_holder,  # type: ignore[attr-defined]
                int(compartments_for(Basis.EMERGENCY)),
                reason.strip(),
                now,
                now + timedelta(hours=hours),
            ],
        )
        dossier_id = cursor.fetchone()[0]
    if dossier_id is None:
        raise Invalid("Eine Akte mit diesem Zeichen gibt es nicht.", "number")
    note(dossier=dossier_id, hours=hours)
    publish(EmergencyAccessOpened(dossier_id=dossier_id, membership_id=actor.membership_id or 0))
    return dossier_id


@operation("access.review_emergency_access", may=policies.may_review_emergency_access, on=EmergencyAccess)
def review_emergency_access(emergency: EmergencyAccess, *, actor: Actor, review_note: str, now: datetime) -> None:
    """The team lead has looked at why a file was opened in an emergency."""
    emergency.reviewed_at = now
    emergency.reviewed_by_id = actor.membership_id
    emergency.review_note = review_note.strip()
    emergency.save(update_fields=["reviewed_at", "reviewed_by", "review_note"])
