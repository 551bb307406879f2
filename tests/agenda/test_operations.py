"""What people do with items, and who may."""

from datetime import date, timedelta

import pytest

from ina.access.context import acting_as
from ina.access.operations.deputies import appoint_deputy
from ina.agenda import policies
from ina.agenda.enums import Anchor, ItemState, Origin
from ina.agenda.models import Reminder
from ina.agenda.operations import course, items
from ina.agenda.operations.reminders import see_reminders
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from tests.agenda.conftest import CASE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
RELEASE = date(2027, 3, 1)


def add(file, member, now, **more):
    actor = member.actor
    given = {"title": "Wohnung suchen", "due_on": date(2026, 12, 1), "responsible_id": actor.membership_id} | more
    with acting_as(actor):
        return items.add_item(actor=actor, dossier_id=file.dossier_id, case_number=CASE, now=now, **given)


def act(member, operation, item, now, **arguments):
    actor = member.actor
    with acting_as(actor):
        operation(actor=actor, item_id=item.pk, now=now, **arguments)
        item.refresh_from_db()
        return item


# --- adding and changing -------------------------------------------------------------------------------------------


def test_a_task_on_a_day(file, people, now, told, trail):
    item = add(file, people.alma, now, detail="  zwei Zimmer ")
    assert (item.title, item.detail, item.due_on, item.shown_on) == (
        "Wohnung suchen", "zwei Zimmer", date(2026, 12, 1), date(2026, 12, 1),
    )  # fmt: skip
    assert (item.anchor, item.origin, item.recorded_by_id) == (
        Anchor.FIXED, Origin.TYPED, people.alma.membership_id,
    )  # fmt: skip
    assert told == [(file.dossier_id, CASE)]
    (line,) = trail("agenda.add_item")
    assert line.dossier_id == file.dossier_id and "Wohnung" not in str(line.details)


def test_a_task_so_long_before_the_release_moves_with_it(file, people, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    item = add(file, people.alma, now, due_on=None, anchor=Anchor.RELEASE, offset="3 Wochen", before=True)
    assert item.due_on == date(2027, 2, 8)
    file.anchor(Anchor.RELEASE, date(2027, 2, 1), now)
    assert file.item(pk=item.pk).due_on == date(2027, 1, 11)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date.max}, "due_on"),
        ({"anchor": Anchor.RELEASE, "offset": "3 Wochen"}, "anchor"),
        ({"anchor": Anchor.REFERRAL, "offset": "bald"}, "offset"),
        ({"anchor": Anchor.REFERRAL, "offset": "3 Stunden"}, "offset"),
        ({"anchor": Anchor.REFERRAL, "offset": ""}, "offset"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(file, people, now, more, field):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    with pytest.raises(Invalid) as raised:
        add(file, people.alma, now, **more)
    assert raised.value.field == field


def test_only_who_sees_the_file_can_be_asked(file, people, now):
    for key in ("alma", "hanna", "jan"):
        assert add(file, people.alma, now, responsible_id=people[key].membership_id).pk
    assert add(file, people.alma, now, responsible_id=None).responsible_id is None
    for key in ("bert", "cem", "vera", "gero"):
        with pytest.raises(Invalid) as raised:
            add(file, people.alma, now, responsible_id=people[key].membership_id)
        assert raised.value.field == "responsible"
        with pytest.raises(Invalid) as raised:
            add(file, people.alma, now, deputy_id=people[key].membership_id)
        assert raised.value.field == "deputy"
    with pytest.raises(Invalid, match="sich selbst"):
        add(file, people.alma, now, deputy_id=people.alma.membership_id)


def test_a_task_is_changed(file, people, now, told):
    item = add(file, people.alma, now)
    told.clear()
    act(
        people.alma, items.change_item, item, now, version=1, title="Zimmer suchen", due_on=date(2027, 1, 4),
        responsible_id=people.hanna.membership_id, deputy_id=people.alma.membership_id,
    )  # fmt: skip
    assert (item.title, item.due_on, item.shown_on, item.version) == (
        "Zimmer suchen", date(2027, 1, 4), date(2027, 1, 4), 2,
    )  # fmt: skip
    assert (item.responsible_id, item.deputy_id) == (people.hanna.membership_id, people.alma.membership_id)
    assert told == [(file.dossier_id, CASE)]


def test_an_automatic_item_keeps_counting_and_is_not_made_twice(file, people, now):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    talk, same = file.item(), {"title": "Erstgespräch", "responsible_id": people.alma.membership_id}
    act(people.alma, items.change_item, talk, now, offset="4 Wochen", before=False, **same)
    assert talk.due_on == date(2026, 12, 21)
    act(people.alma, items.change_item, talk, now, due_on=talk.due_on, **same)
    file.anchor(Anchor.REFERRAL, date(2026, 11, 16), now)
    assert file.item().due_on == date(2026, 12, 14)
    with pytest.raises(Invalid, match="Zugang") as raised:
        act(people.alma, items.change_item, talk, now, due_on=date(2027, 1, 1), **same)
    assert raised.value.field == "due_on"


def test_two_items_of_a_kind_cannot_have_one_offset(file, people, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    check = file.item(kind="probe_check", offset_count=-3)
    with pytest.raises(Invalid, match="schon"):
        act(
            people.alma, items.change_item, check, now, title=check.title, offset="6 Monate", before=True,
            responsible_id=None,
        )  # fmt: skip


def test_an_own_task_can_get_a_stated_day_instead_of_an_offset(file, people, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    item = add(file, people.alma, now, due_on=None, anchor=Anchor.RELEASE, offset="1 Woche")
    same = {"title": item.title, "responsible_id": None}
    act(people.alma, items.change_item, item, now, due_on=date(2027, 1, 4), **same)
    assert (item.anchor, item.offset, item.due_on) == (Anchor.FIXED, None, date(2027, 1, 4))
    with pytest.raises(Invalid, match="festen Tag"):
        act(people.alma, items.change_item, item, now, offset="1 Woche", **same)


def test_a_change_keeps_a_snooze_unless_the_day_moves(file, people, now):
    item = add(file, people.alma, now)
    act(people.alma, items.snooze_item, item, now, until=date(2026, 12, 10), reason="Rückruf")
    act(people.alma, items.change_item, item, now, title="Wohnung", due_on=item.due_on, responsible_id=None)
    assert (item.shown_on, item.snoozed_until) == (date(2026, 12, 10), date(2026, 12, 10))
    act(people.alma, items.change_item, item, now, title="Wohnung", due_on=date(2026, 12, 2), responsible_id=None)
    assert (item.shown_on, item.snoozed_until, item.snooze_reason) == (date(2026, 12, 2), None, "")


def test_somebody_was_faster(file, people, now):
    item = add(file, people.alma, now)
    act(people.alma, items.complete_item, item, now, on=TODAY, version=1)
    for operation, arguments in (
        (items.reopen_item, {}),
        (items.change_item, {"title": "x", "responsible_id": None}),
        (items.snooze_item, {"until": date(2027, 1, 1), "reason": "x"}),
    ):
        with pytest.raises(Conflict):
            act(people.alma, operation, item, now, version=1, **arguments)


def test_a_moved_date_is_somebody_faster(file, people, now):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    talk = file.item()
    file.anchor(Anchor.REFERRAL, date(2026, 11, 20), now)
    with pytest.raises(Conflict):
        act(people.alma, items.complete_item, talk, now, on=TODAY, version=talk.version)


# --- done, dropped, put off, again ---------------------------------------------------------------------------------


def test_done_on_a_day_and_open_again(file, people, now, told):
    file.anchor(Anchor.REFERRAL, TODAY, now)
    talk = file.item()
    with pytest.raises(Invalid, match="Zukunft"):
        act(people.alma, items.complete_item, talk, now, on=TODAY + timedelta(days=1))
    act(people.alma, items.complete_item, talk, now, on=TODAY)
    assert (talk.state, talk.closed_on, talk.closed_by_id) == (ItemState.DONE, TODAY, people.alma.membership_id)
    with pytest.raises(Refused, match="schon erledigt"):
        act(people.alma, items.drop_item, talk, now, because="doch nicht")
    told.clear()
    act(people.alma, items.reopen_item, talk, now)
    assert (talk.state, talk.closed_on, talk.closed_by_id, talk.version) == (ItemState.OPEN, None, None, 3)
    assert told == [(file.dossier_id, CASE)]
    with pytest.raises(Refused, match="schon offen"):
        act(people.alma, items.reopen_item, talk, now)


def test_dropped_needs_a_reason(file, people, now):
    item = add(file, people.alma, now)
    for reason in ("", "   ", "x" * 201):
        with pytest.raises(Invalid) as raised:
            act(people.alma, items.drop_item, item, now, because=reason)
        assert raised.value.field == "because"
    act(people.alma, items.drop_item, item, now, because="zieht zur Schwester")
    assert (item.state, item.because) == (ItemState.DROPPED, "zieht zur Schwester")
    act(people.alma, items.reopen_item, item, now)
    assert (item.state, item.because) == (ItemState.OPEN, "")


def test_what_waits_for_a_day_cannot_be_opened_by_hand(file, people, now):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    done, waiting = file.item(kind="probe_folder"), file.item(kind="probe_contact")
    act(people.alma, items.complete_item, done, now, on=TODAY)
    file.anchor(Anchor.RELEASE, None, now)
    with pytest.raises(Refused, match="von selbst"):
        act(people.alma, items.reopen_item, waiting, now)
    with pytest.raises(Invalid, match="Entlassung"):
        act(people.alma, items.reopen_item, done, now)


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (TODAY, "x", "until"),
        (date(2026, 11, 30), "x", "until"),
        (date(2026, 12, 1), "x", "until"),
        (date(2027, 11, 24), "x", "until"),
        (date(2026, 12, 24), " ", "reason"),
    ],
)
def test_what_cannot_be_put_off(file, people, now, until, reason, field):
    item = add(file, people.alma, now)
    with pytest.raises(Invalid) as raised:
        act(people.alma, items.snooze_item, item, now, until=until, reason=reason)
    assert raised.value.field == field


def test_put_off_for_a_year_at_most(file, people, now):
    item = add(file, people.alma, now, due_on=date(2026, 1, 5))
    act(people.alma, items.snooze_item, item, now, until=date(2027, 11, 23), reason="Haft in anderer Sache")
    assert (item.due_on, item.shown_on) == (date(2026, 1, 5), date(2027, 11, 23))
    act(people.alma, items.snooze_item, item, now, until=date(2026, 11, 24), reason="doch früher")
    assert item.shown_on == date(2026, 11, 24)


# --- who may -------------------------------------------------------------------------------------------------------


def test_whoever_leads_the_case_and_the_prison_write(file, people, now):
    item = add(file, people.alma, now)
    assert add(file, people.hanna, now, responsible_id=people.hanna.membership_id).pk
    act(people.hanna, items.complete_item, item, now, on=TODAY)
    act(people.alma, items.reopen_item, item, now)
    with pytest.raises(Refused):
        act(people.jan, items.complete_item, item, now, on=TODAY)
    with pytest.raises(Refused):
        add(file, people.jan, now)
    for key in ("bert", "cem", "vera", "gero"):
        with pytest.raises(NotVisible):
            act(people[key], items.complete_item, item, now, on=TODAY)
        with pytest.raises(NotVisible):
            add(file, people[key], now)


def test_a_deputy_writes(file, people, moment):
    item = add(file, people.alma, moment)
    actor = people.alma.actor
    with acting_as(actor):
        appoint_deputy(
            actor=actor, membership_id=actor.membership_id, deputy_id=people.bert.membership_id,
            starts_on=moment.date(), ends_on=moment.date() + timedelta(days=3), now=moment,
        )  # fmt: skip
    act(people.bert, items.complete_item, item, moment, on=moment.date() - timedelta(days=1))
    assert item.closed_by_id == people.bert.membership_id


def test_an_ended_case_is_left_alone_but_for_its_report(file, people, now):
    item = add(file, people.alma, now)
    file.do(course.stop_all, because="Der Fall ist beendet.", now=now)
    file.anchor(Anchor.CLOSING, TODAY, now)
    with pytest.raises(Refused, match="beendet"):
        add(file, people.alma, now)
    with pytest.raises(Refused, match="beendet"):
        act(people.alma, items.reopen_item, item, now)
    report = file.item(kind="probe_report")
    act(people.alma, items.complete_item, report, now, on=TODAY)
    assert report.state == ItemState.DONE


def test_the_buttons_ask_the_same_policy(file, people, now, act_as):
    item = add(file, people.alma, now)
    with act_as(people.alma) as actor:
        assert policies.may_complete_item(actor, item) and policies.may_change_item(actor, item)
        assert not policies.may_reopen_item(actor, item)


def test_reminders_are_seen_by_whom_they_are_for(file, people, now, act_as):
    item = add(file, people.alma, now)
    with act_as(people.alma) as actor:
        for key in ("alma", "jan"):
            Reminder.objects.create(
                dossier_id=file.dossier_id, item=item, step="DUE", on=item.shown_on,
                membership_id=people[key].membership_id,
            )  # fmt: skip
        assert see_reminders(actor=actor, now=now) == 1
        assert see_reminders(actor=actor, now=now) == 0
        rows = Reminder.objects.visible_to(actor).order_by("pk")
        assert [(row.membership_id, row.seen_at) for row in rows] == [
            (people.alma.membership_id, now), (people.jan.membership_id, None),
        ]  # fmt: skip
    with act_as(people.gero) as actor, pytest.raises(Refused):
        see_reminders(actor=actor, now=now)
