"""Somebody has died: everything stops quietly, and comes back when the news was wrong."""

from datetime import date, timedelta

import pytest

from ina.access import jobs
from ina.access.context import acting_as
from ina.base.actor import System
from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases import policies
from ina.cases.enums import Act, HandoverState, State
from ina.cases.models import Handover, Participant
from ina.cases.operations import acts, deaths, referrals
from ina.cases.queries import standing_acts, state_of
from tests.cases.test_acts import STANDINGS, all_that_hangs, named, open_kinds, stand, void_last, wrong_rows
from tests.factories.cases import case_for, case_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHY = "a test looks at what it made"
OPEN = [standing for standing in STANDINGS if standing.state not in (State.CLOSED, State.DECLINED, State.REJECTED)]


def person_of(made) -> Participant:
    return Participant.objects.unscoped(because=WHY).get(dossier_id=made.dossier_id)


def die(actor, made, now, on=TODAY):
    deaths.record_death(actor=actor, participant_id=person_of(made).pk, died_on=on, now=now)


def live(actor, made, now, because="Verwechslung"):
    deaths.withdraw_death(actor=actor, participant_id=person_of(made).pk, because=because, now=now)


@pytest.mark.parametrize("standing", OPEN, ids=named)
def test_death_ends_an_open_case_silently_and_an_error_brings_all_back(standing, people, act_as, now):
    made = stand(people, standing)
    with act_as(people.alma) as actor:
        before = all_that_hangs(made)
        die(actor, made, now)
        last = standing_acts(case_of(made)).last()
        assert (last.act, last.reason, person_of(made).died_on) == (Act.CLOSED, "DECEASED", TODAY)
        assert open_kinds(made) == set()
        assert wrong_rows(act_as, people) == []
        live(actor, made, now)
        assert person_of(made).died_on is None
        assert all_that_hangs(made) == before
        assert wrong_rows(act_as, people) == []


@pytest.mark.parametrize("state", [State.CLOSED, State.DECLINED, State.REJECTED])
def test_death_after_the_end_stops_what_the_end_asked_for(state, people, act_as, now):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor:
        before = all_that_hangs(made)
        assert bool(before["asked"]) is (state is State.CLOSED)
        die(actor, made, now)
        assert (open_kinds(made), state_of(case_of(made))) == (set(), state)
        with pytest.raises(Refused, match="als verstorben eingetragen"):
            void_last(actor, made, now)
        live(actor, made, now)
        assert all_that_hangs(made) == before


def test_voiding_the_ending_takes_the_death_back_too(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        before = all_that_hangs(made)
        acts.close_case(actor=actor, case_id=made.case_id, closed_on=TODAY, reason="DECEASED", now=now)
        assert person_of(made).died_on == TODAY
        row = void_last(actor, made, now, because="verwechselt mit einem Namensvetter")
        assert (row.reason, row.voided_because) == ("DECEASED", "verwechselt mit einem Namensvetter")
        assert person_of(made).died_on is None
        assert all_that_hangs(made) == before


def test_who_wrote_in_good_faith_after_the_death_does_not_keep_it_from_being_entered(people, act_as, now):
    made = case_for(people.alma, state=State.PAUSED)  # rests since 1 June
    with act_as(people.alma) as actor:
        die(actor, made, now, on=date(2026, 5, 20))
        last = standing_acts(case_of(made)).last()
        assert (person_of(made).died_on, last.happened_on) == (date(2026, 5, 20), date(2026, 6, 1))


def test_a_day_in_the_future_or_before_the_birth_is_invalid(people, act_as, now):
    made = case_for(people.alma, born_on=date(1994, 4, 7))
    with act_as(people.alma) as actor:
        for day in (TODAY + timedelta(days=1), date(1994, 4, 6)):
            with pytest.raises(Invalid) as raised:
                die(actor, made, now, on=day)
            assert raised.value.field == "died_on"
        with pytest.raises(Refused, match="kein Sterbetag"):
            live(actor, made, now)


def test_the_social_service_may_enter_it_and_the_case_manager_takes_it_back(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.hanna) as actor:
        die(actor, made, now)
    with act_as(people.jan) as actor, pytest.raises(Refused):
        live(actor, made, now)
    with act_as(people.alma) as actor:
        person_id = person_of(made).pk
    with act_as(people.cem) as actor, pytest.raises(NotVisible):
        deaths.record_death(actor=actor, participant_id=person_id, died_on=TODAY, now=now)
    with act_as(people.alma) as actor:
        with pytest.raises(Refused, match="schon eingetragen"):
            die(actor, made, now)
        with pytest.raises(Invalid):
            live(actor, made, now, because=" ")
        live(actor, made, now)
    with act_as(people.hanna) as actor:
        assert policies.may_record_death(actor, Participant.objects.visible_to(actor).get(dossier_id=made.dossier_id))


def test_open_offers_are_taken_back_and_stand_again(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        offer = Handover.objects.create(
            dossier_id=made.dossier_id, case_id=made.case_id, kind="PERSON", giver_id=people.alma.membership_id,
            receiver_id=people.bert.membership_id, reason="Wechsel", offered_on=TODAY, offered_at=now,
            offered_by_id=people.alma.membership_id, answer_by=TODAY + timedelta(days=14),
        )  # fmt: skip
        die(actor, made, now)
        offer.refresh_from_db()
        assert offer.state == HandoverState.WITHDRAWN
        live(actor, made, now)
        offer.refresh_from_db()
        assert (offer.state, offer.answered_at, offer.answer) == (HandoverState.OFFERED, None, "")


def test_nobody_who_died_gets_a_new_case(people, act_as, now):
    made = case_for(people.alma, state=State.CLOSED)
    with act_as(people.alma) as actor:
        die(actor, made, now)
        with pytest.raises(Refused, match="verstorben"):
            referrals.refer_again(
                actor=actor, dossier_id=made.dossier_id, prison_id=people.alma.place_id, referred_on=TODAY,
                source="SELF", now=now,
            )  # fmt: skip


# --- background jobs ----------------------------------------------------------------------------------------------


@pytest.fixture
def letter(monkeypatch):
    """A job that notes for whom it ran; deferring answers its arguments instead of a queue."""
    ran: list[dict] = []

    @jobs.job("tests.letter_to_the_living")
    def write(*, actor, now, **ids):
        ran.append(ids)

    deferred: list[dict] = []
    monkeypatch.setattr(write, "defer", lambda **arguments: deferred.append(arguments) or len(deferred))
    write.ran, write.deferred = ran, deferred
    yield write
    from procrastinate.contrib.django import app

    app.tasks.pop("tests.letter_to_the_living", None)


@pytest.mark.parametrize("by", ["dossier_id", "case_id"])
@pytest.mark.parametrize("who", ["alma", "night"])
def test_no_job_starts_or_runs_for_somebody_who_died(who, by, letter, people, act_as, now, caplog):
    made = case_for(people.alma)
    starter = people.alma.actor if who == "alma" else System("deadlines")
    ids = {by: getattr(made, by)}
    with act_as(people.alma) as actor:
        letter.start(actor=starter, **ids)
        letter(**letter.deferred[0])
        assert letter.ran == [ids]
        die(actor, made, now)
    with caplog.at_level("INFO", logger="ina.access.jobs"):
        letter(**letter.deferred[0])
    assert letter.ran == [ids] and "skipped" in caplog.text and "verstorben" in caplog.text
    with acting_as(starter), pytest.raises(Refused, match="verstorben"):
        letter.start(actor=starter, **ids)
    with act_as(people.alma) as actor:
        live(actor, made, now)
    letter(**letter.deferred[0])
    assert letter.ran == [ids, ids]


def test_a_job_without_a_person_is_not_asked_about_death(letter, people):
    letter.start(actor=System("deadlines"), import_id=5)
    letter(**letter.deferred[0])
    assert letter.ran == [{"import_id": 5}]
