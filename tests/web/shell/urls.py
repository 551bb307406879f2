"""The shell by itself, with pages to probe it; the names of other areas lead nowhere in particular."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path

from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.pages import guided, show

handler400 = "ina.web.shell.errors.bad_request"
handler403 = "ina.web.shell.errors.forbidden"
handler404 = "ina.web.shell.errors.not_found"
handler500 = "ina.web.shell.errors.server_error"

ERRORS = {
    "refused": Refused("Einen abgeschlossenen Fall ändert nur die Teamleitung."),
    "hidden": NotVisible(),
    "conflict": Conflict("Rolf Staudinger war schneller."),
    "invalid": Invalid("Das Ende liegt vor dem Anfang."),
}


class NoteForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    held_on = GermanDateField(label="Datum", latest=TODAY)
    minutes = forms.IntegerField(label="Dauer", required=False)
    note = forms.CharField(label="Notiz", required=False)


class Store:
    """What a row in a table would be."""

    row = {}

    @classmethod
    def put(cls, **row):
        cls.row = row

    @classmethod
    def save(cls, *, actor, now, version, minutes, **values):
        if version != cls.row["version"]:
            raise Conflict("Inzwischen hat jemand anderes gespeichert. Ihre Eingaben sind noch da.")
        if minutes == 13:
            raise Invalid("13 Minuten gibt es nicht.", field="minutes")
        if minutes == 14:
            raise Refused("Das darf nur die Teamleitung.")
        cls.row = {"version": version + 1, "minutes": minutes, **values}
        return cls.row


def raising(request, kind):
    raise ERRORS[kind]


def broken(request):
    raise RuntimeError("a bug")


@login_not_required
def broken_outside(request):
    raise RuntimeError("a bug on a public page")


def form(request):
    return guided(
        request,
        "probe/form.html",
        NoteForm,
        save=Store.save,
        done=lambda row: ("/probe/form/", "Kontakt gespeichert."),
        initial=lambda: dict(Store.row),
    )


def rows(request):
    return show(request, "probe/rows.html", {"rows": ["eins", "zwei"]}, fragments=("rows",))


def nowhere(request):
    return HttpResponse("nowhere")


OTHER_AREAS = (
    "case_list", "today_page", "handovers", "link_requests", "institution_list", "offer_list", "evaluation", "inbox",
    "account_list", "parameter_list", "audit_log", "own_account", "own_deputies", "account_logout", "account_login",
    "opened_profiles",
)  # fmt: skip
urlpatterns = [
    path("", include("ina.web.shell.urls")),
    path("", include("ina.ops.urls")),
    path("probe/error/<str:kind>/", raising),
    path("probe/broken/", broken),
    path("probe/broken-outside/", broken_outside),
    path("probe/form/", form),
    path("probe/rows/", rows),
    *[path(f"other/{name}/", nowhere, name=name) for name in OTHER_AREAS],
]
