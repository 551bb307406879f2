"""Running cases at go-live: dated as they were, led by whom the sheet names, with consents, claims and tasks."""

from datetime import date, timedelta

import pytest

from ina.access.models import Consent
from ina.access.queries import list_access
from ina.agenda.models import Item
from ina.base.errors import Invalid, Refused
from ina.base.periods import last_day
from ina.cases.enums import Act, RowState, State
from ina.cases.models import (
    Assignment,
    Case,
    CaseAct,
    Controller,
    CustodyPeriod,
    FirstTalk,
    InformationGiven,
    PrisonListRow,
    Worklist,
)
from ina.cases.operations import acts, take_over
from ina.cases.operations.referrals import Person
from ina.cases.operations.take_over import RunningCase
from ina.cases.operations.worklist import refresh
from ina.cases.queries import state_of
from ina.cases.queries.lists import Release

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
REFERRED, ADMITTED, RELEASED = date(2026, 2, 2), date(2026, 3, 2), date(2026, 10, 5)
END = Release(date(2027, 10, 24), "SENTENCE_END")


def running(row: int, people, *, who="alma", state=State.ADMITTED, tasks=(), **more) -> RunningCase:
    days = {}
    if state in (State.ADMITTED, State.AFTERCARE):
        days = {"admitted_on": ADMITTED, "participation_on": ADMITTED, "data_use_on": ADMITTED - timedelta(days=1)}
    if state is State.AFTERCARE:
        days["released_on"] = RELEASED
    person = Person(
        surname=f"Raute-{row}",
        given_name="Toni",
        booking_number=f"B{row}",
        custody_since=date(2025, 3, 1),
        release_on=None if state is State.AFTERCARE else END.on,
        release_kind=END.kind,
        release_source="Übernahme laufender Fälle",
    )
    return RunningCase(
        row=row,
        person=person,
        releases=() if state is State.AFTERCARE else (END,),
        state=state,
        referred_on=REFERRED,
        responsible_id=people[who].membership_id,
        tasks=tuple(tasks),
        **days | more,
    )


def take(actor, people, now, *rows):
    staged = take_over.stage_running_cases(
        actor=actor, prison_id=people.alma.place_id, file_name="x.csv", people=rows, counts={"read": 1}, now=now
    )
    return staged, take_over.take_over_cases(actor=actor, prisonlistimport_id=staged.pk, rows=None, now=now)


def of(table, actor, case):
    return list(table.objects.visible_to(actor).filter(case=case).order_by("pk"))


def test_an_admitted_case_stands_as_if_it_had_been_led_here(people, act_as, now, trail):
    with act_as(people.alma) as actor:
        _, (case,) = take(actor, people, now, running(2, people))
        assert [(row.act, row.happened_on) for row in of(CaseAct, actor, case)] == [
            (Act.REFERRED, REFERRED),
            (Act.TAKEN_UP, REFERRED),
            (Act.ADMITTED, ADMITTED),
        ]
        (talk,), (sheet,) = of(FirstTalk, actor, case), of(InformationGiven, actor, case)
        assert (talk.held_on, talk.place, sheet.given_on, sheet.sheet_version) == (
            ADMITTED,
            "übernommen",
            ADMITTED,
            "übernommen",
        )
        consents = Consent.objects.visible_to(actor).filter(dossier=case.dossier_id)
        assert {(one.purpose, one.given_on) for one in consents} == {
            ("PARTICIPATION", ADMITTED),
            ("DATA_USE", ADMITTED - timedelta(days=1)),
        }
        (assignment,) = of(Assignment, actor, case)
        assert (assignment.membership_id, assignment.period.lower) == (people.alma.membership_id, REFERRED)
        row = Worklist.objects.visible_to(actor).get(case=case)
        assert (row.state, row.planning_key, row.responsible_id) == ("ADMITTED", END.on, people.alma.membership_id)
        open_kinds = set(Item.objects.filter(dossier=case.dossier_id, state="OPEN").values_list("kind", flat=True))
        assert "cases.first_talk" not in open_kinds and open_kinds
    assert {line.dossier_id for line in trail("cases.take_over_cases")} == {case.dossier_id}


def test_a_case_in_aftercare_has_left_the_prison(people, act_as, now):
    with act_as(people.alma) as actor:
        _, (case,) = take(actor, people, now, running(2, people, state=State.AFTERCARE))
        assert state_of(case) is State.AFTERCARE
        assert [stay.ends_on for stay in of(CustodyPeriod, actor, case)] == [RELEASED]
        custody, after = of(Controller, actor, case)
        assert (last_day(custody.period), after.after_release, after.period.lower) == (
            RELEASED - timedelta(days=1),
            True,
            RELEASED,
        )
        running_now = [line for line in list_access(actor, case.dossier_id, now) if line.running]
        assert not any("Sozialdienst" in line.basis for line in running_now)


def test_who_waits_comes_up_again(people, act_as, now):
    with act_as(people.alma) as actor:
        _, (case,) = take(actor, people, now, running(2, people, state=State.WAITING))
        assert state_of(case) is State.WAITING
        item = Item.objects.get(dossier=case.dossier_id, kind="cases.resubmit", state="OPEN")
        assert item.due_on == TODAY + timedelta(weeks=4)


def test_tasks_are_the_leads_own(people, act_as, now):
    tasks = [("Ausweis beantragen", date(2027, 1, 15)), ("Konto eröffnen", None)]
    with act_as(people.alma) as actor:
        _, (case,) = take(actor, people, now, running(2, people, tasks=tasks))
        items = Item.objects.filter(dossier=case.dossier_id, origin="TYPED").order_by("pk")
        assert [(item.title, item.due_on, item.responsible_id) for item in items] == [
            ("Ausweis beantragen", date(2027, 1, 15), people.alma.membership_id),
            ("Konto eröffnen", TODAY, people.alma.membership_id),
        ]


def test_a_lead_takes_over_for_the_team(people, act_as, now):
    with act_as(people.jan) as actor:
        rows = [
            running(2, people, tasks=[("Ausweis", None)]),
            running(3, people, who="bert", state=State.AFTERCARE),
            running(4, people, who="bert", state=State.WAITING),
            running(5, people, state=State.SCREENING),
        ]
        _, cases = take(actor, people, now, *rows)
    with act_as(people.bert) as actor:
        assert Case.objects.visible_to(actor).filter(pk__in=[case.pk for case in cases]).count() == 2
    with act_as(people.alma) as actor:
        case = Case.objects.visible_to(actor).get(pk=cases[0].pk)
        # It goes on like any other.
        acts.confirm_release(actor=actor, case_id=case.pk, released_on=TODAY, now=now)
        assert state_of(case) is State.AFTERCARE


def test_the_list_row_is_what_the_facts_say(people, act_as, now):
    with act_as(people.alma) as actor:
        states = (State.SCREENING, State.WAITING, State.ADMITTED, State.AFTERCARE)
        _, cases = take(actor, people, now, *(running(row, people, state=each) for row, each in enumerate(states, 2)))
        for case in cases:
            kept = Worklist.objects.visible_to(actor).filter(case=case).values().get()
            refresh(case)
            assert Worklist.objects.visible_to(actor).filter(case=case).values().get() == kept


def test_the_same_sheet_again_changes_nothing(people, act_as, now):
    with act_as(people.alma) as actor:
        rows = [running(2, people), running(3, people, state=State.AFTERCARE)]
        take(actor, people, now, *rows)
        staged, again = take(actor, people, now, *rows)
        assert again == []
        kept = PrisonListRow.objects.visible_to(actor).filter(prison_list=staged)
        assert {row.state for row in kept} == {RowState.KNOWN}


def test_nobody_is_named_whom_the_actor_may_not_name(people, act_as, now):
    for who, named in (("alma", "bert"), ("jan", "cem")):
        with act_as(people[who]) as actor, pytest.raises(Invalid, match="Zeile 3"):
            take(actor, people, now, running(2, people), running(3, people, who=named))
    with act_as(people.alma) as actor:
        assert not Case.objects.visible_to(actor).exists()


@pytest.mark.parametrize("who", ["hanna", "gero", "frida"])
def test_others_may_not_take_over(people, act_as, now, who):
    with act_as(people[who]) as actor, pytest.raises(Refused):
        take(actor, people, now, running(2, people))


def test_a_list_is_used_for_what_it_is(people, act_as, now):
    from ina.cases.operations.prison_lists import refer_from_list

    with act_as(people.alma) as actor:
        staged, _ = take(actor, people, now, running(2, people))
        with pytest.raises(Invalid, match="laufender Fälle"):
            refer_from_list(actor=actor, prisonlistimport_id=staged.pk, rows=[2], referred_on=TODAY, now=now)
