"""The rows of an uploaded list: who is to be proposed, whose file is corrected, which running cases are taken over?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRefresh

from ina.base import clock
from ina.cases import policies, queries
from ina.cases.enums import ListPurpose, RowState, State
from ina.cases.operations.list_corrections import correct_from_list
from ina.cases.operations.prison_lists import (
    ListedPerson,
    begin_referring,
    discard_prison_list,
    refer_from_list,
)
from ina.cases.operations.take_over import RunningCase, take_over_cases
from ina.cases.queries.lists import Difference, differences_of_rows, who_may_lead
from ina.exchange.lists import errors_csv
from ina.exchange.tasks import apply_list
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.pages import wanted_fragment
from ina.web.shell.several import Guide, several

PAGE = 100
SHOWN_ERRORS = 200
# So many new rows are proposed at once; more go to the background.
AT_ONCE = 200
MARKS = {
    RowState.NEW: "open",
    RowState.CHANGED: "due",
    RowState.KNOWN: "na",
    RowState.DUPLICATE: "na",
    RowState.REFERRED: "done",
    RowState.UPDATED: "done",
}
STAGES = {
    State.SCREENING: "Klärung",
    State.WAITING: "Warteliste",
    State.ADMITTED: "im Vollzug",
    State.AFTERCARE: "Nachsorge",
}
# Views by the word in the address: label and what is in them.
VIEWS: dict[str, tuple[str, tuple[RowState, ...]]] = {
    "neu": ("neu", (RowState.NEW,)),
    "geaendert": ("geändert", (RowState.CHANGED,)),
    "bekannt": ("bekannt", (RowState.KNOWN, RowState.REFERRED, RowState.UPDATED)),
    "doppelt": ("doppelt", (RowState.DUPLICATE,)),
    "fehler": ("Fehler", ()),
}


@dataclass(frozen=True)
class Line:
    """A row as the template needs it."""

    row: int
    listed: ListedPerson
    mark: str
    label: str
    house: str
    differences: Sequence[tuple[str, str, str]]
    can_tick: bool
    responsible: str = ""
    stage: str = ""


@dataclass(frozen=True)
class View:
    label: str
    count: int
    query: str
    current: bool


class RowsField(forms.TypedMultipleChoiceField):
    """Numbers of rows. One that somebody else has dealt with meanwhile is no mistake: the operation leaves it out."""

    def valid_value(self, value) -> bool:
        return str(value).isdecimal() and len(str(value)) < 8


class TickForm(forms.Form):
    """Which rows; the checkboxes stand in the table."""

    rows = RowsField(
        label="Personen", coerce=int, error_messages={"required": "Bitte kreuzen Sie mindestens eine Person an."}
    )
    template_name = "cases/prison_list_fields.html"

    def __init__(self, *arguments, lines, verb, **options):
        super().__init__(*arguments, **options)
        self.lines, self.verb = lines, verb
        self.ticked = {str(row) for row in (self["rows"].value() or [])}


class ReferForm(TickForm):
    referred_on = GermanDateField(label="gemeldet am", latest=TODAY)


class ReferAllForm(forms.Form):
    referred_on = GermanDateField(label="gemeldet am", latest=TODAY)


def prison_list_rows(request: HttpRequest, import_id: int) -> HttpResponse:
    prison_list = queries.get_import(request.actor, import_id)
    if wanted_fragment(request, ("progress",)) and not prison_list.work:
        return HttpResponseClientRefresh()
    may = policies.may_use_import(request.actor, prison_list)
    states = queries.count_import_rows(request.actor, prison_list)
    takes_over = prison_list.purpose == ListPurpose.TAKE_OVER
    view = _view(request, states)
    rows, page, pages = _page(request, prison_list, view, states)
    lines = _lines(request, prison_list, rows, takes_over=takes_over)
    here = reverse("prison_list_rows", args=[import_id])
    counts = prison_list.counts
    nothing_new = not prison_list.work and not states[RowState.NEW] and not states[RowState.CHANGED]
    return several(
        request,
        "cases/prison_list_rows.html",
        {
            **_guides(prison_list.pk, lines if view == "neu" else (), states[RowState.NEW], here, may, takes_over),
            "update": Guide(
                partial(TickForm, lines=lines if view == "geaendert" else (), verb="berichtigen"),
                save=partial(correct_from_list, prisonlistimport_id=prison_list.pk),
                done=lambda dossiers: (here, _said(len(dossiers), "Eine Akte ist", "Akten sind", "berichtigt")),
                may=may,
            ),
            "finish": Guide(
                forms.Form,
                save=partial(discard_prison_list, prisonlistimport_id=prison_list.pk),
                done=lambda _: (
                    reverse("case_list"),
                    "Die Liste ist abgeschlossen.\nNicht gemeldete Zeilen sind gelöscht.",
                ),
                may=may,
            ),
        },
        {
            "prison_list": prison_list,
            "takes_over": takes_over,
            "refer_label": "Angekreuzte übernehmen" if takes_over else "Angekreuzte melden",
            "refer_all_label": "Alle neuen übernehmen" if takes_over else "Alle neuen melden",
            "counts": counts,
            "errors": (counts.get("errors", []) if view == "fehler" else counts.get("duplicates", []))[:SHOWN_ERRORS],
            "views": _views(view, states, counts),
            "view": view,
            "lines": lines,
            "can_update": any(line.can_tick for line in lines),
            "new": states[RowState.NEW],
            "nothing_new": nothing_new,
            # One primary button: tick while there is something to tick, else close.
            "finish_kind": "primary" if nothing_new else "secondary",
            "page": page,
            "pages": pages,
        },
        fragments=("progress",),
    )


def prison_list_errors(request: HttpRequest, import_id: int) -> HttpResponse:
    """Everything that is wrong with rows, as a file for whoever mends the list."""
    counts = queries.get_import(request.actor, import_id).counts
    return HttpResponse(
        errors_csv(counts),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="fehler.csv"', "Cache-Control": "no-store"},
    )


def _guides(list_id: int, lines, new: int, here: str, may, takes_over: bool) -> dict[str, Guide]:
    """What can be done with new rows: those ticked on this page, or all of them."""
    operation = take_over_cases if takes_over else refer_from_list
    done = (
        ("Ein Fall ist", "Fälle sind", "übernommen") if takes_over else ("Eine Person ist", "Personen sind", "gemeldet")
    )
    ticked: Any = TickForm if takes_over else ReferForm
    everybody: Any = forms.Form if takes_over else ReferAllForm
    initial = None if takes_over else lambda: {"referred_on": clock.today()}
    return {
        "refer": Guide(
            partial(ticked, lines=lines, verb="übernehmen" if takes_over else "melden"),
            save=partial(operation, prisonlistimport_id=list_id),
            done=lambda cases: (here, _said(len(cases), *done)),
            may=may,
            initial=initial,
        ),
        "refer_all": Guide(
            everybody,
            save=partial(_all, operation, list_id, new),
            done=lambda cases: (
                here,
                _said(len(cases), *done) if cases is not None else "Das geschieht jetzt im Hintergrund.",
            ),
            may=may,
            initial=initial,
        ),
    }


def _all(operation, list_id: int, new: int, *, actor, now, referred_on: date | None = None):
    """All new rows, at once or in the background (None)."""
    day = {} if referred_on is None else {"referred_on": referred_on}
    if new <= AT_ONCE:
        return operation(actor=actor, now=now, prisonlistimport_id=list_id, rows=None, **day)
    begin_referring(actor=actor, now=now, prisonlistimport_id=list_id)
    apply_list.start(actor=actor, import_id=list_id, on=(referred_on or clock.day_of(now)).isoformat())
    return None


def _view(request: HttpRequest, states) -> str:
    chosen = request.GET.get("ansicht", "")
    if chosen in VIEWS:
        return chosen
    return next((name for name, (_, within) in VIEWS.items() if any(states[state] for state in within)), "neu")


def _views(view: str, states, counts: dict) -> list[View]:
    extra = {"doppelt": counts.get("doubled", 0), "fehler": counts.get("faulty", 0)}
    return [
        View(label, sum(states[state] for state in within) + extra.get(name, 0), f"ansicht={name}", name == view)
        for name, (label, within) in VIEWS.items()
    ]


def _page(request: HttpRequest, prison_list, view: str, states) -> tuple[list, int, int]:
    within = VIEWS[view][1]
    pages = max(1, -(-sum(states[state] for state in within) // PAGE))
    typed = request.GET.get("seite", "")
    page = min(int(typed), pages) if typed.isdecimal() and int(typed[:6]) > 0 else 1
    rows = queries.list_import_rows(request.actor, prison_list, states=within, page=page, size=PAGE) if within else []
    return rows, page, pages


def _lines(request: HttpRequest, prison_list, rows, *, takes_over: bool) -> list[Line]:
    listed = [(row, (RunningCase if takes_over else ListedPerson).restored(row)) for row in rows]
    changed = differences_of_rows(
        request.actor,
        prison_list.prison_id,
        [(row.row, each.person, each.releases) for row, each in listed if row.state == RowState.CHANGED],
        clock.today(),
    )
    leads = (
        {lead.pk: lead.user.display_name for lead in who_may_lead(request.actor, clock.today())} if takes_over else {}
    )
    return [
        Line(
            row=row.row,
            listed=each,
            mark=MARKS[RowState(row.state)],
            label=RowState(row.state).label,
            house=row.house,
            differences=[_change(one) for one in changed.get(row.row, ())],
            can_tick=row.state == RowState.NEW or (row.state == RowState.CHANGED and row.row in changed),
            responsible=leads.get(each.responsible_id, "") if isinstance(each, RunningCase) else "",
            stage=STAGES[each.state] if isinstance(each, RunningCase) else "",
        )
        for row, each in listed
    ]


def _change(one: Difference) -> tuple[str, str, str]:
    """What is said of a field, before and now, as readers know it."""
    old, new = (
        f"{value:%d.%m.%Y}" if isinstance(value, date) else str(getattr(value, "label", value) or "")
        for value in (one.old, one.new)
    )
    return one.label, old, new


def _said(count: int, one: str, many: str, what: str) -> str:
    if not count:
        return "Hier war nichts mehr zu tun: Das hat inzwischen schon jemand getan."
    return f"{one} {what}." if count == 1 else f"{count} {many} {what}."
