"""Corrections of who somebody is and where they will live."""

from __future__ import annotations

from datetime import datetime

from ina.base.actor import Actor
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.models import Case, Participant
from ina.cases.operations.worklist import refresh

CORRECTABLE = (
    "surname",
    "given_name",
    "birth_name",
    "aliases",
    "sex",
    "born_on",
    "birth_place",
    "nationality",
    "residence_state",
    "residence_postcode",
    "residence_town",
    "residence_district",
)


@operation("cases.correct_participant", may=policies.may_correct_participant, on=Participant)
def correct_participant(participant: Participant, *, actor: Actor, now: datetime, **values) -> None:
    """Correct what is known of the person. The earlier version stays in the history, for those who may see it.

    ``values``: columns of CORRECTABLE; others raise TypeError.
    """
    unknown = set(values) - set(CORRECTABLE)
    if unknown:
        raise TypeError(f"not correctable: {sorted(unknown)}")
    changed = [name for name, value in values.items() if getattr(participant, name) != value]
    for name in changed:
        setattr(participant, name, values[name])
    participant.version += 1
    participant.clean_fields(exclude=["dossier"])
    participant.save()
    for case in Case.objects.visible_to(actor).filter(dossier_id=participant.dossier_id):
        refresh(case)
    note(columns=changed)
