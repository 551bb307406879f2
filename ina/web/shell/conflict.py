"""Somebody was faster: what is stored now beside what was entered, and nothing typed is lost.

A form with a hidden ``version`` also carries the values that it showed at first. So three versions can be told apart:
what only the reader changed is kept, what only the other one changed stays as stored, and only where both changed the
same field the reader chooses; the stored value is preselected.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html_join

from ina.base import clock
from ina.base.actor import Actor
from ina.base.errors import Conflict
from ina.cases.queries.corrections import last_change
from ina.web.shell.dates import minutes_ago

KEPT = "Ihre Eingaben sind noch da."
TEMPLATE = "shell/conflict.html"
CHOICE = "use-"


@dataclass(frozen=True)
class Difference:
    """One field that is not the same: as readers see it. ``shown``: what it said when the reader opened the form."""

    name: str
    label: str
    stored: str
    entered: str
    # Both changed it: somebody must choose.
    open: bool
    shown: str = ""


def told(actor: Actor, error: Conflict, now: datetime) -> tuple[str, str]:
    """Who was faster and when, as a sentence; and short, for the head of a column (empty: nobody knows).

    Only what the reader may see of the row's history is told; else the sentence of the error.
    """
    change = last_change(actor, error.subject) if error.subject is not None else None
    if change is None:
        return error.message, ""
    ago = minutes_ago(change.at.astimezone(clock.BERLIN), now.astimezone(clock.BERLIN))
    at = f"{change.at.astimezone(clock.BERLIN):%H:%M} Uhr"
    if change.own:
        return f"Sie haben das hier {ago} schon einmal geändert, vielleicht in einem anderen Fenster. {KEPT}", at
    if not change.by:
        return f"Das hier hat sich {ago} geändert. {KEPT}", at
    return f"{change.by} hat das hier {ago} geändert. {KEPT}", f"{change.by}, {at}"


def remember_shown(form: forms.Form) -> None:
    """Have a form that changes a row carry what it showed (hidden), so that own changes are known later."""
    if "version" in form.fields:
        for field in form.fields.values():
            if not field.widget.is_hidden and not isinstance(field, forms.FileField):
                field.show_hidden_initial = True


def settle(data: QueryDict, form_class: Callable[..., forms.Form], present: dict) -> QueryDict:
    """What was posted, after the choices made on the comparison: „stored“ takes the present value."""
    chosen = [
        name.removeprefix(CHOICE) for name, value in data.items() if name.startswith(CHOICE) and value == "stored"
    ]
    if not chosen:
        return data
    settled, stored = data.copy(), form_class(initial=present)
    for name in chosen:
        if name in stored.fields:
            settled.setlist(name, _posted(stored[name]))
    return settled


def compare(
    form: forms.Form, form_class: Callable[..., forms.Form], present: dict, message: str, by: str = ""
) -> forms.Form:
    """The same form as a comparison with ``present``; posting it again saves on top of the present version.

    message, by: as ``told`` says them.
    """
    stored = form_class(initial=present)
    merged = MultiValueDict(form.data)
    differences, theirs_only = [], []
    for name in form.fields:
        if form[name].is_hidden:
            continue
        theirs, mine = _posted(stored[name]), form[name].data
        if _same(stored, name, mine):
            continue
        if name not in form.changed_data:
            merged.setlist(name, theirs)
            theirs_only.append(
                Difference(
                    name=name,
                    label=str(form[name].label),
                    stored=_shown(stored[name].field, stored[name].value()),
                    entered="",
                    open=False,
                    shown=_shown(form[name].field, form[name].value()),
                )
            )
            continue
        open_question = not _same_as_shown(form, name, stored)
        differences.append(
            Difference(
                name=name,
                label=str(form[name].label),
                stored=_shown(stored[name].field, stored[name].value()),
                entered=_shown(form[name].field, form[name].value()),
                open=open_question,
            )
        )
    if "version" in present:
        merged["version"] = str(present["version"])
    for name in form.fields:
        merged.setlist(form[name].html_initial_name, _posted(stored[name]))
    result = form_class(merged, initial=present)
    remember_shown(result)
    # ``template_name`` is read from the class; the form may have one of its own.
    result.__class__ = type("Comparison", (type(result),), {"template_name": TEMPLATE})
    result.carried = _carried(result)
    result.conflict_message, result.conflict_by = message, by
    result.theirs_only = theirs_only
    result.differences = differences
    return result


def _carried(form: forms.Form) -> str:
    """Everything that was entered, hidden, so that posting the comparison posts the whole form."""
    hidden = [bound for bound in form if not isinstance(bound.field, forms.FileField)]
    inputs = [bound.as_hidden() for bound in hidden]
    inputs += [bound.as_hidden(only_initial=True) for bound in hidden if bound.field.show_hidden_initial]
    return format_html_join("", "{}", ((part,) for part in inputs))


def _same(stored: forms.Form, name: str, data) -> bool:
    field = stored.fields[name]
    return not field.has_changed(stored[name].initial, data)


def _same_as_shown(form: forms.Form, name: str, stored: forms.Form) -> bool:
    """The stored value is still the one that the form showed at first."""
    bound = form[name]
    shown = bound.field.hidden_widget().value_from_datadict(form.data, form.files, bound.html_initial_name)
    return _same(stored, name, shown)


def _posted(bound: forms.BoundField) -> list[str]:
    """The value of an unbound field as a browser would post it."""
    value = bound.value()
    if isinstance(value, (list, tuple)):
        return [str(part) for part in value]
    if isinstance(value, bool):
        return ["on"] if value else []
    formatted = bound.field.widget.format_value(value)
    if isinstance(formatted, (list, tuple)):  # a select counts as one of many
        return [str(part) for part in formatted]
    return [] if formatted is None else [str(formatted)]


def _shown(field: forms.Field, value) -> str:
    if isinstance(field, forms.BooleanField):
        return "ja" if value in (True, "on", "True") else "nein"
    values = value if isinstance(value, (list, tuple)) else [value]
    if choices := getattr(field, "choices", None):
        labels: dict[str, str] = {}
        for key, label in choices:
            labels |= {str(k): str(v) for k, v in label} if isinstance(label, (list, tuple)) else {str(key): str(label)}
        values = [labels.get(str(part), part) for part in values]
    text = ", ".join(str(part) for part in values if part not in (None, ""))
    return text or "leer"
