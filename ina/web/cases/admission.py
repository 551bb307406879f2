"""Aufnahme: what the criteria say, what must be there first, and the decision, which is always a person's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import ConsentPurpose
from ina.access.queries import running_purposes
from ina.base import clock
from ina.cases import policies
from ina.cases.operations.acts import admit, decline, reconsider, reject, take_up, waitlist
from ina.cases.queries import Eligibility, check_eligibility, gates_of, get_intake, is_minor
from ina.cases.rules.eligibility import Advice, Finding, Verdict
from ina.reference.queries import code_choices
from ina.web.cases.way_in import way_in
from ina.web.shell.fields import NOTHING_CHOSEN, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, FoldedForm, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

# Where the answer to a criterion is entered: page, part of it, words.
PLACES = {
    "custody": ("intake", "#teil-enforcement", "Haft und Entlassung"),
    "remaining": ("release_dates", "", "Termine"),
    "age": ("person", "", "Angaben zur Person"),
    "region": ("person", "", "Angaben zur Person"),
    "may_work": ("intake", "#teil-enforcement", "Haft und Entlassung"),
    "deportation": ("intake", "#teil-enforcement", "Haft und Entlassung"),
    "voluntary": ("first_talk", "", "Erstgespräch"),
    "need": ("intake", "#teil-situation", "Schule, Ausbildung, Arbeit"),
    "conflict": ("intake", "#teil-referral", "Meldung und Wunsch"),
}
MARKS = {Verdict.PASSED: "done", Verdict.WARNING: "due", Verdict.UNKNOWN: "unknown", Verdict.FAILED: "fail"}
# Where what is missing before the admission is entered; consents and guardian stand in the form itself.
GATE_PAGES = {"talk": "first_talk", "information": "first_talk"}
GATE_LABELS = {"talk": "Erstgespräch eintragen", "information": "Informationsblatt eintragen"}
ADMITTED = (
    "Aufgenommen.\nDie Einwilligungen sind eingetragen, die Fristen bis zur Entlassung stehen unter „Aufgaben“. Als "
    "Nächstes: Profiling."
)


class Decision(forms.Form):
    """A dated decision with a coded reason from ``reasons``."""

    reasons = ""
    happened_on = GermanDateField(label="entschieden am", latest=TODAY)
    reason = forms.ChoiceField(label="Grund", error_messages=NOTHING_CHOSEN)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        first = ("", "bitte wählen") if self.fields["reason"].required else ("", "keinen Grund genannt")
        self.fields["reason"].choices = [first, *code_choices(self.reasons, on=clock.today())]


class AdmitForm(FoldedForm):
    folded = ("interpreter", "remark")
    admitted_on = GermanDateField(label="aufgenommen am", latest=TODAY)
    agreement_on = GermanDateField(label="Teilnahmevereinbarung unterschrieben am", latest=TODAY, required=False)
    participation_on = GermanDateField(
        label="Einwilligung „Teilnahme an INA“ unterschrieben am", latest=TODAY, required=False
    )
    data_use_on = GermanDateField(
        label="Einwilligung „Nutzung der Daten“ unterschrieben am", latest=TODAY, required=False
    )
    text_version = field("access.Consent.text_version", required=False, help_text="steht auf dem Vordruck")
    language = forms.ChoiceField(label="Sprache, in der erklärt wurde")
    interpreter = field("access.Consent.interpreter")
    guardian = field("access.Consent.guardian")
    remark = words("Bemerkung")

    def __init__(self, *arguments, have, agreed, minor, **options):
        super().__init__(*arguments, **options)
        self.fields["language"].choices = code_choices("languages", on=clock.today())
        for name in ("agreement_on", "participation_on", "data_use_on", "text_version"):
            # Nobody is admitted without; the operation says what is missing.
            self.fields[name].asked_for = True
        for purpose, name in (
            (ConsentPurpose.PARTICIPATION, "participation_on"),
            (ConsentPurpose.DATA_USE, "data_use_on"),
        ):
            if purpose in have:
                del self.fields[name]
        if agreed:
            del self.fields["agreement_on"]
        if agreed and {ConsentPurpose.PARTICIPATION, ConsentPurpose.DATA_USE} <= have:
            for name in ("text_version", "language", "interpreter"):
                del self.fields[name]
        if not minor:
            del self.fields["guardian"]

    def clean(self):
        """Whoever enters what was signed says which text it was; what is there already stays as it is."""
        given = self.cleaned_data
        entered = given.setdefault("participation_on", None), given.setdefault("data_use_on", None)
        given.setdefault("text_version", "")
        if any((*entered, given.get("agreement_on"))) and not given["text_version"]:
            self.add_error("text_version", "Bitte geben Sie die Fassung des Vordrucks an.")


class WaitlistForm(Decision):
    reasons = "waiting_reasons"
    resubmit_on = GermanDateField(label="Wiedervorlage am")
    remark = words("Bemerkung", rows=2)


class DeclineForm(Decision):
    reasons = "decline_reasons"
    happened_on = GermanDateField(label="abgelehnt am", latest=TODAY)
    reason = forms.ChoiceField(
        label="Grund",
        required=False,
        help_text="Nach einem Grund wird nicht gefragt. Eine Ablehnung hat keine Nachteile.",
    )
    remark = words("Bemerkung", rows=2)


class RejectForm(Decision):
    reasons = "rejection_reasons"
    reason = forms.ChoiceField(
        label="Grund", help_text="Die Straftat allein ist kein Grund.", error_messages=NOTHING_CHOSEN
    )
    remark = words("Begründung", rows=2)


class ReconsiderForm(forms.Form):
    happened_on = GermanDateField(label="es sich anders überlegt am", latest=TODAY)
    remark = words("Bemerkung", rows=2)


class TakeUpForm(forms.Form):
    happened_on = GermanDateField(label="wieder aufgenommen am", latest=TODAY)


@dataclass(frozen=True)
class Line:
    """A criterion as the page shows it. ``url``: where the answer is entered, while there is none."""

    mark: str
    finding: Finding
    url: str
    place: str


def admission(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "admission"), request.actor, clock.today()
    case = opened.case
    sheet = get_intake(actor, opened)
    have = running_purposes(actor, opened.dossier.pk, today)
    check = check_eligibility(actor, opened, sheet, today)
    again_on = check.again_on if check.again_on and check.again_on > today else None

    def guide(form, operation, may, message: str, initial: dict, **more) -> Guide:
        return Guide(
            form,
            save=partial(operation, case_id=case.pk, **more),
            done=lambda _: (reverse("file", args=[number]), message, void_newest(actor, opened, "ereignis")),
            may=may,
            initial=lambda: initial,
        )

    gates = [
        (gate, reverse(GATE_PAGES[gate.key], args=[number]) if gate.key in GATE_PAGES else "")
        for gate in gates_of(actor, opened, sheet, today)
    ]
    first = next(({"url": url, "label": GATE_LABELS[gate.key]} for gate, url in gates if url and not gate.done), None)
    decided = {"happened_on": today}
    minor = is_minor(opened.participant, today)
    return several(
        request,
        "cases/admission.html",
        {
            "admit": guide(
                partial(AdmitForm, have=have, agreed=sheet.agreement is not None, minor=minor),
                admit,
                policies.may_admit(actor, case),
                ADMITTED,
                {"admitted_on": today, "language": opened.participant.language},
                eligibility=check.codes(),
            ),
            "take_up": guide(
                TakeUpForm,
                take_up,
                policies.may_take_up(actor, case),
                "Die Klärung geht weiter.\nAls Nächstes: was in der Prüfung noch fehlt.",
                decided,
            ),
            "waitlist": guide(
                WaitlistForm,
                waitlist,
                policies.may_waitlist(actor, case),
                "Auf der Warteliste.\nAm Tag der Wiedervorlage fragt eine Aufgabe danach.",
                decided | ({"resubmit_on": again_on, "reason": "TOO_EARLY"} if again_on else {}),
            ),
            "decline": guide(
                DeclineForm,
                decline,
                policies.may_decline(actor, case),
                "Ablehnung eingetragen. Der Fall ist beendet.\nÜberlegt sie es sich anders, geht er hier weiter.",
                decided,
            ),
            "reconsider": guide(
                ReconsiderForm,
                reconsider,
                policies.may_reconsider(actor, case),
                "Die Klärung geht weiter.\nDie frühere Ablehnung bleibt sichtbar, auch in der Auswertung.",
                decided,
            ),
            "reject": guide(
                RejectForm,
                reject,
                policies.may_reject(actor, case),
                "Nicht aufgenommen. Der Fall ist beendet.\nDie Prüfung und der Grund bleiben in der Akte.",
                decided,
                eligibility=check.codes(),
            ),
        },
        {
            **head_of(opened, "intake", today),
            "way": way_in(opened, "admission"),
            "check": check,
            "waits": check.advice is Advice.NOT_YET,
            "lines": _lines(number, check),
            "gates": gates,
            # What has to be entered elsewhere stands first, and its button is the one to press.
            "first": first,
            "admit_kind": "secondary" if first else "primary",
            "refusal": policies.may_admit(actor, case).reason,
        },
    )


def _lines(number: str, check: Eligibility) -> list[Line]:
    lines = []
    for finding in check.findings:
        page, part, words_ = PLACES[finding.criterion.key]
        url = "" if finding.verdict is Verdict.PASSED else reverse(page, args=[number]) + part
        lines.append(Line(MARKS[finding.verdict], finding, url, words_))
    return lines
