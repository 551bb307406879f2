"""Who may write a profiling. No profiling before admission with consent (gate of domain section 4)."""

from typing import Any

from ina.base.actor import Actor
from ina.base.policy import Verdict, allowed_if, first_refusal
from ina.cases.models import Case
from ina.cases.policies import may_correct, may_profile
from ina.profiling.models import Profiling


def may_record_finding(actor: Actor, case: Case) -> Verdict:
    return may_profile(actor, case)


def may_begin_profiling(actor: Actor, case: Case) -> Verdict:
    return may_profile(actor, case)


def may_write_profiling(actor: Actor, profiling: Profiling) -> Verdict:
    """Add to it, or sum it up, while the case runs."""
    return first_refusal(
        may_profile(actor, profiling.case),
        allowed_if(profiling.voided_at is None, "Dieses Profiling ist storniert."),
    )


def may_change_finding(actor: Actor, row: Any) -> Verdict:
    """A finding, an assessment: what hangs on a profiling."""
    return first_refusal(
        may_write_profiling(actor, row.profiling),
        allowed_if(getattr(row, "voided_at", None) is None, "Dieser Eintrag ist storniert."),
    )


def may_change_fact(actor: Actor, row: Any) -> Verdict:
    """What stays true about the person beyond a profiling."""
    return may_correct(actor, row)
