"""Live numbers of a team and of a prison: as the rules say, for its own people only, without blocked files."""

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction

from ina.access.context import acting_as
from ina.agenda.models import Item
from ina.base.together import read_together
from ina.cases.enums import HandoverKind, Phase, State
from ina.cases.models import Worklist
from ina.cases.operations.handovers import offer_handover
from ina.cases.queries import counts, loads
from ina.cases.rules.seen import unseen_days
from ina.reference.queries import known_parameters, parameters
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
WHY = "a test arranges"


@pytest.fixture
def days():
    return counts.days_of(known_parameters(counts.PARAMETERS, on=TODAY), TODAY)


@pytest.fixture
def everywhere(people):
    """A case in each open state, and releases near and far."""
    for state in (State.SCREENING, State.WAITING, State.AFTERCARE, State.PAUSED, State.CLOSED, State.DECLINED):
        case_for(people.alma, state=state)
    for planned_on in (date(2026, 12, 1), date(2027, 2, 21), date(2027, 2, 22), date(2028, 3, 1), None):
        case_for(people.alma, planned_on=planned_on)
    case_for(people.bert)
    case_for(people.cem)


def team(people, days):
    return {
        each.responsible_id: each for each in counts.team_counts(counts.TEAM.rows(team_id=people.jan.team_id, **days))
    }


def test_a_team_is_counted_by_who_leads_and_phase(people, act_as, days, everywhere):
    with act_as(people.jan):
        found = team(people, days)
    assert set(found) == {people.alma.membership_id, people.bert.membership_id}
    mine = found[people.alma.membership_id]
    assert mine.by_phase == {Phase.REFERRAL: 2, Phase.CUSTODY: 2, Phase.PREPARATION: 3, Phase.AFTERCARE: 2}
    assert (mine.cases, mine.releases) == (9, 2)
    assert counts.phases_of_team(list(found.values()))[Phase.PREPARATION] == 4


def test_who_was_not_seen_for_long_is_counted_as_the_rule_says(people, act_as, days, everywhere):
    dated = known_parameters(counts.PARAMETERS, on=TODAY)
    rows = Worklist.objects.unscoped(because=WHY)
    with act_as(people.alma) as actor:
        mine = rows.visible_to(actor).filter(is_open=True).order_by("pk")
        for number, pk in enumerate(mine.values_list("pk", flat=True)):
            rows.filter(pk=pk).update(last_contact_on=TODAY - timedelta(days=11 * number) if number % 4 else None)
        expected = 0
        for row in rows.visible_to(actor).filter(is_open=True):
            admitted = row.case.acts.unscoped(because=WHY).filter(act="ADMITTED").first()
            seen = row.last_contact_on or (admitted.happened_on if admitted else None)
            expected += (
                unseen_days(
                    State(row.state),
                    seen,
                    released_on=row.planning_key if row.is_released else None,
                    pace=counts.pace_of(dated),
                    today=TODAY,
                )
                is not None
            )
    with act_as(people.jan):
        assert team(people, days)[people.alma.membership_id].unseen == expected > 1


def test_a_prison_is_counted_by_state_and_phase(people, act_as, days, everywhere):
    with act_as(people.hanna) as actor:
        found = counts.unit_counts(counts.UNIT.rows(unit_id=actor.institution_id, **days), TODAY)
    assert counts.phases_of_unit(found) == {
        Phase.REFERRAL: 2, Phase.CUSTODY: 2, Phase.PREPARATION: 4, Phase.AFTERCARE: 2,
    }  # fmt: skip
    assert {each.state: each.cases for each in found if each.phase is Phase.REFERRAL} == {
        State.SCREENING: 1,
        State.WAITING: 1,
    }
    assert sum(each.releases for each in found) == 2 and sum(each.undated for each in found) == 1


def test_overdue_items_are_counted_by_who_is_asked(people, act_as, days):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        open_items = Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, state="OPEN")
        expected = open_items.filter(shown_on__lt=TODAY, responsible_id=actor.membership_id).count()
    with act_as(people.jan):
        found = dict(counts.OVERDUE.rows(team_id=people.jan.team_id, today=TODAY))
    assert found == {people.alma.membership_id: expected} and expected > 0


@pytest.mark.parametrize("read", [counts.TEAM, counts.OVERDUE, counts.WAITING])
@pytest.mark.parametrize("who", ["alma", "hanna", "uwe", "gero"])
def test_nobody_else_counts_a_team(people, act_as, days, everywhere, read, who):
    with act_as(people[who]), pytest.raises(ProgrammingError, match="not a team of the caller"), transaction.atomic():
        read.rows(team_id=people.jan.team_id, **days)


@pytest.mark.parametrize("who", ["alma", "jan", "vera", "gero"])
def test_nobody_else_counts_a_prison(people, act_as, days, everywhere, who):
    with act_as(people[who]), pytest.raises(ProgrammingError, match="not the house"), transaction.atomic():
        counts.UNIT.rows(unit_id=people.hanna.institution_id, **days)


def test_a_blocked_file_is_not_counted(people, days):
    made, _ = case_for(people.alma), case_for(people.alma)
    for who, read, wanted in (
        (people.jan, counts.TEAM, {"team_id": people.jan.team_id}),
        (people.hanna, counts.UNIT, {"unit_id": people.hanna.institution_id}),
        (people.jan, counts.OVERDUE, {"team_id": people.jan.team_id}),
    ):
        with acting_as(who.actor):
            before = _sum(read, read.rows(**wanted, **days))
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('ina.blocked', %s, true)", [str(made.dossier_id)])
            assert _sum(read, read.rows(**wanted, **days)) == before / 2 > 0


def _sum(read, rows) -> int:
    if read is counts.TEAM:
        return sum(each.cases for each in counts.team_counts(rows))
    if read is counts.UNIT:
        return sum(each.cases for each in counts.unit_counts(rows, TODAY))
    return sum(items for _, items in rows)


def test_loads_show_those_with_the_most_overdue_when_there_is_no_room_for_all(people, act_as, days, everywhere):
    dated = parameters((*loads.PARAMETERS, *counts.PARAMETERS), on=TODAY)
    with act_as(people.jan):
        found = read_together((loads.MEMBERS, loads.STAND_INS, counts.TEAM), team_id=people.jan.team_id, **days)
    late = {people.bert.membership_id: 3, people.alma.membership_id: 1}
    arguments = (found[loads.MEMBERS], found[loads.STAND_INS], counts.team_counts(found[counts.TEAM]), late)
    everybody = loads.loads_from(*arguments, today=TODAY, dated=dated)
    assert [(load.username, load.late, load.cases) for load in everybody.rows] == [("alma", 1, 9), ("bert", 3, 1)]
    fewer = loads.loads_from(*arguments, today=TODAY, dated=dated, most=1)
    assert [load.username for load in fewer.rows] == ["bert"] and fewer.total == 2
    assert loads.gone_from(found[loads.MEMBERS], TODAY) == []
    assert people.bert.membership_id in loads.gone_from(found[loads.MEMBERS], date(2025, 1, 1))


def test_what_waits_in_a_team(people, act_as, days):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        offer_handover(
            actor=actor,
            case_id=made.case_id,
            receiver_id=people.bert.membership_id,
            kind=HandoverKind.PERSON,
            reason="Wechsel",
            message="",
            offered_on=TODAY,
            now=datetime(2026, 11, 23, 11).astimezone(),
        )
    with act_as(people.jan):
        (row,) = counts.WAITING.rows(team_id=people.jan.team_id, today=TODAY)
        assert counts.Waiting(*row) == counts.Waiting(standing=1)
        (row,) = counts.WAITING.rows(team_id=people.jan.team_id, today=TODAY + timedelta(days=60))
        assert counts.Waiting(*row) == counts.Waiting(standing=1, late=1)
