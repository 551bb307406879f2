"""The list row of a case, written where something changes that lists show. By hand: ``script/ina rebuild_worklist``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connections, transaction

from ina.accounts.models import Membership
from ina.agenda.queries import next_due
from ina.base.names import sort_key
from ina.cases import rules
from ina.cases.enums import Act, HypothesisKind, HypothesisStatus, State
from ina.cases.evidence import last_met
from ina.cases.lifecycle import OPEN_STATES, state_after
from ina.cases.models import Assignment, Case, CustodyPeriod, Participant, Worklist
from ina.cases.queries import planning_date_of, released_on, state_of

NEVER = date.fromisoformat(Worklist.NEVER)


def refresh(case: Case) -> Worklist:
    """Derive the list row from the facts and store it."""
    why = "Teil einer Operation, die den Fall schon geladen hat"
    participant = Participant.objects.unscoped(because=why).get(dossier_id=case.dossier_id)
    custody = CustodyPeriod.objects.unscoped(because=why).standing().filter(case=case).latest("pk")
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
    planned = released or planning_date_of(case)
    values = {
        "dossier_id": case.dossier_id,
        "case_number": case.number,
        # Each case begins with a stay in prison (referrals), so that it always belongs to a unit.
        "unit_id": custody.prison_id,
        "responsible": membership,
        "team_id": membership.team_id if membership else case.team_id,
        "state": str(state),
        "is_open": state in OPEN_STATES,
        "is_released": released is not None,
        "planning_key": planned or NEVER,
        "due_key": next_due(case.dossier_id, case.number) or NEVER,
        "name_key": sort_key(f"{participant.surname} {participant.given_name}".strip()),
    }
    row, _ = Worklist.objects.unscoped(because=why).update_or_create(case=case, defaults=values)
    return row


@dataclass(frozen=True)
class NewRow:
    """A case that was just opened, with all that its list row says."""

    case: Case
    participant: Participant
    unit_id: int
    responsible: Membership | None
    planned: date | None
    due: date | None


def add_rows(new: Iterable[NewRow]) -> None:
    """List rows of cases that were just opened: nothing needs to be read again."""
    Worklist.objects.bulk_create(
        Worklist(
            dossier_id=row.case.dossier_id,
            case=row.case,
            case_number=row.case.number,
            unit_id=row.unit_id,
            responsible=row.responsible,
            team_id=row.responsible.team_id if row.responsible else row.case.team_id,
            state=State.SCREENING if row.responsible else State.REFERRED,
            is_open=True,
            planning_key=row.planned or NEVER,
            due_key=row.due or NEVER,
            name_key=sort_key(f"{row.participant.surname} {row.participant.given_name}".strip()),
        )
        for row in new
    )


def refresh_due(dossier_id: int, case_number: int) -> None:
    """Something dated changed: when the case asks for attention next (``agenda`` calls this)."""
    Worklist.objects.unscoped(because="Teil einer Operation, die die Aufgabe schon geladen hat").filter(
        dossier_id=dossier_id, case_number=case_number
    ).update(due_key=next_due(dossier_id, case_number) or NEVER)


def note_contact(case: Case, on: date) -> None:
    """Somebody had contact with the person on this day; the list shows the latest."""
    row = Worklist.objects.unscoped(because="Teil einer Operation, die den Fall schon geladen hat").get(case=case)
    if row.last_contact_on is None or row.last_contact_on < on:
        row.last_contact_on = on
        row.save(update_fields=["last_contact_on"])


def derive_last_contact(case: Case) -> None:
    """The last contact anew from all that is documented and stands: an entry was corrected or voided."""
    Worklist.objects.unscoped(because="Teil einer Operation, die den Fall schon geladen hat").filter(case=case).update(
        last_contact_on=last_met(case)
    )


# What each list row should say, from the facts alone: acts and claims in their order, the rest as it stands.
EXPECTED = """
SELECT w.id, c.acts, c.released_on, a.membership_id, coalesce(m.team_id, k.team_id), u.prison_id, h.claims, d.due_on,
       p.surname, p.given_name,
       w.state, w.responsible_id, w.team_id, w.unit_id, w.planning_key, w.due_key, w.name_key, w.is_open,
       w.is_released
FROM cases_worklist w
JOIN cases_case k ON k.id = w.case_id
JOIN cases_participant p ON p.dossier_id = w.dossier_id
JOIN LATERAL (SELECT array_agg(act ORDER BY happened_on, id) AS acts,
                     min(happened_on) FILTER (WHERE act = 'RELEASE_CONFIRMED') AS released_on
              FROM cases_caseact WHERE case_id = w.case_id AND voided_at IS NULL) c ON true
LEFT JOIN LATERAL (SELECT membership_id FROM cases_assignment WHERE case_id = w.case_id
                   ORDER BY lower(period) DESC LIMIT 1) a ON true
LEFT JOIN accounts_membership m ON m.id = a.membership_id
LEFT JOIN LATERAL (SELECT prison_id FROM cases_custodyperiod WHERE case_id = w.case_id AND voided_at IS NULL
                   ORDER BY id DESC LIMIT 1) u ON true
LEFT JOIN LATERAL (SELECT array_agg(ARRAY["on"::text, status, kind]) AS claims FROM cases_releasedatehypothesis
                   WHERE case_id = w.case_id AND voided_at IS NULL AND status <> 'DROPPED') h ON true
LEFT JOIN LATERAL (SELECT min(shown_on) AS due_on FROM agenda_item WHERE dossier_id = w.dossier_id
                   AND case_number = w.case_number AND state = 'OPEN') d ON true
"""
MEND = """
UPDATE cases_worklist SET state = %s, responsible_id = %s, team_id = %s, unit_id = coalesce(%s, unit_id),
    planning_key = %s, due_key = %s, name_key = %s, is_open = %s, is_released = %s WHERE id = %s
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
        facts.execute(EXPECTED)
        while rows := facts.fetchmany(CHUNK):
            mended = [mend for row in rows if (mend := _mend_of(row))]
            if mended:
                with connection.cursor() as cursor:
                    cursor.executemany(MEND, mended)
            wrong += len(mended)
    return wrong


def _mend_of(row) -> tuple | None:
    """The parameters of MEND when the row is wrong."""
    row_id, acts, released, responsible, team, unit, claims, due, surname, given_name, *stored = row
    state = state_after(Act(act) for act in acts)
    planned = released or rules.planning_date(
        rules.DateClaim(date.fromisoformat(on), HypothesisStatus(status), HypothesisKind(kind))
        for on, status, kind in claims or ()
    )
    expected = [
        str(state),
        responsible,
        team,
        unit or stored[3],
        planned or NEVER,
        due or NEVER,
        sort_key(f"{surname} {given_name}".strip()),
        state in OPEN_STATES,
        released is not None,
    ]
    return None if expected == stored else (*expected, row_id)
