"""Goals and steps can be corrected and voided. With a goal its steps stop counting. What is agreed stays agreed."""

from ina.cases.corrections import EntryKind, register_entry
from ina.cases.policies import may_correct, may_correct_stated
from ina.planning.models import Goal, PlanEvent, PlanReview, PlanStep, PrisonMeasure, Signature
from ina.planning.operations import measures, progress, reviews, signing, versions

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
        only=progress.of_goal,
        check=progress.check_goal,
        check_void=progress.check_void_goal,
        after=progress.goal_changed,
    ),
    EntryKind(
        key="schritt",
        name="step",
        label="Schritt",
        model=PlanStep,
        may=may_correct,
        fields=("what", "owner", "due_on", *progress.OF_STEP),
        case="goal.plan.case",
        page="plan",
        only=progress.of_step,
        check=progress.check_step,
        check_void=progress.check_void_step,
        after=progress.step_changed,
    ),
    EntryKind(
        key="unterschrift",
        name="signature",
        label="Unterschrift",
        model=Signature,
        may=may_correct,
        fields=("because", "signed_on"),
        case="plan.case",
        page="plan",
        only=signing.of_signature,
        check=signing.check_signature,
        check_void=signing.check_void_signature,
    ),
    EntryKind(
        key="planvorgang",
        name="plan_event",
        label="Vorgang am Plan",
        model=PlanEvent,
        may=may_correct,
        case="plan.case",
        page="plan",
        check_void=versions.check_void_event,
        after=versions.event_changed,
    ),
    EntryKind(
        key="massnahme",
        name="measure",
        label="Maßnahme im Vollzug",
        model=PrisonMeasure,
        may=may_correct_stated,
        fields=measures.FIELDS,
        case="case",
        page="measures",
        codes={"point": "prison_plan_points", "abort_reason": "measure_abort_reasons"},
        only=measures.of_measure,
        check=measures.check_measure,
    ),
    EntryKind(
        key="planpruefung",
        name="plan_review",
        label="Überprüfung des Plans",
        model=PlanReview,
        may=may_correct,
        fields=("held_on", "finding"),
        case="plan.case",
        page="plan",
        check=reviews.check_review,
        after=reviews.review_changed,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_entry(kind)
