"""Corrections of who somebody is and where they will live."""

from __future__ import annotations

from datetime import datetime

from ina.base.actor import Actor
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.models import Case, Participant
from ina.cases.operations.person_keys import refresh_keys
from ina.cases.operations.worklist import refresh

CORRECTABLE = (
    "surname",
    "given_name",
    "birth_name",
    "sex",
    "born_on",
    "birth_place",
    "nationality",
    "language",
    "needs_interpreter",
    "residence_state",
    "residence_postcode",
    "residence_town",
    "residence_district",
)
# What the list of cases sorts by, and what a person is recognised by.
RECOGNISED_BY = frozenset({"surname", "given_name", "birth_name", "birth_place"})


@operation("cases.correct_participant", may=policies.may_correct_participant, on=Participant)
def correct_participant(participant: Participant, *, actor: Actor, now: datetime, **values) -> None:
    """Correct what is known of the person. The earlier version stays in the history, for those who may see it.

    ``values``: columns of CORRECTABLE; others raise TypeError. A name that was really changed belongs to
    ``change_name``, which keeps the old one.
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
    after_renaming(actor, participant.dossier_id, recognised=bool(RECOGNISED_BY & set(changed)))
    note(columns=changed)


def after_renaming(actor: Actor, dossier_id: int, *, recognised: bool = True) -> None:
    """The list rows of all cases of a person, and the keys by which they are recognised. Part of an operation."""
    for case in Case.objects.visible_to(actor).filter(dossier_id=dossier_id):
        refresh(case)
    if recognised:
        refresh_keys(actor, dossier_id)
