"""One row of a page, changed where it stands: a link opens its form in place, saving answers the row.

    Edit(form_class, save=partial(operation, …_id=row.pk), initial=lambda: {…, "version": row.version})

Without script the same link (``?bearbeiten=KEY``) loads the page with that row open, and saving leads back to it. With
htmx the row is the fragment: its element's id is its key. What is wrong stays in the form (422); who was faster is told
(409).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest

from ina.base import clock
from ina.base.errors import Conflict
from ina.base.policy import Verdict
from ina.web.shell import conflict
from ina.web.shell.pages import perform

# In addresses: which row is open. In forms: which row was sent.
OPEN, SENT = "bearbeiten", "zeile"


@dataclass(frozen=True)
class Edit:
    """What can be done with one row. ``save`` gets actor, now and the entered fields; ``initial`` is read again when
    somebody was faster. title: what the form is about. alone: the page changes beyond its row, so that it is loaded."""

    form_class: Callable[..., forms.Form]
    save: Callable
    initial: Callable[[], dict]
    may: Verdict
    title: str
    alone: bool = False


def opened_form(key: str, edit: Edit) -> forms.Form:
    """The form of a row, not sent yet."""
    form = edit.form_class(initial=edit.initial(), auto_id=f"{key}_%s")
    conflict.remember_shown(form)
    return form


def save_row(request: HttpRequest, key: str, edit: Edit) -> tuple[forms.Form | None, int, Any]:
    """Do what was sent: (None, 200, what the operation answered), or the form with what is wrong and its status.

    Refused and NotVisible pass on.
    """
    edit.may.require()
    present = edit.initial()

    def form_class(*arguments: Any, **options: Any) -> forms.Form:
        return edit.form_class(*arguments, auto_id=f"{key}_%s", **options)

    form = form_class(conflict.settle(request.POST, form_class, present), initial=present)
    conflict.remember_shown(form)
    now = clock.now()
    if not form.is_valid():
        return form, 422, None
    actor: Any = request.actor
    try:
        saved, result = perform(form, edit.save, actor=actor, now=now)
    except Conflict as error:
        told = conflict.told(actor, error, now)
        return conflict.compare(form, form_class, edit.initial(), *told), 409, None
    return (None, 200, result) if saved else (form, 422, None)
