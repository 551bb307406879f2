"""Gefangenenliste einlesen: the file of one prison becomes rows to tick. Nobody gets a file by being in a list."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import Invalid
from ina.cases import policies, queries
from ina.cases.operations.referrals import stage_prison_list
from ina.exchange.prison_list import read_prison_list
from ina.exchange.tables import Unusable
from ina.institutions.enums import Kind
from ina.institutions.queries import get_institution, institution_choices
from ina.web.cases.places import own_place
from ina.web.shell.pages import guided

SHOWN_ERRORS = 200


class UploadForm(forms.Form):
    prison = forms.ChoiceField(label="Anstalt")
    file = forms.FileField(
        label="Datei",
        help_text="CSV mit Überschriften in der ersten Zeile, wie die Anstalt sie ausgibt; höchstens 50 MB",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"required": "Bitte wählen Sie die Datei aus.", "empty": "Die Datei ist leer."},
    )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["prison"].choices = institution_choices(Kind.PRISON, on=clock.today())


def prison_list(request: HttpRequest) -> HttpResponse:
    policies.may_import_prison_list(request.actor).require()
    return guided(
        request,
        "cases/prison_list.html",
        UploadForm,
        save=_stage,
        done=lambda staged: (
            reverse("prison_list_rows", args=[staged.pk]),
            f"{staged.file_name} ist eingelesen. Noch ist niemand gemeldet.",
        ),
        initial=lambda: {"prison": own_place(request)},
        context={"open_lists": queries.list_open_imports(request.actor)},
    )


def _stage(*, prison: str, file, actor, now):
    institution = get_institution(prison)
    try:
        found = read_prison_list(file.read(), prison_names=(institution.name, institution.short_name))
    except Unusable as error:
        raise Invalid(str(error), "file") from error
    return stage_prison_list(
        actor=actor,
        now=now,
        prison_id=institution.pk,
        file_name=file.name,
        people=found.people,
        counts={
            "read": found.read,
            "usable": len(found.people),
            "faulty": len(found.errors),
            "errors": [vars(error) for error in found.errors[:SHOWN_ERRORS]],
            "elsewhere": found.elsewhere,
            "ignored": list(found.ignored_columns),
            "dropped": list(found.dropped_columns),
        },
    )
