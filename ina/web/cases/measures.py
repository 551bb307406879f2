"""Maßnahmen im Vollzug: what was assigned under which point of the prison's plan, and what became of it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import Verdict, refused
from ina.cases.policies import may_correct_entries
from ina.planning import operations, policies
from ina.planning.enums import EFFECTS, MeasureKind, MeasureState, Outside
from ina.planning.queries import MEASURES, MeasureRow, get_measure, measures_from
from ina.reference.queries import code_choices, code_labels_of
from ina.web.shell.fields import NOTHING_CHOSEN, choose, pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, FoldedForm, GermanDateField, field
from ina.web.shell.several import Guide, several

MARKS = {
    MeasureState.ASSIGNED: "open",
    MeasureState.RUNNING: "run",
    MeasureState.COMPLETED: "done",
    MeasureState.ABORTED: "fail",
}
NOTHING = refused("Es gibt keine Maßnahme, zu der das passt.")


class AssignForm(FoldedForm):
    title = field("planning.PrisonMeasure.title")
    kind = pick(MeasureKind, "Art", radio=True)
    point = forms.ChoiceField(label="Punkt des Vollzugsplans", error_messages=NOTHING_CHOSEN)
    assigned_on = GermanDateField(label="zugewiesen am", latest=TODAY)
    planned_end_on = GermanDateField(label="geplantes Ende", required=False)
    provider = field("planning.PrisonMeasure.provider")
    sessions = forms.IntegerField(label="Termine vorgesehen", required=False, min_value=0, max_value=10_000)
    folded = ("provider", "sessions")

    def __init__(self, *arguments, today: date, **options):
        super().__init__(*arguments, **options)
        self.fields["point"].choices = [("", "bitte wählen"), *code_choices("prison_plan_points", on=today)]


class OfMeasure(forms.Form):
    """A form about one of the measures."""

    measure = choose("Maßnahme", numbered=True)

    def __init__(self, *arguments, measures, **options):
        super().__init__(*arguments, **options)
        self.fields["measure"].choices = measures


class StartForm(OfMeasure):
    started_on = GermanDateField(label="begonnen am", latest=TODAY)


class AttendanceForm(OfMeasure):
    sessions = forms.IntegerField(label="Termine vorgesehen", min_value=0, max_value=10_000)
    attended = forms.IntegerField(label="davon besucht", min_value=0, max_value=10_000)
    outside = pick(Outside, "geht draußen weiter", radio=True)
    outside_with = field("planning.PrisonMeasure.outside_with")


class EndForm(OfMeasure):
    ended_on = GermanDateField(label="beendet am", latest=TODAY)


class CompleteForm(EndForm):
    result = words("Ergebnis", rows=2, required=True)
    effectiveness = forms.TypedChoiceField(
        label="Wirksamkeit",
        coerce=int,
        choices=[(number, f"{number} {said}") for number, said in EFFECTS.items()],
        widget=forms.RadioSelect,
        error_messages=NOTHING_CHOSEN,
    )


class AbortForm(EndForm):
    abort_reason = forms.ChoiceField(label="abgebrochen, weil", error_messages=NOTHING_CHOSEN)
    result = words("was bis dahin war", rows=2)

    def __init__(self, *arguments, today: date, **options):
        super().__init__(*arguments, **options)
        reasons = code_choices("measure_abort_reasons", on=today)
        self.fields["abort_reason"].choices = [("", "bitte wählen"), *reasons]


def measures(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "measures", along=(MEASURES,)), request.actor, clock.today()
    case = opened.case
    rows = measures_from(opened.answers[MEASURES], case, opened.planning_date)
    may = policies.may_assign_measure(actor, case)
    here = reverse("measures", args=[number])

    def of(operation):
        def save(*, measure: int, **entered: Any):
            return operation(prisonmeasure_id=get_measure(actor, case, measure).pk, **entered)

        return save

    def guide(form, operation, message, states, initial) -> Guide:
        fitting = [(row.ordinal, row.title[:80]) for row in rows if row.state in states and not row.voided]
        return Guide(
            partial(form, measures=fitting),
            save=of(operation),
            done=lambda _: (here, message),
            may=(may if fitting else NOTHING) if may else may,
            initial=lambda: initial,
        )

    standing, running = {MeasureState.ASSIGNED, MeasureState.RUNNING}, {MeasureState.RUNNING}
    return several(
        request,
        "cases/measures.html",
        {
            "assign": Guide(
                partial(AssignForm, today=today),
                save=partial(operations.assign_measure, case_id=case.pk),
                done=lambda _: (here, "Maßnahme eingetragen."),
                may=may,
                initial=lambda: {"assigned_on": today},
            ),
            "start": guide(
                StartForm, operations.start_measure, "Begonnen.", {MeasureState.ASSIGNED}, {"started_on": today}
            ),
            "attendance": guide(
                AttendanceForm,
                operations.note_attendance,
                "Teilnahme gespeichert.",
                standing,
                {"outside": Outside.TO_CLARIFY},
            ),
            "complete": guide(
                CompleteForm, operations.complete_measure, "Abgeschlossen.", running, {"ended_on": today}
            ),
            "abort": guide(
                partial(AbortForm, today=today),
                operations.abort_measure,
                "Als abgebrochen eingetragen.",
                standing,
                {"ended_on": today},
            ),
        },
        _context(opened, rows, may, bool(may_correct_entries(actor, case)), today),
    )


def _context(opened, rows: list[MeasureRow], may: Verdict, may_correct: bool, today: date) -> dict[str, Any]:
    labels = code_labels_of(("prison_plan_points", "measure_abort_reasons"), on=today) if rows else {}
    points = labels.get("prison_plan_points", {})
    grouped: dict[str, list[dict]] = {}
    for row in sorted(rows, key=lambda each: int(each.point) if each.point.isdecimal() else 0):
        grouped.setdefault(points.get(row.point, row.point), []).append(
            {
                "row": row,
                "mark": "na" if row.voided else MARKS[row.state],
                "word": "storniert" if row.voided else row.state.label,
                "because": labels["measure_abort_reasons"].get(row.abort_reason, row.abort_reason),
            }
        )
    return {
        **head_of(opened, "plan", today),
        "groups": [
            {"label": label, "lines": lines, "effects": _effects(line["row"] for line in lines)}
            for label, lines in grouped.items()
        ],
        "refusal": may.reason,
        "may_correct": may_correct,
    }


def _effects(rows) -> str:
    """„Wirksamkeit 3, 4“: of what was completed under a point, in the order of the list."""
    judged = [str(row.effectiveness) for row in rows if row.effectiveness and not row.voided]
    return f"Wirksamkeit {', '.join(judged)} von 4" if judged else ""
