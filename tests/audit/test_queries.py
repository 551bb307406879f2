"""Searching the trail for a check: who may, what is found, page after page."""

from datetime import UTC, datetime, timedelta

import pytest

from ina.access.context import CHECKING_ROLES
from ina.accounts.enums import Role
from ina.audit import policies, queries, trail
from ina.base.actor import Person
from ina.base.errors import Refused

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


def leave(member, count: int, action: str = "read.file", **options) -> None:
    """``count`` lines a minute apart, written on the connection on which the search of this test reads."""
    for number in range(count):
        at = DAY + timedelta(minutes=number)
        trail._insert("default", at, action, member.actor, [options.get("dossier_id")], "", "TEAM", {})


def search(actor, **options):
    return queries.search_trail(actor, since=DAY, before=DAY + timedelta(days=1), **options)


def test_only_the_role_for_which_the_wall_opens_may_search():
    assert policies.CHECKERS == CHECKING_ROLES
    for role in Role:
        actor = Person(id=1, membership=1, role_code=role.value, institution_id=1)
        assert bool(policies.may_search_trail(actor)) is (role == Role.DATA_PROTECTION)


def test_search_is_refused_to_others(people, act_as):
    with act_as(people.gero) as actor, pytest.raises(Refused):
        search(actor)


def test_newest_first_and_every_line_once_over_pages(people, act_as):
    leave(people.alma, queries.PAGE + 1)
    with act_as(people.karl) as actor:
        first = search(actor)
        second = search(actor, after=first.next)
    assert len(first.lines) == queries.PAGE and len(second.lines) == 1 and second.next is None
    moments = [line.at for line in (*first.lines, *second.lines)]
    assert moments == sorted(moments, reverse=True) and len(set(moments)) == queries.PAGE + 1


def test_lines_of_one_moment_are_not_lost_between_pages(people, act_as):
    for _ in range(queries.PAGE + 2):
        leave(people.alma, 1)
    with act_as(people.karl) as actor:
        first = search(actor)
        second = search(actor, after=first.next)
    assert (len(first.lines), len(second.lines)) == (queries.PAGE, 2)


def test_exactly_one_page_has_no_next(people, act_as):
    leave(people.alma, queries.PAGE)
    with act_as(people.karl) as actor:
        assert search(actor).next is None


def test_narrowed_by_account_file_group_and_period(people, act_as):
    leave(people.alma, 1, dossier_id=7)
    leave(people.bert, 1, "search.people")
    with act_as(people.karl) as actor:
        assert [line.user_id for line in search(actor, user_id=people.bert.user_id).lines] == [people.bert.user_id]
        assert [line.dossier_id for line in search(actor, dossier_id=7).lines] == [7]
        assert [line.action for line in search(actor, prefixes=("search.",)).lines] == ["search.people"]
        assert len(search(actor, prefixes=("search.", "read.")).lines) == 2
        assert queries.search_trail(actor, since=DAY - timedelta(days=1), before=DAY).lines == ()


def test_a_line_says_who_what_and_why(people, act_as):
    leave(people.alma, 1, dossier_id=7)
    with act_as(people.karl) as actor:
        (line,) = search(actor).lines
    assert line.what == "Die Akte wurde geöffnet"
    assert (line.user_id, line.membership_id) == (people.alma.user_id, people.alma.membership_id)
    assert (line.dossier_id, line.reason, line.at) == (7, "TEAM", DAY)


def test_the_wall_hides_the_trail_from_somebody_who_only_claims_the_role(people, act_as):
    leave(people.alma, 1, dossier_id=7)
    claimed = Person(id=people.cem.user_id, membership=1, role_code="DATA_PROTECTION", institution_id=1)
    with act_as(people.cem):
        assert search(claimed).lines == ()
