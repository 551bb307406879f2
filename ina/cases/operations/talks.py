"""Step 1, Beratung: the structured first talk."""

from __future__ import annotations

from datetime import date, datetime

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import operation
from ina.cases import policies
from ina.cases.models import Case, FirstTalk
from ina.cases.operations.worklist import note_contact


@operation("cases.record_first_talk", may=policies.may_record_first_talk, on=Case)
def record_first_talk(
    case: Case,
    *,
    actor: Actor,
    held_on: date,
    place: str = "",
    informed: bool,
    told_voluntary: bool,
    own_wishes: str = "",
    now: datetime,
) -> FirstTalk:
    """What was said in the first talk. It counts only when the person was told that a refusal has no disadvantage."""
    if held_on > day_of(now):
        raise Invalid(f"Der {held_on:%d.%m.%Y} liegt in der Zukunft.", "held_on")
    if not told_voluntary:
        raise Invalid(
            "Bitte sagen Sie der Person, dass die Teilnahme freiwillig ist, und halten Sie es fest.", "told_voluntary"
        )
    talk = FirstTalk(
        dossier_id=case.dossier_id,
        case=case,
        held_on=held_on,
        held_by_id=actor.membership_id,
        place=place.strip(),
        informed=informed,
        told_voluntary=told_voluntary,
        own_wishes=own_wishes.strip(),
        recorded_at=now,
    )
    talk.clean_fields(exclude=["dossier", "case", "held_by"])
    talk.save(force_insert=True)
    note_contact(case, held_on)
    return talk
