"""Zuteilen: the lead of a team makes somebody responsible for the cases ticked in the list; a preview comes first."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from ina.accounts.crypto import decrypt, encrypt
from ina.base import clock
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases import policies
from ina.cases.operations.allocations import allocate_cases
from ina.cases.queries.chosen import ChosenCase, cases_by_id, chosen_cases
from ina.cases.queries.list_frame import Choice, get_list_frame
from ina.cases.rules.narrowing import narrowing_of
from ina.web.desk.case_filter import address_of
from ina.web.shell.forms import field
from ina.web.shell.pages import lead_to, show
from ina.web.shell.undo import AT_ONCE, Undo

KEY = re.compile(r"(\d{4}-\d{5,12})~(\d{1,4})")
TEMPLATE = "desk/allocation.html"


class AllocateForm(forms.Form):
    """Who, and why; which cases stand in the table, and sealed in ``stand`` with who leads them now."""

    receiver = forms.ChoiceField(
        label="Zuständig machen", error_messages={"required": "Bitte wählen Sie, wer die Fälle führt."}
    )
    reason = field("cases.Handover.reason", label="Grund", help_text="zum Beispiel Krankheit, Ausscheiden, Ausgleich")

    def __init__(self, *arguments, colleagues: tuple[Choice, ...], **options):
        super().__init__(*arguments, **options)
        self.fields["receiver"].choices = [
            ("", "bitte wählen"),
            *((each.key, each.label) for each in colleagues),
        ]


@dataclass(frozen=True)
class Line:
    """A case of the preview. stays: whoever was chosen leads it already."""

    case: ChosenCase
    to: str
    stays: bool


def allocation(request: HttpRequest) -> HttpResponse:
    """GET: how it goes. A POST with ``formular``: ``preview`` from the list, ``apply`` from the preview, ``undo``."""
    actor = request.actor
    policies.may_allocate_cases(actor).require()
    if request.method != "POST":
        return show(request, TEMPLATE, {"section": "case_list"})
    act = request.POST.get("formular")
    if act == "undo":
        return _undo(request)
    colleagues = get_list_frame(actor, clock.today()).colleagues
    form = AllocateForm(request.POST, colleagues=colleagues)
    if act == "preview":
        keys = [(match[1], int(match[2])) for key in request.POST.getlist("case") if (match := KEY.fullmatch(key))]
        return _preview(request, form, chosen_cases(actor, keys), colleagues)
    if act != "apply":
        raise NotVisible()
    return _apply(request, form, colleagues)


def _apply(request: HttpRequest, form: AllocateForm, colleagues: tuple[Choice, ...]) -> HttpResponse:
    actor = request.actor
    to, seen = _unsealed(request, "preview")
    led_by = {case_id: leader for case_id, leader in seen if leader != _position(form, colleagues)}
    present = cases_by_id(actor, [case_id for case_id, _ in seen])
    if not form.is_valid():
        return _preview(request, form, present, colleagues, status=422)
    receiver = _position(form, colleagues)
    if receiver is None or not led_by or form.cleaned_data["receiver"] != to:
        # Nothing moves, or somebody else was chosen than the preview said: it is shown anew.
        return _preview(request, form, present, colleagues)
    now, entered = clock.now(), form.cleaned_data
    try:
        count = allocate_cases(
            actor=actor,
            receivers=dict.fromkeys(led_by, receiver),
            reason=entered["reason"],
            led_by=led_by,
            now=now,
        )
    except Conflict as error:
        changed = _changed(present, dict(seen))
        return _preview(request, form, present, colleagues, status=409, conflict=error.message, changed=changed)
    except Invalid as error:
        form.add_error("reason" if error.field == "reason" else "receiver", error.message)
        return _preview(request, form, present, colleagues, status=422)
    name = next(each.label for each in colleagues if each.pk == receiver)
    said = f"{count} Fälle führt" if count > 1 else "Einen Fall führt"
    return lead_to(
        request, _list(request), f"{said} ab heute {name}.", _way_back(request, led_by, receiver, colleagues)
    )


def _way_back(
    request: HttpRequest, led_by: dict[int, int | None], receiver: int, colleagues: tuple[Choice, ...]
) -> Undo | None:
    """Where each of them was led by somebody who still can."""
    team = {each.pk for each in colleagues}
    if not all(leader in team for leader in led_by.values()):
        return None
    sealed = _sealed("undo", [[case_id, leader, receiver] for case_id, leader in led_by.items()])
    return Undo(reverse("allocation"), {"formular": "undo", "stand": sealed, "liste": request.POST.get("liste", "")})


def _undo(request: HttpRequest) -> HttpResponse:
    """The same operation back; who got a case meanwhile keeps it, and nothing else changes either."""
    rows = _unsealed(request, "undo")
    count = allocate_cases(
        actor=request.actor,
        receivers={case_id: before for case_id, before, _ in rows},
        reason=f"Zuteilung {AT_ONCE}",
        led_by={case_id: receiver for case_id, _, receiver in rows},
        now=clock.now(),
    )
    said = f"{count} Fälle führt" if count > 1 else "Den Fall führt"
    return lead_to(request, _list(request), f"{said} wieder, wer zuvor zuständig war.")


def _preview(
    request: HttpRequest,
    form: AllocateForm,
    cases: list[ChosenCase],
    colleagues: tuple[Choice, ...],
    *,
    status: int = 200,
    conflict: str = "",
    changed: tuple[str, ...] = (),
) -> HttpResponse:
    to = next((each for each in colleagues if each.key == form.data.get("receiver")), None)
    lines = [Line(case, to.label if to else "", to is not None and case.responsible_id == to.pk) for case in cases]
    moving = sum(not line.stays for line in lines)
    if status == 200 and not form.is_valid():
        status = 422
    context = {
        "form": form,
        "lines": lines,
        "moving": moving,
        "stand": _sealed("preview", [to.key if to else "", [[case.case_id, case.responsible_id] for case in cases]]),
        "liste": request.POST.get("liste", ""),
        "back": _list(request),
        "conflict": conflict,
        "changed": changed,
        "section": "case_list",
    }
    return show(request, TEMPLATE, context, status=status if lines else 422)


def _changed(present: list[ChosenCase], seen: dict[int, int | None]) -> tuple[str, ...]:
    """Which are led by somebody else than when the preview was shown."""
    return tuple(
        f"{case.name}: {case.responsible or 'niemand'}"
        for case in present
        if case.responsible_id != seen.get(case.case_id)
    )


def _position(form: AllocateForm, colleagues: tuple[Choice, ...]) -> int | None:
    return next((each.pk for each in colleagues if each.key == form.data.get("receiver")), None)


def _sealed(act: str, content: list) -> str:
    return encrypt(json.dumps([act, content]))


def _unsealed(request: HttpRequest, act: str) -> list:
    try:
        said, content = json.loads(decrypt(request.POST.get("stand", "")))
    except (Refused, ValueError) as error:  # made up, or sealed by another installation
        raise NotVisible() from error
    if said != act:
        raise NotVisible()
    return content


def _list(request: HttpRequest) -> str:
    """The list as it was narrowed when the cases were ticked."""
    query = address_of(narrowing_of(QueryDict(request.POST.get("liste", ""))))
    return reverse("case_list") + (f"?{query}" if query else "")
