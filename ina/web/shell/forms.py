"""Forms of all areas: plain forms, fields read from the column, KERN markup from one renderer.

    class ContactForm(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)
        held_on = GermanDateField(label="Datum des Gesprächs", latest=TODAY)
        note = field("monitoring.Contact.note")

A template writes ``{{ form }}`` and gets the error summary and each field with label, hint and error beside it. Another
layout: ``template_name = "monitoring/contact_fields.html"`` on the form, with ``{% error_summary form %}`` and
``{{ form.note.as_field_group }}`` in it.
"""

from __future__ import annotations

from datetime import date, time, timedelta

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates

from ina.base import clock
from ina.web.shell.dates import parse_day, parse_time

TODAY = timedelta(0)
INPUTS = frozenset(
    {"text", "textarea", "number", "email", "url", "password", "date", "datetime", "time", "file", "input"}
)
SELECTS = frozenset({"select"})


def field(path: str, **options) -> forms.Field:
    """The form field of a column, ``app.Model.column``: label, length, choices and validators stand there once.

    ``options`` go to the field and win. The only ``get_model`` outside the domain (stack T17).
    """
    label, column = path.rsplit(".", 1)
    return apps.get_model(label)._meta.get_field(column).formfield(**options)


class GermanDateField(forms.Field):
    """One text input for a day; what it understands stands in ``dates.parse_day``.

    earliest, latest: bounds, as a day or as a distance from today (``TODAY``, ``timedelta(days=-365)``). Without them a
    day must lie between 110 years ago and 60 years ahead, so that a slip of the finger is noticed.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, earliest=timedelta(days=-40178), latest=timedelta(days=21915), **options):
        options.setdefault("help_text", "TT.MM.JJJJ, „heute“ oder „−2“")
        super().__init__(**options)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, date):
            return value or None
        text = str(value).strip()
        if not text:
            return None
        today = clock.today()
        earliest, latest = self._bound(self.earliest, today), self._bound(self.latest, today)
        try:
            day = parse_day(text, today, latest)
        except (ValueError, OverflowError) as error:
            sentence = str(error) if isinstance(error, ValueError) else "Dieser Tag liegt zu weit entfernt."
            raise ValidationError(sentence, code="invalid") from None
        if day > latest:
            if latest == today:
                raise ValidationError(f"Der {day:%d.%m.%Y} liegt in der Zukunft.", code="future")
            raise ValidationError(f"Der {day:%d.%m.%Y} liegt nach dem {latest:%d.%m.%Y}.", code="late")
        if day < earliest:
            if earliest == today:
                raise ValidationError(f"Der {day:%d.%m.%Y} liegt in der Vergangenheit.", code="past")
            raise ValidationError(f"Der {day:%d.%m.%Y} liegt vor dem {earliest:%d.%m.%Y}.", code="early")
        return day

    def prepare_value(self, value):
        return f"{value:%d.%m.%Y}" if isinstance(value, date) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    @staticmethod
    def _bound(bound: date | timedelta, today: date) -> date:
        return today + bound if isinstance(bound, timedelta) else bound


class GermanTimeField(forms.Field):
    """One text input for a time of day; what it understands stands in ``dates.parse_time``."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **options):
        options.setdefault("help_text", "9:30, 9.30 oder 0930")
        super().__init__(**options)

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, time):
            return value or None
        text = str(value).strip()
        try:
            return parse_time(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class BoundField(forms.BoundField):
    @property
    def shown_before(self) -> str:
        """The hidden value that the field showed at first (``conflict.remember_shown``); groups write it themselves."""
        return self.as_hidden(only_initial=True) if self.field.show_hidden_initial else ""


class FoldedForm(forms.Form):
    """A form that asks first for what it needs: the fields named in ``folded`` stand below, behind „Weitere Angaben“.

    Unfolded where one of them is wrong or says something already, so that nothing that counts is out of sight.
    """

    template_name = "shell/form_folded.html"
    folded: tuple[str, ...] = ()
    more = "Weitere Angaben, freiwillig"

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name not in self.folded]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [bound for bound in self.visible_fields() if bound.name in self.folded]

    @property
    def unfolded(self) -> bool:
        return says_something(self.folded_fields)


def says_something(fields: list[forms.BoundField]) -> bool:
    """One of the fields is wrong, or says something that it does not say in every form."""
    return any(bound.errors or bound.value() not in (bound.field.initial, None, "", False) for bound in fields)


class Renderer(DjangoTemplates):
    """Markup of KERN for every form (setting FORM_RENDERER); widgets get its classes here and nowhere else."""

    form_template_name = "shell/form.html"
    field_template_name = "shell/field.html"
    bound_field_class = BoundField

    def render(self, template_name, context, request=None):
        if css := self._class_of(template_name, context):
            widget = context["widget"]
            invalid = f" {css}--error" if widget["attrs"].get("aria-invalid") else ""
            own = widget["attrs"].get("class", "")
            attrs = {**widget["attrs"], "class": f"{css}{invalid} {own}".strip()}
            context = {**context, "widget": {**widget, "attrs": attrs}}
        return super().render(template_name, context, request)

    @staticmethod
    def _class_of(template_name: str, context: dict) -> str:
        if not template_name.startswith("django/forms/widgets/"):
            return ""
        name = template_name.removeprefix("django/forms/widgets/").removesuffix(".html")
        if name in INPUTS:
            return "kern-form-input__input"
        if name in SELECTS:
            return "kern-form-input__select"
        if name in ("checkbox", "checkbox_option"):
            return "kern-form-check__checkbox"
        return "kern-form-check__radio" if name == "radio_option" else ""
