"""What ``cases`` itself adds to the picture and the timeline of a case: all of it is in the file already."""

from __future__ import annotations

from datetime import date

from ina.cases.enums import Act, HypothesisKind, Step
from ina.cases.models import CaseAct, FirstTalk, ReleaseDateHypothesis
from ina.cases.queries import CaseFile
from ina.cases.queries.corrections import voided_note
from ina.cases.queries.events import EVENTS, events_from
from ina.cases.queries.file import TERMS
from ina.cases.queries.stops import STOPS, stops_from
from ina.cases.rules.events import DETAIL_LISTS
from ina.cases.steps import Entry, Mark, MarkState, Part, marks_on, register_part


def course(file: CaseFile, today: date) -> Part:
    """First talks, acts of the lifecycle, and who said when which day of release."""
    return Part(
        marks=marks_on(Step.COUNSELLING, [Mark(talk.held_on, MarkState.DONE, "Erstgespräch") for talk in file.talks]),
        entries=tuple(_entry(row) for row in (*file.acts, *file.talks, *file.hypotheses, *file.voided)),
    )


def around(file: CaseFile, today: date) -> Part:
    """Special events: what happened around the case, voided ones too."""
    return Part(
        entries=tuple(
            Entry(
                on=event.happened_on,
                title=event.kind.label[0].upper() + event.kind.label[1:],
                detail=" ".join(filter(None, (event.detail, event.remark))),
                by=event.by,
                of="besonderes",
                ordinal=event.ordinal,
                voided=event.voided,
            )
            for event in events_from(file.answers[EVENTS], file.case, file.answers[TERMS])
        )
    )


def stands_still(file: CaseFile, today: date) -> Part:
    """Days on which the clock of the case stood still."""
    return Part(
        entries=tuple(
            Entry(
                on=stop.from_on,
                title=f"Fristen angehalten bis {stop.until_on:%d.%m.%Y}",
                detail=" ".join(filter(None, (stop.reason, stop.remark))),
                by=stop.by,
                of="fristpause",
                ordinal=stop.ordinal,
                voided=stop.voided,
            )
            for stop in stops_from(file.answers[STOPS], file.case.number, file.labels(today)["clock_stop_reasons"])
        )
    )


def _entry(row: CaseAct | FirstTalk | ReleaseDateHypothesis) -> Entry:
    if isinstance(row, CaseAct):
        return _act(row)
    return _talk(row) if isinstance(row, FirstTalk) else _release_date(row)


def _act(row: CaseAct) -> Entry:
    return Entry(
        on=row.happened_on,
        title=Act(row.act).sentence,
        detail=row.remark,
        by=row.by,  # type: ignore[attr-defined]
        kind="gates" if row.act == Act.RELEASE_CONFIRMED else "dot",
        of="ereignis",
        ordinal=row.ordinal,  # type: ignore[attr-defined]
        voided=voided_note(row),
    )


def _talk(row: FirstTalk) -> Entry:
    return Entry(
        on=row.held_on,
        title="Erstgespräch",
        detail=row.own_wishes,
        by=row.by,  # type: ignore[attr-defined]
        of="erstgespraech",
        ordinal=row.ordinal,  # type: ignore[attr-defined]
        voided=voided_note(row),
    )


def _release_date(row: ReleaseDateHypothesis) -> Entry:
    return Entry(
        on=row.asserted_on,
        title=f"Entlassungstermin: {row.on:%d.%m.%Y}",
        detail=f"{HypothesisKind(row.kind).label}, Quelle: {row.source}",
        by=row.by,  # type: ignore[attr-defined]
        kind="gates",
        of="termin",
        ordinal=row.ordinal,  # type: ignore[attr-defined]
        voided=voided_note(row),
    )


def register() -> None:
    register_part(course, parameters=("first_talk_deadline", "admission_decision_deadline"))
    register_part(stands_still, reads=(STOPS,), lists=("clock_stop_reasons",))
    register_part(around, reads=(EVENTS,), lists=DETAIL_LISTS)
