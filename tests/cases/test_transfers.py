"""Verlegung: custody, responsibility in law, who reads, the list; the case manager stays until somebody accepts."""

from datetime import date, timedelta

import pytest

from ina.access.enums import Compartment as C
from ina.agenda.models import Item
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible, Refused
from ina.base.periods import last_day
from ina.cases.enums import EventKind, HandoverKind, State
from ina.cases.models import Controller, CustodyPeriod, SpecialEvent, Worklist
from ina.cases.operations import handovers
from ina.cases.operations.transfers import record_transfer, void_transfer
from ina.institutions.models import Institution
from tests.cases.test_handovers import NOTHING, READING, opened, responsible
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(people):
    return case_for(people.alma, surname="Beinwell")


@pytest.fixture
def transfer(people, act_as, moment):
    def move(made, by=None, to=None, **given):
        with act_as(by or people.alma) as actor:
            arguments = {
                "on": day_of(moment),
                "prison_id": to or people.cem.place_id,
                "now": moment,
            } | given
            return record_transfer(actor=actor, case_id=made.case_id, **arguments)

    return move


def other_prison(people) -> int:
    """A prison in which no case manager works."""
    known = {people.alma.place_id, people.cem.place_id}
    return Institution.objects.filter(kind="PRISON").exclude(pk__in=known).order_by("pk")[0].pk


def test_the_new_prison_reads_at_once_the_old_one_for_a_while(people, made, transfer, act_as, moment):
    today = day_of(moment)
    assert opened(people.vera, made) == NOTHING
    assert transfer(made, booking_number="", department="Haus 3") is True
    assert opened(people.vera, made) == opened(people.hanna, made) == READING
    with act_as(people.vera) as actor:
        rows = CustodyPeriod.objects.visible_to(actor).order_by("pk")
        assert [(row.prison_id, row.ends_on) for row in rows] == [
            (people.alma.place_id, today),
            (people.cem.place_id, None),
        ]
        assert (rows[1].booking_number, rows[1].department, rows[1].starts_on) == ("", "Haus 3", today)
        law = Controller.objects.visible_to(actor).order_by("period")
        assert [(row.institution_id, last_day(row.period)) for row in law] == [
            (people.alma.place_id, today - timedelta(days=1)),
            (people.cem.place_id, None),
        ]
        (event,) = SpecialEvent.objects.visible_to(actor)
        assert (event.kind, event.prison_id, event.happened_on) == (EventKind.TRANSFERRED, people.cem.place_id, today)
        row = Worklist.objects.visible_to(actor).get()
        assert (row.unit_id, row.responsible_id) == (people.cem.place_id, people.alma.membership_id)
        asked = Item.objects.visible_to(actor).get(kind="cases.after_transfer")
        assert asked.responsible_id == people.alma.membership_id and asked.due_on > today


@pytest.mark.parametrize(("days", "reads"), [(13, True), (14, True), (15, False)])
def test_the_old_prison_reads_fourteen_days_from_the_transfer(days, reads, people, made, transfer, moment):
    transfer(made, on=day_of(moment) - timedelta(days=days))
    assert opened(people.hanna, made) == (READING if reads else NOTHING)
    assert opened(people.vera, made) == READING


def test_the_prison_that_the_person_left_writes_no_more(people, made, transfer):
    assert transfer(made, by=people.hanna) is True
    with pytest.raises(Refused):
        transfer(made, by=people.hanna, to=people.alma.place_id)
    assert transfer(made, by=people.vera, to=people.alma.place_id) is True  # and back
    assert opened(people.hanna, made) == READING


def test_the_way_on_depends_on_whether_a_team_works_there(people, made, transfer, act_as, moment):
    assert transfer(made, to=other_prison(people)) is False
    assert responsible(made, people.alma, act_as)[-1][::2] == (people.alma.membership_id, None)


def test_a_transfer_goes_on_to_a_handover(people, made, transfer, act_as, moment):
    transfer(made)
    with act_as(people.alma) as actor:
        handover = handovers.offer_handover(
            actor=actor,
            case_id=made.case_id,
            kind=HandoverKind.TRANSFER,
            prison_id=people.cem.place_id,
            receiver_id=people.cem.membership_id,
            reason="Verlegung",
            offered_on=day_of(moment),
            now=moment,
        )
        assert not Item.objects.visible_to(actor).filter(kind="cases.after_transfer", state="OPEN").exists()
    with act_as(people.cem) as actor:
        handovers.accept_handover(actor=actor, handover_id=handover.pk, now=moment)
    assert opened(people.cem, made) == opened(people.uwe, made) == READING
    with act_as(people.cem) as actor:
        row = Worklist.objects.visible_to(actor).get()
        assert (row.unit_id, row.responsible_id, row.team_id) == (
            people.cem.place_id,
            people.cem.membership_id,
            people.cem.team_id,
        )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": date(2999, 1, 1)}, "on"),
        ({"on": date(2026, 3, 1)}, "on"),
        ({"to": "here"}, "prison_id"),
        ({"to": "carrier"}, "prison_id"),
        ({"to": 99999999}, "prison_id"),
        ({"booking_number": "9" * 60}, "booking_number"),
    ],
)
def test_nonsense_is_said_and_leaves_nothing(given, field, people, made, transfer, act_as):
    places = {"here": people.alma.place_id, "carrier": people.alma.institution_id}
    given = {name: places.get(value, value) for name, value in given.items()}
    with pytest.raises(Invalid) as raised:
        transfer(made, **given)
    assert raised.value.field == field
    with act_as(people.alma) as actor:
        assert CustodyPeriod.objects.visible_to(actor).count() == 1
        assert not SpecialEvent.objects.visible_to(actor).exists()


def test_a_transfer_before_the_last_one_is_refused(people, made, transfer, moment):
    transfer(made, on=day_of(moment) - timedelta(days=5))
    with pytest.raises(Invalid, match="vor der letzten Verlegung"):
        transfer(made, to=other_prison(people), on=day_of(moment) - timedelta(days=6))


def test_a_number_in_use_there_is_said(people, made, transfer):
    case_for(people.cem, booking_number="55/26")
    with pytest.raises(Invalid, match="Buchnummer"):
        transfer(made, booking_number="55/26")
    assert opened(people.vera, made) == NOTHING


def test_who_may(people, made, transfer):
    for member in (people.jan,):
        with pytest.raises(Refused):
            transfer(made, by=member)
    for member in (people.bert, people.cem, people.vera, people.frida):
        with pytest.raises(NotVisible):
            transfer(made, by=member)
    released = case_for(people.alma, state=State.AFTERCARE)
    with pytest.raises(Refused, match="entlassen"):
        transfer(released)
    assert C.CUSTODY in opened(people.alma, made)


def void(actor, moment, because="falsche Anstalt"):
    event = SpecialEvent.objects.visible_to(actor).standing().latest("pk")
    void_transfer(actor=actor, specialevent_id=event.pk, because=because, now=moment)


@pytest.mark.parametrize("days", [0, 5])
def test_a_voided_transfer_leaves_what_was_before(days, people, made, transfer, act_as, moment):
    transfer(made, on=day_of(moment) - timedelta(days=days))
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid):
            void(actor, moment, because=" ")
        void(actor, moment)
        assert CustodyPeriod.objects.visible_to(actor).standing().get().ends_on is None
        law = Controller.objects.visible_to(actor).get()
        assert (law.institution_id, law.period.lower, last_day(law.period)) == (
            people.alma.place_id,
            date(2026, 3, 2),
            None,
        )
        assert Worklist.objects.visible_to(actor).get().unit_id == people.alma.place_id
        assert not Item.objects.visible_to(actor).filter(kind="cases.after_transfer", state="OPEN").exists()
    assert opened(people.vera, made) == NOTHING and opened(people.hanna, made) == READING
    assert transfer(made, by=people.hanna) is True  # present prison again: it writes


def test_the_last_transfer_is_voided_first(people, made, transfer, act_as, moment):
    transfer(made, on=day_of(moment) - timedelta(days=5))
    transfer(made, to=other_prison(people))
    with act_as(people.alma) as actor:
        first = SpecialEvent.objects.visible_to(actor).earliest("pk")
        with pytest.raises(Invalid, match="spätere"):
            void_transfer(actor=actor, specialevent_id=first.pk, because="Irrtum", now=moment)
    with act_as(people.hanna) as actor, pytest.raises(Refused):
        void(actor, moment)
