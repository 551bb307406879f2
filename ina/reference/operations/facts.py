"""Extending the reference data: new values and names from a day on, corrections with a reason, the place list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from ina.base.actor import Actor
from ina.base.errors import Conflict, Invalid
from ina.base.names import sort_key
from ina.base.operation import note, operation
from ina.base.periods import ONE_DAY, begin, last_day, period
from ina.reference import policies, rules
from ina.reference.enums import ValueKind
from ina.reference.models import (
    Code,
    CodeList,
    DatedFact,
    Municipality,
    Page,
    Parameter,
    ParameterKey,
    Place,
    Term,
)

UNSET = object()


@operation("reference.set_parameter", may=policies.may_edit_reference)
def set_parameter(
    *,
    actor: Actor,
    now: datetime,
    key: str,
    value: str,
    valid_from: date,
    source: str,
    valid_until: date | None = None,
    remark: str = "",
) -> Parameter:
    """Enter a new value from a day on; the value in force ends the day before.

    value: text as ``rules.parse_value`` reads it. valid_until: only for windows of one season, as a yearly decree;
    everything else holds until it is replaced, so that no day is without a value. Raises Invalid.
    """
    parameter_key = _locked(ParameterKey, "key", "Diesen Parameter gibt es nicht.", key=key)
    value = _checked_value(parameter_key, value)
    if valid_until and parameter_key.kind != ValueKind.WINDOW:
        raise Invalid("Dieser Wert gilt, bis ein neuer ihn ablöst.", "valid_until")
    _make_room(parameter_key.values, valid_from, valid_until)
    fact = Parameter(key=parameter_key, value=value, source=source.strip(), note=remark.strip())
    return _enter(fact, actor, now, valid_from, valid_until)


@operation("reference.correct_parameter", may=policies.may_edit_reference, on=Parameter)
def correct_parameter(
    row: Parameter,
    *,
    actor: Actor,
    now: datetime,
    value: str,
    source: str,
    because: str,
    valid_from: date | None = None,
    valid_until: date | object | None = UNSET,
    remark: str = "",
) -> Parameter:
    """Void a wrong entry and put the right one in its place; both stay in the history.

    valid_from, valid_until: the same period unless given (None for ``valid_until`` means open). To move the border
    between two entries, correct the one that becomes shorter first. Raises Invalid, Conflict.
    """
    value = _checked_value(row.key, value)
    fact = Parameter(key=row.key, value=value, source=source.strip(), note=remark.strip())
    return _replace(row, fact, actor, now, because, valid_from, valid_until)


@operation("reference.add_code", may=policies.may_edit_reference)
def add_code(
    *,
    actor: Actor,
    now: datetime,
    list_key: str,
    code: str,
    label: str,
    valid_from: date,
    source: str,
    group: str = "",
    remark: str = "",
) -> Term:
    """Add a code to the end of a list, or let an ended one begin again. Raises Invalid."""
    code_list = _locked(CodeList, "list_key", "Diese Liste gibt es nicht.", key=list_key)
    code = code.strip()
    if not code:
        raise Invalid("Bitte geben Sie einen Code an.", "code")
    last = code_list.codes.aggregate(last=Max("position"))["last"] or 0
    entry, _ = Code.objects.get_or_create(
        list=code_list, code=code, defaults={"group": group.strip(), "position": last + 1}
    )
    if entry.terms.standing().filter(valid_period__overlap=period(valid_from)).exists():
        raise Invalid("Diesen Code gibt es in der Liste schon. Umbenennen geht ab einem Tag.", "code")
    fact = Term(code=entry, label=_checked_label(label), source=source.strip(), note=remark.strip())
    return _enter(fact, actor, now, valid_from, None)


@operation("reference.rename_code", may=policies.may_edit_reference)
def rename_code(
    *,
    actor: Actor,
    now: datetime,
    list_key: str,
    code: str,
    label: str,
    valid_from: date,
    source: str,
    remark: str = "",
) -> Term:
    """Give a code another name from a day on; before that day it keeps the old one. Raises Invalid."""
    entry = _locked(Code, "code", "Diesen Code gibt es in der Liste nicht.", list__key=list_key, code=code)
    _make_room(entry.terms, valid_from, None)
    fact = Term(code=entry, label=_checked_label(label), source=source.strip(), note=remark.strip())
    return _enter(fact, actor, now, valid_from, None)


@operation("reference.end_code", may=policies.may_edit_reference)
def end_code(*, actor: Actor, now: datetime, list_key: str, code: str, last_day_on: date) -> Term:
    """Stop offering a code after a day. Rows that carry it keep its name. Raises Invalid."""
    entry = _locked(Code, "code", "Diesen Code gibt es in der Liste nicht.", list__key=list_key, code=code)
    term = entry.terms.standing().filter(valid_period__upper_inf=True).first()
    if term is None:
        raise Invalid("Dieser Code ist schon beendet.", "code")
    if last_day_on < term.valid_from:
        raise Invalid(f"Der Name gilt erst ab dem {term.valid_from:%d.%m.%Y}.", "last_day_on")
    _close(term, last_day_on)
    return term


@operation("reference.correct_term", may=policies.may_edit_reference, on=Term)
def correct_term(
    row: Term,
    *,
    actor: Actor,
    now: datetime,
    label: str,
    source: str,
    because: str,
    valid_from: date | None = None,
    valid_until: date | object | None = UNSET,
    remark: str = "",
) -> Term:
    """Void a wrong name or period and put the right one in its place, as ``correct_parameter``."""
    fact = Term(code=row.code, label=_checked_label(label), source=source.strip(), note=remark.strip())
    return _replace(row, fact, actor, now, because, valid_from, valid_until)


@dataclass(frozen=True)
class PlaceImport:
    """What the import of a place list did, in numbers of rows (``renamed``: municipalities)."""

    added: int
    unchanged: int
    renamed: int
    not_in_file: int


@operation("reference.import_places", may=policies.may_import_places)
def import_places(*, actor: Actor, now: datetime, rows: Iterable[rules.PlaceRow]) -> PlaceImport:
    """Add the places of a list; the same list again changes nothing. What the list does not name stays."""
    rows = tuple(rows)
    wanted = {(row.postcode, row.ags) for row in rows}
    names = {row.ags: row.municipality for row in rows}
    known = {one.ags: one for one in Municipality.objects.select_for_update()}
    renamed = [one for ags, one in known.items() if names.get(ags, one.name) != one.name]
    for one in renamed:
        one.name, one.name_key = names[one.ags], sort_key(names[one.ags])
    Municipality.objects.bulk_update(renamed, ["name", "name_key"], batch_size=1000)
    Municipality.objects.bulk_create(
        [Municipality(ags=ags, name=name, name_key=sort_key(name)) for ags, name in names.items() if ags not in known],
        batch_size=1000,
        ignore_conflicts=True,  # two imports at once: the second waits and finds the row
    )
    ids = dict(Municipality.objects.values_list("ags", "pk"))
    present = set(Place.objects.values_list("postcode", "municipality__ags"))
    new = sorted(wanted - present)
    Place.objects.bulk_create(
        [Place(postcode=postcode, municipality_id=ids[ags]) for postcode, ags in new],
        batch_size=2000,
        ignore_conflicts=True,
    )
    result = PlaceImport(len(new), len(wanted & present), len(renamed), len(present - wanted))
    note(added=result.added, renamed=result.renamed)
    return result


# --- shared by the operations above ---------------------------------------------------------------------------------


def _locked(table, field: str, missing: str, **found_by):
    """The row that owns the dated entries, locked so that two editors come one after the other."""
    row = table.objects.select_for_update(of=("self",)).filter(**found_by).first()
    if row is None:
        raise Invalid(missing, field)
    return row


def _checked_value(key: ParameterKey, text: str) -> str:
    try:
        rules.parse_value(ValueKind(key.kind), text)
    except ValueError as error:
        raise Invalid(str(error), "value") from error
    return text.strip()


def _checked_label(label: str) -> str:
    if not label.strip():
        raise Invalid("Bitte geben Sie eine Bezeichnung an.", "label")
    return label.strip()


def _make_room(entries, valid_from: date, valid_until: date | None) -> None:
    """End the open entry the day before, or say why there is no room."""
    new = period(valid_from, valid_until)
    for entry in entries.standing().filter(valid_period__overlap=new).order_by("valid_period"):
        if entry.valid_from >= valid_from:
            raise Invalid(
                f"Ab dem {entry.valid_from:%d.%m.%Y} ist schon etwas eingetragen. Bitte berichtigen Sie es.",
                "valid_from",
            )
        if entry.valid_until is not None:
            raise Invalid(
                f"Bis zum {entry.valid_until:%d.%m.%Y} gilt ein anderer Eintrag. Bitte berichtigen Sie ihn.",
                "valid_from",
            )
        _close(entry, valid_from - ONE_DAY)


def _close(fact: DatedFact, last: date) -> None:
    fact.valid_period = period(fact.valid_from, last)
    fact.save(update_fields=["valid_period"])


def _enter(fact, actor: Actor, now: datetime, valid_from: date, valid_until: date | None):
    if not fact.source:
        raise Invalid("Bitte nennen Sie die Quelle, zum Beispiel Gesetz, Erlass oder Beschluss.", "source")
    fact.valid_period = period(valid_from, valid_until)
    fact.entered_by, fact.entered_at = actor.label, now
    fact.validate_constraints()
    fact.save()
    return fact


def _replace(row, fact, actor: Actor, now: datetime, because: str, valid_from, valid_until):
    if row.voided_at:
        raise Conflict("Dieser Eintrag ist schon berichtigt.")
    if not because.strip():
        raise Invalid("Bitte geben Sie den Grund der Berichtigung an.", "because")
    row.voided_by, row.voided_at, row.voided_because = actor.label, now, because.strip()
    row.save(update_fields=["voided_by", "voided_at", "voided_because"])
    note(replaces=row.pk)
    first = valid_from or begin(row.valid_period)
    last = last_day(row.valid_period) if valid_until is UNSET else valid_until
    return _enter(fact, actor, now, first, last)


@operation("reference.edit_page", may=policies.may_edit_pages, on=Page)
def edit_page(row: Page, *, actor: Actor, now: datetime, title: str, body: str) -> Page:
    """Write a page anew (imprint, privacy, accessibility, help). Everybody reads it from now on."""
    if not title.strip() or not body.strip():
        raise Invalid("Titel und Text dürfen nicht leer sein.", field="body" if title.strip() else "title")
    row.title, row.body = title.strip(), body.replace("\r\n", "\n").strip()
    row.edited_at, row.edited_by_id = now, actor.user_id
    row.version += 1
    row.full_clean()
    row.save()
    return row
