"""The list of cases and the file: who sees which, in which order, page by page, with how many queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.access.enums import Compartment
from ina.access.operations.deputies import appoint_deputy
from ina.access.queries import bases_of
from ina.base.clock import day_of
from ina.base.errors import NotVisible
from ina.cases import queries
from ina.cases.enums import Phase, State
from ina.cases.queries import case_list, get_file, list_cases
from ina.cases.rules.narrowing import ListOrder, Narrowing
from tests.conftest import NOW
from tests.factories.cases import PLANNED_ON, RELEASED_ON, case_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
LIST_QUERIES = 3
FILE_QUERIES = 2


def numbers(page) -> list[str]:
    return [row.number for row in page.rows]


def list_of(member, act_as, *, cursor="", name="", **fields):
    fields.setdefault("order", ListOrder.RELEASE)
    with act_as(member) as actor:
        return list_cases(actor, today=TODAY, wanted=Narrowing(**fields), name=name, cursor=cursor)


# --- scope -------------------------------------------------------------------------------------------------------


def test_each_sees_the_list_that_is_theirs(people, act_as):
    alma, bert, cem = (case_for(people[key]) for key in ("alma", "bert", "cem"))
    expected = {
        "alma": {alma.number},
        "bert": {bert.number},
        "cem": {cem.number},
        "jan": {alma.number, bert.number},
        "hanna": {alma.number, bert.number},
        "uwe": {cem.number},
        "vera": {cem.number},
    }
    for member in people:
        assert set(numbers(list_of(member, act_as))) == expected.get(member.key, set()), member.key


def test_a_deputy_opens_the_list_of_the_principal(people, act_as, moment):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor, membership_id=people.alma.membership_id, deputy_id=people.bert.membership_id,
            starts_on=day_of(moment), ends_on=day_of(moment) + timedelta(days=5), now=moment,
        )  # fmt: skip
    with act_as(people.bert) as actor:
        assert list_cases(actor, today=day_of(moment)).rows == []
        page = list_cases(actor, today=day_of(moment), wanted=Narrowing(deputy_for="alma"))
        assert numbers(page) == [made.number]
        assert list_cases(actor, today=day_of(moment), wanted=Narrowing(deputy_for="cem")).rows == []


def test_open_and_ended_cases_are_two_lists(people, act_as):
    running, ended = case_for(people.alma), case_for(people.alma, state=State.CLOSED)
    assert numbers(list_of(people.alma, act_as)) == [running.number]
    assert numbers(list_of(people.alma, act_as, ended=True)) == [ended.number]
    assert numbers(list_of(people.alma, act_as, state=State.SCREENING)) == []


def test_a_row_says_what_the_list_shows(people, act_as):
    case_for(people.alma, surname="Ölbaum", given_name="Ina", state=State.AFTERCARE)
    (row,) = list_of(people.alma, act_as).rows
    assert (row.name, row.prison, row.responsible) == ("Ölbaum, Ina", "JVA Düsseldorf", people.alma.name)
    assert (row.state, row.phase, row.label) == (State.AFTERCARE, Phase.AFTERCARE, "Nachsorge")
    assert (row.planning_date, row.case_number) == (RELEASED_ON, 1)


# --- names -------------------------------------------------------------------------------------------------------


def test_names_are_ordered_and_found_as_germans_do(people, act_as):
    for surname in ("Zeder", "Öhring", "Ofen", "Oeder", "Ahorn"):
        case_for(people.alma, surname=surname)
    page = list_of(people.alma, act_as, order=ListOrder.NAME)
    assert [row.name.split(",")[0] for row in page.rows] == ["Ahorn", "Oeder", "Öhring", "Ofen", "Zeder"]
    for typed, found in (("ö", 2), ("OE", 2), ("öhring R", 1), ("%", 0), ("_", 0), ("  ", 5)):
        assert len(list_of(people.alma, act_as, name=typed).rows) == found, typed


# --- paging ------------------------------------------------------------------------------------------------------


@pytest.fixture
def seven(people, monkeypatch):
    """Seven cases, of which five share one date; pages of three."""
    monkeypatch.setattr(case_list, "PAGE", 3)
    return [
        case_for(people.alma, planned_on=PLANNED_ON if n % 3 else PLANNED_ON + timedelta(days=n)) for n in range(1, 8)
    ]


@pytest.mark.parametrize("order", ListOrder)
def test_pages_lose_and_repeat_nobody_where_dates_are_equal(order, seven, people, act_as):
    seen, cursor = [], ""
    while True:
        page = list_of(people.alma, act_as, order=order, cursor=cursor)
        assert (page.total, page.more) == (7, False)
        seen += numbers(page)
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert len(seen) == 7 and set(seen) == {made.number for made in seven}


def test_a_row_inserted_while_paging_moves_nobody(seven, people, act_as):
    first = list_of(people.alma, act_as)
    case_for(people.alma, planned_on=date(2026, 12, 1))
    second = list_of(people.alma, act_as, cursor=first.next_cursor)
    assert not set(numbers(first)) & set(numbers(second))


def test_cases_without_a_date_come_last_and_are_not_lost(people, act_as):
    without = case_for(people.alma, planned_on=None)
    dated = case_for(people.alma)
    page = list_of(people.alma, act_as)
    assert numbers(page) == [dated.number, without.number]
    assert page.rows[1].planning_date is None


def test_the_total_is_bounded(seven, people, act_as, monkeypatch):
    monkeypatch.setattr(case_list, "COUNT_LIMIT", 5)
    page = list_of(people.alma, act_as)
    assert (page.total, page.more) == (5, True)


@pytest.mark.parametrize(
    "cursor", ["x", "~", "1~", "~2027-03-01", "1~2027-13-01", "1; DROP TABLE x~2027-03-01", "1.5~2027-03-01"]
)
def test_a_made_up_cursor_is_not_found(cursor, people, act_as):
    case_for(people.alma)
    with pytest.raises(NotVisible):
        list_of(people.alma, act_as, cursor=cursor)


def test_a_cursor_beyond_all_numbers_is_not_found(people, act_as):
    case_for(people.alma)
    with pytest.raises(NotVisible):
        list_of(people.alma, act_as, cursor=f"99999999999999999999999~{PLANNED_ON}")


# --- query counts ------------------------------------------------------------------------------------------------


def count_queries(call) -> int:
    with CaptureQueriesContext(connection) as captured:
        call()
    return len(captured)


@pytest.mark.parametrize("cases", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(cases, people, act_as):
    for _ in range(cases):
        case_for(people.alma)
    with act_as(people.alma) as actor:
        list_cases(actor, today=TODAY)
        # what stands around the list, rows, people; a list of one page is counted by having been read
        assert count_queries(lambda: list_cases(actor, today=TODAY)) == LIST_QUERIES


@pytest.mark.parametrize("claims", [1, 3])
def test_the_file_costs_the_same_for_one_and_three_dates(claims, people, act_as):
    made = case_for(people.alma)
    from tests.cases.test_operations import state_date

    with act_as(people.alma) as actor:
        for n in range(1, claims):
            state_date(actor, made, NOW, on=PLANNED_ON - timedelta(days=n))
        file = get_file(actor, made.number, today=TODAY)
        assert len(file.hypotheses) == claims
        assert count_queries(lambda: get_file(actor, made.number, today=TODAY)) == FILE_QUERIES


# --- the file ----------------------------------------------------------------------------------------------------


def test_the_file_tells_state_phase_dates_and_who(people, act_as):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        file = get_file(actor, made.number, today=TODAY)
    assert (file.state, file.phase, file.label) == (State.ADMITTED, Phase.PREPARATION, "Entlassungsvorbereitung")
    assert (file.planning_date, file.legal_end, file.preparation_starts) == (PLANNED_ON, PLANNED_ON, date(2026, 9, 1))
    assert (file.responsible, file.age, file.sex) == (people.alma.name, 32, "männlich")
    assert file.custody.prison_id == people.alma.place_id
    assert file.ended_on is None and len(file.talks) == 1


def test_after_release_the_file_counts_six_months(people, act_as):
    made = case_for(people.alma, state=State.CLOSED)
    with act_as(people.alma) as actor:
        file = get_file(actor, made.number, today=TODAY)
    assert (file.released_on, file.aftercare_ends) == (RELEASED_ON, date(2026, 11, 4))
    assert (file.label, file.ended_on) == ("beendet, Nachfrage offen", date(2026, 11, 9))


@pytest.mark.parametrize("person", ["cem", "bert", "gero", "vera", "dora", "karl"])
def test_a_hidden_file_is_not_found(person, people, act_as):
    made = case_for(people.alma)
    with act_as(people[person]) as actor, pytest.raises(NotVisible):
        get_file(actor, made.number, today=TODAY)


def test_the_file_knows_why_it_is_seen(people, act_as):
    made = case_for(people.alma)
    for key, basis in (("alma", "ASSIGNMENT"), ("jan", "TEAM"), ("hanna", "PRISON")):
        with act_as(people[key]) as actor:
            file = get_file(actor, made.number, today=TODAY)
            assert file.bases == (basis,)
            assert bases_of(actor, file.case) == bases_of(actor, file.participant) == {basis}
            assert count_queries(lambda: [bases_of(actor, row) for row in (file.case, file.dossier)]) == 0  # noqa: B023


def test_who_may_not_see_custody_opens_the_file_without_it(people, act_as, moment):
    made = case_for(people.alma)
    with act_as(people.alma), connection.cursor() as cursor:
        cursor.execute(
            "SELECT access_add_grant(%s, %s, %s, '', %s, NULL, 'CONSENT', NULL, NULL)",
            [made.dossier_id, people.bert.own_holder, int(Compartment.CASE | Compartment.IDENTITY), moment],
        )
    with act_as(people.bert) as actor:
        file = get_file(actor, made.number, today=TODAY)
    assert (file.custody, file.hypotheses, file.planning_date) == (None, [], None)
    assert file.participant.surname and file.bases == ("CONSENT",)


@pytest.mark.parametrize("number", ["", "2026-", "2026-99999", "' OR 1=1", "2026-00001 "])
def test_a_number_that_does_not_exist_is_not_found(number, people, act_as):
    with act_as(people.alma) as actor, pytest.raises(NotVisible):
        get_file(actor, number, today=TODAY)


def test_a_case_number_that_does_not_exist_is_not_found(people, act_as):
    made = case_for(people.alma)
    with act_as(people.alma) as actor, pytest.raises(NotVisible):
        get_file(actor, made.number, today=TODAY, case_number=2)


def test_lists_for_people_without_position_or_log_in_are_empty(people, act_as):
    from ina.base.actor import NOBODY, System, Unplaced

    case_for(people.alma)
    for actor in (NOBODY, Unplaced(id=people.alma.user_id), System("probe")):
        with act_as(actor):
            assert list_cases(actor, today=TODAY).rows == []


def test_phases_of_a_team_are_counted_from_state_and_planning_date(people, act_as, now):
    for state in (State.SCREENING, State.WAITING, State.AFTERCARE, State.PAUSED, State.CLOSED):
        case_for(people.alma, state=state)
    case_for(people.alma, planned_on=date(2027, 3, 1))
    case_for(people.bert, planned_on=date(2028, 3, 1))
    case_for(people.cem)
    with act_as(people.jan) as actor:
        counted = queries.count_phases(actor, today=day_of(now))
    assert counted == {Phase.REFERRAL: 2, Phase.AFTERCARE: 2, Phase.PREPARATION: 1, Phase.CUSTODY: 1}


def test_a_voided_stay_is_not_found_by_its_number(people, act_as):
    from ina.cases.models import CustodyPeriod

    made = case_for(people.alma, booking_number="77/26/1")
    with act_as(people.alma) as actor:
        assert numbers(list_cases(actor, today=TODAY, booking_number="77/26/1")) == [made.number]
        stays = CustodyPeriod.objects.unscoped(because="a test voids").filter(case_id=made.case_id)
        stays.update(voided_at=NOW, voided_because="falsche Nummer")
        assert numbers(list_cases(actor, today=TODAY, booking_number="77/26/1")) == []
