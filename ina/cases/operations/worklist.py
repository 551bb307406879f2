"""The list row of a case, written where something changes that lists show. By hand: ``script/ina rebuild_worklist``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connections, transaction

from ina.accounts.models import Membership
from ina.agenda.queries import Next, next_item
from ina.base.names import sort_key
from ina.cases import rules
from ina.cases.enums import Act, HypothesisKind, HypothesisStatus, State, Step
from ina.cases.evidence import last_met
from ina.cases.lifecycle import OPEN_STATES, UNDECIDED_STATES, state_after
from ina.cases.models import Alias, Assignment, Case, CustodyPeriod, Participant, Worklist
from ina.cases.queries import planned_release, released_on, state_of
from ina.cases.rules.finding import find_keys

NEVER = date.fromisoformat(Worklist.NEVER)


def refresh(case: Case) -> Worklist:
    """Derive the list row from the facts and store it. What the person is found by changes with their names alone
    (``person_keys.refresh_keys``)."""
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
    planned = planned_release(case)
    due = next_item(case.dossier_id, case.number)
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
        "planning_key": released or (planned.on if planned else NEVER),
        "planning_kind": planned.kind if planned and not released else "",
        "planning_status": planned.status if planned and not released else "",
        "due_key": due.on or NEVER,
        "step": step_of(due, state),
        "name_key": sort_key(f"{participant.surname} {participant.given_name}".strip()),
    }

    def found_by() -> list[str]:
        aliases = Alias.objects.unscoped(because=why).standing().filter(dossier_id=case.dossier_id)
        return find_keys_of(participant, aliases.order_by("pk").values_list("name", flat=True))

    row, _ = Worklist.objects.unscoped(because=why).update_or_create(
        case=case, defaults=values, create_defaults={**values, "find_keys": found_by}
    )
    return row


def find_keys_of(participant: Participant, aliases: Iterable[str]) -> list[str]:
    return find_keys(participant.surname, participant.given_name, [participant.birth_name, *aliases])


def step_of(due: Next, state: State) -> str:
    """The step of the work that the next item belongs to; where it says none, the one that the state stands for."""
    if due.step:
        return due.step
    if state in OPEN_STATES:
        return Step.COUNSELLING if state in UNDECIDED_STATES else Step.MONITORING
    return Step.EVALUATION


@dataclass(frozen=True)
class NewRow:
    """A case that was just opened, with all that its list row says."""

    case: Case
    participant: Participant
    unit_id: int
    responsible: Membership | None
    planned: date | None
    planned_kind: str
    due: Next
    aliases: Sequence[str] = ()


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
            planning_kind=row.planned_kind if row.planned else "",
            planning_status=HypothesisStatus.PLAUSIBLE if row.planned else "",
            due_key=row.due.on or NEVER,
            step=step_of(row.due, State.SCREENING),
            name_key=sort_key(f"{row.participant.surname} {row.participant.given_name}".strip()),
            find_keys=find_keys_of(row.participant, row.aliases),
        )
        for row in new
    )


def refresh_due(dossier_id: int, case_number: int) -> None:
    """Something dated changed: when the case asks for attention next (``agenda`` calls this)."""
    rows = Worklist.objects.unscoped(because="Teil einer Operation, die die Aufgabe schon geladen hat")
    due = next_item(dossier_id, case_number)
    for row in rows.filter(dossier_id=dossier_id, case_number=case_number):
        row.due_key, row.step = due.on or NEVER, step_of(due, State(row.state))
        row.save(update_fields=["due_key", "step"])


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
       d.kind, p.surname, p.given_name, p.birth_name, n.aliases,
       w.state, w.responsible_id, w.team_id, w.unit_id, w.planning_key, w.planning_kind, w.planning_status, w.due_key,
       w.step, w.name_key, w.is_open, w.is_released, w.find_keys
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
LEFT JOIN LATERAL (SELECT shown_on AS due_on, kind FROM agenda_item WHERE dossier_id = w.dossier_id
                   AND case_number = w.case_number AND state = 'OPEN' ORDER BY shown_on, id LIMIT 1) d ON true
LEFT JOIN LATERAL (SELECT array_agg(name ORDER BY id) AS aliases FROM cases_alias
                   WHERE dossier_id = w.dossier_id AND voided_at IS NULL) n ON true
"""
MEND = """
UPDATE cases_worklist SET state = %s, responsible_id = %s, team_id = %s, unit_id = coalesce(%s, unit_id),
    planning_key = %s, planning_kind = %s, planning_status = %s, due_key = %s, step = %s, name_key = %s, is_open = %s,
    is_released = %s, find_keys = %s WHERE id = %s
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
    row_id, acts, released, responsible, team, unit, claims, due_on, due_kind, *rest = row
    surname, given_name, birth_name, aliases, *stored = rest
    state = state_after(Act(act) for act in acts)
    assert state is not None, "a case begins with its referral"
    planned = rules.planning_claim(
        rules.DateClaim(date.fromisoformat(on), HypothesisStatus(status), HypothesisKind(kind))
        for on, status, kind in claims or ()
    )
    due = Next(due_on, due_kind or "")
    expected = [
        str(state),
        responsible,
        team,
        unit or stored[3],
        released or (planned.on if planned else NEVER),
        planned.kind if planned and not released else "",
        planned.status if planned and not released else "",
        due.on or NEVER,
        step_of(due, state),
        sort_key(f"{surname} {given_name}".strip()),
        state in OPEN_STATES,
        released is not None,
        find_keys(surname, given_name, [birth_name, *(aliases or ())]),
    ]
    return None if expected == stored else (*expected, row_id)
