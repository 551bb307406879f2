"""What profiling adds to the picture and the timeline of a case."""

from __future__ import annotations

from datetime import date

from ina.cases.enums import Act, State, Step
from ina.cases.lifecycle import state_after
from ina.cases.models import Worklist
from ina.cases.queries import NEVER, acts_of
from ina.cases.steps import Entry, Mark, MarkState, pending, register_step, register_timeline
from ina.profiling.enums import ProfilingKind
from ina.profiling.models import Profiling
from ina.profiling.queries import list_profilings
from ina.profiling.rules import profiled_before_release
from ina.reference.queries import parameters


def profilings(actor, case, today: date) -> list[Mark]:
    """Done ones; in custody also the first one and the one before release, due by dated parameters."""
    held = [(ProfilingKind(row.kind), row.held_on) for row in Profiling.objects.visible_to(actor).filter(case=case)]
    marks = [Mark(on, MarkState.DONE, kind.sentence) for kind, on in held]
    acts = acts_of(case)
    if state_after(Act(act.act) for act in acts) is not State.ADMITTED:
        return marks
    deadlines = parameters(["first_profiling_deadline", "reprofiling_lead"], on=today)
    admitted_on = next(act.happened_on for act in acts if act.act == Act.ADMITTED)
    if not held:
        due_on = deadlines["first_profiling_deadline"].after(admitted_on)
        marks.append(pending(due_on, today, ProfilingKind.INITIAL.sentence))
    planned = Worklist.objects.visible_to(actor).filter(case=case).values_list("planning_key", flat=True).first()
    if held and planned is not None and planned != NEVER:
        due_on = deadlines["reprofiling_lead"].before(planned)
        if not profiled_before_release(held, due_on):
            marks.append(pending(due_on, today, ProfilingKind.BEFORE_RELEASE.sentence))
    return marks


def findings(actor, case) -> list[Entry]:
    return [
        Entry(
            on=row.held_on,
            title=row.kind.sentence,
            detail=f"Stärken: {len(row.strengths)}, Handlungsbedarfe: {row.open_needs}",
            by=row.held_by,
        )
        for row in list_profilings(actor, case)
    ]


def register() -> None:
    register_step(Step.PROFILING, profilings)
    register_timeline(findings)
