"""Special events: who may enter which when, what follows, and that voiding undoes it."""

from datetime import date, timedelta

import pytest

from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import EventKind, HypothesisKind, HypothesisStatus, Phase, State
from ina.cases.models import Case, CustodyPeriod, DateNotice, ReleaseDateHypothesis, SpecialEvent
from ina.cases.operations import acts, events, referrals
from ina.cases.queries import aftercare_end_of, get_file, planning_date_of, standing_acts, state_of
from ina.cases.queries.events import closing_due, list_events, list_to_inform, offered_pause
from tests.cases.test_acts import close, pause, resume, wrong_rows
from tests.factories.cases import PLANNED_ON, REFERRED_ON, RELEASED_ON, case_for, case_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHY = "a test looks at what it made"
# By hand from domain 9.3: kind → (state, what else must be said).
ENTERED = {
    EventKind.OPEN_PRISON: (State.ADMITTED, {}),
    EventKind.CLOSED_PRISON: (State.ADMITTED, {}),
    EventKind.WORK_RELEASE: (State.ADMITTED, {}),
    EventKind.RELAXATION_ENDED: (State.ADMITTED, {"detail": "ORGANISATION"}),
    EventKind.POSTPONED: (State.ADMITTED, {}),
    EventKind.REIMPRISONED: (State.AFTERCARE, {"detail": "REMAND_ONLY"}),
    EventKind.VOLUNTARY_RETURN: (State.AFTERCARE, {"happened_on": date(2026, 10, 5), "until": date(2026, 10, 20)}),
    EventKind.UNAVAILABLE: (State.ADMITTED, {}),
}


def record(actor, made, kind, now, **given):
    arguments = {"happened_on": TODAY} | given
    return events.record_event(actor=actor, case_id=made.case_id, kind=kind, now=now, **arguments)


def void(actor, event, now, because="Irrtum"):
    events.void_event(actor=actor, specialevent_id=event.pk, because=because, now=now)


def claim(actor, made, on, kind, status, now):
    return ReleaseDateHypothesis.objects.create(
        dossier_id=made.dossier_id, case_id=made.case_id, on=on, kind=kind, status=status, source="StVK",
        asserted_on=TODAY, recorded_at=now, recorded_by_id=actor.membership_id,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ENTERED)
def test_each_event_is_entered_leaves_the_state_and_is_voided(kind, people, act_as, now):
    state, more = ENTERED[kind]
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor:
        version = case_of(made).version
        event = record(actor, made, kind, now, **more)
        assert (state_of(case_of(made)), case_of(made).version > version) == (state, True)
        (line,) = list_events(actor, case_of(made))
        assert (line.kind, bool(line.by), line.voided) == (kind, True, "")
        with pytest.raises(Invalid):
            void(actor, event, now, because=" ")
        void(actor, event, now)
        (line,) = list_events(actor, case_of(made))
        assert line.voided.startswith("storniert am 23.11.2026") and line.voided.endswith("weil: Irrtum")
        with pytest.raises(Refused, match="schon storniert"):
            void(actor, event, now)
        assert wrong_rows(act_as, people) == []


@pytest.mark.parametrize("kind", ENTERED)
def test_what_belongs_to_custody_is_not_entered_after_the_release_and_the_other_way_round(kind, people, act_as, now):
    state, more = ENTERED[kind]
    other = case_for(people.alma, state=State.AFTERCARE if state is State.ADMITTED else State.ADMITTED)
    with act_as(people.alma) as actor:
        if kind is EventKind.UNAVAILABLE:
            record(actor, other, kind, now, **more)
            return
        with pytest.raises(Invalid) as raised:
            record(actor, other, kind, now, **more)
        assert raised.value.field == "kind"


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (EventKind.TRANSFERRED, {}, "kind"),
        (EventKind.WORK_RELEASE, {"happened_on": TODAY + timedelta(days=1)}, "happened_on"),
        (EventKind.WORK_RELEASE, {"happened_on": REFERRED_ON - timedelta(days=1)}, "happened_on"),
        (EventKind.WORK_RELEASE, {"until": TODAY - timedelta(days=1)}, "until"),
        (EventKind.RELAXATION_ENDED, {}, "detail"),
        (EventKind.RELAXATION_ENDED, {"detail": "SCHULD"}, "detail"),
        (EventKind.RELAXATION_ENDED, {"detail": "PRISON", "remark": "wegen Verstoß"}, "remark"),
        (EventKind.UNAVAILABLE, {"remark": "entwichen"}, "remark"),
    ],
)
def test_impossible_entries_in_custody(kind, given, field, people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Invalid) as raised:
        record(actor, made, kind, now, **given)
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        (EventKind.REIMPRISONED, {}, "detail"),
        (
            EventKind.REIMPRISONED,
            {"detail": "REVOCATION", "happened_on": RELEASED_ON - timedelta(days=1)},
            "happened_on",
        ),
        (EventKind.VOLUNTARY_RETURN, {"happened_on": date(2026, 11, 4)}, "until"),
        # Within six months of the release on 4 May, and no longer than a month.
        (EventKind.VOLUNTARY_RETURN, {"happened_on": date(2026, 11, 5), "until": date(2026, 11, 6)}, "happened_on"),
        (EventKind.VOLUNTARY_RETURN, {"happened_on": date(2026, 11, 4), "until": date(2026, 12, 5)}, "until"),
        (EventKind.VOLUNTARY_RETURN, {"happened_on": date(2026, 11, 4), "until": date(2026, 11, 3)}, "until"),
    ],
)
def test_impossible_entries_after_the_release(kind, given, field, people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor, pytest.raises(Invalid) as raised:
        record(actor, made, kind, now, **given)
    assert raised.value.field == field


def test_case_manager_and_social_service_enter_events_nobody_else_and_not_after_the_end(people, act_as, now):
    made, ended = case_for(people.alma), case_for(people.alma, state=State.CLOSED)
    with act_as(people.hanna) as actor:
        event = record(actor, made, EventKind.WORK_RELEASE, now)
        void(actor, event, now)
    with act_as(people.jan) as actor, pytest.raises(Refused):
        record(actor, made, EventKind.WORK_RELEASE, now)
    for person in ("bert", "cem", "gero"):
        with act_as(people[person]) as actor, pytest.raises(NotVisible):
            record(actor, made, EventKind.WORK_RELEASE, now)
    with act_as(people.alma) as actor:
        with pytest.raises(Refused, match="beendet"):
            record(actor, ended, EventKind.UNAVAILABLE, now)
        with pytest.raises(Conflict):
            events.record_event(
                actor=actor, case_id=made.case_id, version=1, kind=EventKind.OPEN_PRISON, happened_on=TODAY, now=now
            )


def test_a_corrected_event_fits_as_a_new_one_would(people, act_as, now):
    from ina.cases.corrections import entry_kind

    correct = entry_kind("besonderes").correct
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        closed = record(actor, made, EventKind.CLOSED_PRISON, now, happened_on=TODAY - timedelta(days=9))
        opened = record(actor, made, EventKind.OPEN_PRISON, now, happened_on=TODAY - timedelta(days=5))
        common = {"actor": actor, "because": "Tag verwechselt", "now": now}
        correct(specialevent_id=closed.pk, happened_on=TODAY - timedelta(days=2), **common)
        assert house(made) is False
        with pytest.raises(Invalid) as raised:
            correct(specialevent_id=closed.pk, remark="wegen Verstoß", **common)
        assert raised.value.field == "remark"
        acts.confirm_release(actor=actor, case_id=made.case_id, released_on=TODAY, now=now)
        correct(specialevent_id=opened.pk, happened_on=TODAY - timedelta(days=6), **common)
        with pytest.raises(Invalid):
            correct(specialevent_id=opened.pk, happened_on=TODAY + timedelta(days=1), **common)


# --- what follows -------------------------------------------------------------------------------------------------


def house(made):
    return CustodyPeriod.objects.unscoped(because=WHY).get(case_id=made.case_id).is_open


@pytest.mark.parametrize("before", [None, False, True])
def test_open_or_closed_as_the_latest_event_says(before, people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        CustodyPeriod.objects.visible_to(actor).filter(case_id=made.case_id).update(is_open=before)
        opened = record(actor, made, EventKind.OPEN_PRISON, now, happened_on=TODAY - timedelta(days=9))
        assert house(made) is True
        closed = record(actor, made, EventKind.CLOSED_PRISON, now)
        assert house(made) is False
        record(actor, made, EventKind.OPEN_PRISON, now, happened_on=TODAY - timedelta(days=5))
        assert house(made) is False  # entered late, happened before
        void(actor, closed, now)
        assert house(made) is True
        void(actor, SpecialEvent.objects.visible_to(actor).latest("pk"), now)
        void(actor, opened, now)
        assert house(made) is before


def test_a_decision_against_release_on_parole_drops_its_days_and_voiding_brings_each_back(people, act_as, now):
    made = case_for(people.alma)
    early, possible = date(2026, 12, 15), date(2026, 12, 1)
    with act_as(people.alma) as actor:
        claim(actor, made, early, HypothesisKind.TWO_THIRDS, HypothesisStatus.DECIDED, now)
        claim(actor, made, possible, HypothesisKind.HALF, HypothesisStatus.POSSIBLE, now)
        claim(actor, made, date(2026, 12, 20), HypothesisKind.COURT_DECISION, HypothesisStatus.PLAUSIBLE, now)
        dropped = claim(actor, made, early, HypothesisKind.TWO_THIRDS, HypothesisStatus.DROPPED, now)
        pardon = claim(actor, made, date(2027, 2, 1), HypothesisKind.CHRISTMAS_PARDON, HypothesisStatus.PLAUSIBLE, now)
        assert planning_date_of(case_of(made)) == early
        event = record(actor, made, EventKind.POSTPONED, now)
        assert planning_date_of(case_of(made)) == pardon.on
        fallen = ReleaseDateHypothesis.objects.visible_to(actor).filter(case_id=made.case_id, status="DROPPED")
        assert {row.dropped_because for row in fallen if row.pk != dropped.pk} == {
            "Aussetzung des Strafrestes abgelehnt am 23.11.2026"
        }
        assert wrong_rows(act_as, people) == []
        void(actor, event, now)
        assert planning_date_of(case_of(made)) == early
        states = ReleaseDateHypothesis.objects.visible_to(actor).filter(case_id=made.case_id).order_by("pk")
        assert [row.status for row in states][1:] == ["DECIDED", "POSSIBLE", "PLAUSIBLE", "DROPPED", "PLAUSIBLE"]
        assert wrong_rows(act_as, people) == []


def test_a_later_day_leads_back_from_preparation_to_custody_by_itself(people, act_as, now):
    made = case_for(people.alma, planned_on=date(2027, 9, 1))
    with act_as(people.alma) as actor:
        claim(actor, made, date(2027, 1, 10), HypothesisKind.TWO_THIRDS, HypothesisStatus.PLAUSIBLE, now)
        assert get_file(actor, made.number, today=TODAY).phase is Phase.PREPARATION
        record(actor, made, EventKind.POSTPONED, now)
        assert get_file(actor, made.number, today=TODAY).phase is Phase.CUSTODY


def test_who_holds_a_day_that_no_longer_holds_is_to_be_told(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        claim(actor, made, date(2026, 12, 15), HypothesisKind.TWO_THIRDS, HypothesisStatus.DECIDED, now)
        case = case_of(made)
        told = {
            place: DateNotice.objects.create(
                dossier_id=made.dossier_id,
                case=case,
                institution_id=institution,
                on=on,
                told_on=TODAY,
                channel="PHONE",
                legal_basis="§ 13 JVollzDSG NRW",
                recorded_at=now,
                recorded_by_id=actor.membership_id,
            )
            for place, institution, on in (
                ("first day", people.alma.place_id, date(2026, 12, 15)),
                ("last day", people.cem.place_id, PLANNED_ON),
            )
        }
        assert list_to_inform(actor, case) == [told["last day"]]
        record(actor, made, EventKind.POSTPONED, now)
        assert list_to_inform(actor, case) == [told["first day"]]


def test_imprisonment_in_aftercare_offers_a_pause_and_later_the_end(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    began = date(2026, 8, 10)
    with act_as(people.alma) as actor:
        record(actor, made, EventKind.REIMPRISONED, now, happened_on=began, detail="SUBSTITUTE")
        case = case_of(made)
        offer = offered_pause(case, state_of(case))
        assert (offer.reason, offer.imprisonment, offer.happened_on) == ("REIMPRISONED", "SUBSTITUTE", began)
        assert aftercare_end_of(case) == date(2026, 11, 4)  # the event alone stops no clock
        assert closing_due(list(standing_acts(case))) is None
        pause(actor, made.case_id, now, on=began, reason=offer.reason, imprisonment=offer.imprisonment)
        assert offered_pause(case, state_of(case)) is None
        assert closing_due(list(standing_acts(case))) == date(2026, 11, 10)
        resume(actor, made.case_id, now, on=date(2026, 9, 9))
        assert offered_pause(case, state_of(case)) is None
        assert closing_due(list(standing_acts(case))) is None
        assert aftercare_end_of(case) == date(2026, 12, 4)


def test_a_voluntary_return_is_no_imprisonment_and_aftercare_goes_on(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        record(actor, made, EventKind.VOLUNTARY_RETURN, now, happened_on=date(2026, 11, 4), until=date(2026, 12, 4))
        case = case_of(made)
        assert (state_of(case), aftercare_end_of(case)) == (State.AFTERCARE, date(2026, 11, 4))
        assert offered_pause(case, state_of(case)) is None
        close(actor, made.case_id, now, "REGULAR_6M_OTHER")


def test_who_is_not_to_be_reached_may_rest_and_nothing_says_why(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        record(actor, made, EventKind.UNAVAILABLE, now)
        case = case_of(made)
        offer = offered_pause(case, state_of(case))
        assert (offer.reason, offer.imprisonment) == ("UNAVAILABLE", "")
        pause(actor, made.case_id, now, reason=offer.reason)
        assert get_file(actor, made.number, today=TODAY).label == "ruht (Entlassungsvorbereitung)"


@pytest.mark.parametrize("reason", ["REGULAR_6M_IN_WORK", "REINCARCERATED"])
def test_who_is_back_in_prison_after_the_end_gets_a_new_case(reason, people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        close(actor, made.case_id, now, reason, imprisonment="NEW_OFFENCE")
        case = referrals.refer_again(
            actor=actor, dossier_id=made.dossier_id, prison_id=people.alma.place_id, referred_on=TODAY, source="SELF",
            now=now,
        )  # fmt: skip
        assert (case.number, state_of(case), case.follows_id) == (2, State.SCREENING, made.case_id)
        assert Case.objects.visible_to(actor).filter(dossier_id=made.dossier_id).count() == 2
        assert state_of(case_of(made)) is State.CLOSED
        with pytest.raises(Refused):
            acts.resume(actor=actor, case_id=made.case_id, happened_on=TODAY, now=now)
