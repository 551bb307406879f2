"""Entlassungstermin ändern: say it, see what it would move, apply it. Nothing is stored before „Termin übernehmen“."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.agenda.queries import Move
from ina.agenda.rules import SOON
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import Conflict, Invalid, NotVisible
from ina.cases import policies
from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.cases.operations.release_dates import decide_release_date, drop_release_date, state_release_date
from ina.cases.queries import CaseFile
from ina.cases.queries.release_dates import Change, Preview, list_claims, moves_planning_date, preview_change
from ina.cases.rules.release import DateClaim
from ina.web.cases.release_dates import standing
from ina.web.cases.release_forms import ClaimsForm, DecideForm, DropForm, StateForm
from ina.web.cases.release_strip import strip
from ina.web.shell import conflict
from ina.web.shell.dates import WEEKDAYS
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import lead_to, perform, show
from ina.web.shell.several import CHOSEN

TEMPLATE = "cases/release_preview.html"
CHANGED = "Die Vorschau zeigt jetzt den neuen Stand. Bitte sehen Sie noch einmal hin, bevor Sie übernehmen."
FIRST_LINES = 8  # moved items shown at once; the rest is one click away


@dataclass(frozen=True)
class Intent:
    """One kind of change: its form, what it would change, the operation, and how it is told."""

    form: type[ClaimsForm]
    change: Callable[[dict, dict], Change]
    save: Callable
    told: Callable[[dict, dict], str]


def release_preview(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "release_preview"), request.actor, clock.today()
    may = policies.may_state_release_date(actor, opened.case)
    claims = standing(list_claims(actor, opened.case)) if may else {}
    answer = partial(_enter, request, opened, today)
    if request.method != "POST":
        given = {name: request.GET[name] for name in ("on", "kind", "source") if name in request.GET}
        initial = {"asserted_on": today, **given}
        return answer(StateForm(claims=claims, initial=initial) if may else None, "state", may.reason)
    may.require()
    name = request.POST.get(CHOSEN, "")
    intent = INTENTS.get(name)
    if intent is None:
        raise NotVisible()
    form = intent.form(request.POST, claims=claims)
    if not form.is_valid():
        return answer(form, name, status=422)
    if "zurueck" in request.POST:
        return answer(form, name)
    change, entered = intent.change(form.cleaned_data, claims), dict(form.cleaned_data)
    moves = moves_planning_date(opened, change)
    if "uebernehmen" in request.POST or not moves:
        version = request.POST.get("version", "") if "uebernehmen" in request.POST else str(opened.case.version)
        try:
            done, _ = perform(
                form,
                partial(intent.save, claims=claims),
                actor=actor,
                now=clock.now(),
                case_id=opened.case.pk,
                version=int(version) if version.isdecimal() else -1,
            )
        except Conflict as error:
            told, _ = conflict.told(actor, error, clock.now())
            told = f"{told} {CHANGED}"
            return _preview(request, opened, form, name, change, entered, claims, today, told=told, status=409)
        if not done:
            return answer(form, name, status=422)
        return _led_on(request, number, moves)
    return _preview(request, opened, form, name, change, entered, claims, today)


def _led_on(request: HttpRequest, number: str, moves: bool) -> HttpResponse:
    if not moves:
        return lead_to(
            request,
            reverse("release_dates", args=[number]),
            "Eingetragen.\nDer Planungstermin ändert sich dadurch nicht.",
        )
    url = reverse("release_calls", args=[number]) + "?schritt=3"
    return lead_to(
        request,
        url,
        "Termin übernommen, alle Fristen sind neu berechnet.\nJetzt die Anrufe: Wer den alten Tag kennt, steht unten.",
    )


def _enter(
    request: HttpRequest, opened: CaseFile, today: date, form, name: str, refusal: str = "", *, status: int = 200
) -> HttpResponse:
    titles = {
        "state": "Entlassungstermin eintragen",
        "decide": "Wie sicher ist der Termin?",
        "drop": "Ein Termin entfällt",
    }
    context = {
        **head_of(opened, "release_dates", today),
        "title": titles[name],
        "name": name,
        "form": form,
        "refusal": refusal,
        "preview": None,
    }
    return show(request, TEMPLATE, context, status=status)


def _preview(
    request, opened: CaseFile, form, name: str, change: Change, entered, claims, today: date, *, told="", status=200
) -> HttpResponse:
    try:
        preview = preview_change(request.actor, opened, change, today)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return _enter(request, opened, today, form, name, status=422)
    basis = next(iter(opened.bases), "")
    record_read(
        action="read.file",
        actor=request.actor,
        now=clock.now(),
        dossier_id=opened.dossier.pk,
        reason=basis,
        page="release_preview",
    )
    known = preview.old or preview.new
    context = {
        **head_of(opened, "release_dates", today),
        "title": title(preview),
        "told": INTENTS[name].told(entered, claims),
        "name": name,
        "form": form,
        "preview": preview,
        "conflict": told,
        "strip": strip(
            preview.old,
            preview.new,
            old_preparation=opened.preparation_starts,
            new_preparation=preview.preparation_starts,
            today=today,
        )
        if known
        else None,
        "groups": groups(preview, today),
        "steps": 2,
    }
    return show(request, TEMPLATE, context, status=status)


def title(preview: Preview) -> str:
    if preview.days:
        amount = "1 Tag" if abs(preview.days) == 1 else f"{abs(preview.days)} Tage"
        return f"{amount} {'früher' if preview.days < 0 else 'später'}: das würde sich ändern"
    if preview.new is None and preview.old is None:
        return "Weiter kein Planungstermin"
    if preview.new is None:
        return "Kein Planungstermin mehr: das würde sich ändern"
    if preview.old is None:
        return f"Planungstermin {preview.new:%d.%m.%Y}: das würde sich ändern"
    return "Der Planungstermin bleibt"


# --- the table of what moves ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MoveLine:
    """A row of the table: symbol with its word, what, two days as they are read."""

    mark: str
    word: str
    title: str
    detail: str
    was: str
    will: str
    meant: str
    late: bool


@dataclass(frozen=True)
class Group:
    """heading: with the number; more: the sentence under which ``rest`` is folded away."""

    heading: str
    late: bool
    lines: tuple[MoveLine, ...]


@dataclass(frozen=True)
class Groups:
    shown: tuple[Group, ...]
    folded: tuple[Group, ...]
    more: str


def groups(preview: Preview, today: date) -> Groups:
    """Overdue first and whole; of what moves the first lines; everything else folded."""
    line = partial(_line, today=today)
    shown, folded = [], []
    if preview.overdue:
        late = tuple(line(move, late=True) for move in preview.overdue)
        shown.append(Group(f"Mit dem neuen Termin schon überfällig: {len(late)}", True, late))
    direction = "Rückt vor" if (preview.days or 0) < 0 else "Rückt nach hinten"
    for heading, moves in ((direction, preview.moved), ("Kommt hinzu", preview.added), ("Ohne Tag", preview.waiting)):
        lines = tuple(line(move) for move in moves)
        if lines:
            first, rest = lines[:FIRST_LINES], lines[FIRST_LINES:]
            only = f", hier die ersten {len(first)}" if rest else ""
            shown.append(Group(f"{heading}: {len(lines)}{only}", False, first))
            if rest:
                folded.append(Group(heading, False, rest))
    if preview.unchanged:
        folded.append(Group("Bleibt", False, tuple(line(move) for move in preview.unchanged)))
    others = sum(len(group.lines) for group in folded) - len(preview.unchanged)
    parts = [f"die übrigen {others} Fristen"] if others else []
    if preview.unchanged:
        parts.append(
            f"{len(preview.unchanged)}, die bleiben" if others else f"{len(preview.unchanged)} Fristen, die bleiben"
        )
    return Groups(tuple(shown), tuple(folded), " und ".join(parts))


def _line(move: Move, *, today: date, late: bool = False) -> MoveLine:
    soon = move.will is not None and move.will <= today + SOON
    mark, word = ("late", "überfällig") if late else ("due", "bald fällig") if soon else ("open", "geplant")
    details = [move.responsible] if move.responsible else []
    if move.short_list:
        details.append("kurze Liste")
    return MoveLine(
        mark="unknown" if move.will is None else mark,
        word="ohne Tag" if move.will is None else word,
        title=move.title,
        detail=" · ".join(details),
        was=f"{move.was:%d.%m.%Y}" if move.was else "",
        will="sofort" if late else f"{move.will:%d.%m.%Y}" if move.will else "Termin offen",
        meant=f"eigentlich {move.will:%d.%m.%Y}" if late and move.will else _near(move.will, today),
        late=late,
    )


def _near(day: date | None, today: date) -> str:
    if day is None or not today <= day <= today + timedelta(weeks=4):
        return ""
    return f"{WEEKDAYS[day.weekday()]}, in {(day - today).days} Tagen" if day > today else "heute"


# --- the three kinds of change -------------------------------------------------------------------------------------


def _state_change(entered: dict, claims: dict) -> Change:
    new = DateClaim(entered["on"], entered["status"], entered["kind"])
    return Change(new, entered["asserted_on"], claims.get(entered["replaces"]))


def _decide_change(entered: dict, claims: dict) -> Change:
    former = claims[entered["claim"]]
    new = DateClaim(former.on, entered["status"], HypothesisKind(former.kind))
    return Change(new, entered["asserted_on"], former)


def _drop_change(entered: dict, claims: dict) -> Change:
    return Change(without=claims[entered["claim"]])


def _state(*, claims, replaces: int | None, **entered):
    return state_release_date(replaces_id=claims[replaces].pk if replaces else None, **entered)


def _decide(*, claims, claim: int, **entered):
    return decide_release_date(claim_id=claims[claim].pk, **entered)


def _drop(*, claims, claim: int, **entered):
    return drop_release_date(claim_id=claims[claim].pk, **entered)


def _state_told(entered: dict, claims: dict) -> str:
    return (
        f"{entered['kind'].label} {entered['on']:%d.%m.%Y}, {entered['status'].label} · Quelle: {entered['source']}, "
        f"mitgeteilt am {entered['asserted_on']:%d.%m.%Y}"
    )


def _decide_told(entered: dict, claims: dict) -> str:
    return (
        f"{claims[entered['claim']]}, jetzt {entered['status'].label} · Quelle: {entered['source']}, "
        f"mitgeteilt am {entered['asserted_on']:%d.%m.%Y}"
    )


def _drop_told(entered: dict, claims: dict) -> str:
    claim = claims[entered["claim"]]
    return f"{claim}, {HypothesisStatus(claim.status).label}, entfällt · Grund: {entered['because']}"


INTENTS = {
    "state": Intent(StateForm, _state_change, _state, _state_told),
    "decide": Intent(DecideForm, _decide_change, _decide, _decide_told),
    "drop": Intent(DropForm, _drop_change, _drop, _drop_told),
}
