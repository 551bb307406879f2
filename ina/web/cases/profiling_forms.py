"""The forms of the profiling page: one for each kind of row."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from ina.cases.enums import YesNo
from ina.profiling.enums import (
    BiographyKind,
    CompetenceLevel,
    EvidenceKind,
    FindingBasis,
    KeyGroup,
    LanguageLevel,
    LicenceStatus,
    Need,
    ProfilingKind,
    Severity,
    StrengthKind,
)
from ina.profiling.schemes import all_schemes, schemes_on
from ina.reference.queries import code_choices
from ina.web.shell.fields import pick, words
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.occupations import KldbInput

NOTHING = ("", "keine Angabe")


def listed(code_list: str, label: str, today: date, *, required: bool = False, present: str = "") -> forms.ChoiceField:
    """A code of a list; one that the list no longer offers may stay."""
    choices = dict(code_choices(code_list, on=today))
    if present:
        choices.setdefault(present, present)
    first = ("", "bitte wählen") if required else NOTHING
    return forms.ChoiceField(label=label, choices=[first, *choices.items()], required=required)


class RowForm(forms.Form):
    """A form inside a table: fields beside each other. A new row has no version."""

    template_name = "cases/profiling_fields.html"
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("version") is None:
            self.cleaned_data.pop("version", None)


class BeginForm(forms.Form):
    held_on = GermanDateField(label="Profiling am", latest=TODAY)
    kind = pick(ProfilingKind, "Anlass")
    take_over = forms.BooleanField(
        label="mit dem Stand des letzten Profilings beginnen",
        required=False,
        help_text="Übernommenes ist markiert, bis Sie es geprüft haben.",
    )

    def __init__(self, *arguments: Any, again: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if not again:
            del self.fields["take_over"]


class StrengthForm(RowForm):
    text = forms.CharField(label="Was kann die Person?", max_length=300)
    strength_kind = pick(StrengthKind, "Art", radio=True)
    basis = pick(FindingBasis, "Grundlage", radio=True)
    source = field("profiling.Finding.source", label="Beleg")


class NeedForm(RowForm):
    severity = pick(Severity, "Ausprägung", radio=True)
    own_severity = pick(Severity, "Wie sieht es die Person selbst?", radio=True, required=False)
    basis = pick(FindingBasis, "Grundlage", radio=True)
    text = words("Beleg: Was wurde festgestellt?", rows=2, help_text="Bitte keine Diagnosen und nichts zur Straftat.")
    source = field("profiling.Finding.source")
    strategy_note = field("profiling.Finding.strategy_note")

    def __init__(self, *arguments: Any, need: Need, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        present = options.get("initial", {}).get("strategy", "")
        choices = dict(code_choices("strategies", on=today))
        # The strategies of this need first, then those for all of them; another one that stands there may stay.
        own = {code: label for code, label in choices.items() if code.startswith((need.value, "X")) or code == present}
        self.fields["strategy"] = forms.ChoiceField(
            label="Handlungsstrategie", choices=[("", "keine"), *own.items()], required=False
        )
        self.order_fields(["severity", "own_severity", "basis", "text", "source", "strategy", "strategy_note"])


class PrognosisForm(RowForm):
    template_name = "shell/form.html"
    months_release = field("profiling.Assessment.months_release")
    months_today = field("profiling.Assessment.months_today")
    months_to_market = field("profiling.Assessment.months_to_market")
    focus = pick(KeyGroup, "Schwerpunkt", required=False)
    direct = field("profiling.Assessment.direct")
    direct_because = field("profiling.Assessment.direct_because")
    in_work_but_needy = field("profiling.Assessment.in_work_but_needy")
    activation_not_required = field("profiling.Assessment.activation_not_required")

    def __init__(self, *arguments: Any, held_on: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        offered = {scheme.code: scheme.name for scheme in schemes_on(held_on)}
        present = options.get("initial", {}).get("scheme", "")
        if present in all_schemes():
            offered.setdefault(present, all_schemes()[present].name)
        self.fields["scheme"] = forms.ChoiceField(label="Verfahren", choices=[*offered.items()])


class CategoryForm(RowForm):
    template_name = "shell/form.html"
    override_reason = forms.CharField(
        label="Warum anders eingestuft", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *arguments: Any, scheme: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        found = all_schemes()[scheme].categories
        choices = [("", "wie abgeleitet"), *[(each.code, f"{each.label} ({each.code})") for each in found]]
        self.fields["chosen"] = forms.ChoiceField(label="Einstufung", choices=choices, required=False)
        self.order_fields(["chosen", "override_reason"])


class TalkForm(RowForm):
    own_words = words("In eigenen Worten der Person")
    consequences = words("Was daraus folgt, gemeinsam vereinbart")
    market_situation = words("Arbeitsmarkt für das Ziel")
    minutes = field("profiling.Assessment.minutes")
    place = field("profiling.Assessment.place")


class FactForm(RowForm):
    """How we know, at the end of every fact."""

    basis = pick(FindingBasis, "Grundlage", radio=True)
    source = forms.CharField(label="Quelle", max_length=200, required=False)

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.today, self.present = today, options.get("initial", {})
        self.fields |= {"basis": self.fields.pop("basis"), "source": self.fields.pop("source")}


class MonthField(GermanDateField):
    """A month: „04.2019“ or any day in it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(help_text="Monat und Jahr, etwa 04.2019", **options)

    def to_python(self, value: Any) -> Any:
        text = str(value).strip().replace("/", ".") if isinstance(value, str) else value
        if isinstance(text, str) and text.count(".") == 1 and text.replace(".", "").isdecimal():
            text = f"01.{text}"
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m.%Y}" if isinstance(value, date) else value


class BiographyForm(FactForm):
    kind = pick(BiographyKind, "Art")
    title = field("profiling.BiographyEntry.title")
    kldb = field("profiling.BiographyEntry.kldb", widget=KldbInput)
    since = MonthField(label="von")
    until = MonthField(label="bis (leer: dauert an)", required=False)
    place = field("profiling.BiographyEntry.place")
    completed = pick(YesNo, "abgeschlossen")
    certificate = field("profiling.BiographyEntry.certificate")
    recognised = pick(YesNo, "in Deutschland anerkannt")


class TargetForm(FactForm):
    title = field("profiling.TargetOccupation.title")
    kldb = field("profiling.TargetOccupation.kldb", widget=KldbInput)
    rank = field("profiling.TargetOccupation.rank")
    region = field("profiling.TargetOccupation.region")
    radius_km = field("profiling.TargetOccupation.radius_km")
    radius_minutes = field("profiling.TargetOccupation.radius_minutes")
    hours = field("profiling.TargetOccupation.hours")
    shifts = field("profiling.TargetOccupation.shifts")
    pay = field("profiling.TargetOccupation.pay")
    since = GermanDateField(label="Ziel seit")
    ended_on = GermanDateField(label="aufgegeben am", required=False)


class LanguageForm(FactForm):
    level = pick(LanguageLevel, "Niveau (GER)")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        present = self.present.get("language", "")
        self.fields["language"] = listed("languages", "Sprache", self.today, required=True, present=present)
        self.order_fields(["language", "level", "basis", "source"])


class MobilityForm(FactForm):
    licence_status = pick(LicenceStatus, "Führerschein")
    licence_classes = field("profiling.Mobility.licence_classes")
    ticket = field("profiling.Mobility.ticket")
    car = field("profiling.Mobility.car")
    bicycle = field("profiling.Mobility.bicycle")
    supra_regional = field("profiling.Mobility.supra_regional")


class RestrictionForm(FactForm):
    note = field("profiling.Restriction.note")
    valid_until = GermanDateField(label="gilt bis (leer: auf unbestimmte Zeit)", required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        present = self.present.get("kind", "")
        self.fields["kind"] = listed("restriction_kinds", "Art", self.today, required=True, present=present)
        self.order_fields(["kind", "note", "valid_until", "basis", "source"])


class CompetenceForm(FactForm):
    wording = field("profiling.Competence.wording")
    level = pick(CompetenceLevel, "Niveau", radio=True)
    acquired = field("profiling.Competence.acquired")
    evidence = pick(EvidenceKind, "Nachweis")
    issued_on = GermanDateField(label="Nachweis vom", required=False)
    expires_on = GermanDateField(label="gültig bis", required=False)
    issuer_neutral = field("profiling.Competence.issuer_neutral")
    issuer = field("profiling.Competence.issuer")
    kldb = field("profiling.Competence.kldb", widget=KldbInput)
