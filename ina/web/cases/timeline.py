"""Verlauf: everything that happened, of every module, narrowed by what, when and words; made to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.base import clock
from ina.base.actor import Actor
from ina.cases.corrections import entry_kind
from ina.cases.queries import CaseFile, story_reads
from ina.cases.steps import Entry, story_of
from ina.monitoring.enums import ApplicationStep, CrisisStep
from ina.monitoring.queries import list_applications, list_crises
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import GermanDateField
from ina.web.shell.pages import show

# What happened around the case and is no entry with a page of its own.
COURSE = "verlauf"


class FilterForm(forms.Form):
    """kinds: what there is in this file."""

    art = forms.ChoiceField(label="Was", required=False)
    von = GermanDateField(label="von", required=False)
    bis = GermanDateField(label="bis", required=False)
    wort = forms.CharField(
        label="Wort", max_length=60, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, *arguments: Any, kinds: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["art"].choices = [("", "alles"), *kinds]


def timeline(request: HttpRequest, number: str) -> HttpResponse:
    opened, today = open_file(request, number, "timeline", story_reads()), clock.today()
    entries = [*story_of(opened, today).entries, *_crises(request.actor, opened, today)]
    entries += _applications(request.actor, opened, today)
    entries.sort(key=lambda entry: entry.on, reverse=True)
    kinds = sorted({(entry.of or COURSE, _label(entry.of)) for entry in entries}, key=lambda pair: pair[1])
    form = FilterForm(request.GET or None, kinds=kinds)
    wanted = form.cleaned_data if form.is_valid() else {}
    shown = [entry for entry in entries if _wanted(entry, wanted)]
    context = {**head_of(opened, "file", today), "form": form, "entries": shown, "total": len(entries)}
    return show(request, "cases/timeline.html", context, fragments=("rows",))


def _label(of: str) -> str:
    return entry_kind(of).label if of else "Fallverlauf"


def _wanted(entry: Entry, wanted: dict[str, Any]) -> bool:
    first, last, word = wanted.get("von"), wanted.get("bis"), (wanted.get("wort") or "").casefold()
    return (
        wanted.get("art", "") in ("", entry.of or COURSE)
        and (first is None or entry.on >= first)
        and (last is None or entry.on <= last)
        and (not word or word in f"{entry.title} {entry.detail} {entry.by}".casefold())
    )


def _crises(actor: Actor, file: CaseFile, today: date) -> Iterator[Entry]:
    for row in list_crises(actor, file.case, today):
        named = f"Drohender Abbruch {row.number}"
        yield Entry(row.reported_on, f"{named}: {row.trigger.label}", row.hypothesis, row.by)
        for act in row.acts:
            kind = "done" if act.kind is CrisisStep.AGREEMENT else "dot"
            title = f"{named}, {act.kind.label}"
            yield Entry(act.happened_on, title, act.text, act.by, kind, "krisenschritt", act.ordinal, act.voided)
        if row.result and row.ended_on:
            yield Entry(row.ended_on, f"{named}: {row.result.label}", row.lesson, kind="done")


def _applications(actor: Actor, file: CaseFile, today: date) -> Iterator[Entry]:
    for row in list_applications(actor, file.case, today):
        named = f"Antrag {row.number}, {row.kind.label}"
        yield Entry(row.prepared_on, f"{named}: vorbereitet", row.office, row.by)
        for move in row.moves:
            kind = {ApplicationStep.GRANTED: "done", ApplicationStep.DENIED: "fail"}.get(move.step, "dot")
            title = f"{named}: {move.step.label}"
            yield Entry(move.happened_on, title, move.remark, move.by, kind, "antragsstand", move.ordinal, move.voided)
