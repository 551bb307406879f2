"""Einwilligungen: what the person allowed, and what they took back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access import policies, queries
from ina.access.enums import Channel, Compartment, ConsentPurpose, Direction
from ina.access.operations.consents import record_consent, withdraw_consent
from ina.access.sharing import allowed_sentence, ended_at_gate
from ina.base import clock
from ina.base.policy import refused
from ina.cases.operations.consent_scans import keep_consent_scan, scans_of
from ina.cases.policies import may_correct_entries
from ina.cases.queries import is_minor, released_on
from ina.cases.queries.corrections import voided_note
from ina.institutions.enums import Kind
from ina.institutions.queries import find_institution, get_institution, grouped_choices
from ina.network import operations as network
from ina.network import policies as network_policies
from ina.network.queries import may_be_opened, opened_by
from ina.reference.queries import code_choices, get_page, parameter
from ina.web.cases.papers import SHEETS
from ina.web.cases.when import WhenForm
from ina.web.shell.fields import choose, pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

# Who is told a day of release at all; whoever else was involved comes with the link from the calls.
TOLD = (
    Kind.JOBCENTER,
    Kind.AGENCY,
    Kind.PROBATION,
    Kind.PROVIDER,
    Kind.CHAMBER,
    Kind.CARRIER,
    Kind.AFTERCARE_OFFICE,
    Kind.AUTHORITY,
    Kind.FIRM,
    Kind.OTHER,
)

# What can be shared at all; the rest is our own administration of the case.
SHARED = (
    Compartment.IDENTITY,
    Compartment.CUSTODY,
    Compartment.VOCATIONAL,
    Compartment.PLAN,
    Compartment.CONTACTS,
    Compartment.JOB,
    Compartment.BENEFITS,
    Compartment.HEALTH,
    Compartment.CONFIDENTIAL,
)
SCOPE = [str(purpose) for purpose in ConsentPurpose if purpose.needs_scope]
NAMED = [str(purpose) for purpose in ConsentPurpose if purpose.needs_recipient]


NOTHING_SIGNED = refused("Es liegt keine Einwilligung auf Papier vor.")


class RecordForm(WhenForm):
    purpose = pick(ConsentPurpose, "Zweck")
    recipient = choose("für welche Stelle", required=False, help_text="für jede Stelle eine eigene Einwilligung")
    categories = forms.TypedMultipleChoiceField(
        label="welche Angaben",
        required=False,
        coerce=int,
        choices=[(int(each), each.label) for each in SHARED],
        widget=forms.CheckboxSelectMultiple,
        help_text="Gesundheit und vertrauliche Notizen brauchen beides: Einwilligung und Entbindung",
    )
    aim = field("access.Consent.aim", required=False, help_text="zum Beispiel: Schuldnerberatung, Suche einer Wohnung")
    direction = pick(Direction, "Richtung", required=False)
    beyond_release = forms.BooleanField(
        label="gilt auch nach der Entlassung",
        required=False,
        help_text="sonst endet sie mit der Entlassung und wird neu unterschrieben",
    )
    expires_on = GermanDateField(label="gilt bis", required=False, help_text="leer: bis zum Widerruf")
    given_on = GermanDateField(label="erteilt am", latest=TODAY)
    text_version = field(
        "access.Consent.text_version", help_text="steht auf dem Vordruck, den die Person unterschrieben hat"
    )
    language = forms.ChoiceField(label="Sprache, in der erklärt wurde")
    interpreter = field("access.Consent.interpreter")
    guardian = field("access.Consent.guardian")
    on_paper = forms.BooleanField(label="auf Papier unterschrieben", required=False)
    when = {
        "recipient": NAMED,
        "expires_on": NAMED,
        "categories": SCOPE,
        "aim": SCOPE,
        "direction": SCOPE,
        "beyond_release": SCOPE,
    }

    def __init__(self, *arguments, person, since, named, **options):
        """since: the day from which consents can be entered; who was under age then has a representative. named: the
        key of a recipient that must be among the choices."""
        super().__init__(*arguments, **options)
        today = clock.today()
        self.fields["recipient"].choices = [("", "bitte wählen"), *_recipients(named, today)]
        self.fields["language"].choices = code_choices("languages", on=today)
        if not is_minor(person, since):
            del self.fields["guardian"]

    def clean(self):
        """A recipient that was chosen before another purpose was is not sent along."""
        purpose = self.cleaned_data.get("purpose")
        if purpose is not None and not purpose.needs_recipient:
            self.cleaned_data["recipient"] = ""
            self.cleaned_data["expires_on"] = None
        chosen = self.cleaned_data.get("categories") or []
        self.cleaned_data["categories"] = reduce(or_, map(Compartment, chosen), Compartment(0))


class LiveForm(forms.Form):
    consent = choose("Blatt", numbered=True)

    def __init__(self, *arguments, sheets, **options):
        super().__init__(*arguments, **options)
        self.fields["consent"].choices = [(number, str(each.recipient)) for number, each in sheets.items()]


class ScanForm(forms.Form):
    consent = choose("Einwilligung", numbered=True)
    file = forms.FileField(label="Datei", allow_empty_file=True)

    def __init__(self, *arguments, kept, **options):
        super().__init__(*arguments, **options)
        self.fields["consent"].choices = [(number, str(consent)) for number, consent in kept.items()]
        self.fields["file"].help_text = f"PDF, JPEG oder PNG bis {settings.UPLOAD_MAX_BYTES // 1_000_000} MB"


class WithdrawForm(forms.Form):
    consent = choose("Einwilligung", numbered=True)
    withdrawn_on = GermanDateField(label="widerrufen am", latest=TODAY)
    channel = pick(Channel, "wie der Widerruf kam", radio=True)

    def __init__(self, *arguments, running, **options):
        super().__init__(*arguments, **options)
        self.fields["consent"].choices = [(number, str(consent)) for number, consent in running.items()]


def consents(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor = open_file(request, number, "consents"), request.actor
    rows = queries.list_consents(actor, opened.dossier.pk, voided=True)
    # Rows are never deleted, so the place in the order of entry names one without its key.
    numbered = dict(enumerate(sorted(rows, key=lambda consent: consent.pk), start=1))
    for place, consent in numbered.items():
        consent.ordinal = place
        consent.voided = voided_note(consent)
    running = {
        place: consent
        for place, consent in numbered.items()
        if consent.withdrawn_on is None and consent.replaced_by_id is None and not consent.is_voided
    }
    on_paper = {place: consent for place, consent in numbered.items() if consent.on_paper and not consent.is_voided}
    today, released = clock.today(), released_on(opened.case)
    for pk, tokens in scans_of(actor, opened.dossier.pk).items():
        for consent in rows:
            if consent.pk == pk:
                consent.sheets = tokens
    soon = parameter("consent_expiry_warning", on=today).after(today)
    person, named = opened.participant, request.GET.get("stelle", "")
    may_withdraw = next((policies.may_withdraw_consent(actor, each) for each in running.values()), None)
    may_record, here = policies.may_record_consent(actor, opened.dossier), reverse("consents", args=[number])
    return several(
        request,
        "cases/consents.html",
        {
            "record": Guide(
                partial(RecordForm, person=person, since=opened.case.opened_on, named=named),
                save=partial(_record, opened.dossier.pk),
                done=lambda consent: (
                    here,
                    f"{consent} eingetragen.\nSie gilt ab sofort und kann jederzeit widerrufen werden.",
                    void_newest(actor, opened, "einwilligung", consent.pk),
                ),
                may=may_record,
                initial=lambda: {
                    "given_on": clock.today(),
                    "on_paper": True,
                    "language": person.language,
                    **(_asked_for(named) if named else {}),
                },
            ),
            "withdraw": Guide(
                partial(WithdrawForm, running=running),
                save=partial(_withdraw, running),
                done=lambda _: (
                    here,
                    "Widerruf eingetragen.\nWas auf dieser Einwilligung beruhte, ist sofort beendet.",
                ),
                may=may_withdraw or refused("Es gibt keine Einwilligung, die widerrufen werden kann."),
                initial=lambda: {"withdrawn_on": clock.today()},
            ),
            "scan": Guide(
                partial(ScanForm, kept=on_paper),
                save=partial(_keep_scan, on_paper, opened.case.number),
                done=lambda _: (here, "Das unterschriebene Blatt ist abgelegt, verschlüsselt."),
                may=next((policies.may_keep_sheet(actor, each) for each in on_paper.values()), NOTHING_SIGNED),
            ),
            **_live(actor, running, here),
        },
        {
            **head_of(opened, "consents"),
            "rows": [Line.of(consent, today, released, soon) for consent in rows],
            "sheet_for": "?" + urlencode({"recipient": named}) if named else "",
            "refusal": may_record.reason if may_withdraw is None else "",
            "may_correct": bool(may_correct_entries(actor, opened.case)),
        },
    )


def _live(actor, running, here: str) -> dict[str, Guide]:
    """Live access of a chamber by a sheet: opened and shut by whoever leads the case."""
    meant = {place: each for place, each in running.items() if may_be_opened(each)}
    shown = {place: each for place, each in meant.items() if opened_by(each)}
    shut = {place: each for place, each in meant.items() if place not in shown}
    none = refused("Dafür braucht es eine Einwilligung zur Weitergabe an eine Kammer.")

    def guide(sheets, act, policy, said) -> Guide:
        return Guide(
            partial(LiveForm, sheets=sheets),
            save=lambda *, consent, **entered: act(consent_id=sheets[consent].pk, **entered),
            done=lambda _: (here, said),
            may=next((policy(actor, each) for each in sheets.values()), none),
        )

    return {
        "open": guide(
            shut,
            network.open_to_chamber,
            network_policies.may_open_to_chamber,
            "Die Kammer sieht jetzt, was das Blatt an Person, Bildung und Arbeit nennt.",
        ),
        "shut": guide(
            shown, network.close_to_chamber, network_policies.may_close_to_chamber, "Für die Kammer geschlossen."
        ),
    }


@dataclass(frozen=True)
class Line:
    """A consent as the page shows it: its mark and word, what the mark means, and its scope in one sentence."""

    consent: Any
    label: str
    mark: str
    word: str
    detail: str
    scope: str

    @classmethod
    def of(cls, consent: Any, today: date, released: date | None, soon: date) -> Line:
        """soon: an end until then is said beforehand."""
        mark, word, detail = _standing(consent, today, released, soon)
        purpose = ConsentPurpose(consent.purpose)
        return cls(consent, purpose.label, mark, word, detail, allowed_sentence(consent) if purpose.needs_scope else "")


def _standing(consent: Any, today: date, released: date | None, soon: date) -> tuple[str, str, str]:
    if consent.is_voided:
        return "na", "storniert", voided_note(consent)
    if consent.withdrawn_on is not None:
        return "fail", "widerrufen", f"am {consent.withdrawn_on:%d.%m.%Y} {_channel(consent)}"
    if consent.replaced_by_id is not None:
        return "na", "ersetzt", "durch ein neueres Blatt"
    ends = consent.expires_on
    if ends is not None and ends < today:
        return "unknown", "abgelaufen", f"am {ends:%d.%m.%Y}"
    if ended_at_gate(consent, today, released):
        return "unknown", "endete mit der Entlassung", "neu unterschreiben lassen"
    if ends is not None and ends <= soon:
        return "due", "läuft ab", f"am {ends:%d.%m.%Y}"
    if ends is not None:
        return "done", "gilt", f"bis {ends:%d.%m.%Y}"
    return "done", "gilt", ""


def _recipients(named: str, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    groups = grouped_choices(TOLD, on=on)
    known = {key for _, rows in groups for key, _ in rows}
    one = find_institution(named) if named and named not in known else None
    return [*groups, (Kind(one.kind).label, [(one.key, one.short_name)])] if one else groups


def _asked_for(named: str) -> dict:
    """What the link from the calls means: the sheet that was printed for this recipient."""
    sheet = get_page(SHEETS["termin"].page)
    return {"purpose": ConsentPurpose.RELEASE_DATE, "recipient": named, "text_version": str(sheet.version)}


def _record(dossier_id: int, *, recipient: str, **entered):
    recipient_id = get_institution(recipient).pk if recipient else None
    return record_consent(dossier_id=dossier_id, recipient_id=recipient_id, **entered)


def _channel(consent) -> str:
    return Channel(consent.withdrawn_by_channel).label if consent.withdrawn_by_channel else ""


def _keep_scan(kept, case_number: int, *, consent: int, file, **entered):
    # One byte more than allowed is enough to know.
    content = file.read(settings.UPLOAD_MAX_BYTES + 1)
    return keep_consent_scan(consent_id=kept[consent].pk, case_number=case_number, content=content, **entered)


def _withdraw(running, *, consent: int, **entered):
    return withdraw_consent(consent_id=running[consent].pk, **entered)
