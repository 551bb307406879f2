"""What ``cases`` itself adds to the picture and the timeline of a case: all of it is in the file already."""

from __future__ import annotations

from datetime import date

from ina.base.actor import Actor
from ina.cases.enums import Act, HypothesisKind, Step
from ina.cases.queries import CaseFile
from ina.cases.steps import Entry, Mark, MarkState, Part, marks_on, register_part


def course(actor: Actor, file: CaseFile, today: date) -> Part:
    """First talks, acts of the lifecycle, and who said when which day of release."""
    return Part(
        marks=marks_on(Step.COUNSELLING, [Mark(talk.held_on, MarkState.DONE, "Erstgespräch") for talk in file.talks]),
        entries=(*_acts(file), *_talks(file), *_release_dates(file)),
    )


def _acts(file: CaseFile) -> list[Entry]:
    return [
        Entry(
            on=row.happened_on,
            title=Act(row.act).sentence,
            detail=row.remark,
            by=row.recorded_by.user.display_name,
            kind="gates" if row.act == Act.RELEASE_CONFIRMED else "dot",
        )
        for row in file.acts
    ]


def _talks(file: CaseFile) -> list[Entry]:
    return [
        Entry(on=row.held_on, title="Erstgespräch", detail=row.own_wishes, by=row.held_by.user.display_name)
        for row in file.talks
    ]


def _release_dates(file: CaseFile) -> list[Entry]:
    return [
        Entry(
            on=row.asserted_on,
            title=f"Entlassungstermin: {row.on:%d.%m.%Y}",
            detail=f"{HypothesisKind(row.kind).label}, Quelle: {row.source}",
            by=row.recorded_by.user.display_name,
            kind="gates",
        )
        for row in file.hypotheses
    ]


def register() -> None:
    register_part(course, parameters=("first_talk_deadline", "admission_decision_deadline"))
