"""The forms of the intake sheet, one for each section; labels and lengths are those of the columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms

from ina.base import clock
from ina.cases.enums import Stance, Supervision, YesNo
from ina.reference.queries import code_choices
from ina.web.shell.forms import TODAY, GermanDateField, field

NOT_ASKED = ("", "noch nicht gefragt")
# The codes of each list that the sections name, in their order.
Choices = dict[str, list[tuple[str, str]]]


def _answer(path: str, enum=YesNo, **options) -> forms.TypedChoiceField:
    """A closed vocabulary in which "not known" is a value."""
    column = field(path)
    return forms.TypedChoiceField(
        label=column.label,
        choices=[(member.value, member.label) for member in enum],
        coerce=enum,
        initial=enum("UNKNOWN"),
        error_messages={"required": "Bitte wählen Sie."},
        **options,
    )


class SectionForm(forms.Form):
    """``lists``: which code list gives a field its choices."""

    template_name = "cases/intake_fields.html"
    lists: dict[str, str] = {}
    wide: frozenset[str] = frozenset()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *arguments, choices: Choices, **options):
        super().__init__(*arguments, **options)
        for name, list_key in self.lists.items():
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, choices=[NOT_ASKED, *choices[list_key]], required=False
            )


def _refers_on() -> GermanDateField:
    return GermanDateField(label="Stand vom", latest=TODAY, help_text="der Tag, für den die Angaben gelten")


class ReferralSection(SectionForm):
    referred_by = field("cases.ReferralSheet.referred_by")
    children = field("cases.ReferralSheet.children")
    reason = field("cases.ReferralSheet.reason", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    wish = field("cases.ReferralSheet.wish", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    conflict_of_interest = _answer(
        "cases.ReferralSheet.conflict_of_interest",
        help_text="verwandt, befreundet, früher kollegial verbunden; bei ja führt jemand anderes den Fall",
    )
    wide = frozenset({"reason", "wish"})


class EnforcementSection(SectionForm):
    refers_on = _refers_on()
    source = field("cases.Enforcement.source", help_text="zum Beispiel Vollstreckungsblatt")
    kind = field("cases.Enforcement.kind", help_text="")
    begins_on = GermanDateField(label="Strafbeginn", required=False)
    half_on = GermanDateField(label="Halbstrafe", required=False)
    two_thirds_on = GermanDateField(label="Zwei Drittel", required=False)
    ends_on = GermanDateField(label="Strafende", required=False)
    further_sentences = field("cases.Enforcement.further_sentences")
    remand_credit_days = field("cases.Enforcement.remand_credit_days", min_value=0, max_value=5000)
    credit_days = field("cases.Enforcement.credit_days", min_value=0, max_value=1000)
    stance_57 = _answer("cases.Enforcement.stance_57", Stance)
    supervision = _answer("cases.Enforcement.supervision", Supervision)
    residence_title = field("cases.Enforcement.residence_title")
    work_permit = _answer("cases.Enforcement.work_permit")
    deportation = _answer("cases.Enforcement.deportation")
    lists = {"kind": "custody_kinds"}


class SituationSection(SectionForm):
    refers_on = _refers_on()
    needs_integration = _answer("cases.EntrySituation.needs_integration")
    school = field("cases.EntrySituation.school", help_text="")
    school_country = field("cases.EntrySituation.school_country", help_text="")
    school_recognised = _answer("cases.EntrySituation.school_recognised")
    training = field("cases.EntrySituation.training", help_text="")
    training_occupation = field("cases.EntrySituation.training_occupation")
    isced = field("cases.EntrySituation.isced", help_text="")
    last_job = field("cases.EntrySituation.last_job")
    labour_status = field("cases.EntrySituation.labour_status", help_text="")
    months_unemployed = field("cases.EntrySituation.months_unemployed", min_value=0, max_value=600)
    german_level = field("cases.EntrySituation.german_level", help_text="")
    further_languages = field("cases.EntrySituation.further_languages")
    driving_licence = field("cases.EntrySituation.driving_licence")
    lists = {
        "school": "school_leaving",
        "school_country": "citizenships",
        "training": "training_status",
        "isced": "isced",
        "labour_status": "labour_status",
        "german_level": "german_levels",
    }


class BenefitsSection(SectionForm):
    refers_on = _refers_on()
    benefit_before = field("cases.BenefitSituation.benefit_before", help_text="")
    debts = _answer("cases.BenefitSituation.debts")
    remark = field("cases.BenefitSituation.remark")
    lists = {"benefit_before": "benefits"}


class HealthSection(SectionForm):
    refers_on = _refers_on()
    consent_on = GermanDateField(
        label="dafür eigens eingewilligt am",
        latest=TODAY,
        help_text="ohne diese Einwilligung bleibt der Abschnitt leer",
    )
    limits = field("cases.HealthSituation.limits", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    addiction_help = _answer("cases.HealthSituation.addiction_help")
    disability = _answer("cases.HealthSituation.disability")
    wide = frozenset({"limits"})


class EsfSection(SectionForm):
    refers_on = _refers_on()
    household = field("cases.EsfEntry.household", help_text="")
    third_country = _answer("cases.EsfEntry.third_country")
    refused = field("cases.EsfEntry.refused", required=False)
    foreign_background = _answer("cases.EsfEntry.foreign_background", help_text="Antwort freiwillig")
    minority = _answer("cases.EsfEntry.minority", help_text="Antwort freiwillig")
    disability = _answer("cases.EsfEntry.disability", help_text="Antwort freiwillig")
    homeless = _answer("cases.EsfEntry.homeless", help_text="Antwort freiwillig")
    lists = {"household": "household_kinds"}


FORMS: dict[str, type[SectionForm]] = {
    "referral": ReferralSection,
    "enforcement": EnforcementSection,
    "situation": SituationSection,
    "benefits": BenefitsSection,
    "health": HealthSection,
    "esf": EsfSection,
}


def choices_for(sections: Iterable[str]) -> Choices:
    """The codes that may be chosen today, read once for the whole page."""
    keys = {list_key for name in sections for list_key in FORMS[name].lists.values()}
    return {key: code_choices(key, on=clock.today()) for key in sorted(keys)}


@dataclass(frozen=True)
class Answer:
    """One question with what was said: as text, and as boxes where there is a handful of choices."""

    name: str
    label: str
    text: str
    boxes: tuple[tuple[str, bool], ...] = ()
    wide: bool = False


# More choices than this are a line to write on, not boxes to tick.
BOXES = 9


def answers(section: str, row, choices: Choices) -> list[Answer]:
    """Every question of a section, answered from ``row`` (None: nothing is), for readers and for paper."""
    form = FORMS[section](choices=choices)
    return [_answered(bound, row, form.wide) for bound in form.visible_fields()]


def _answered(bound: forms.BoundField, row, wide: Iterable[str]) -> Answer:
    value = getattr(row, bound.name, None)
    choices = [(str(key), str(label)) for key, label in getattr(bound.field, "choices", ()) if key != ""]
    if isinstance(bound.field, forms.BooleanField):
        return Answer(bound.name, str(bound.label), "ja" if value else "", ((str(bound.label), bool(value)),))
    if choices:
        text = dict(choices).get(str(value), str(value)) if value not in (None, "") else ""
        boxes = tuple((label, key == str(value)) for key, label in choices) if len(choices) <= BOXES else ()
        return Answer(bound.name, str(bound.label), text, boxes, len(boxes) > 4)
    text = f"{value:%d.%m.%Y}" if isinstance(value, date) else "" if value is None else str(value)
    return Answer(bound.name, str(bound.label), text, (), bound.name in wide)
