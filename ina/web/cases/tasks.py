"""Aufgaben: what the case asks for, by the day on which it asks; what was done and what fell away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from ina.access.enums import Basis
from ina.agenda import policies
from ina.agenda.enums import ItemState, Urgency
from ina.agenda.operations.items import add_item
from ina.agenda.operations.stops import stop_clock
from ina.agenda.queries import ItemRow, anchor_days, list_items, list_people
from ina.agenda.rules import SOON
from ina.base import clock
from ina.base.actor import Actor
from ina.cases.next_steps import shown_as
from ina.cases.policies import may_correct_entries
from ina.cases.queries import principals_of
from ina.cases.queries.stops import list_stops
from ina.reference.queries import code_labels
from ina.web.cases.task_forms import TaskForm, reckoning, sides_of
from ina.web.shell.fields import NOTHING_CHOSEN
from ina.web.shell.files import EPISODE, head_of, open_file
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

ONLY, MINE = "nur", "meine"


@dataclass(frozen=True)
class Line:
    """An open item: its mark, the page where it is done (empty: here), and who stands in."""

    item: ItemRow
    mark: str
    page: str


@dataclass(frozen=True)
class Group:
    label: str
    mark: str
    lines: list[Line]


@dataclass(frozen=True)
class View:
    """A choice above the list."""

    label: str
    address: str
    count: int
    current: bool


class StopForm(forms.Form):
    reason = forms.ChoiceField(label="Grund", error_messages=NOTHING_CHOSEN)
    from_on = GermanDateField(label="steht still ab")
    until_on = GermanDateField(label="bis einschließlich", help_text="voraussichtlich, später zu berichtigen")
    remark = field("agenda.ClockStop.remark")

    def __init__(self, *arguments, reasons, **options):
        super().__init__(*arguments, **options)
        self.fields["reason"].choices = [("", "bitte wählen"), *reasons.items()]


def tasks(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "tasks"), request.actor, clock.today()
    dossier, case = opened.dossier, opened.case
    items = list_items(actor, dossier.pk, case.number, today)
    asking = [item for item in items if item.state is ItemState.OPEN]
    own = _own(actor, asking, today)
    reasons = code_labels("clock_stop_reasons", on=today)
    only_mine = request.GET.get(ONLY) == MINE
    may_add = policies.may_add_to_case(actor, dossier, case.number)
    head = head_of(opened, "tasks", today)
    here = reverse("tasks", args=[number]) + head["head"].query
    return several(
        request,
        "cases/tasks.html",
        {
            "add": Guide(
                partial(
                    TaskForm,
                    people=list_people(dossier.pk, today) if may_add else {},
                    sides=sides_of(anchor_days(actor, dossier.pk, case.number)) if may_add else [],
                ),
                save=partial(_add, dossier.pk, case.number),
                done=lambda item: (here, f"Aufgabe eingetragen, fällig am {item.due_on:%d.%m.%Y}."),
                may=may_add,
                initial=lambda: {"responsible_id": actor.membership_id},
                draft=f"aufgabe:{number}:{case.number}",
            ),
            "stop": Guide(
                partial(StopForm, reasons=reasons),
                save=partial(stop_clock, dossier_id=dossier.pk, case_number=case.number),
                done=lambda stop: (
                    here,
                    f"{stop}. Eigene Fristen rücken um diese Tage; was an der Entlassung hängt, bleibt.",
                    void_newest(actor, opened, "fristpause", stop.pk),
                ),
                may=may_add,
                initial=lambda: {"from_on": today},
            ),
        },
        {
            **head,
            "groups": _groups(own if only_mine else asking, number, today),
            "closed": [item for item in items if item.state is not ItemState.OPEN],
            "views": _views(here, request.GET.get(EPISODE, ""), len(asking), len(own), only_mine),
            "only_mine": only_mine,
            "stops": [(row, row.runs_on(today)) for row in list_stops(actor, case, reasons)],
            "may_correct": bool(may_correct_entries(actor, case, Basis.PRISON)),
            "refusal": may_add.reason,
            "today": today,
        },
        fragments=("items",),
    )


def page_of(name: str, number: str) -> str:
    """The address of the page on which a kind of item is done; empty for a kind of a former version."""
    try:
        return reverse(name, args=[number]) if name else ""
    except NoReverseMatch:
        return ""


def _add(dossier_id: int, case_number: int, **entered):
    return add_item(dossier_id=dossier_id, case_number=case_number, **reckoning(entered))


def _own(actor: Actor, items: Iterable[ItemRow], today: date) -> list[ItemRow]:
    """What the reader is asked for: as responsible, as named deputy, or standing in for somebody today."""
    mine = {actor.membership_id, *(principal.pk for principal in principals_of(actor, today))}
    return [item for item in items if item.responsible_id in mine or item.deputy_id == actor.membership_id]


def _views(here: str, episode: str, total: int, own: int, only_mine: bool) -> list[View]:
    path, kept = here.partition("?")[0], {EPISODE: episode} if "?" in here else {}
    mine = f"{path}?{urlencode(kept | {ONLY: MINE})}"
    return [View("Alle", here, total, not only_mine), View("Meine", mine, own, only_mine)]


def _groups(items: list[ItemRow], number: str, today: date) -> list[Group]:
    lines = [(item, Line(item, shown_as(item.urgency), page_of(item.page, number))) for item in items]
    late = [line for item, line in lines if item.urgency is Urgency.OVERDUE]
    soon = [line for item, line in lines if today <= item.shown_on <= today + SOON]
    later = [line for item, line in lines if item.shown_on > today + SOON]
    groups = [Group("Überfällig", "late", late), Group("In den nächsten zwei Wochen", "due", soon)]
    return [group for group in (*groups, Group("Später", "open", later)) if group.lines]
