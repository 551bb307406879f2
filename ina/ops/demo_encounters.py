"""What the demo shows beside the stories: a referral that waits for the lead, a case on offer, somebody who came back,
an open prison, a day that a body was told; and what was done about the tasks of the past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from ina.access.context import acting_as
from ina.access.enums import Channel, ConsentPurpose
from ina.access.operations.consents import record_consent
from ina.agenda.enums import ItemState
from ina.agenda.operations.items import complete_item
from ina.agenda.queries import item_numbered, list_items
from ina.base.actor import Person
from ina.cases.enums import EventKind, HypothesisKind, HypothesisStatus, Sex
from ina.cases.operations import events, handovers, notices, referrals, release_dates
from ina.institutions.queries import get_institution
from ina.ops import demo_people as cast

# What is overdue longer than this was settled, but for one task in so many that was forgotten.
SETTLED_AFTER = timedelta(days=21)
FORGOTTEN = 24
PRISON, JOBCENTER = "jva-duesseldorf", "jc-duesseldorf"


@dataclass(frozen=True)
class Told:
    """A story that has been told: who leads the case, and where."""

    actor: Person
    case_id: int
    dossier_id: int
    prison_id: int
    story: cast.Story


def settle_past(told: Iterable[Told], today: date) -> int:
    """Tasks that nobody's story speaks of are done on the day they were due; answers how many."""
    late = 0
    for one in told:
        with transaction.atomic(), acting_as(one.actor):
            for row in list_items(one.actor, one.dossier_id, 1, today):
                if row.state is not ItemState.OPEN or not row.automatic:
                    continue
                if row.due_on >= today - SETTLED_AFTER:
                    continue
                late += 1
                if late % FORGOTTEN:
                    done = cast.working_day_before(row.due_on)
                    item = item_numbered(one.actor, one.dossier_id, 1, row.place)
                    complete_item(actor=one.actor, item_id=item.pk, on=done, now=cast.at(done))
    return late - late // FORGOTTEN


def add_encounters(told: list[Told], today: date) -> int:
    """The entries that show what else can happen; answers how many people are new."""
    alma = cast.actor_of("alma", today)
    hers = [one for one in told if one.actor.membership_id == alma.membership_id]
    preparing = [one for one in hers if one.story.stage == "preparation"]
    for act, one in (
        (_offer_to_bert, preparing[-1]),
        (_open_prison, preparing[-2]),
        (_tell_jobcenter, preparing[0]),
        (_come_back, next(one for one in hers if one.story.ending in ("REINCARCERATED", "LOST_CONTACT"))),
    ):
        with transaction.atomic(), acting_as(one.actor):
            act(one, today)
    hanna = cast.actor_of("hanna", today)
    with transaction.atomic(), acting_as(hanna):
        _wait_for_the_lead(hanna, today)
    return 1


def _offer_to_bert(one: Told, today: date) -> None:
    yesterday = cast.working_day_before(today - timedelta(days=1))
    handovers.offer_handover(
        actor=one.actor,
        case_id=one.case_id,
        receiver_id=cast.actor_of("bert", today).membership_id,
        reason="Elternzeit ab dem nächsten Monat",
        offered_on=yesterday,
        message="Der Antrag auf den Wohnheimplatz läuft; die Person verlässt sich auf eine Antwort vor dem Jahresende.",
        now=cast.at(yesterday),
    )


def _open_prison(one: Told, today: date) -> None:
    day = cast.working_day_before(today - timedelta(days=20))
    events.record_event(
        actor=one.actor,
        case_id=one.case_id,
        kind=EventKind.OPEN_PRISON,
        happened_on=day,
        remark="Arbeit außerhalb ab dem nächsten Monat",
        now=cast.at(day),
    )


def _tell_jobcenter(one: Told, today: date) -> None:
    assert one.story.release is not None
    signed = cast.working_day_before(today - timedelta(days=30))
    record_consent(
        actor=one.actor,
        dossier_id=one.dossier_id,
        purpose=ConsentPurpose.RELEASE_DATE,
        given_on=signed,
        text_version="2026-1",
        on_paper=True,
        recipient_id=get_institution(JOBCENTER).pk,
        now=cast.at(signed),
    )
    told_on = cast.working_day_before(today - timedelta(days=27))
    notices.record_notice(
        actor=one.actor,
        case_id=one.case_id,
        institution_key=JOBCENTER,
        on=today + timedelta(days=one.story.release),
        told_on=told_on,
        channel=Channel.PHONE,
        now=cast.at(told_on),
    )


def _come_back(one: Told, today: date) -> None:
    day = cast.working_day_before(today - timedelta(days=10))
    case = referrals.refer_again(
        actor=one.actor,
        dossier_id=one.dossier_id,
        prison_id=one.prison_id,
        booking_number=f"01999/{day.year % 100}/4",
        referred_on=day,
        source="SOCIAL_SERVICE",
        now=cast.at(day),
    )
    release_dates.state_release_date(
        actor=one.actor,
        case_id=case.pk,
        on=today + timedelta(days=330),
        kind=HypothesisKind.SENTENCE_END,
        status=HypothesisStatus.PLAUSIBLE,
        source="Vollstreckungsblatt",
        asserted_on=day,
        now=cast.at(day),
    )


def _wait_for_the_lead(hanna: Person, today: date) -> None:
    day = cast.working_day_before(today - timedelta(days=1))
    referrals.refer_person(
        actor=hanna,
        person=referrals.Person(
            surname="Rosmarin",
            given_name="Tarek",
            sex=Sex.MALE,
            born_on=date(today.year - 27, 3, 14),
            nationality="deutsch",
            booking_number=f"01998/{day.year % 100}/2",
            custody_kind="Strafhaft",
            release_on=today + timedelta(days=260),
            release_kind=HypothesisKind.SENTENCE_END,
            release_source="Vollstreckungsblatt",
            residence_town="Düsseldorf",
            residence_postcode="40227",
        ),
        prison_id=get_institution(PRISON).pk,
        referred_on=day,
        source="SOCIAL_SERVICE",
        referred_by="Hanna Voss, Sozialdienst",
        reason="hat in der Sprechstunde nach Arbeit gefragt",
        wish="Nach der Haft gleich eine Stelle, am liebsten im Lager.",
        now=cast.at(day),
    )
