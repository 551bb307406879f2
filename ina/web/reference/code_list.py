"""One code list: its codes and what they are and were called; adding, renaming, ending, correcting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.reference import operations, policies, queries
from ina.web.reference import facts
from ina.web.shell.forms import GermanDateField, field
from ina.web.shell.pages import guided
from ina.web.shell.several import Guide, several

LABEL_LENGTH = 200


class AddForm(facts.DatedForm):
    code = forms.RegexField(
        r"^[A-Za-z0-9._-]+$",
        label="Code",
        max_length=40,
        help_text="Kurz und dauerhaft; Buchstaben, Ziffern, Punkt und Strich.",
        error_messages={"invalid": "Ein Code besteht aus Buchstaben, Ziffern, Punkt und Strich."},
    )
    label = forms.CharField(label="Bezeichnung", max_length=LABEL_LENGTH)
    group = field(
        "reference.Code.group",
        widget=forms.TextInput(attrs={"maxlength": 40}),
        max_length=40,
        form_class=forms.CharField,
    )
    valid_from = GermanDateField(label="gilt ab", help_text="TT.MM.JJJJ")
    field_order = ["code", "label", "group", "valid_from"]


class RenameForm(facts.DatedForm):
    code = forms.ChoiceField(label="Eintrag")
    label = forms.CharField(label="neue Bezeichnung", max_length=LABEL_LENGTH)
    field_order = ["code", "label", "valid_from"]

    def __init__(self, *args, codes: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", "bitte wählen"), *codes]


class EndForm(forms.Form):
    code = forms.ChoiceField(label="Eintrag")
    last_day_on = GermanDateField(
        label="letzter Tag", help_text="TT.MM.JJJJ; wer den Eintrag schon trägt, behält ihn mit seinem Namen"
    )

    def __init__(self, *args, codes: list[tuple[str, str]], **options):
        super().__init__(*args, **options)
        self.fields["code"].choices = [("", "bitte wählen"), *codes]


class CorrectForm(facts.CorrectionForm):
    label = forms.CharField(label="Bezeichnung", max_length=LABEL_LENGTH)
    field_order = ["label"]


@dataclass(frozen=True)
class CodeLine:
    code: str
    group: str
    entries: tuple[facts.Told, ...]


def code_list(request: HttpRequest, key: str) -> HttpResponse:
    row, terms = _known(key)
    today = clock.today()
    may = policies.may_edit_reference(request.actor)
    # A code that nothing ends may be renamed or ended, also one that begins later.
    running = [
        (code, f"{one.shown} ({code})")
        for code, versions in terms.items()
        for one in versions
        if not one.voided_at and one.valid_until is None
    ]
    guides = {
        "add": Guide(
            AddForm,
            save=partial(operations.add_code, list_key=key),
            done=lambda term: (_address(key), f"„{term.label}“ steht ab dem {term.valid_from:%d.%m.%Y} in der Liste."),
            may=may,
        ),
        "rename": Guide(
            partial(RenameForm, codes=running),
            save=partial(operations.rename_code, list_key=key),
            done=lambda term: (_address(key), f"Ab dem {term.valid_from:%d.%m.%Y} heißt der Eintrag „{term.label}“."),
            may=may,
        ),
        "end": Guide(
            partial(EndForm, codes=running),
            save=partial(operations.end_code, list_key=key),
            done=lambda term: (
                _address(key),
                f"„{term.label}“ wird nach dem {term.valid_until:%d.%m.%Y} nicht mehr angeboten.",
            ),
            may=may,
        ),
    }
    groups = queries.code_groups(key)
    names = facts.names_in([one for versions in terms.values() for one in versions])
    lines = [CodeLine(code, groups[code], facts.told(versions, names, today)) for code, versions in terms.items()]
    return several(
        request,
        "reference/code_list.html",
        guides,
        {"list": row, "lines": lines, "may_edit": may, "section": "parameter_list"},
    )


def term_correct(request: HttpRequest, key: str, code: str, day: str) -> HttpResponse:
    """Correct the name of a code that holds on ``day``."""
    row, terms = _known(key)
    versions = terms.get(code, ())
    entry = facts.standing_on(versions, day)
    policies.may_edit_reference(request.actor).require()

    def save(*, actor, now, version: int, valid_until: date | None, **given):
        facts.require_among(versions, version)
        return operations.correct_term(actor=actor, now=now, term_id=version, valid_until=valid_until, **given)

    def present() -> dict:
        one = facts.standing_on(queries.terms_of(key).get(code, ()), day)
        return {
            "version": one.id,
            "label": one.value,
            "valid_from": one.valid_from,
            "valid_until": one.valid_until,
            "source": one.source,
            "remark": one.note,
        }

    return guided(
        request,
        "reference/term_correct.html",
        CorrectForm,
        save=save,
        done=lambda term: (_address(key), f"Berichtigt: „{term.label}“ ab dem {term.valid_from:%d.%m.%Y}."),
        initial=present,
        context={"list": row, "code": code, "entry": entry, "section": "parameter_list"},
    )


def _known(key: str) -> tuple[queries.CodeListRow, dict[str, tuple[queries.Version, ...]]]:
    try:
        return queries.get_code_list(key), queries.terms_of(key)
    except queries.NoSuchFact as error:
        raise NotVisible() from error


def _address(key: str) -> str:
    return reverse("code_list", args=[key])
