"""Goals and steps can be corrected and voided. With a goal its steps stop counting."""

from ina.cases.corrections import EntryKind, register_entry
from ina.cases.policies import may_correct
from ina.planning import operations
from ina.planning.models import Goal, PlanStep

KINDS = (
    EntryKind(
        key="ziel",
        name="goal",
        label="Ziel",
        model=Goal,
        may=may_correct,
        fields=(
            "wording_person",
            "wording_professional",
            "key_group",
            "priority",
            "target_on",
            "status_on",
            "status_reason",
        ),
        case="plan.case",
        page="plan",
        check=operations.check_goal,
        after=operations.goal_changed,
    ),
    EntryKind(
        key="schritt",
        name="step",
        label="Schritt",
        model=PlanStep,
        may=may_correct,
        fields=("what", "owner", "due_on", "status", "done_on", "result"),
        case="goal.plan.case",
        page="plan",
        check=operations.check_step,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_entry(kind)
