"""Whom a case manager may have met today: their open cases, by name. Visible rows only."""

from __future__ import annotations

from ina.base.actor import Actor
from ina.cases.models import Participant, Worklist


def cases_to_meet(actor: Actor) -> list[tuple[int, str]]:
    """Key of each open case that the actor leads, and the name with the prison, by name. Two statements."""
    rows = Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung").still_open()
    rows = rows.of_responsible(actor.membership_id or 0).visible_to(actor).select_related("unit", "dossier")
    lines = list(rows.order_by("name_key", "case_id"))
    people = Participant.objects.visible_to(actor).filter(dossier_id__in=[line.dossier_id for line in lines])
    names = {person.dossier_id: person.listed_name for person in people}
    return [
        (line.case_id, f"{names.get(line.dossier_id, line.dossier.number)} ({line.unit.short_name})") for line in lines
    ]
