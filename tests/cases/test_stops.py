"""Deadlines of our own wait while the clock of a case stands still; those towards the release do not."""

from datetime import date, timedelta

import pytest

from ina.access.context import acting_as
from ina.agenda.models import ClockStop, Item
from ina.agenda.operations.items import snooze_item
from ina.agenda.operations.stops import stop_clock
from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.corrections import entry_kind
from ina.cases.enums import State
from ina.cases.models import Worklist
from ina.cases.operations.consequences import settle
from tests.factories.cases import REFERRED_ON, admit, case_for, case_of

pytestmark = pytest.mark.django_db
WHY = "a test looks at what it made"


@pytest.fixture
def due(people):
    """The day on which an item of a kind is due, as Alma sees it."""

    def look(made, kind: str) -> date:
        with acting_as(people.alma.actor):
            return Item.objects.visible_to(people.alma.actor).get(dossier_id=made.dossier_id, kind=kind).due_on

    return look


@pytest.fixture
def listed(people):
    def look(made) -> date:
        with acting_as(people.alma.actor):
            return Worklist.objects.unscoped(because=WHY).get(case_id=made.case_id).due_key

    return look


def stop(actor, made, now, **given):
    stated = {
        "reason": "COURT",
        "from_on": REFERRED_ON + timedelta(days=1),
        "until_on": REFERRED_ON + timedelta(days=7),
    }
    return stop_clock(actor=actor, dossier_id=made.dossier_id, case_number=1, now=now, **stated | given)


@pytest.fixture
def made(people):
    return case_for(people.alma, state=State.SCREENING, talk=False)


def test_deadlines_of_ours_move_and_those_of_the_release_stay(people, act_as, now, due):
    made = case_for(people.alma)
    before = {kind: due(made, kind) for kind in ("profiling.initial", "profiling.again", "cases.confirm_release")}
    with act_as(people.alma) as actor:
        stop(actor, made, now, from_on=date(2026, 3, 20), until_on=date(2026, 3, 24))
    assert due(made, "profiling.initial") == before["profiling.initial"] + timedelta(days=5)
    assert due(made, "profiling.again") == before["profiling.again"]
    assert due(made, "cases.confirm_release") == before["cases.confirm_release"]


def test_the_list_row_follows(people, act_as, now, made, listed):
    before = listed(made)
    with act_as(people.alma) as actor:
        stop(actor, made, now)
    assert listed(made) == before + timedelta(days=7)


def test_correcting_and_voiding_move_back(people, act_as, now, made, due):
    before, kind = due(made, "cases.first_talk"), entry_kind("fristpause")
    with act_as(people.alma) as actor:
        row = stop(actor, made, now)
        kind.correct(
            actor=actor, clockstop_id=row.pk, version=1, because="früher zurück", now=now,
            reason="COURT", from_on=row.from_on, until_on=row.until_on - timedelta(days=3), remark="",
        )  # fmt: skip
    assert due(made, "cases.first_talk") == before + timedelta(days=4)
    with act_as(people.alma) as actor:
        kind.void(actor=actor, clockstop_id=row.pk, version=2, because="falsche Akte", now=now)
    assert due(made, "cases.first_talk") == before


def test_a_moved_anchor_keeps_the_stop(people, act_as, now, made, due):
    with act_as(people.alma) as actor:
        stop(actor, made, now)
        moved = due(made, "cases.decide_admission")
        # The admission settles the case: days of anchors are stated anew.
        case = case_of(made)
        settle(case, now=now)
    assert due(made, "cases.decide_admission") == moved


def test_a_snooze_falls_away_when_the_day_moves(people, act_as, now, made):
    with act_as(people.alma) as actor:
        item = Item.objects.visible_to(actor).get(dossier_id=made.dossier_id, kind="cases.first_talk")
        snooze_item(actor=actor, item_id=item.pk, until=date(2026, 12, 1), reason="Station gesperrt", now=now)
        stop(actor, made, now)
        item.refresh_from_db()
    assert item.snoozed_until is None and item.shown_on == item.due_on


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "OFFENCE"}, "reason"),
        ({"until_on": REFERRED_ON}, "until_on"),
        ({"until_on": REFERRED_ON + timedelta(days=200)}, "until_on"),
        ({"from_on": date(1900, 1, 1)}, "until_on"),
    ],
)
def test_what_cannot_be(people, act_as, now, made, given, field):
    with act_as(people.alma) as actor, pytest.raises(Invalid) as refusal:
        stop(actor, made, now, **given)
    assert refusal.value.field == field


def test_two_stops_do_not_overlap(people, act_as, now, made):
    with act_as(people.alma) as actor:
        stop(actor, made, now)
        with pytest.raises(Invalid, match="schon still"):
            stop(actor, made, now, from_on=REFERRED_ON + timedelta(days=7))


def test_others_stop_nothing(people, act_as, now, made):
    with act_as(people.jan) as actor, pytest.raises(Refused):
        stop(actor, made, now)
    with act_as(people.cem) as actor, pytest.raises(NotVisible):
        stop(actor, made, now)
    ended = case_for(people.alma, state=State.DECLINED)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        stop(actor, ended, now)
    assert not ClockStop.objects.unscoped(because=WHY).exists()


def test_new_deadlines_know_of_a_running_stop(people, act_as, now, due):
    made, plain = case_for(people.alma, state=State.SCREENING), case_for(people.alma)
    with act_as(people.alma) as actor:
        stop(actor, made, now, from_on=date(2026, 3, 20), until_on=date(2026, 3, 24))
        admit(actor, case_of(made))
    assert due(made, "profiling.initial") == due(plain, "profiling.initial") + timedelta(days=5)
