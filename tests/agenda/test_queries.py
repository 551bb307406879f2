"""Lists of items, their order and names, and the preview of a moved date."""

from datetime import date, timedelta

import pytest

from ina.access.context import acting_as
from ina.access.operations.deputies import appoint_deputy
from ina.agenda import queries
from ina.agenda.enums import Anchor, ItemState, ReminderStep, Urgency
from ina.agenda.models import Item, Reminder
from ina.agenda.operations import course, items
from ina.base.errors import Invalid, NotVisible
from tests.agenda.conftest import CASE, bare_case

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
RELEASE = date(2027, 3, 1)


def add(actor, dossier_id, now, title, due_on, **more):
    given = {"responsible_id": actor.membership_id} | more
    return items.add_item(
        actor=actor, dossier_id=dossier_id, case_number=CASE, title=title, due_on=due_on, now=now, **given
    )


@pytest.fixture
def three(file, people, now, act_as):
    with act_as(people.alma) as actor:
        return [
            add(actor, file.dossier_id, now, "spät", date(2027, 6, 1)),
            add(actor, file.dossier_id, now, "überfällig", date(2026, 11, 20)),
            add(actor, file.dossier_id, now, "bald", date(2026, 11, 30), deputy_id=people.hanna.membership_id),
        ]


# --- the list of a case --------------------------------------------------------------------------------------------


def test_open_items_come_first_by_the_day_on_which_they_ask(file, three, people, now, act_as):
    with act_as(people.alma) as actor:
        add(actor, file.dossier_id, now, "gestrichen", date(2026, 11, 1))
        items.drop_item(actor=actor, item_id=file.item(title="gestrichen").pk, because="unnötig", now=now)
        items.snooze_item(actor=actor, item_id=three[1].pk, until=date(2026, 12, 24), reason="Anruf", now=now)
        rows = queries.list_items(actor, file.dossier_id, CASE, TODAY)
    assert [(row.place, row.title, row.urgency) for row in rows] == [
        (3, "bald", Urgency.SOON),
        (2, "überfällig", Urgency.SNOOZED),
        (1, "spät", Urgency.LATER),
        (4, "gestrichen", Urgency.DROPPED),
    ]
    assert (rows[0].responsible, rows[0].deputy) == ("Alma Ahorn", "Hanna Hasel")
    assert (rows[1].due_on, rows[1].snoozed_until, rows[1].snooze_reason) == (
        date(2026, 11, 20), date(2026, 12, 24), "Anruf",
    )  # fmt: skip
    assert (rows[3].because, rows[3].closed_by, rows[3].comes_back) == ("unnötig", "Alma Ahorn", False)


def test_automatic_items_say_where_they_come_from(file, people, now, act_as):
    file.anchor(Anchor.REFERRAL, TODAY, now, responsible_id=None)
    file.anchor(Anchor.RELEASE, RELEASE, now)
    with act_as(people.alma) as actor:
        rows = {row.kind + row.offset: row for row in queries.list_items(actor, file.dossier_id, CASE, TODAY)}
    talk = rows["probe_talk10 Arbeitstage danach"]
    assert (talk.page, talk.automatic, talk.responsible, talk.anchor) == ("gespraech", True, "", Anchor.REFERRAL)
    assert rows["probe_check3 Monate vorher"].title == "Mindeststandards prüfen (3 Monate vorher)"
    assert rows["probe_contact3 Arbeitstage danach"].short_list
    assert rows["probe_check9 Monate vorher"].days_late(TODAY) == (TODAY - date(2026, 6, 1)).days
    assert talk.days_late(TODAY) == 0


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_is_one_query(count, file, people, now, act_as, django_assert_num_queries):
    with act_as(people.alma) as actor:
        for number in range(count):
            add(actor, file.dossier_id, now, f"Aufgabe {number}", RELEASE)
        with django_assert_num_queries(1):
            assert len(queries.list_items(actor, file.dossier_id, CASE, TODAY)) == count


def test_items_are_named_by_their_place(file, three, people, act_as):
    with act_as(people.alma) as actor:
        for place, item in enumerate(three, 1):
            assert queries.item_numbered(actor, file.dossier_id, CASE, place) == item
        for place in (0, -1, 4, 10**9):
            with pytest.raises(NotVisible):
                queries.item_numbered(actor, file.dossier_id, CASE, place)
        with pytest.raises(NotVisible):
            queries.item_numbered(actor, file.dossier_id, CASE + 1, 1)


def test_strangers_see_no_item(file, three, people, act_as):
    for key in ("bert", "cem", "vera", "uwe", "gero", "tina"):
        with act_as(people[key]) as actor:
            assert queries.list_items(actor, file.dossier_id, CASE, TODAY) == ()
            with pytest.raises(NotVisible):
                queries.item_numbered(actor, file.dossier_id, CASE, 1)
            assert not Item.objects.unscoped(because="the wall alone").exists()


def test_the_next_day_of_a_case(file, three, people, now, act_as):
    with act_as(people.alma) as actor:
        assert queries.next_item(file.dossier_id, CASE).on == date(2026, 11, 20)
        items.complete_item(actor=actor, item_id=three[1].pk, on=TODAY, now=now)
        items.snooze_item(actor=actor, item_id=three[2].pk, until=date(2027, 1, 4), reason="Urlaub", now=now)
        assert queries.next_item(file.dossier_id, CASE).on == date(2027, 1, 4)
        assert queries.next_item(file.dossier_id, CASE + 1).on is None


def test_who_can_be_asked(file, people, act_as):
    with act_as(people.alma):
        found = queries.list_people(file.dossier_id, TODAY)
    assert found == {people[key].membership_id: people[key].name for key in ("alma", "hanna", "jan")}
    with act_as(people.cem):
        assert queries.list_people(file.dossier_id, TODAY) == {}


# --- the list of a person ------------------------------------------------------------------------------------------


def test_own_items_across_files_by_the_day(file, three, people, now, act_as):
    other = bare_case(people.alma)
    with act_as(people.alma) as actor:
        add(actor, other.dossier_id, now, "anderswo", date(2026, 11, 25))
        add(actor, other.dossier_id, now, "von Hanna", date(2026, 11, 24), responsible_id=people.hanna.membership_id)
        rows = queries.list_due(actor, TODAY + timedelta(days=14), today=TODAY)
        everything = queries.list_due(actor, date(2030, 1, 1), today=TODAY)
    assert [(row.title, row.place, row.urgency) for row in rows] == [
        ("überfällig", 2, Urgency.OVERDUE),
        ("anderswo", 1, Urgency.SOON),
        ("bald", 3, Urgency.SOON),
    ]
    assert rows[1].number == other.number and not rows[1].for_somebody
    assert len(everything) == 4
    with act_as(people.hanna) as actor:
        rows = queries.list_due(actor, date(2030, 1, 1), today=TODAY)
        assert [(row.title, row.for_somebody) for row in rows] == [("von Hanna", False), ("bald", True)]
    for key in ("bert", "jan", "gero"):
        with act_as(people[key]) as actor:
            assert queries.list_due(actor, date(2030, 1, 1), today=TODAY) == []


def test_pages_follow_each_other_without_a_gap(file, people, now, act_as):
    with act_as(people.alma) as actor:
        for number in range(7):
            add(actor, file.dossier_id, now, f"Aufgabe {number}", date(2026, 12, 1 + number // 3))
        found, cursor = [], ""
        while rows := queries.list_due(actor, RELEASE, today=TODAY, cursor=cursor, limit=2):
            found += [row.title for row in rows]
            cursor = rows[-1].cursor
        assert found == [f"Aufgabe {number}" for number in range(7)]
        for nonsense in ("x", "2026-13-01~1", "2026-12-01~", "2026-12-01~1; DROP"):
            with pytest.raises(NotVisible):
                queries.list_due(actor, RELEASE, today=TODAY, cursor=nonsense)


def test_a_deputy_has_the_items_of_whom_they_stand_in_for(file, three, people, moment):
    actor = people.alma.actor
    with acting_as(actor):
        appoint_deputy(
            actor=actor, membership_id=actor.membership_id, deputy_id=people.bert.membership_id,
            starts_on=moment.date(), ends_on=moment.date() + timedelta(days=3), now=moment,
        )  # fmt: skip
    bert = people.bert.actor
    with acting_as(bert):
        rows = queries.list_due(bert, date(2030, 1, 1), today=moment.date())
        assert {row.title for row in rows} == {"spät", "überfällig", "bald"} and all(row.for_somebody for row in rows)
        assert queries.list_due(bert, date(2030, 1, 1), today=moment.date() + timedelta(days=4)) == []


def test_reminders_of_open_items(file, three, people, now, act_as, django_assert_num_queries):
    with act_as(people.alma) as actor:
        for item in three:
            Reminder.objects.create(
                dossier_id=file.dossier_id, item=item, step="DUE", on=item.shown_on,
                membership_id=people.alma.membership_id,
            )  # fmt: skip
        items.complete_item(actor=actor, item_id=three[0].pk, on=TODAY, now=now)
        items.snooze_item(actor=actor, item_id=three[2].pk, until=RELEASE, reason="Urlaub", now=now)
        with django_assert_num_queries(1):
            (row,) = queries.list_reminders(actor)
    assert (row.title, row.step, row.shown_on) == ("überfällig", ReminderStep.DUE, date(2026, 11, 20))
    with act_as(people.jan) as actor:
        assert queries.list_reminders(actor) == []


# --- the preview ---------------------------------------------------------------------------------------------------


def preview(actor, file, on, **more):
    return queries.preview_anchor(
        actor, dossier_id=file.dossier_id, case_number=CASE, anchor=Anchor.RELEASE, on=on, today=TODAY, **more
    )


def test_a_preview_says_what_will_be_created(file, people, act_as):
    with act_as(people.alma) as actor:
        moves = preview(actor, file, RELEASE, responsible="Alma Ahorn")
    assert len(moves) == 8 and all(move.was is None and move.item_id is None for move in moves)
    assert [move.late_then for move in moves] == [True, True] + [False] * 6
    assert moves[0].title == "Mindeststandards prüfen (9 Monate vorher)" and moves[0].responsible == "Alma Ahorn"
    assert [move.will for move in moves] == sorted(move.will for move in moves)
    assert file.items() == []


@pytest.mark.parametrize("on", [date(2026, 12, 23), RELEASE, date(2028, 2, 29), date(2026, 11, 20), None])
def test_a_preview_is_what_happens(on, file, people, now, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    file.do(course.settle, kind="probe_folder", on=TODAY, now=now, by=None)
    with act_as(people.alma) as actor:
        add(actor, file.dossier_id, now, "Ausweis", None, anchor=Anchor.RELEASE, offset="2 Wochen")
        before = {item.pk: item.due_on for item in file.items(state=ItemState.OPEN)}
        moves = preview(actor, file, on)
    assert {move.item_id: move.was for move in moves} == before
    file.anchor(Anchor.RELEASE, on, now)
    after = {item.pk: item.due_on if item.state == ItemState.OPEN else None for item in file.items(pk__in=before)}
    assert {move.item_id: move.will for move in moves} == after
    assert len(file.items()) == 9


def test_those_who_must_be_called_first_come_first(file, people, now, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    with act_as(people.alma) as actor:
        moves = preview(actor, file, date(2026, 12, 7))
    assert [(move.will, move.late_now, move.late_then) for move in moves] == [
        (date(2026, 3, 7), True, True),
        (date(2026, 6, 7), True, True),
        (date(2026, 9, 7), False, True),
        (date(2026, 11, 7), False, True),
        (date(2026, 11, 23), False, False),
        (date(2026, 12, 6), False, False),
        (date(2026, 12, 7), False, False),
        (date(2026, 12, 10), False, False),
    ]
    assert [move.short_list for move in moves[-2:]] == [True, True]


def test_what_stays_is_named_and_what_waits_comes_back(file, people, now, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    contact = file.item(kind="probe_contact")
    with act_as(people.alma) as actor:
        items.snooze_item(actor=actor, item_id=contact.pk, until=date(2027, 6, 1), reason="Urlaub", now=now)
        assert all(move.stays for move in preview(actor, file, RELEASE))
    file.anchor(Anchor.RELEASE, None, now)
    with act_as(people.alma) as actor:
        moves = preview(actor, file, RELEASE)
        assert len(moves) == 8 and all(move.was is None and move.item_id for move in moves)
        assert preview(actor, file, None) == ()


@pytest.mark.parametrize("count", [1, 120])
def test_a_preview_is_one_query_beside_the_parameters(count, file, people, now, act_as, django_assert_num_queries):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    with act_as(people.alma) as actor:
        for number in range(1, count + 1):
            add(actor, file.dossier_id, now, "x", None, anchor=Anchor.RELEASE, offset=f"{number} Arbeitstage")
        with django_assert_num_queries(2):
            assert len(preview(actor, file, date(2026, 12, 7))) == count + 8


def test_a_preview_shows_nothing_of_other_files(file, people, now, act_as):
    file.anchor(Anchor.RELEASE, RELEASE, now)
    with act_as(people.cem) as actor:
        assert all(move.item_id is None for move in preview(actor, file, RELEASE))
        with pytest.raises(Invalid):
            preview(actor, file, date.max)
