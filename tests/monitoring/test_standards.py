"""Minimum standards: the list of domain section 5, what counts, and that health stays with those who see health."""

from datetime import date, timedelta

import pytest

from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.monitoring.enums import StandardMark as M
from ina.monitoring.enums import StandardState as S
from ina.monitoring.models import StandardCheck
from ina.monitoring.operations import check_standard
from ina.monitoring.queries import list_standards
from ina.monitoring.standards import catalogue, mark_of, met, read_catalogue
from tests.factories.cases import case_for

RELEASE, TODAY = date(2027, 3, 1), date(2026, 11, 23)


def test_the_list_has_38_items_each_with_its_day():
    items = catalogue().items
    assert [one.number for one in items] == list(range(1, 39))
    assert all(one.label and one.who for one in items)
    assert [one.number for one in items if one.health] == [10, 11, 12]
    days = {one.number: one.due_on(RELEASE) for one in items}
    assert (days[1], days[26], days[38]) == (date(2026, 9, 1), RELEASE, RELEASE + timedelta(weeks=4))
    assert all(one.due_on(None) is None for one in items)


HEAD = 'name="x"\nversion="1"\n'
ITEM = '[[item]]\nnumber=1\nlabel="a"\n'


@pytest.mark.parametrize(
    "text",
    [
        ITEM + 'before="1 weeks"\nafter="1 weeks"',
        ITEM,
        ITEM + 'before="bald"',
        ITEM + 'before="1 weeks"\ncolour="red"',
        ITEM + 'before="1 weeks"\n' + ITEM + 'before="1 weeks"',
    ],
)
def test_a_wrong_list_is_refused_whole(text):
    with pytest.raises(ValueError, match=r"item 1|twice|bald"):
        read_catalogue(HEAD + text)


@pytest.mark.parametrize(
    ("state", "due_on", "mark"),
    [
        (S.OPEN, TODAY - timedelta(days=1), M.LATE),
        (S.OPEN, TODAY, M.SOON),
        (S.OPEN, TODAY + timedelta(days=14), M.SOON),
        (S.OPEN, TODAY + timedelta(days=15), M.LATER),
        (S.OPEN, None, M.NO_DATE),
        (S.DONE, TODAY - timedelta(days=99), M.DONE),
        (S.LEFT_OUT, TODAY - timedelta(days=99), M.LEFT_OUT),
    ],
)
def test_where_an_item_stands(state, due_on, mark):
    assert mark_of(state, due_on, TODAY) is mark


def test_what_is_left_out_counts_nowhere():
    assert met([S.DONE, S.OPEN, S.LEFT_OUT, S.DONE]) == (2, 3)
    assert met([]) == (0, 0)


def check(actor, made, now, item=7, state=S.DONE, **more):
    values = {"done_on": TODAY if state is S.DONE else None, **more}
    return check_standard(actor=actor, case_id=made.case_id, item=item, state=state, now=now, **values)


def listed(actor, made):
    from ina.cases.models import Case

    case = Case.objects.visible_to(actor).get(pk=made.case_id)
    return list_standards(actor, case, RELEASE, TODAY)


@pytest.mark.django_db
def test_ticked_off_left_out_and_opened_again(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        assert (listed(actor, made).done, listed(actor, made).applicable) == (0, 38)
        check(actor, made, now, evidence="Nummer liegt vor")
        check(actor, made, now, item=3, state=S.LEFT_OUT, because="deutsche Staatsangehörigkeit")
        found = listed(actor, made)
        assert (found.done, found.applicable, found.left_out) == (1, 37, 1)
        check(actor, made, now, state=S.OPEN, seen=1)
        row = next(row for row in listed(actor, made).rows if row.one.number == 7)
        assert (row.state, row.done_on, row.version) == (S.OPEN, None, 2)
        assert StandardCheck.objects.visible_to(actor).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"item": 99}, "gibt es nicht"),
        ({"done_on": None}, "den Tag"),
        ({"done_on": TODAY + timedelta(days=2)}, "Zukunft"),
        ({"state": S.LEFT_OUT, "because": " "}, "warum"),
    ],
)
def test_what_cannot_be_entered(people, act_as, now, values, said):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match=said):
        check(actor, made, now, **values)


@pytest.mark.django_db
def test_two_at_once(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.hanna) as actor:
        check(actor, made, now, evidence="Sozialdienst")
    with act_as(people.alma) as actor:
        with pytest.raises(Conflict):
            check(actor, made, now, evidence="Fallführung")
        check(actor, made, now, evidence="Fallführung", seen=1)


@pytest.mark.django_db
def test_health_stays_with_those_who_see_health(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        check(actor, made, now, item=10, evidence="Praxis am Bahnhof")
    for who in ("hanna", "jan"):
        with act_as(people[who]) as actor:
            found = listed(actor, made)
            assert found.hidden == 3 and found.applicable == 35 and found.done == 0
            assert not StandardCheck.objects.visible_to(actor).exists()
    with act_as(people.hanna) as actor, pytest.raises(NotVisible):
        check(actor, made, now, item=10)
    with act_as(people.jan) as actor, pytest.raises(Refused):
        check(actor, made, now)
