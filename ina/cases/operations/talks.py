"""Step 1, Beratung: the structured first talk, and the information sheet that goes with it."""

from __future__ import annotations

from datetime import date, datetime

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import operation
from ina.cases import policies
from ina.cases.models import Case, FirstTalk, InformationGiven
from ina.cases.operations import deadlines
from ina.cases.operations.worklist import note_contact
from ina.reference.queries import code_labels


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
    deadlines.done(case, "cases.first_talk", held_on, now=now, by=actor.membership_id)
    return talk


@operation("cases.give_information", may=policies.may_record_first_talk, on=Case)
def give_information(
    case: Case,
    *,
    actor: Actor,
    given_on: date,
    sheet_version: str,
    language: str = "de",
    interpreter: str = "",
    now: datetime,
) -> InformationGiven:
    """The information sheet on data protection was handed over and explained, in a language the person understands."""
    if given_on > day_of(now):
        raise Invalid(f"Der {given_on:%d.%m.%Y} liegt in der Zukunft.", "given_on")
    if language not in code_labels("languages", on=given_on):
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", "language")
    row = InformationGiven(
        dossier_id=case.dossier_id,
        case=case,
        given_on=given_on,
        sheet_version=sheet_version.strip(),
        language=language,
        interpreter=interpreter.strip(),
        given_by_id=actor.membership_id,
        recorded_at=now,
    )
    row.clean_fields(exclude=["dossier", "case", "given_by"])
    row.save(force_insert=True)
    return row
