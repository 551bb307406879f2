"""``case_for(person, state=…)``: from referral to closing, every step by its operation, as the person themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count

from ina.access.context import acting_as
from ina.base.clock import BERLIN
from ina.cases.enums import HypothesisKind, HypothesisStatus, State
from ina.cases.models import Case
from ina.cases.operations import acts, referrals, release_dates, talks

REFERRED_ON = date(2026, 3, 2)
ADMITTED_ON = date(2026, 3, 16)
RELEASED_ON = date(2026, 5, 4)
PAUSED_ON = date(2026, 6, 1)
CLOSED_ON = date(2026, 11, 9)
PLANNED_ON = date(2027, 3, 1)
PLANTS = ("Ackerwinde", "Beinwell", "Diptam", "Eibisch", "Frauenmantel", "Goldlack", "Huflattich", "Jasmin", "Kamille")
_serial = count(1)


@dataclass(frozen=True)
class Made:
    """What a test needs of a case that was made: ids and the number that people use."""

    case_id: int
    dossier_id: int
    number: str


def at(day: date) -> datetime:
    """Ten in the morning of a day, German time."""
    return datetime.combine(day, time(10), BERLIN)


def case_for(
    member,
    *,
    state: State = State.ADMITTED,
    surname: str | None = None,
    given_name: str = "Robin",
    born_on: date | None = date(1994, 4, 7),
    booking_number: str | None = None,
    prison_id: int | None = None,
    planned_on: date | None = PLANNED_ON,
    talk: bool = True,
) -> Made:
    """A case that ``member`` (of the cast) leads, brought into ``state``. Needs a transaction (``django_db``).

    surname: invented after a plant unless given. planned_on: None leaves the release date unknown.
    talk: without it no first talk and no information sheet, as long as nothing has been decided.
    """
    serial = next(_serial)
    actor = member.actor
    with acting_as(actor):
        case = referrals.refer_person(
            actor=actor,
            person=referrals.Person(
                surname=surname or f"{PLANTS[serial % len(PLANTS)]}-{serial}",
                given_name=given_name,
                sex="m",
                born_on=born_on,
                booking_number=f"P{serial:05d}" if booking_number is None else booking_number,
            ),
            prison_id=prison_id or member.place_id,
            referred_on=REFERRED_ON,
            source="SOCIAL_SERVICE",
            now=at(REFERRED_ON),
        )
        if planned_on:
            release_dates.state_release_date(
                actor=actor,
                case_id=case.pk,
                on=planned_on,
                kind=HypothesisKind.SENTENCE_END,
                status=HypothesisStatus.PLAUSIBLE,
                source="Vollstreckungsblatt",
                asserted_on=REFERRED_ON,
                now=at(REFERRED_ON),
            )
        if talk or PATHS[state]:
            talks.record_first_talk(
                actor=actor,
                case_id=case.pk,
                held_on=REFERRED_ON + timedelta(days=3),
                informed=True,
                told_voluntary=True,
                own_wishes="wieder als Maler arbeiten",
                now=at(REFERRED_ON + timedelta(days=3)),
            )
            talks.give_information(
                actor=actor,
                case_id=case.pk,
                given_on=REFERRED_ON + timedelta(days=3),
                sheet_version="1",
                now=at(REFERRED_ON + timedelta(days=3)),
            )
        for step in PATHS[state]:
            step(actor, case)
        return Made(case.pk, case.dossier_id, case.dossier.number)


def case_of(made: Made) -> Case:
    """The row, as far as whoever is acting may see it."""
    return Case.objects.unscoped(because="a test looks at what it made").get(pk=made.case_id)


def admit(actor, case, on: date = ADMITTED_ON) -> None:
    acts.admit(
        actor=actor,
        case_id=case.pk,
        admitted_on=on,
        agreement_on=on,
        participation_on=on,
        data_use_on=on,
        text_version="1",
        now=at(on),
    )


def waitlist(actor, case) -> None:
    acts.waitlist(
        actor=actor,
        case_id=case.pk,
        happened_on=ADMITTED_ON,
        reason="TOO_EARLY",
        resubmit_on=ADMITTED_ON + timedelta(days=90),
        now=at(ADMITTED_ON),
    )


def decline(actor, case) -> None:
    acts.decline(actor=actor, case_id=case.pk, happened_on=ADMITTED_ON, now=at(ADMITTED_ON))


def reject(actor, case) -> None:
    acts.reject(actor=actor, case_id=case.pk, happened_on=ADMITTED_ON, reason="OUTSIDE_NRW", now=at(ADMITTED_ON))


def release(actor, case, on: date = RELEASED_ON) -> None:
    acts.confirm_release(actor=actor, case_id=case.pk, released_on=on, now=at(on))


def pause(actor, case) -> None:
    acts.pause(
        actor=actor,
        case_id=case.pk,
        happened_on=PAUSED_ON,
        reason="THERAPY",
        until=PAUSED_ON + timedelta(days=60),
        now=at(PAUSED_ON),
    )


def close(actor, case, on: date = CLOSED_ON, reason: str = "REGULAR_6M_IN_WORK", **said) -> None:
    acts.close_case(actor=actor, case_id=case.pk, closed_on=on, reason=reason, now=at(on), **said)


PATHS = {
    State.SCREENING: (),
    State.WAITING: (waitlist,),
    State.DECLINED: (decline,),
    State.REJECTED: (reject,),
    State.ADMITTED: (admit,),
    State.AFTERCARE: (admit, release),
    State.PAUSED: (admit, release, pause),
    State.CLOSED: (admit, release, close),
}
