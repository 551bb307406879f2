"""What profiling adds to the picture and the timeline of a case."""

from __future__ import annotations

from datetime import date

from ina.cases.enums import State, Step
from ina.cases.queries import CaseFile
from ina.cases.steps import Entry, Mark, MarkState, Part, marks_on, pending, register_part
from ina.profiling.enums import ProfilingKind
from ina.profiling.queries import COUNTS, ProfilingCount, counts_from
from ina.profiling.rules import profiled_before_release


def profilings(file: CaseFile, today: date) -> Part:
    """Done ones; in custody also the first one and the one before release, due by dated parameters."""
    all_held = counts_from(file.answers[COUNTS], file.case)
    held = [row for row in all_held if not row.voided]
    marks = [Mark(row.held_on, MarkState.DONE, row.kind.sentence) for row in held]
    if file.state is State.ADMITTED:
        marks += _awaited(file, held, today)
    entries = [
        Entry(
            on=row.held_on,
            title=row.kind.sentence,
            detail=f"Stärken: {row.strengths}, Handlungsbedarfe: {row.open_needs}",
            by=row.held_by,
            of="profiling",
            ordinal=row.ordinal,
            voided=row.voided,
        )
        for row in all_held
    ]
    return Part(marks_on(Step.PROFILING, marks), tuple(entries))


def _awaited(file: CaseFile, held: list[ProfilingCount], today: date) -> list[Mark]:
    if not held:
        assert file.admitted_on is not None, "an admitted case has the day of its admission"
        due_on = file.parameters["first_profiling_deadline"].after(file.admitted_on)
        return [pending(due_on, today, ProfilingKind.INITIAL.sentence)]
    if file.planning_date is None:
        return []
    due_on = file.parameters["reprofiling_lead"].before(file.planning_date)
    if profiled_before_release([(row.kind, row.held_on) for row in held], due_on):
        return []
    return [pending(due_on, today, ProfilingKind.BEFORE_RELEASE.sentence)]


def register() -> None:
    register_part(
        profilings, reads=(COUNTS,), parameters=("first_profiling_deadline", "reprofiling_lead", "profiling_max_age")
    )
