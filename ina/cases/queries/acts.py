"""What the acts and claims of one case say: state, last act, days. The case is loaded as visible already."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from ina.base.together import Read
from ina.cases import rules
from ina.cases.enums import Act, HypothesisKind, HypothesisStatus, State
from ina.cases.lifecycle import Standing, standing_after, state_after
from ina.cases.models import Assignment, Case, CaseAct, ReleaseDateHypothesis
from ina.cases.rules.endings import Pause, aftercare_end
from ina.reference.queries import parameter

OF_A_VISIBLE_CASE = "der Fall ist schon als sichtbar geladen"


STANDING = Read(
    lambda given: (
        CaseAct.objects.unscoped(because=OF_A_VISIBLE_CASE)
        .filter(case_id=given.case_id, voided_at=None)
        .order_by("happened_on", "pk")
    )
)


def acts_of(case: Case) -> list[CaseAct]:
    """The acts that count, in their order. A case of ``get_file`` brings them along; a locked one never does."""
    known = getattr(case, "known_acts", None)
    # Policies and operations ask this more often than anything else: prepared, it costs a third.
    return known if known is not None else STANDING.rows(case_id=case.pk)


def standing_acts(case: Case):
    rows = CaseAct.objects.unscoped(because=OF_A_VISIBLE_CASE).filter(case=case, voided_at=None)
    return rows.order_by("happened_on", "pk")


def standing_of(case: Case) -> Standing:
    return standing_after(Act(act.act) for act in acts_of(case))


def state_of(case: Case) -> State:
    state = state_after(Act(act.act) for act in acts_of(case))
    assert state is not None, "a case begins with its referral"
    return state


def last_act(case: Case) -> CaseAct | None:
    acts = acts_of(case)
    return acts[-1] if acts else None


def released_on(case: Case) -> date | None:
    """The confirmed day of release."""
    return next((act.happened_on for act in acts_of(case) if act.act == Act.RELEASE_CONFIRMED), None)


def claims_of(case: Case) -> list[rules.DateClaim]:
    """Who said what about the day of release, as the rules need it; voided ones left out.

    An operation that has just written them brings them along, as ``known_claims``.
    """
    known = getattr(case, "known_claims", None)
    if known is not None:
        return known
    rows = ReleaseDateHypothesis.objects.unscoped(because=OF_A_VISIBLE_CASE).standing().filter(case=case)
    return [as_claim(row) for row in rows.order_by("on", "pk")]


def as_claim(row: ReleaseDateHypothesis) -> rules.DateClaim:
    return rules.DateClaim(row.on, HypothesisStatus(row.status), HypothesisKind(row.kind))


def planning_date_of(case: Case) -> date | None:
    """The day that everything is planned for, from the claims alone (the confirmed release is another matter)."""
    return rules.planning_date(claims_of(case))


def planned_release(case: Case) -> rules.DateClaim | None:
    """The claim behind ``planning_date_of``."""
    return rules.planning_claim(claims_of(case))


def aftercare_end_of(case: Case) -> date | None:
    """The day on which aftercare has lasted its full time; None before the release and while its clock stands still."""
    released = released_on(case)
    if released is None:
        return None
    return aftercare_end(released, parameter("aftercare_duration", on=released), pauses_of(acts_of(case)))


def pauses_of(acts: list[CaseAct]) -> list[Pause]:
    """The times in which the case rested. Imprisonment stops the clock of aftercare, nothing else does."""
    found: list[Pause] = []
    for act in acts:
        if act.act == Act.PAUSED:
            found.append(Pause(act.happened_on, None, act.reason == "REIMPRISONED"))
        elif found and found[-1].until is None:
            found[-1] = replace(found[-1], until=act.happened_on - timedelta(days=1))
    return found


def responsible_of(case: Case) -> Assignment | None:
    """Who leads the case, or led it last."""
    rows = Assignment.objects.unscoped(because=OF_A_VISIBLE_CASE).filter(case=case)
    return rows.select_related("membership__user").order_by("period").last()
