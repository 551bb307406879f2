"""Entlassungsmappe: what the person carries out of the gate, sheet by sheet, and what is still missing in it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Compartment
from ina.access.queries import opened_to
from ina.base import clock
from ina.base.policy import ALLOWED, refused
from ina.monitoring import operations, policies
from ina.monitoring.enums import FolderPart
from ina.monitoring.queries import Folder, get_appointment, read_folder
from ina.web.shell.fields import choose
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import GermanTimeField, field
from ina.web.shell.several import Guide, several

NO_APPOINTMENT = refused("In den ersten vier Wochen ist noch kein Termin verabredet.")
NOTHING_IN_IT = refused("In der Mappe ist noch nichts.")
NO_DAY = refused("Ohne Planungstermin gibt es nichts zu prüfen.")
DAYS = ((1, "am ersten Tag"), (2, "am zweiten Tag"), (3, "am dritten Tag"))
SLOTS = (("", "in keinem"), *((place, f"Fach {place}") for place in range(1, 6)))


class LineForm(forms.Form):
    """What all lines have. ``part`` is one of ``PARTS``, or asked where there are several."""

    PARTS: tuple[FolderPart, ...] = ()
    part = forms.ChoiceField(label="Was steht da?")
    title = field("monitoring.FolderLine.title")
    detail = field("monitoring.FolderLine.detail")

    def __init__(self, *arguments: Any, parts: Sequence[FolderPart] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        parts = parts or self.PARTS
        self.fields["part"].choices = [(each.value, each.label) for each in parts]
        if len(parts) == 1:
            self.fields["part"].widget = forms.HiddenInput()
            self.fields["part"].initial = parts[0].value

    def clean_part(self) -> FolderPart:
        return FolderPart(self.cleaned_data["part"])


class PlaceForm(LineForm):
    PARTS = (FolderPart.PLACE, FolderPart.FIRST_WAY, FolderPart.FALLBACK)
    title = field("monitoring.FolderLine.title", label="in einem Satz")
    detail = field("monitoring.FolderLine.detail", label="Adresse, Weg, wer hilft")


class HourForm(LineForm):
    PARTS = (FolderPart.HOUR,)
    day = forms.TypedChoiceField(label="Tag", choices=DAYS, coerce=int)
    at = GermanTimeField(label="um", required=False)
    title = field("monitoring.FolderLine.title", label="Was ich mache")
    detail = field("monitoring.FolderLine.detail", label="wie und wo")
    must = field("monitoring.FolderLine.must")
    field_order = ("part", "day", "at", "title", "detail", "must")


class WayForm(LineForm):
    PARTS = (FolderPart.WAY,)
    appointment = choose("Termin", numbered=True)
    detail = field("monitoring.FolderLine.detail", label="Der Weg", required=True)
    title = field("monitoring.FolderLine.title", label="Mitnehmen")
    field_order = ("part", "appointment", "detail", "title")

    def __init__(self, *arguments: Any, appointments: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["appointment"].choices = appointments


class PaperForm(LineForm):
    PARTS = (FolderPart.PAPER,)
    title = field("monitoring.FolderLine.title", label="Papier")
    detail = field("monitoring.FolderLine.detail", label="Wo ist das Original?")
    slot = forms.TypedChoiceField(label="Fach", choices=SLOTS, coerce=int, empty_value=None, required=False)


class MoneyForm(LineForm):
    PARTS = (FolderPart.MONEY, FolderPart.WEEK, FolderPart.PAID)
    amount = forms.DecimalField(
        label="Betrag in Euro", required=False, min_value=Decimal(0), max_digits=8, decimal_places=2, localize=True
    )
    detail = field("monitoring.FolderLine.detail", label="wann, wie oder bis wann")


class NumberForm(LineForm):
    PARTS = (FolderPart.NUMBER,)
    title = field("monitoring.FolderLine.title", label="Wer?")
    phone = field("monitoring.FolderLine.phone", required=True)
    detail = field("monitoring.FolderLine.detail", label="wobei, zu welchen Zeiten")
    field_order = ("part", "title", "phone", "detail")


class MedicationForm(LineForm):
    PARTS = (FolderPart.MEDICATION,)
    title = field("monitoring.FolderLine.title", label="Was liegt bei?")
    detail = field("monitoring.FolderLine.detail", label="für wen, welche Praxis, wann")


class RemoveForm(forms.Form):
    number = choose("Zeile", numbered=True)

    def __init__(self, *arguments: Any, lines: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["number"].choices = lines


class CheckForm(forms.Form):
    remark = field("monitoring.FolderCheck.remark")


# Forms of the page: name, form, heading.
FORMS = (
    ("place", PlaceForm, "Erste Nacht, erster Weg"),
    ("hour", HourForm, "Stunde für Stunde"),
    ("paper", PaperForm, "Papier"),
    ("money", MoneyForm, "Geld"),
    ("number", NumberForm, "Nummer"),
)


def release_folder(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "release_folder"), request.actor, clock.today()
    case = opened.case
    folder = read_folder(actor, case, today)
    may, here = policies.may_pack_folder(actor, case), reverse("release_folder", args=[number])
    sees_health = bool(opened_to(actor, case.dossier_id) & Compartment.HEALTH)
    meetings = [(one.number, f"{one.on:%d.%m.%Y}: {one.title}") for one in folder.meetings]
    lines = [(line.number, f"{line.part.label}: {line.title}"[:90]) for line in folder.lines]
    put = partial(operations.add_folder_line, case_id=case.pk)
    done = lambda line: (here, f"In der Mappe: {line.title}.")  # noqa: E731

    def put_way(*, appointment: int, **entered: Any):
        return put(appointment=get_appointment(actor, case, appointment), **entered)

    guides = {name: Guide(form, save=put, done=done, may=may) for name, form, _ in FORMS}
    if sees_health:
        guides["medication"] = Guide(MedicationForm, save=put, done=done, may=may)
    return several(
        request,
        "cases/release_folder.html",
        guides
        | {
            "way": Guide(
                partial(WayForm, appointments=meetings),
                save=put_way,
                done=done,
                may=(ALLOWED if meetings else NO_APPOINTMENT) if may else may,
                initial=lambda: {"title": "Ausweis, diese Mappe"},
            ),
            "begin": Guide(
                forms.Form,
                save=partial(operations.begin_folder, case_id=case.pk),
                done=lambda count: (here, f"{count} übliche Zeilen stehen in der Mappe."),
                may=may,
            ),
            "remove": Guide(
                partial(RemoveForm, lines=lines),
                save=partial(operations.remove_folder_line, case_id=case.pk),
                done=lambda _: (here, "Herausgenommen."),
                may=(ALLOWED if lines else NOTHING_IN_IT) if may else may,
            ),
            "check": Guide(
                CheckForm,
                save=partial(operations.check_folder, case_id=case.pk),
                done=lambda row: (here, "Geprüft. " + (f"Es fehlt noch {len(row.missing)}." if row.missing else "")),
                may=(ALLOWED if folder.release else NO_DAY) if may else may,
            ),
        },
        {
            **head_of(opened, "release_dates"),
            "folder": folder,
            "parts": [(part, rows) for part, rows in _by_part(folder) if rows],
            "refusal": may.reason,
            "sees_health": sees_health,
        },
    )


def _by_part(folder: Folder) -> list[tuple[FolderPart, list[dict[str, Any]]]]:
    named = {one.number: f"{one.title}, {one.on:%d.%m.}" for one in folder.meetings}
    return [
        (
            part,
            [
                {"line": line, "meeting": named.get(line.appointment or 0, ""), "money": part is FolderPart.MONEY}
                for line in folder.of(part)
            ],
        )
        for part in FolderPart
    ]
