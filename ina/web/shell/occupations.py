"""A field to choose an occupation: what the person says is typed, what it is called officially is picked.

    class WishForm(forms.Form):
        occupation = OccupationField(label="Zielberuf")

``cleaned_data["occupation"]`` is a ``ChosenOccupation``, or None where nothing was typed. Initial is one, too. With
htmx the hits follow the typing; without script the first sending answers with the hits, the second keeps the choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ina.reference.queries import OccupationHit, find_occupations
from ina.web.shell.forms import BoundField

LONGEST = 200
# The value of the choice that keeps what was typed without a code.
ONLY_WORDS = "none"


@dataclass(frozen=True)
class ChosenOccupation:
    """``kldb``: five digits, empty where only the words are kept. ``title``: as the list has it. ``said``: as typed."""

    kldb: str
    title: str
    said: str


class OccupationWidget(forms.MultiWidget):
    """The words, the code, and the words that the offered codes belong to."""

    def __init__(self):
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "text": forms.TextInput,
            "kldb": forms.HiddenInput,
            "for": forms.HiddenInput,
        }
        super().__init__(widgets=parts)

    def decompress(self, value: ChosenOccupation | None):
        return [value.said, value.kldb or ONLY_WORDS, value.said] if value else ["", "", ""]


class OccupationBound(BoundField):
    """What the template shows: the words, the offers, the one that is chosen."""

    field: OccupationField

    @property
    def text(self) -> str:
        return self._parts[0]

    @property
    def chosen(self) -> str:
        return self._parts[1]

    @property
    def hits(self) -> list[OccupationHit]:
        known = self._initial
        if self.field.hits or known is None or not known.kldb or self.text != known.said:
            return self.field.hits
        return [OccupationHit(known.kldb, known.title, "", 1.0)]

    @property
    def words_offered(self) -> bool:
        known = self._initial
        kept = known is not None and not known.kldb and self.text == known.said
        return self.field.words_enough and (kept or bool(self.field.searched))

    @property
    def id_for_label(self) -> str:
        return f"{self.auto_id}_text"

    @property
    def _initial(self) -> ChosenOccupation | None:
        return self.initial if isinstance(self.initial, ChosenOccupation) else None

    @property
    def _parts(self) -> list[str]:
        value = self.value()
        parts = value if isinstance(value, list) else OccupationWidget().decompress(value)
        return [part or "" for part in parts]


class OccupationField(forms.Field):
    """words_enough: also offer to keep what was typed without a code, as for a job that no list knows."""

    widget = OccupationWidget
    template_name = "shell/occupation_field.html"

    def __init__(self, *, words_enough: bool = False, **options):
        options.setdefault("template_name", self.template_name)
        options.setdefault("help_text", "So, wie es gesagt wird; dann aus den Vorschlägen wählen.")
        super().__init__(**options)
        self.words_enough = words_enough
        self.hits: list[OccupationHit] = []
        self.searched = ""
        self.known: object = None

    def get_bound_field(self, form, field_name):
        # What the form showed first stays right even where no search would find it again.
        self.known = form.get_initial_for_field(self, field_name)
        return OccupationBound(form, self, field_name)

    def clean(self, value):
        text, kldb, offered = self._said(value)
        if not text:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if len(text) > LONGEST:
            raise ValidationError(f"Bitte höchstens {LONGEST} Zeichen.", code="max_length")
        self.searched, self.hits = text, find_occupations(text)
        if offered == text:
            if kldb == ONLY_WORDS and self.words_enough:
                return ChosenOccupation("", text, text)
            if hit := next((hit for hit in self.hits if hit.kldb == kldb), None):
                return ChosenOccupation(hit.kldb, hit.title, text)
        known = self.known
        if isinstance(known, ChosenOccupation) and (text, kldb) == (known.said, known.kldb):
            return known
        if not self.hits and not self.words_enough:
            raise ValidationError("Dazu ist kein Beruf bekannt. Bitte mit anderen Worten versuchen.", code="unknown")
        raise ValidationError("Bitte wählen Sie den passenden Beruf aus den Vorschlägen.", code="choose")

    def has_changed(self, initial, data):
        text, kldb, _ = self._said(data)
        before = (initial.said, initial.kldb or ONLY_WORDS) if isinstance(initial, ChosenOccupation) else ("", "")
        return (text, kldb if text else "") != before

    @staticmethod
    def _said(value) -> tuple[str, str, str]:
        if isinstance(value, ChosenOccupation):
            return value.said, value.kldb or ONLY_WORDS, value.said
        parts = [" ".join(str(part or "").replace("\x00", "").split()) for part in value or ("", "", "")]
        text, kldb, offered = (*parts, "", "", "")[:3]
        return text, kldb, offered


def occupation_search(request: HttpRequest) -> HttpResponse:
    """The offers for the words in a field of this name, as the fragment that stands below it."""
    name = request.GET.get("feld", "")
    if not re.fullmatch(r"[a-zA-Z0-9_-]{1,80}", name):
        name = "occupation"
    typed = request.GET.get(f"{name}_text", request.GET.get("q", ""))
    text = " ".join(typed.replace("\x00", "").split())[:LONGEST]
    context = {
        "name": name,
        "id": f"id_{name}",
        "text": text,
        "hits": find_occupations(text) if text else [],
        "chosen": "",
        "words_offered": bool(text) and request.GET.get("worte") == "1",
    }
    return render(request, "shell/occupation_hits.html", context)


class KldbInput(forms.TextInput):
    """The number of an occupation beside its name: typed, or found by the name that stands in the same form.

    A radio of the offers is posted after the text and counts; without script the number is looked up at ``/berufe/``.
    """

    template_name = "shell/kldb_input.html"

    def value_from_datadict(self, data, files, name):
        values = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return values[-1] if values else None


def occupation_codes(request: HttpRequest) -> HttpResponse:
    """Offers for the occupation that is named in a form, as radios with the name of its field for the number."""
    name = request.GET.get("feld", "")
    if not re.fullmatch(r"[a-zA-Z0-9_-]{1,80}", name):
        name = "kldb"
    typed = request.GET.get("title", "") or request.GET.get("wording", "")
    text = " ".join(typed.replace("\x00", "").split())[:LONGEST]
    hits = find_occupations(text) if text else []
    return render(request, "shell/kldb_offers.html", {"name": name, "text": text, "hits": hits})
