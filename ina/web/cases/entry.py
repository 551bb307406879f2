"""An entry of any kind: what it says, what it said before, and how it is corrected or voided."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases.corrections import EntryKind
from ina.cases.queries.corrections import Entry, get_entry
from ina.reference.queries import code_choices, code_label
from ina.web.shell.fields import NOTHING_CHOSEN
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.several import Guide, several


class ReasonForm(forms.Form):
    """Why; with the version that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    because = forms.CharField(label="Begründung", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class VoidForm(ReasonForm):
    """Void the whole entry."""


class CorrectForm(ReasonForm):
    """The columns of the entry, read from its table, and why they change."""

    def __init__(self, *arguments: Any, kind: EntryKind, row: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        because = self.fields.pop("because")
        for name in kind.fields_of(row):
            self.fields[name] = _field(kind, row, name)
        because.label = "Warum berichtigen Sie das?"
        self.fields["because"] = because


def entry(request: HttpRequest, number: str, kind: str, ordinal: int) -> HttpResponse:
    opened, today = open_file(request, number, "entry"), clock.today()

    def read() -> Entry:
        return get_entry(request.actor, opened.dossier.pk, kind, ordinal, on=today)

    found = read()
    row, its = found.row, found.kind
    row.known_bases = opened.case.known_bases
    here = reverse("entry", args=[number, kind, ordinal])
    may = its.may(request.actor, row)
    may_void = its.may_void(request.actor, row) if its.may_void else may
    guides = {
        "void": Guide(
            VoidForm,
            save=partial(_required(its.void), **{its.row_id: row.pk}),
            done=lambda _: (here, "Storniert.\nDer Eintrag bleibt sichtbar und zählt nicht mehr."),
            may=may_void,
            initial=lambda: {"version": read().row.version},
        ),
        "correct": Guide(
            partial(CorrectForm, kind=its, row=row),
            save=partial(_required(its.correct or its.void), **{its.row_id: row.pk}),
            done=lambda _: (here, "Berichtigt.\nWas vorher dort stand, bleibt in der Geschichte."),
            may=may if its.correct else refused("Dieser Eintrag wird nicht berichtigt, nur storniert."),
            initial=lambda: _present(read()),
        ),
    }
    context = {
        **head_of(opened, its.page, today),
        "entry": found,
        "warning": its.warn(row) if its.warn else "",
        "page": its.page,
        "refusal": "" if may or may_void else may.reason,
        "elsewhere": "" if row.is_voided or not its.elsewhere else its.elsewhere(row),
    }
    return several(request, "cases/entry.html", guides, context)


def _required(call: Callable[..., None] | None) -> Callable[..., None]:
    assert call is not None, "the registry made the operations of every kind"
    return call


def _present(found: Entry) -> dict[str, Any]:
    """The row as it is now; asked again when somebody was faster."""
    names = (*found.kind.fields_of(found.row), "version")
    return {name: getattr(found.row, name) for name in names}


def _field(kind: EntryKind, row: Any, name: str) -> forms.Field:
    """A day, a code of a list, or what the column itself says."""
    column = row._meta.get_field(name)
    required = not column.blank
    if code_list := kind.code_list(name, row):
        choices = dict(code_choices(code_list, on=clock.today()))
        present = getattr(row, name)
        if present:
            # A code that the list no longer offers may stay.
            choices.setdefault(present, code_label(code_list, present, on=clock.today()))
        label = str(column.verbose_name)
        blank = [("", "bitte wählen" if required else "keine Angabe")]
        return forms.ChoiceField(
            label=label, choices=[*blank, *choices.items()], required=required, error_messages=NOTHING_CHOSEN
        )
    if column.get_internal_type() == "DateField":
        return GermanDateField(label=str(column.verbose_name), required=required)
    options = {"widget": forms.Textarea(attrs={"rows": 3})} if column.get_internal_type() == "TextField" else {}
    return field(f"{row._meta.label}.{name}", **options)
