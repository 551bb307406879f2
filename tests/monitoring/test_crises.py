"""Drohender Abbruch: when to act, early signs as counts, and that the case asks until it is over."""

from datetime import date, timedelta

import pytest

from ina.agenda.enums import ItemState
from ina.agenda.models import Item
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.models import Case
from ina.monitoring import operations
from ina.monitoring.crises import Kept, contact_by, missed_in_a_row, next_due, signs_of
from ina.monitoring.enums import AppointmentState as A
from ina.monitoring.enums import ContactOutcome as O
from ina.monitoring.enums import CrisisResult, CrisisTrigger, Urgency
from ina.monitoring.enums import CrisisStep as S
from ina.monitoring.queries import early_signs, get_crisis, list_crises
from ina.reference.enums import ValueKind
from ina.reference.rules import parse_value
from tests.factories.cases import case_for

DAY = date(2026, 11, 23)
POINTS = parse_value(ValueKind.DURATIONS, "1 weeks; 2 weeks; 4 weeks")


def on(days):
    return DAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("urgency", "steps", "due"),
    [
        (Urgency.DAY, [], 1),
        (Urgency.THREE_DAYS, [], 3),
        (Urgency.WEEK, [(S.FOLLOW_UP, on(2))], 7),  # asking is not acting
        (Urgency.DAY, [(S.TALK_FIRM, on(1))], 8),
        (Urgency.DAY, [(S.TALK_FIRM, on(1)), (S.FOLLOW_UP, on(8))], 15),
        # An agreement begins anew.
        (Urgency.DAY, [(S.TALK_FIRM, on(1)), (S.FOLLOW_UP, on(8)), (S.AGREEMENT, on(9))], 16),
        (Urgency.DAY, [(S.AGREEMENT, on(0)), *[(S.FOLLOW_UP, on(n)) for n in (7, 14, 28)]], 28),
    ],
)
def test_what_is_due_next(urgency, steps, due):
    assert next_due(DAY, urgency, steps, POINTS).on == on(due)


def kept(days, state=A.MISSED, outcome=O.ABSENT, jobcenter=True):
    return Kept(on(days), state, jobcenter, outcome)


def test_three_missed_in_a_row_at_the_jobcenter():
    missed = [kept(-60), kept(-40), kept(-20)]
    assert missed_in_a_row(missed) == 3
    assert missed_in_a_row([kept(-60), kept(-50, A.KEPT, O.MET), kept(-20)]) == 1
    # An excused one neither counts nor ends the row.
    assert missed_in_a_row([kept(-60), kept(-50, A.MISSED, O.EXCUSED_ABSENCE), kept(-20)]) == 2
    (sign,) = signs_of([*missed, kept(5)], None, None, DAY)
    assert sign.urgent and sign.trigger is CrisisTrigger.JOBCENTER and "Das Geld fällt weg" in sign.text
    (sign,) = signs_of(missed[:2], None, None, DAY)
    assert not sign.urgent and sign.text.startswith("2 von 3")


def test_other_signs():
    twice = [kept(-28, jobcenter=False), kept(-1, jobcenter=False)]
    assert [sign.trigger for sign in signs_of(twice, None, None, DAY)] == [CrisisTrigger.NO_SHOW]
    assert signs_of([kept(-29, jobcenter=False), twice[1]], None, None, DAY) == []
    assert signs_of([], on(-20), on(0), DAY) == []
    (sign,) = signs_of([], on(-20), on(-1), DAY)
    assert sign.text == "Kein Kontakt seit dem 03.11.2026, fällig war er am 22.11.2026."


def test_by_when_the_next_contact_is_to_be():
    def of(text):
        return parse_value(ValueKind.DURATION, text)

    rule = {
        "first": of("3 working_days"), "early_phase": of("2 months"), "early": of("2 weeks"), "later": of("1 months"),
    }  # fmt: skip
    assert contact_by(None, DAY, **rule) is None
    assert contact_by(DAY, None, **rule) == date(2026, 11, 26)
    assert contact_by(DAY, on(-1), **rule) == date(2026, 11, 26)  # before the gate does not count
    assert contact_by(DAY, on(3), **rule) == on(17)
    assert contact_by(DAY, date(2027, 1, 23), **rule) == date(2027, 2, 23)


# --- in the file --------------------------------------------------------------------------------------------------


@pytest.fixture
def made(people, db):
    return case_for(people.alma)


def report(actor, made, now, **more):
    given = {"trigger": CrisisTrigger.CONFLICT, "urgency": Urgency.THREE_DAYS} | more
    return operations.report_crisis(actor=actor, case_id=made.case_id, now=now, **given)


def asked(actor, made):
    return Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, kind=operations.CRISIS)


def act(actor, crisis, now, kind=S.TALK_PERSON, **more):
    return operations.act_in_crisis(
        actor=actor, crisis_id=crisis.pk, kind=kind, happened_on=now.date(), text="war dabei", now=now, **more
    )


def test_from_the_alarm_to_the_result(people, act_as, now, made):
    with act_as(people.alma) as actor:
        crisis = report(actor, made, now)
        second = report(actor, made, now, urgency=Urgency.DAY)
        item = asked(actor, made).get()
        assert (item.state, item.due_on) == (ItemState.OPEN, now.date() + timedelta(days=1))
        operations.end_crisis(
            actor=actor, crisis_id=second.pk, result=CrisisResult.STABILISED, ended_on=now.date(), now=now
        )
        assert asked(actor, made).get().due_on == now.date() + timedelta(days=3)
        act(actor, crisis, now, S.AGREEMENT, person_signed=True, firm_signed=True, staff_signed=True)
        assert asked(actor, made).get().due_on == now.date() + timedelta(weeks=1)
        open_one, closed = list_crises(actor, case_of(actor, made), now.date())
        assert open_one.acts[0].signed == "Teilnehmer/in, Betrieb, Übergangsmanagement"
        assert closed.due is None and closed.result is CrisisResult.STABILISED
        operations.end_crisis(
            actor=actor, crisis_id=crisis.pk, result=CrisisResult.MOVED, ended_on=now.date(), lesson="früher anrufen",
            now=now,
        )  # fmt: skip
        assert asked(actor, made).get().state != ItemState.OPEN
        with pytest.raises(Refused, match="schon beendet"):
            act(actor, crisis, now)
        operations.reopen_crisis(actor=actor, crisis_id=crisis.pk, now=now)
        assert asked(actor, made).get().state == ItemState.OPEN


def case_of(actor, made):
    return Case.objects.visible_to(actor).get(pk=made.case_id)


def test_a_step_that_was_voided_asks_again(people, act_as, now, made):
    from ina.cases.corrections import entry_kind

    with act_as(people.alma) as actor:
        crisis = report(actor, made, now)
        done = act(actor, crisis, now)
        assert asked(actor, made).get().due_on == now.date() + timedelta(weeks=1)
        entry_kind("krisenschritt").void(actor=actor, crisisact_id=done.pk, because="falsche Akte", now=now)
        assert asked(actor, made).get().due_on == now.date() + timedelta(days=3)


def test_a_correction_signs_nothing_but_an_agreement(people, act_as, now, made):
    from ina.cases.corrections import entry_kind

    with act_as(people.alma) as actor:
        done = act(actor, report(actor, made, now), now)
        kept = {"happened_on": now.date(), "text": "war dabei", "firm_signed": False, "staff_signed": False}
        with pytest.raises(Invalid, match="Unterschriften"):
            entry_kind("krisenschritt").correct(
                actor=actor, crisisact_id=done.pk, because="vergessen", person_signed=True, now=now, **kept
            )


def test_wrong_entries(people, act_as, now, made):
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid):
            report(actor, made, now, reported_on=now.date() + timedelta(days=1))
        crisis = report(actor, made, now)
        with pytest.raises(Invalid, match="Unterschriften"):
            act(actor, crisis, now, person_signed=True)
        early = {"crisis_id": crisis.pk, "kind": S.MEASURE, "text": "x", "now": now, "actor": actor}
        for wrong in (now.date() - timedelta(days=1), now.date() + timedelta(days=1)):
            with pytest.raises(Invalid):
                operations.act_in_crisis(happened_on=wrong, **early)
        with pytest.raises(Conflict):
            operations.end_crisis(
                actor=actor, crisis_id=crisis.pk, version=7, result=CrisisResult.MOVED, ended_on=now.date(), now=now
            )
        with pytest.raises(NotVisible):
            get_crisis(actor, case_of(actor, made), 9)


def test_signs_of_a_file(people, act_as, now, made):
    with act_as(people.alma) as actor:
        for days in (26, 20, 10):
            agreed = operations.agree_appointment(
                actor=actor, case_id=made.case_id, on=now.date() - timedelta(days=days), title="Jobcenter",
                jobcenter=True, now=now,
            )  # fmt: skip
            operations.keep_appointment(actor=actor, appointment_id=agreed.pk, kind="TALK", outcome=O.ABSENT, now=now)
        signs = early_signs(actor, case_of(actor, made), now.date())
        assert [(sign.trigger, sign.urgent) for sign in signs] == [
            (CrisisTrigger.JOBCENTER, True), (CrisisTrigger.NO_SHOW, False),
        ]  # fmt: skip
