"""The list row of a case, written where something changes that lists show. By hand: ``script/ina rebuild_worklist``."""

from __future__ import annotations

from datetime import date

from django.db import connections, transaction

from ina.accounts.models import Membership
from ina.base.names import sort_key
from ina.cases import rules
from ina.cases.enums import Act, HypothesisStatus
from ina.cases.lifecycle import BY_ACT, OPEN_STATES
from ina.cases.models import Assignment, Case, CustodyPeriod, Participant, ReleaseDateHypothesis, Worklist
from ina.cases.queries import released_on, state_of

NEVER = date.fromisoformat(Worklist.NEVER)


def refresh(case: Case) -> Worklist:
    """Derive the list row from the facts and store it."""
    why = "Teil einer Operation, die den Fall schon geladen hat"
    participant = Participant.objects.unscoped(because=why).get(dossier_id=case.dossier_id)
    custody = CustodyPeriod.objects.unscoped(because=why).filter(case=case).latest("pk")
    assignment = (
        Assignment.objects.unscoped(because=why)
        .filter(case=case)
        .select_related("membership")
        .order_by("-period__startswith")
        .first()
    )
    membership: Membership | None = assignment.membership if assignment else None
    state = state_of(case)
    released = released_on(case)
    planned = released or rules.planning_date(
        rules.DateClaim(claim.on, HypothesisStatus(claim.status))
        for claim in ReleaseDateHypothesis.objects.unscoped(because=why).filter(case=case)
    )
    values = {
        "dossier_id": case.dossier_id,
        "case_number": case.number,
        # Each case begins with a stay in prison (referrals), so that it always belongs to a unit.
        "unit_id": custody.prison_id,
        "responsible": membership,
        "team_id": membership.team_id if membership else None,
        "state": str(state),
        "is_open": state in OPEN_STATES,
        "planning_key": planned or NEVER,
        "name_key": sort_key(f"{participant.surname} {participant.given_name}"),
    }
    row, _ = Worklist.objects.unscoped(because=why).update_or_create(
        case=case, defaults=values, create_defaults=values | {"due_key": NEVER}
    )
    return row


def note_contact(case: Case, on: date) -> None:
    """Somebody had contact with the person on this day; the list shows the latest."""
    row = Worklist.objects.unscoped(because="Teil einer Operation, die den Fall schon geladen hat").get(case=case)
    if row.last_contact_on is None or row.last_contact_on < on:
        row.last_contact_on = on
        row.save(update_fields=["last_contact_on"])


# What each list row should say, from the facts alone. The state follows from the last act that counts.
EXPECTED = """
SELECT w.id, c.state, a.membership_id, m.team_id, u.prison_id, coalesce(r.released_on, h.planned_on, %(never)s),
       p.surname, p.given_name,
       w.state, w.responsible_id, w.team_id, w.unit_id, w.planning_key, w.name_key, w.is_open
FROM cases_worklist w
JOIN cases_participant p ON p.dossier_id = w.dossier_id
JOIN LATERAL (SELECT act AS state FROM cases_caseact WHERE case_id = w.case_id AND voided_at IS NULL
              ORDER BY happened_on DESC, id DESC LIMIT 1) c ON true
LEFT JOIN LATERAL (SELECT membership_id FROM cases_assignment WHERE case_id = w.case_id
                   ORDER BY lower(period) DESC LIMIT 1) a ON true
LEFT JOIN accounts_membership m ON m.id = a.membership_id
LEFT JOIN LATERAL (SELECT prison_id FROM cases_custodyperiod WHERE case_id = w.case_id
                   ORDER BY id DESC LIMIT 1) u ON true
LEFT JOIN LATERAL (SELECT happened_on AS released_on FROM cases_caseact WHERE case_id = w.case_id
                   AND voided_at IS NULL AND act = 'RELEASE_CONFIRMED' ORDER BY id LIMIT 1) r ON true
LEFT JOIN LATERAL (SELECT min("on") AS planned_on FROM cases_releasedatehypothesis WHERE case_id = w.case_id
                   AND status IN ('PLAUSIBLE', 'DECIDED')) h ON true
"""
MEND = """
UPDATE cases_worklist SET state = %s, responsible_id = %s, team_id = %s, unit_id = coalesce(%s, unit_id),
    planning_key = %s, name_key = %s, is_open = %s WHERE id = %s
"""
CHUNK = 2000


def compare_all() -> int:
    """Compare every list row with the facts, by the nightly log-in, and mend what is wrong; answers how many were.

    Rows stream through a server-side cursor: memory stays flat however many cases there are.
    """
    wrong = 0
    connection = connections["batch"]
    connection.ensure_connection()
    with transaction.atomic(using="batch"), connection.connection.cursor(name="worklist") as facts:
        facts.itersize = CHUNK
        facts.execute(EXPECTED, {"never": NEVER})
        while rows := facts.fetchmany(CHUNK):
            mended = [mend for row in rows if (mend := _mend_of(row))]
            if mended:
                with connection.cursor() as cursor:
                    cursor.executemany(MEND, mended)
            wrong += len(mended)
    return wrong


def _mend_of(row) -> tuple | None:
    """The parameters of MEND when the row is wrong."""
    row_id, last_act, responsible, team, unit, planned, surname, given_name, *stored = row
    state = BY_ACT[Act(last_act)].target
    expected = [
        str(state),
        responsible,
        team,
        unit or stored[3],
        planned,
        sort_key(f"{surname} {given_name}"),
        state in OPEN_STATES,
    ]
    return None if expected == stored else (*expected, row_id)
