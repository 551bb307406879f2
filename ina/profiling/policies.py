"""Who may write a profiling. No profiling before admission with consent (gate of domain section 4)."""

from ina.base.actor import Actor
from ina.base.policy import Verdict
from ina.cases.models import Case
from ina.cases.policies import may_profile


def may_record_finding(actor: Actor, case: Case) -> Verdict:
    return may_profile(actor, case)
