"""Gefangenenliste einlesen, laufende Fälle übernehmen: a file becomes rows to tick. Being in a list opens no file."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import Invalid
from ina.cases import policies, queries
from ina.cases.enums import ListPurpose
from ina.cases.operations.prison_lists import keep_list, stage_prison_list
from ina.cases.operations.take_over import stage_running_cases
from ina.exchange.lists import read_cases, read_list
from ina.exchange.running_cases import template
from ina.exchange.tables import Unusable, read_content
from ina.exchange.tasks import read_kept_list
from ina.institutions.enums import Kind
from ina.institutions.queries import get_institution, institution_choices
from ina.web.cases.places import own_place
from ina.web.shell.pages import guided

# About 2,000 rows: a page reads them in a second or two. Larger files wait for the background.
READ_AT_ONCE = 250_000
ACCEPTED = ".csv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UploadForm(forms.Form):
    prison = forms.ChoiceField(label="Anstalt")
    file = forms.FileField(
        label="Datei",
        help_text="CSV oder Excel (.xlsx) mit Überschriften, wie die Anstalt sie ausgibt; höchstens 50 MB",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Bitte wählen Sie die Datei aus.", "empty": "Die Datei ist leer."},
    )

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["prison"].choices = institution_choices(Kind.PRISON, on=clock.today())


def prison_list(request: HttpRequest) -> HttpResponse:
    policies.may_import_prison_list(request.actor).require()
    return _upload(request, ListPurpose.PRISON_LIST)


def take_over(request: HttpRequest) -> HttpResponse:
    policies.may_take_over(request.actor).require()
    return _upload(request, ListPurpose.TAKE_OVER)


def take_over_template(request: HttpRequest) -> HttpResponse:
    """The empty file for filling in."""
    policies.may_take_over(request.actor).require()
    return HttpResponse(
        template(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="laufende-faelle.csv"'},
    )


def _upload(request: HttpRequest, purpose: ListPurpose) -> HttpResponse:
    return guided(
        request,
        "cases/prison_list.html",
        UploadForm,
        save=partial(_keep_or_stage, purpose=purpose),
        done=lambda staged: (
            reverse("prison_list_rows", args=[staged.pk]),
            f"{staged.file_name} wird eingelesen." if staged.work else f"{staged.file_name} ist eingelesen.",
        ),
        initial=lambda: {"prison": own_place(request)},
        context={
            "open_lists": queries.list_open_imports(request.actor, purpose),
            "takes_over": purpose is ListPurpose.TAKE_OVER,
            "may_take_over": policies.may_take_over(request.actor),
            "may_import": policies.may_import_prison_list(request.actor),
        },
    )


def _keep_or_stage(*, prison: str, file, purpose: ListPurpose, actor, now):
    institution, today = get_institution(prison), clock.day_of(now)
    key = {"actor": actor, "now": now, "prison_id": institution.pk, "file_name": file.name}
    try:
        content = read_content(file)
        if len(content) > READ_AT_ONCE:
            kept = keep_list(content=content, purpose=purpose, **key)
            read_kept_list.start(actor=actor, import_id=kept.pk)
            return kept
        if purpose is ListPurpose.TAKE_OVER:
            found = read_cases(content, institution, today, actor)
            return stage_running_cases(people=found.people, counts=found.counts, **key)
        found = read_list(content, institution, today)
    except Unusable as error:
        raise Invalid(str(error), "file") from error
    return stage_prison_list(people=found.people, counts=found.counts, **key)
