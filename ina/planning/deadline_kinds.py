"""What each case is asked for: that its plan is looked at again."""

from ina.agenda.enums import Anchor
from ina.agenda.kinds import Kind, register_kind
from ina.cases.enums import Step
from ina.planning.operations import BEFORE_RELEASE, NEXT_REVIEW, REVIEW

KINDS = (
    Kind(
        REVIEW,
        "Integrationsplan überprüfen",
        Anchor.ADMISSION,
        "plan_review_interval",
        page="plan",
        step=Step.PLANNING,
        stoppable=True,
    ),
    # Once a version is in force, from its day on (rules.next_review).
    Kind(
        NEXT_REVIEW,
        "Integrationsplan gemeinsam überprüfen",
        Anchor.FIXED,
        page="plan",
        step=Step.PLANNING,
        stoppable=True,
    ),
    Kind(
        BEFORE_RELEASE,
        "Integrationsplan vor der Entlassung überprüfen",
        Anchor.FIXED,
        page="plan",
        step=Step.PLANNING,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_kind(kind)
