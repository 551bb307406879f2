"""Profiling (step 2) on one page, edited in place: strengths first, then needs, then what is known of the person."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.base.policy import ALLOWED, first_refusal, refused
from ina.cases.policies import may_correct_entries
from ina.cases.queries import CaseFile
from ina.network.queries import REFERRALS, referrals_from
from ina.profiling import policies
from ina.profiling.enums import ProfilingKind
from ina.profiling.operations import begin_profiling, confirm_finding, confirm_health
from ina.profiling.queries import SHEET, Held, Sheet, read_sheet, sheet_from
from ina.profiling.rules.conditions import months_label
from ina.profiling.rules.consistency import Standing, hints_of
from ina.web.cases import profiling_rows as rows
from ina.web.cases.profiling_forms import BeginForm
from ina.web.shell.files import head_of, open_file
from ina.web.shell.inplace import OPEN, SENT, opened_form, save_row
from ina.web.shell.pages import guided, lead_to, show
from ina.web.shell.several import CHOSEN

TEMPLATE = "cases/profiling.html"
WHICH = "profiling"
HEALTH_ENTRY = "gesundheit-und-arbeit"


def profiling(request: HttpRequest, number: str) -> HttpResponse:
    opened, today = open_file(request, number, "profiling", along=(*SHEET, REFERRALS)), clock.today()
    page = _Page(request, opened, sheet_from(opened.answers, today), today)
    if request.method != "POST":
        return page.shown(request.GET.get(OPEN, ""))
    if request.POST.get(CHOSEN) == "begin":
        return page.begun()
    key = request.POST.get(SENT, "")
    return page.confirmed(key) if request.POST.get(CHOSEN) == "confirm" else page.saved(key)


class _Page:
    """One request: the file, the sheet, the profiling that is looked at."""

    def __init__(self, request: HttpRequest, opened: CaseFile, sheet: Sheet, today: date):
        self.request, self.opened, self.today, self.sheet = request, opened, today, sheet
        self.actor: Any = request.actor
        self.here = reverse("profiling", args=[opened.dossier.number])
        self.held = self._chosen()
        self.may_begin = policies.may_begin_profiling(self.actor, opened.case)
        self.may = first_refusal(
            self.may_begin,
            ALLOWED if self._is_newest() else refused("Geändert wird das neueste Profiling dieses Falls."),
        )

    def _chosen(self) -> Held | None:
        """The profiling that the address names, else the newest one. NotVisible: there is no such one."""
        said = self.request.GET.get(WHICH, "")
        if not said:
            return next(iter(self.sheet.held), None)
        found = self.sheet.numbered(int(said)) if said.isdecimal() and len(said) < 7 else None
        if found is None:
            raise NotVisible()
        return found

    def _is_newest(self) -> bool:
        newest = next(iter(self.sheet.held), None)
        return newest is None or (self.held is newest and newest.profiling.case_id == self.opened.case.pk)

    def _desk(self) -> rows.Desk:
        held = self.held
        if held is None:
            raise NotVisible()

        def again() -> tuple[Sheet, Held]:
            sheet = read_sheet(self.actor, self.opened.dossier.pk, self.today)
            return sheet, sheet.numbered(held.profiling.ordinal) or held

        first = [(self.sheet, held)]
        # What the page has read already serves until something was written.
        return rows.Desk(
            self.sheet, held, self.opened.case.pk, self.may, self.today, lambda: first.pop() if first else again()
        )

    # --- what was sent -----------------------------------------------------------------------------------------------

    def begun(self) -> HttpResponse:
        self.may_begin.require()
        return guided(
            self.request,
            TEMPLATE,
            self._begin_form(),
            save=partial(begin_profiling, case_id=self.opened.case.pk),
            done=lambda begun: (self.here, f"{begun} begonnen."),
            initial=self._begin_values,
            context=self._context(),
            fragment="begin",
        )

    def saved(self, key: str) -> HttpResponse:
        edit = rows.edit_of(key, self._desk())
        if edit is None:
            raise NotVisible()
        form, status, _ = save_row(self.request, key, edit)
        if form is not None:
            return self.shown(key, form, status)
        if edit.alone or not self._asks_for(key):
            return lead_to(self.request, f"{self.here}#{'oben' if edit.alone else key}", f"{edit.title}: gespeichert.")
        self._read_again()
        return self._row(key, trigger=True)

    def confirmed(self, key: str) -> HttpResponse:
        row = self._row_of(key)
        if row is None or not row.ordinal:
            raise NotVisible()
        self.may.require()
        desk = self._desk()
        table = [*desk.held.needs.values(), *desk.held.strengths]
        health = row.entry == HEALTH_ENTRY
        found = next(one for one in table if one.ordinal == row.ordinal and (_is_health(one) is health))
        call = (
            partial(confirm_health, healthfinding_id=found.pk)
            if health
            else partial(confirm_finding, finding_id=found.pk)
        )
        call(actor=self.actor, now=clock.now())
        if not self._asks_for(key):
            return lead_to(self.request, f"{self.here}#{key}", "Geprüft: Das gilt weiter.")
        self._read_again()
        return self._row(key, trigger=True)

    def _read_again(self) -> None:
        self.sheet = read_sheet(self.actor, self.opened.dossier.pk, self.today)
        self.held = self._chosen()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def shown(self, key: str, form: Any = None, status: int = 200) -> HttpResponse:
        """The page, one row of it open; for htmx that row alone, open or not, or the category beside it."""
        if self._asks_for("einstufung-tafel"):
            return render(self.request, f"{TEMPLATE}#category", self._context())
        title = ""
        if key and self.held is not None and form is None and self.may:
            edit = rows.edit_of(key, self._desk())
            if edit is None:
                raise NotVisible()
            form, title = opened_form(key, edit), edit.title
        elif form is not None:
            edit = rows.edit_of(key, self._desk())
            title = edit.title if edit else ""
        target = getattr(getattr(self.request, "htmx", None), "target", None)
        if target and self._row_of(target) is not None and self._asks_for(target):
            return self._row(target, form=form if target == key else None, title=title, status=status)
        context = {**self._context(key, form, title)}
        return show(self.request, TEMPLATE, context, fragments=("begin",), status=status)

    def _asks_for(self, target: str) -> bool:
        htmx: Any = getattr(self.request, "htmx", None)
        return bool(htmx) and not htmx.boosted and not htmx.history_restore_request and htmx.target == target

    def _row(
        self, key: str, *, form: Any = None, title: str = "", status: int = 200, trigger: bool = False
    ) -> HttpResponse:
        row = self._row_of(key)
        if row is None:
            raise NotVisible()
        (open_row,) = rows.with_form([row], key, form, title) if form is not None else [row]
        self.request.fragment = True
        context = {**head_of(self.opened, "profiling", self.today), "row": open_row, **self._links()}
        response = render(self.request, f"{TEMPLATE}#row", context, status=status)
        if trigger:
            response["HX-Trigger"] = "einstufung"
        return response

    def _row_of(self, key: str) -> rows.Row | None:
        return next((row for row in self._all_rows() if row.key == key), None)

    def _all_rows(self) -> list[rows.Row]:
        if self.held is None:
            return []
        may = bool(self.may)
        found = [*rows.strengths(self.held, may)]
        for _, each in rows.needs(self.held, self.sheet, may):
            found += each
        for key in rows.FACTS:
            found += rows.facts(key, self.sheet, may)
        return found

    def _context(self, key: str = "", form: Any = None, title: str = "") -> dict[str, Any]:
        held, sheet, may = self.held, self.sheet, bool(self.may)

        def opened(found: list[rows.Row]) -> list[rows.Row]:
            return rows.with_form(found, key, form, title) if form is not None else found

        context: dict[str, Any] = {
            **head_of(self.opened, "profiling", self.today),
            **self._links(),
            "held": held,
            "voided": sheet.voided,
            "others": [one for one in sheet.held if one is not held],
            "before": sheet.before(held) if held else None,
            "refusal": self.may_begin.reason,
            "not_newest": "" if self._is_newest() else self.may.reason,
            "may": may,
            "begin": None,
            "open_key": key if form is not None else "",
            "open_form": form,
            "open_title": title,
        }
        if self.may_begin and self.request.method != "POST":
            context["begin"] = self._begin_form()(initial=self._begin_values(), auto_id="begin_%s")
        if held is not None:
            context |= {
                "strengths": opened([*rows.strengths(held, may)]),
                "groups": [(label, opened(found)) for label, found in rows.needs(held, sheet, may)],
                "blocks": [
                    (kind, BLOCKS[kind], columns, opened(rows.facts(kind, sheet, may)), adding)
                    for kind, (_, _, adding, columns) in rows.FACTS.items()
                ],
                "experience": rows.experience_line(sheet),
                **self._category(held),
            }
        return context

    def _links(self) -> dict[str, Any]:
        query = {"fall": self.request.GET.get("fall", ""), WHICH: self.request.GET.get(WHICH, "")}
        kept = "&".join(f"{name}={value}" for name, value in query.items() if value.isdecimal())
        return {
            "here": f"{self.here}?{kept}" if kept else self.here,
            "open_link": f"{self.here}?{kept + '&' if kept else ''}{OPEN}=",
            "may_correct": bool(may_correct_entries(self.actor, self.opened.case)),
        }

    def _category(self, held: Held) -> dict[str, Any]:
        assessment, scheme, derivation = held.assessment, held.scheme, held.derivation
        found, derived = scheme.category(held.category), scheme.category(held.derived)
        return {
            "scheme": scheme,
            "category": found,
            "category_label": found.label if found else "noch offen",
            "derived_label": derived.label if derived else "noch offen",
            "overridden": bool(assessment and assessment.chosen),
            "steps": () if held.hides_health else derivation.steps,
            "question": derivation.question if not held.hides_health else "",
            "assessment": assessment,
            "prognosis": _months(assessment.months_release if assessment else None),
            "prognosis_today": _months(assessment.months_today if assessment else None),
            "to_market": _months(assessment.months_to_market if assessment else None),
            "hints": hints_of(self._standing(held), scheme, held.findings, derivation, self.today),
        }

    def _standing(self, held: Held) -> Standing:
        file, before = self.opened, self.sheet.before(held)
        planned = None if file.released_on else file.planning_date
        newest = held is next(iter(self.sheet.held), None)
        return Standing(
            held_on=held.profiling.held_on,
            needs=held.rated,
            strengths=len(held.strengths),
            category=held.category,
            before=before.rated if before else None,
            category_before=before.category if before and before.scheme.code == held.scheme.code else "",
            planned_on=planned if newest else None,
            outdated_from=file.parameters["profiling_max_age"].after(held.profiling.held_on) if newest else None,
            renew_from=file.parameters["reprofiling_lead"].before(planned) if planned and newest else None,
            referred=bool(referrals_from(file.answers[REFERRALS], file.case)),
        )

    def _begin_form(self) -> Any:
        return partial(BeginForm, again=bool(self.sheet.held))

    def _begin_values(self) -> dict[str, Any]:
        again = bool(self.sheet.held)
        kind = ProfilingKind.BEFORE_RELEASE if again else ProfilingKind.INITIAL
        return {"held_on": self.today, "kind": kind, "take_over": True}


BLOCKS = {
    "berufsziel": "Berufsziel",
    "werdegang": "Werdegang",
    "sprache": "Sprachen",
    "mobilitaet": "Mobilität",
    "einschraenkung": "Einschränkungen bei der Arbeit",
    "kompetenz": "Kompetenzen und Nachweise",
}


def _months(number: int | None) -> str:
    return "noch nicht geschätzt" if number is None else months_label(number)


def _is_health(row: Any) -> bool:
    return row._meta.model_name == "healthfinding"
