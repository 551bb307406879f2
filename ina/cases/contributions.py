"""What ``cases`` itself adds to the picture and the timeline of a case."""

from __future__ import annotations

from ina.cases.enums import Act, HypothesisKind, Step
from ina.cases.models import CaseAct, FirstTalk, ReleaseDateHypothesis
from ina.cases.steps import Entry, Mark, MarkState, register_step, register_timeline


def counselling(actor, case, today) -> list[Mark]:
    talks = FirstTalk.objects.visible_to(actor).filter(case=case)
    return [Mark(talk.held_on, MarkState.DONE, "Erstgespräch") for talk in talks]


def acts(actor, case) -> list[Entry]:
    rows = CaseAct.objects.visible_to(actor).filter(case=case, voided_at=None).select_related("recorded_by__user")
    return [
        Entry(
            on=row.happened_on,
            title=Act(row.act).sentence,
            detail=row.remark,
            by=row.recorded_by.user.display_name,
            kind="gates" if row.act == Act.RELEASE_CONFIRMED else "dot",
        )
        for row in rows
    ]


def talks(actor, case) -> list[Entry]:
    rows = FirstTalk.objects.visible_to(actor).filter(case=case).select_related("held_by__user")
    return [
        Entry(on=row.held_on, title="Erstgespräch", detail=row.own_wishes, by=row.held_by.user.display_name)
        for row in rows
    ]


def release_dates(actor, case) -> list[Entry]:
    rows = ReleaseDateHypothesis.objects.visible_to(actor).filter(case=case).select_related("recorded_by__user")
    return [
        Entry(
            on=row.asserted_on,
            title=f"Entlassungstermin: {row.on:%d.%m.%Y}",
            detail=f"{HypothesisKind(row.kind).label}, Quelle: {row.source}",
            by=row.recorded_by.user.display_name,
            kind="gates",
        )
        for row in rows
    ]


def register() -> None:
    register_step(Step.COUNSELLING, counselling)
    for contribution in (acts, talks, release_dates):
        register_timeline(contribution)
