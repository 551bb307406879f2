"""Adding, changing, checking and ending an organisation."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from ina.accounts.crypto import decrypt, encrypt
from ina.base import clock
from ina.base.errors import Invalid, Refused
from ina.institutions import operations, policies, queries
from ina.institutions.enums import Kind, LegalForm, Specialty
from ina.web.institutions.institutions_to_check import OWN
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.pages import guided, lead_to
from ina.web.shell.undo import Undo

# Fields of the form that are columns of the same name.
WRITTEN = (
    *("name", "short_name", "neutral_name", "legal_form", "specialty", "official_number"),
    *("street", "postcode", "town", "phone", "email", "website", "opening_hours", "directions", "source"),
)


class InstitutionForm(forms.Form):
    """What is entered about an organisation; ``choices``: parents and regions."""

    template_name = "institutions/fields.html"

    name = field("institutions.Institution.name")
    short_name = field("institutions.Institution.short_name")
    neutral_name = field("institutions.Institution.neutral_name")
    legal_form = forms.ChoiceField(
        label="Trägerform", required=False, choices=[("", "unbekannt"), *((one.value, one.label) for one in LegalForm)]
    )
    specialty = forms.ChoiceField(
        label="Besonderheit", required=False, choices=[("", "keine"), *((one.value, one.label) for one in Specialty)]
    )
    official_number = field("institutions.Institution.official_number")
    street = field("institutions.Institution.street", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    postcode = field("institutions.Institution.postcode", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    town = field("institutions.Institution.town")
    phone = field("institutions.Institution.phone")
    email = field("institutions.Institution.email")
    website = field("institutions.Institution.website", assume_scheme="https")
    opening_hours = field("institutions.Institution.opening_hours")
    directions = field("institutions.Institution.directions")
    parent_key = forms.ChoiceField(label="gehört zu", required=False)
    kept_by_key = forms.ChoiceField(
        label="gepflegt von",
        required=False,
        help_text="Welche Stelle diese Angaben prüft; sie findet den Eintrag unter „Zu prüfen“.",
    )
    region_number = forms.TypedChoiceField(label="B5-Region", required=False, coerce=int, empty_value=None)
    source = field(
        "institutions.Institution.source",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Woher diese Angaben kommen, zum Beispiel „Internetseite, 20.11.2026“ oder „Anruf bei Frau Linde“.",
    )

    def __init__(self, *args, choices: dict[str, list], **options):
        super().__init__(*args, **options)
        for name, values in choices.items():
            self.fields[name].choices = values


class ChangeInstitutionForm(InstitutionForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewInstitutionForm(InstitutionForm):
    short_name = field("institutions.Institution.short_name", required=False, help_text="Leer: wie der Name.")
    kind = forms.ChoiceField(label="Art", help_text="Bleibt für immer gleich.")
    valid_from = GermanDateField(
        label="besteht seit", required=False, help_text="Leer lassen, wenn es nicht belegt ist. TT.MM.JJJJ"
    )
    field_order = ["kind"]


class CloseInstitutionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    last_day_on = GermanDateField(
        label="letzter Tag", required=False, help_text="TT.MM.JJJJ oder „heute“. Leer: die Einrichtung besteht weiter."
    )


def institution_new(request: HttpRequest) -> HttpResponse:
    policies.may_add_some_institution(request.actor).require()
    kinds = [(one.value, one.label) for one in Kind if one in policies.editable_kinds(request.actor)]
    return guided(
        request,
        "institutions/institution_new.html",
        partial(NewInstitutionForm, choices={**_choices(), "kind": kinds}),
        save=operations.add_institution,
        done=lambda one: (reverse("institution", args=[one.key]), f"„{one.short_name}“ ist angelegt."),
        initial=lambda: {"kept_by_key": queries.institution_by_id(request.actor.institution_id).key},
        context={"section": "institution_list"},
    )


def institution_edit(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.get_institution(key)
    policies.may_edit_institution(request.actor, one).require()
    return guided(
        request,
        "institutions/institution_edit.html",
        partial(ChangeInstitutionForm, choices=_choices(one)),
        save=partial(operations.change_institution, institution_id=one.pk),
        done=lambda saved: (
            reverse("institution", args=[key]),
            f"Die Angaben zu „{saved.short_name}“ sind gespeichert.",
        ),
        initial=lambda: _present(key),
        context={"one": one},
    )


@require_POST
def institution_verify(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody says that everything on the page was checked today; the page must still show what is stored.

    Leads back to the list of what is to be checked where it was said there (``von``).
    """
    one = queries.get_institution(key)
    policies.may_edit_institution(request.actor, one).require()
    before = {"key": key, "on": str(one.verified_on or ""), "by": one.verified_by}
    checked = operations.verify_institution(
        actor=request.actor, now=clock.now(), institution_id=one.pk, version=_version(request)
    )
    come_from = request.POST.get("von", "")
    # Sealed: what held before comes from here and from nobody else.
    fields = {"version": checked.version, "before": _sealed(before), "von": come_from}
    undo = Undo(reverse("institution_unverify", args=[key]), fields)
    return lead_to(request, _back(key, come_from), f"„{one.short_name}“ gilt als heute geprüft.", undo)


@require_POST
def institution_unverify(request: HttpRequest, key: str) -> HttpResponse:
    """The check was a slip: what was checked before holds again."""
    one = queries.get_institution(key)
    policies.may_edit_institution(request.actor, one).require()
    version, before = _version(request), _opened(request.POST.get("before", ""), key)
    operations.unverify_institution(
        actor=request.actor,
        now=clock.now(),
        institution_id=one.pk,
        version=version,
        before_on=date.fromisoformat(before["on"]) if before["on"] else None,
        before_by=before["by"],
    )
    said = f"Zurückgenommen. Für „{one.short_name}“ gilt wieder, was vorher galt."
    return lead_to(request, _back(key, request.POST.get("von", "")), said)


def institution_close(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.get_institution(key)
    policies.may_edit_institution(request.actor, one).require()

    def present() -> dict:
        now = queries.get_institution(key)
        return {"version": now.version, "last_day_on": now.closed_on}

    def done(saved) -> tuple[str, str]:
        day = saved.closed_on
        told = f"Letzter Tag ist der {day:%d.%m.%Y}." if day else f"„{saved.short_name}“ besteht weiter."
        return reverse("institution", args=[key]), told

    return guided(
        request,
        "institutions/institution_close.html",
        CloseInstitutionForm,
        save=partial(operations.close_institution, institution_id=one.pk),
        done=done,
        initial=present,
        context={"one": one},
    )


def _sealed(before: dict[str, str]) -> str:
    return encrypt(json.dumps(before))


def _opened(sealed: str, key: str) -> dict[str, str]:
    try:
        before = json.loads(decrypt(sealed))
        if isinstance(before, dict) and before.get("key") == key:
            return before
    except (Refused, ValueError):
        pass
    raise Invalid("Das lässt sich hier nicht mehr zurücknehmen.")


def _version(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    if not version.isdecimal() or len(version) > 9:
        raise Invalid("Bitte laden Sie die Seite neu und bestätigen Sie noch einmal.")
    return int(version)


def _back(key: str, come_from: str) -> str:
    """Where the button stood: on the page of the entry, or in one of the two lists of what is to be checked."""
    if come_from not in (OWN, "alle"):
        return reverse("institution", args=[key])
    return reverse("institutions_to_check") + (f"?von={OWN}" if come_from == OWN else "")


def _present(key: str) -> dict:
    one = queries.get_institution(key)
    return {
        **{name: getattr(one, name) for name in WRITTEN},
        "version": one.version,
        "parent_key": one.parent.key if one.parent else "",
        "kept_by_key": one.kept_by.key if one.kept_by else "",
        "region_number": one.region.number if one.region else None,
    }


def _choices(one=None) -> dict[str, list]:
    groups = queries.parent_choices(on=clock.today())
    return {
        "parent_key": [("", "keine"), *groups, *_ended(one and one.parent, groups)],
        "kept_by_key": [("", "niemand bestimmt"), *groups, *_ended(one and one.kept_by, groups)],
        "region_number": [("", "keine"), *queries.region_choices()],
    }


def _ended(one, groups) -> list[tuple[str, str]]:
    """What is entered may have ended meanwhile; it stays until somebody chooses another."""
    if not one or any(one.key == key for _, group in groups for key, _ in group):
        return []
    return [(one.key, f"{one} (beendet)")]
