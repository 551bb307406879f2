"""Step 1, Beratung: the structured first talk, the information sheet that goes with it, the participation agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import operation
from ina.cases import policies
from ina.cases.enums import TalkAnswer
from ina.cases.models import Case, FirstTalk, InformationGiven, ParticipationAgreement
from ina.cases.operations import deadlines
from ina.cases.operations.worklist import note_contact
from ina.reference.queries import code_labels

ASK_AGAIN = "cases.ask_again"


@operation("cases.record_first_talk", may=policies.may_record_first_talk, on=Case)
def record_first_talk(
    case: Case,
    *,
    actor: Actor,
    held_on: date,
    minutes: int | None = None,
    place: str = "",
    present: str = "",
    informed: bool,
    topics: Sequence[str] = (),
    told_voluntary: bool,
    own_wishes: str = "",
    answer: TalkAnswer | None = None,
    answer_until: date | None = None,
    now: datetime,
) -> FirstTalk:
    """What was said in the first talk. It counts only when the person was told that a refusal has no disadvantage.

    topics: codes of first_talk_topics. Who wants to think it over is asked again on the day that was agreed; a yes or a
    no is not decided here (``cases.admit``, ``cases.decline``).
    """
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
        minutes=minutes,
        place=place.strip(),
        present=present.strip(),
        informed=informed,
        topics=list(topics),
        told_voluntary=told_voluntary,
        own_wishes=own_wishes.strip(),
        answer=str(answer or ""),
        answer_until=answer_until,
        recorded_at=now,
    )
    require_sound_talk(talk)
    talk.clean_fields(exclude=["dossier", "case", "held_by"])
    talk.save(force_insert=True)
    note_contact(case, held_on)
    deadlines.done(case, "cases.first_talk", held_on, now=now, by=actor.membership_id)
    follow_answer(talk, case, now)
    return talk


def require_sound_talk(talk: FirstTalk) -> None:
    """Raises Invalid: an unknown topic, time to think without wanting to think or without a day."""
    known = code_labels("first_talk_topics", on=talk.held_on)
    if any(topic not in known for topic in talk.topics):
        raise Invalid("Bitte wählen Sie Einträge der Liste.", "topics")
    if talk.answer == TalkAnswer.THINKING and talk.answer_until is None:
        raise Invalid("Bis wann möchte die Person nachdenken?", "answer_until")
    if talk.answer != TalkAnswer.THINKING and talk.answer_until is not None:
        raise Invalid("Bedenkzeit hat nur, wer noch nachdenken möchte.", "answer_until")
    if talk.answer_until is not None and talk.answer_until < talk.held_on:
        raise Invalid("Die Bedenkzeit endet vor dem Gespräch.", "answer_until")


def follow_answer(talk: FirstTalk, case: Case, now: datetime) -> None:
    """Somebody who thinks it over is asked again; any other answer ends the waiting."""
    if talk.answer_until is not None and not talk.is_voided:
        deadlines.ask_on(case, ASK_AGAIN, talk.answer_until, responsible_id=talk.held_by_id, now=now)
    elif talk.is_voided:
        deadlines.withdraw(case, ASK_AGAIN, "Das Gespräch wurde storniert.", now=now)
    elif talk.answer:
        deadlines.done(case, ASK_AGAIN, talk.held_on, now=now, by=talk.held_by_id)


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
    _require_past_day(given_on, "given_on", language, now)
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


@operation("cases.record_agreement", may=policies.may_record_agreement, on=Case)
def record_agreement(
    case: Case,
    *,
    actor: Actor,
    agreed_on: date,
    text_version: str,
    language: str = "de",
    interpreter: str = "",
    guardian: str = "",
    own_words: str = "",
    now: datetime,
) -> ParticipationAgreement:
    """Both have signed the participation agreement. One counts at a time; a wrong one is voided first."""
    return add_agreement(
        case,
        actor,
        agreed_on=agreed_on,
        text_version=text_version,
        language=language,
        interpreter=interpreter,
        guardian=guardian,
        own_words=own_words,
        now=now,
    )


def add_agreement(
    case: Case,
    actor: Actor,
    *,
    agreed_on: date,
    text_version: str,
    language: str,
    interpreter: str,
    guardian: str,
    now: datetime,
    own_words: str = "",
    field: str = "agreed_on",
) -> ParticipationAgreement:
    """Part of an operation that loaded the case."""
    _require_past_day(agreed_on, field, language, now)
    row = ParticipationAgreement(
        dossier_id=case.dossier_id,
        case=case,
        agreed_on=agreed_on,
        text_version=text_version.strip(),
        language=language,
        interpreter=interpreter.strip(),
        guardian=guardian.strip(),
        own_words=own_words.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    row.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    row.save(force_insert=True)
    return row


def _require_past_day(on: date, field: str, language: str, now: datetime) -> None:
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", field)
    if language not in code_labels("languages", on=on):
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", "language")
