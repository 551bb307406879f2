"""One parameter: its history and what is to come, a new value from a day on, the correction of a wrong entry."""

from __future__ import annotations

from datetime import date
from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.reference import operations, policies, queries
from ina.reference.enums import ValueKind
from ina.reference.rules import format_value, stored_value
from ina.web.reference import facts
from ina.web.shell.forms import GermanDateField
from ina.web.shell.pages import guided
from ina.web.shell.several import Guide, several


class ValueField(forms.CharField):
    """A value as staff write it; cleaned to the stored text."""

    def __init__(self, kind: ValueKind, unit: str):
        example = format_value(kind, kind.example)
        super().__init__(
            label=f"Wert ({unit})" if unit else "Wert", max_length=200, help_text=f"Zum Beispiel „{example}“"
        )
        self.kind = kind
        self.widget.attrs["autocomplete"] = "off"

    def prepare_value(self, value):
        """Stored text is shown as staff read it; what cannot be read was typed and stays as it is."""
        try:
            return format_value(self.kind, value) if value else value
        except ValueError:
            return value

    def clean(self, value):
        text = super().clean(value)
        try:
            return stored_value(self.kind, text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def has_changed(self, initial, data):
        try:
            return self.clean(initial) != self.clean(data)
        except ValidationError:
            return True


class SetForm(facts.DatedForm):
    field_order = ["value", "valid_from", "valid_until"]

    def __init__(self, *args, meaning: queries.ParameterMeaning, **options):
        super().__init__(*args, **options)
        self.fields["value"] = ValueField(meaning.kind, meaning.unit)
        if meaning.kind is ValueKind.WINDOW:  # the decree of one season: the next year has none yet
            self.fields["valid_until"] = GermanDateField(
                label="letzter Tag", required=False, help_text="TT.MM.JJJJ; leer: bis auf Weiteres"
            )
        self.order_fields(self.field_order)


class CorrectForm(facts.CorrectionForm):
    def __init__(self, *args, meaning: queries.ParameterMeaning, **options):
        super().__init__(*args, **options)
        self.fields["value"] = ValueField(meaning.kind, meaning.unit)
        self.order_fields(["value"])


def parameter(request: HttpRequest, key: str) -> HttpResponse:
    meaning, versions = _known(key)
    today = clock.today()
    guides = {
        "set": Guide(
            partial(SetForm, meaning=meaning),
            save=partial(operations.set_parameter, key=key),
            done=lambda saved: (_address(key), f"Ab dem {saved.valid_from:%d.%m.%Y} gilt: {saved.shown}."),
            may=policies.may_edit_reference(request.actor),
        )
    }
    context = {
        "meaning": meaning,
        "entries": facts.told(versions, facts.names_in(versions), today),
        "section": "parameter_list",
    }
    return several(request, "reference/parameter.html", guides, context)


def parameter_correct(request: HttpRequest, key: str, day: str) -> HttpResponse:
    """Correct the entry that holds on ``day``."""
    meaning, versions = _known(key)
    entry = facts.standing_on(versions, day)
    policies.may_edit_reference(request.actor).require()

    def save(*, actor, now, version: int, valid_until: date | None, **given):
        facts.require_among(versions, version)
        return operations.correct_parameter(
            actor=actor, now=now, parameter_id=version, valid_until=valid_until, **given
        )

    def present() -> dict:
        one = facts.standing_on(queries.history_of(key), day)
        return {
            "version": one.id,
            "value": one.value,
            "valid_from": one.valid_from,
            "valid_until": one.valid_until,
            "source": one.source,
            "remark": one.note,
        }

    return guided(
        request,
        "reference/parameter_correct.html",
        partial(CorrectForm, meaning=meaning),
        save=save,
        done=lambda saved: (_address(key), f"Berichtigt: ab dem {saved.valid_from:%d.%m.%Y} gilt {saved.shown}."),
        initial=present,
        context={"meaning": meaning, "entry": entry, "section": "parameter_list"},
    )


def _known(key: str) -> tuple[queries.ParameterMeaning, tuple[queries.Version, ...]]:
    try:
        return queries.get_parameter(key), queries.history_of(key)
    except queries.NoSuchFact as error:
        raise NotVisible() from error


def _address(key: str) -> str:
    return reverse("parameter", args=[key])
