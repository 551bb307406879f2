"""One task: what it says, and what became of it. It is named by its place in the case, never by an id."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.agenda import policies
from ina.agenda.enums import ItemState
from ina.agenda.operations import items as operations
from ina.agenda.queries import ItemRow, item_numbered, list_items, list_people
from ina.base import clock
from ina.base.errors import NotVisible
from ina.web.cases.task_forms import ChangeForm, CompleteForm, DropForm, ReopenForm, SnoozeForm, present, reckoning
from ina.web.cases.tasks import page_of
from ina.web.shell.files import head_of, open_file
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import Undo, reopen_task

MARKS = {"OVERDUE": "late", "SOON": "due", "LATER": "open", "SNOOZED": "open", "DONE": "done", "DROPPED": "na"}


def task(request: HttpRequest, number: str, place: int) -> HttpResponse:
    opened, actor, today = open_file(request, number, "task"), request.actor, clock.today()
    dossier_id, case_number = opened.dossier.pk, opened.case.number

    def read() -> ItemRow:
        return _placed(list_items(actor, dossier_id, case_number, today), place)

    row = read()
    item = item_numbered(actor, dossier_id, case_number, place)
    item.known_bases = opened.case.known_bases
    may_change = policies.may_change_item(actor, item)
    head = head_of(opened, "tasks", today)
    back = reverse("tasks", args=[number]) + head["head"].query

    def undo() -> Undo:
        return reopen_task(number, place, version=read().version, case_number=case_number)

    def unsnooze() -> Undo:
        """What was put off before is put off as before."""
        if row.snoozed_until is None or row.snoozed_until <= today:
            return undo()
        fields: dict[str, str | int] = {"formular": "snooze", "version": read().version, "reason": row.snooze_reason}
        here = reverse("task", args=[number, place]) + f"?fall={case_number}"
        return Undo(here, fields | {"until": f"{row.snoozed_until:%d.%m.%Y}"})

    def guide(form, save, message: str, may, take_back=None, **initial) -> Guide:
        return Guide(
            form,
            save=partial(save, item_id=item.pk),
            done=lambda _: (back, message, take_back() if take_back else None),
            may=may,
            initial=lambda: {"version": read().version, **initial},
        )

    return several(
        request,
        "cases/task.html",
        {
            "complete": guide(
                CompleteForm,
                operations.complete_item,
                f"„{row.title}“ ist erledigt.",
                policies.may_complete_item(actor, item),
                undo,
                on=today,
            ),
            "snooze": guide(
                SnoozeForm,
                operations.snooze_item,
                f"„{row.title}“ ist zurückgestellt.\nDer Tag, an dem es fällig ist, bleibt stehen.",
                policies.may_snooze_item(actor, item),
                unsnooze,
            ),
            "drop": guide(
                DropForm,
                operations.drop_item,
                f"„{row.title}“ entfällt.\nDer Grund bleibt bei der Aufgabe stehen.",
                policies.may_drop_item(actor, item),
                undo,
            ),
            "change": Guide(
                partial(ChangeForm, item=row, people=_people(row, dossier_id, today) if may_change else {}),
                save=partial(_change, item.pk),
                done=lambda _: (back, "Aufgabe geändert."),
                may=may_change,
                initial=lambda: present(read()),
            ),
            "reopen": guide(
                ReopenForm,
                operations.reopen_item,
                f"„{row.title}“ ist wieder offen.",
                policies.may_reopen_item(actor, item),
            ),
        },
        {
            **head,
            "item": row,
            "mark": MARKS[row.urgency],
            "again": "Zurückstellung aufheben" if row.state is ItemState.OPEN else "Wieder öffnen",
            "page": page_of(row.page, number),
            "refusal": "" if row.state is not ItemState.OPEN else may_change.reason,
        },
    )


def _placed(rows: tuple[ItemRow, ...], place: int) -> ItemRow:
    for row in rows:
        if row.place == place:
            return row
    raise NotVisible()


def _people(row: ItemRow, dossier_id: int, today) -> dict[int, str]:
    """Whoever sees the file; whoever is named already may stay."""
    named = {row.responsible_id: row.responsible, row.deputy_id: row.deputy}
    return {pk: name for pk, name in named.items() if pk} | list_people(dossier_id, today)


def _change(item_id: int, **entered) -> None:
    entered = reckoning(entered)
    entered.pop("anchor", None)  # an item goes on counting from what it counts from
    operations.change_item(item_id=item_id, **entered)
