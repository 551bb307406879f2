"""Form fields that many pages use."""

from __future__ import annotations

from enum import StrEnum

from django import forms

NOTHING_CHOSEN = {"required": "Bitte wählen Sie."}
# What a page listed can be gone when the form arrives: somebody was faster.
GONE = NOTHING_CHOSEN | {"invalid_choice": "Das gibt es so nicht mehr. Bitte wählen Sie noch einmal."}


def pick(
    enum: type[StrEnum], label: str, *, radio: bool = False, required: bool = True, without: tuple = (), **options
) -> forms.TypedChoiceField:
    """One member of a closed vocabulary; empty is None. ``radio``: all choices in a row, for a handful."""
    choices = [(member.value, member.label) for member in enum if member not in without]
    return forms.TypedChoiceField(
        label=label,
        choices=choices if radio and required else [("", "keine Angabe" if not required else "bitte wählen"), *choices],
        coerce=enum,
        empty_value=None,
        required=required,
        widget=forms.RadioSelect if radio else forms.Select,
        error_messages=NOTHING_CHOSEN,
        **options,
    )


def choose(label: str, *, numbered: bool = False, **options) -> forms.ChoiceField:
    """One of what the page lists; the choices are set by the form when it knows them. ``numbered``: answers an int."""
    if numbered:
        return forms.TypedChoiceField(label=label, coerce=int, error_messages=GONE, **options)
    return forms.ChoiceField(label=label, error_messages=GONE, **options)


def words(label: str, *, rows: int = 3, required: bool = False, **options) -> forms.CharField:
    """Some sentences."""
    return forms.CharField(
        label=label, max_length=5000, required=required, widget=forms.Textarea(attrs={"rows": rows}), **options
    )
