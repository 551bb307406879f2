"""The list row of a case, written wherever something changes that lists show. Rebuilt by ``script/ina rebuild_worklist``."""

from __future__ import annotations

from datetime import date

from ina.accounts.models import Membership
from ina.base.names import sort_key
from ina.cases import rules
from ina.cases.enums import HypothesisStatus
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Assignment, Case, CustodyPeriod, Participant, ReleaseDateHypothesis, Worklist
from ina.cases.queries import released_on, state_of

NEVER = date.fromisoformat(Worklist.NEVER)


def refresh(case: Case) -> Worklist:
    """Derive the list row from the facts and store it."""
    why = "Teil einer Operation, die den Fall schon geladen hat"
    participant = Participant.objects.unscoped(because=why).get(dossier_id=case.dossier_id)
    custody = CustodyPeriod.objects.unscoped(because=why).filter(case=case).order_by("-pk").first()
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
        "unit_id": custody.prison_id if custody else membership.place_id or membership.institution_id,
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
