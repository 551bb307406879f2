"""Two at once, and the night: what really commits. Killed in the middle and run again, nothing happens twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from ina.access.context import acting_as
from ina.access.queries import list_access
from ina.base.clock import day_of
from ina.base.errors import DomainError, Invalid
from ina.cases.operations import handovers
from ina.cases.operations.worklist import compare_all
from tests.factories.cases import case_for

LAPSED_BY = timedelta(days=20)


@pytest.fixture
def offered(committed_db, people, now):
    """``offered(people.cem)`` — a committed case of Alma's with an offer; answers (case, id of the hand-over)."""

    def make(receiver):
        with transaction.atomic():
            made = case_for(people.alma)
        return made, offer(people, made, receiver, now)

    return make


def offer(people, made, receiver, now) -> int:
    actor = people.alma.actor
    with transaction.atomic(), acting_as(actor):
        return handovers.offer_handover(
            actor=actor,
            case_id=made.case_id,
            receiver_id=receiver.membership_id,
            reason="Elternzeit",
            offered_on=day_of(now),
            now=now,
        ).pk


def at_once(*steps) -> list:
    """Each step in a thread of its own, all at the same moment; what each raised."""
    start, raised = threading.Barrier(len(steps)), []

    def run(member, step):
        actor = member.actor
        try:
            start.wait(10)
            with transaction.atomic(), acting_as(actor):
                step(actor)
        except DomainError as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=step) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def state_of(owner, made) -> tuple:
    states = owner.execute("SELECT array_agg(state ORDER BY id) FROM cases_handover WHERE case_id = %s", [made.case_id])
    (states,) = states.fetchone()
    accountable = owner.execute(
        "SELECT count(*), count(*) FILTER (WHERE upper_inf(period)) FROM cases_assignment WHERE case_id = %s",
        [made.case_id],
    ).fetchone()
    return states, accountable


def test_two_offers_at_once_leave_one(committed_db, owner_of_tables, people, now):
    with transaction.atomic():
        made = case_for(people.alma)

    def to(receiver):
        return lambda actor: handovers.offer_handover(
            actor=actor,
            case_id=made.case_id,
            receiver_id=receiver.membership_id,
            reason="Krankheit",
            offered_on=day_of(now),
            now=now,
        )

    raised = at_once((people.alma, to(people.bert)), (people.jan, to(people.cem)))
    assert [type(error) for error in raised] == [Invalid] and "schon jemandem angeboten" in raised[0].message
    assert state_of(owner_of_tables, made) == (["OFFERED"], (1, 1))
    grants = "SELECT count(*) FROM access_grant WHERE basis = 'HANDOVER' AND NOT isempty(valid)"
    assert owner_of_tables.execute(grants).fetchone() == (1,)


def test_accepted_twice_at_once_changes_hands_once(offered, owner_of_tables, people, now):
    made, handover = offered(people.cem)

    def accept(actor):
        handovers.accept_handover(actor=actor, handover_id=handover, now=now)

    raised = at_once((people.cem, accept), (people.uwe, accept))
    assert len(raised) == 1 and "schon" in raised[0].message
    assert state_of(owner_of_tables, made) == (["ACCEPTED"], (2, 1))


def test_accepted_and_withdrawn_at_once_is_one_of_both(offered, owner_of_tables, people, now):
    made, handover = offered(people.cem)
    raised = at_once(
        (people.cem, lambda actor: handovers.accept_handover(actor=actor, handover_id=handover, now=now)),
        (people.alma, lambda actor: handovers.withdraw_handover(actor=actor, handover_id=handover, now=now)),
    )
    assert len(raised) == 1
    states, accountable = state_of(owner_of_tables, made)
    assert (states, accountable) in ((["ACCEPTED"], (2, 1)), (["WITHDRAWN"], (1, 1)))


def test_withdrawn_before_the_acceptance_is_said_and_stays_in_the_circle(offered, owner_of_tables, people, now):
    made, handover = offered(people.cem)
    actor = people.alma.actor
    with transaction.atomic(), acting_as(actor):
        handovers.withdraw_handover(actor=actor, handover_id=handover, now=now + timedelta(hours=4))
    cem = people.cem.actor
    with pytest.raises(Invalid, match="zurückgezogen"), transaction.atomic(), acting_as(cem):
        handovers.accept_handover(actor=cem, handover_id=handover, now=now)
    assert state_of(owner_of_tables, made) == (["WITHDRAWN"], (1, 1))
    with transaction.atomic(), acting_as(actor):
        (line,) = [one for one in list_access(actor, made.dossier_id, now) if one.name == people.cem.name]
    assert (line.basis, line.compartments) == (
        "übergibt oder übernimmt",
        ("Fall", "Person und Kontakt", "Haft und Entlassungstermin"),
    )
    assert line.until is not None


# --- the night ---------------------------------------------------------------------------------------------------


def night_left(owner) -> dict:
    count = {
        "lapsed": "SELECT count(*) FROM cases_handover WHERE state = 'LAPSED'",
        "items": "SELECT count(*) FROM agenda_item WHERE kind = 'cases.hand_over_again' AND state = 'OPEN'",
        "escalated": "SELECT count(*) FROM agenda_reminder WHERE step = 'ESCALATED'",
        "lines": "SELECT count(*) FROM audit_entry WHERE action = 'job.lapse_handovers'",
        "looking": "SELECT count(*) FROM access_grant WHERE basis = 'HANDOVER' AND upper_inf(valid)",
    }
    return {name: owner.execute(statement).fetchone()[0] for name, statement in count.items()}


def test_offers_lapse_once_and_the_giver_and_the_lead_are_asked(offered, owner_of_tables, people, now):
    made, _ = offered(people.cem)
    offered(people.bert)
    assert handovers.lapse_handovers(now) == 0  # in time
    later = now + LAPSED_BY
    assert handovers.lapse_handovers(later) == 2
    assert handovers.lapse_handovers(later) == 0
    assert night_left(owner_of_tables) == {"lapsed": 2, "items": 2, "escalated": 2, "lines": 2, "looking": 0}
    asked = owner_of_tables.execute(
        "SELECT DISTINCT i.responsible_id, r.membership_id, i.due_on, w.due_key <= i.due_on FROM agenda_item i"
        " JOIN agenda_reminder r ON r.item_id = i.id JOIN cases_worklist w ON w.dossier_id = i.dossier_id"
    ).fetchall()
    assert asked == [(people.alma.membership_id, people.jan.membership_id, day_of(later), True)]
    assert compare_all() == 0  # the list rows say what the facts say
    cem = people.cem.actor
    with pytest.raises(Invalid, match="Frist"), transaction.atomic(), acting_as(cem):
        handovers.accept_handover(actor=cem, handover_id=1, now=later)
    offer(people, made, people.bert, later)  # offered anew: the item is done
    assert night_left(owner_of_tables)["items"] == 1


def test_a_night_killed_in_the_middle_goes_on_where_it_stopped(offered, owner_of_tables, people, now, monkeypatch):
    for _ in range(3):
        offered(people.cem)
    monkeypatch.setattr(handovers, "CHUNK", 1)
    calls, atomic = [], transaction.atomic

    def killed(using):
        calls.append(using)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return atomic(using=using)

    monkeypatch.setattr(handovers.transaction, "atomic", lambda using=None: killed(using))
    with pytest.raises(KeyboardInterrupt):
        handovers.lapse_handovers(now + LAPSED_BY)
    monkeypatch.setattr(handovers.transaction, "atomic", atomic)
    assert night_left(owner_of_tables)["lapsed"] == 2
    assert handovers.lapse_handovers(now + LAPSED_BY) == 1
    assert night_left(owner_of_tables) == {"lapsed": 3, "items": 3, "escalated": 3, "lines": 3, "looking": 0}


def test_the_application_itself_lapses_nothing(committed_db):
    from django.db import ProgrammingError

    with pytest.raises(ProgrammingError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("SELECT cases_lapse_offers('2030-01-01', now(), '', 10)")
