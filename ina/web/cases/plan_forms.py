"""Forms of the plan: goals, steps, what became of them, and the way of a version."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from ina.planning.enums import Answer, Decision, GoalGroup, GoalStatus, PlanPart, Priority, StepOwner
from ina.planning.queries import GoalRow, StepRow
from ina.reference.queries import codes, instrument_choices
from ina.web.shell.fields import pick, words
from ina.web.shell.forms import TODAY, FoldedForm, GermanDateField, field

OFFSET_HELP = "zum Beispiel „3 Wochen“; wandert mit, wenn sich der Entlassungstermin ändert"


def offset_field() -> forms.CharField:
    return forms.CharField(label="oder Abstand zur Entlassung", required=False, max_length=30, help_text=OFFSET_HELP)


def before_field() -> forms.BooleanField:
    return forms.BooleanField(label="der Abstand liegt vor der Entlassung", required=False, initial=True)


class GoalForm(FoldedForm):
    wording_person = words("Ziel in den Worten der Person", rows=2, required=True)
    wording_professional = words("fachliche Formulierung", rows=2)
    part = pick(PlanPart, "Teil des Plans", radio=True)
    key_group = pick(GoalGroup, "Schlüsselgruppe")
    priority = pick(Priority, "Priorität", radio=True)
    target_on = GermanDateField(label="erreichen bis", required=False)
    offset = offset_field()
    before = before_field()
    need = forms.ChoiceField(label="Handlungsbedarf", required=False)
    indicator = field("planning.Goal.indicator", label="woran man es erkennt")
    plain = words("in einfacher Sprache", rows=2, help_text="sonst gelten die Worte der Person")
    folded = ("offset", "before", "need", "indicator", "plain")

    def __init__(self, *arguments, today: date, **options):
        super().__init__(*arguments, **options)
        grouped: dict[str, list] = {}
        for row in codes("plan_needs", on=today):
            grouped.setdefault(GoalGroup(row.group).label, []).append((row.code, f"{row.code} {row.label}"))
        self.fields["need"].choices = [("", "keine Angabe"), *grouped.items()]


class EditGoalForm(GoalForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class StepForm(FoldedForm):
    what = field("planning.PlanStep.what", label="Was zu tun ist")
    owner = pick(StepOwner, "wer")
    owner_name = field("planning.PlanStep.owner_name")
    due_on = GermanDateField(label="bis", required=False)
    offset = offset_field()
    before = before_field()
    instrument = forms.ChoiceField(label="Förderung", required=False)
    cost_bearer = field("planning.PlanStep.cost_bearer")
    starts_on = GermanDateField(label="Beginn", required=False)
    ends_on = GermanDateField(label="Ende", required=False)
    plain = field("planning.PlanStep.plain")
    folded = ("offset", "before", "instrument", "cost_bearer", "starts_on", "ends_on", "plain")

    def __init__(self, *arguments, today: date, **options):
        super().__init__(*arguments, **options)
        self.fields["instrument"].choices = [("", "keine"), *instrument_choices(on=today)]


class EditStepForm(StepForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class MoveForm(forms.Form):
    up = forms.TypedChoiceField(choices=[("1", "nach oben"), ("0", "nach unten")], coerce=lambda value: value == "1")


class JudgeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    status = pick(GoalStatus, "Stand", without=(GoalStatus.OPEN,))
    status_on = GermanDateField(label="beurteilt am", latest=TODAY)
    reason = words("Begründung", rows=2, help_text="nötig, wenn das Ziel nicht ganz erreicht ist")


class CompleteForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    dropped = forms.BooleanField(label="nicht erledigt, sondern entfallen", required=False)
    done_on = GermanDateField(label="am", latest=TODAY)
    result = words("Ergebnis oder Grund", rows=2)


class ApplicationForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    applied_on = GermanDateField(label="beantragt am", latest=TODAY, required=False)
    decision = pick(Decision, "Entscheidung", required=False)
    decided_on = GermanDateField(label="entschieden am", latest=TODAY, required=False)


class AimForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    aim = field("planning.IntegrationPlan.aim")
    aim_plain = field("planning.IntegrationPlan.aim_plain")
    changes = field("planning.IntegrationPlan.changes", label="was in dieser Fassung neu ist")


class DayForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    on = GermanDateField(label="am", latest=TODAY)


class ReasonForm(DayForm):
    reason = forms.CharField(label="Grund", max_length=300)


class SignForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    signed_on = GermanDateField(label="unterschrieben am", latest=TODAY)


class AnswerForm(SignForm):
    answer = pick(Answer, "Ist der Plan vereinbart?", radio=True)
    because = forms.CharField(
        label="weil", max_length=300, required=False, help_text="bei „nein“ und „konnte nicht antworten“"
    )


class ReviewForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = GermanDateField(label="überprüft am", latest=TODAY)
    finding = words("was dabei herauskam", rows=3, required=True)


class OpenForm(forms.Form):
    changes = field("planning.IntegrationPlan.changes", label="was sich ändern soll", required=False)


def goal_values(goal: GoalRow) -> dict[str, Any]:
    fields = ("wording_person", "wording_professional", "part", "key_group", "priority", "need", "indicator", "plain")
    values = {name: getattr(goal, name) for name in fields}
    return (
        values
        | placed(goal.offset)
        | {
            "target_on": None if goal.offset else goal.target_on,
            "version": goal.version,
        }
    )


def step_values(step: StepRow) -> dict[str, Any]:
    fields = ("what", "owner", "owner_name", "instrument", "cost_bearer", "starts_on", "ends_on", "plain", "version")
    values = {name: getattr(step, name) for name in fields}
    return values | placed(step.offset) | {"due_on": None if step.offset else step.due_on}


def placed(offset) -> dict[str, Any]:
    return {"offset": offset.typed if offset else "", "before": offset is None or offset.count <= 0}
