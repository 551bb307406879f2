"""Adding, changing, verifying and closing organisations; districts of offices and carriers of regions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from ina.base import clock
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.names import sort_key
from ina.base.operation import note, operation
from ina.base.periods import ONE_DAY, period
from ina.institutions import policies, rules
from ina.institutions.enums import Kind
from ina.institutions.models import Coverage, Institution, Region, RegionService
from ina.reference.models import District

UNSET = object()
# What staff may enter. The key and the kind stay as they are; the end has an operation of its own.
EDITABLE = frozenset(
    {
        "name",
        "short_name",
        "neutral_name",
        "specialty",
        "official_number",
        "legal_form",
        "street",
        "postcode",
        "town",
        "phone",
        "email",
        "website",
        "opening_hours",
        "directions",
        "source",
    }
)


@operation("institutions.add_institution", may=policies.may_add_some_institution)
def add_institution(
    *,
    actor: Actor,
    now: datetime,
    kind: Kind | str,
    name: str,
    source: str,
    key: str = "",
    valid_from: date | None = None,
    parent_key: str = "",
    region_number: int | None = None,
    kept_by_key: str = "",
    **fields: Any,
) -> Institution:
    """Add an organisation. Its key is made from the name unless given; ``short_name`` is the name unless given.

    kept_by_key: who keeps the entry; empty: the administration of the system.
    fields: any of ``EDITABLE``. Raises Invalid, and Refused for a kind that the actor may not add.
    """
    try:
        kind = Kind(kind)
    except ValueError as error:
        raise Invalid("Diese Art von Einrichtung gibt es nicht.", "kind") from error
    policies.may_edit_kind(actor, kind).require()
    given = {"name": name, "source": source, "short_name": fields.pop("short_name", "") or name[:80], **fields}
    one = Institution(kind=kind, valid_period=period(valid_from))
    one.key = key or rules.make_key(kind, name, frozenset(Institution.objects.values_list("key", flat=True)))
    _fill(one, given)
    one.parent = _parent_of(one, parent_key)
    one.region = _region(region_number)
    one.kept_by = _keeper(kept_by_key)
    one.full_clean()
    one.save()
    note(key=one.key)
    return one


@operation("institutions.change_institution", may=policies.may_edit_institution, on=Institution)
def change_institution(
    row: Institution,
    *,
    actor: Actor,
    now: datetime,
    parent_key: str | object = UNSET,
    region_number: int | object | None = UNSET,
    kept_by_key: str | object = UNSET,
    **fields: Any,
) -> Institution:
    """Change what is entered; what somebody verified before counts as unverified again (another keeper does not).

    fields: any of ``EDITABLE``; what is not named stays. An empty ``parent_key`` or ``kept_by_key`` and a
    ``region_number`` of None take the relation away. Called with ``version``. Raises Invalid, Conflict.
    """
    before = {name: getattr(row, name) for name in (*EDITABLE, "parent_id", "region_id")}
    _fill(row, fields)
    if parent_key is not UNSET:
        row.parent = _parent_of(row, parent_key)
    if region_number is not UNSET:
        row.region = _region(region_number)
    changed = sorted(name for name, value in before.items() if getattr(row, name) != value)
    if kept_by_key is not UNSET and (keeper := _keeper(kept_by_key)) != row.kept_by:
        row.kept_by = keeper
        changed.append("kept_by_id")
    if not changed:
        return row
    if changed != ["kept_by_id"] and row.verified_on:
        row.verified_before_on, row.verified_before_by = row.verified_on, row.verified_by
        row.verified_on, row.verified_by = None, ""
    _save(row)
    note(changed=changed)
    return row


@operation("institutions.verify_institution", may=policies.may_edit_institution, on=Institution)
def verify_institution(row: Institution, *, actor: Actor, now: datetime) -> Institution:
    """Say that everything entered was checked today, by whoever says it."""
    row.verified_on, row.verified_by = clock.day_of(now), actor.label
    _save(row)
    return row


@operation("institutions.unverify_institution", may=policies.may_edit_institution, on=Institution)
def unverify_institution(
    row: Institution, *, actor: Actor, now: datetime, before_on: date | None, before_by: str
) -> Institution:
    """A check that was said a moment ago was a slip: the check before it holds again, or none.

    before_on, before_by: both or neither. Called with ``version``. Raises Invalid when no check of today stands by the
    same actor, Conflict.
    """
    if row.verified_on != clock.day_of(now) or row.verified_by != actor.label:
        raise Invalid("Heute haben Sie hier nichts geprüft.")
    row.verified_on, row.verified_by = before_on, before_by
    _save(row)
    note(before=str(before_on or ""))
    return row


@operation("institutions.close_institution", may=policies.may_edit_institution, on=Institution)
def close_institution(row: Institution, *, actor: Actor, now: datetime, last_day_on: date | None) -> Institution:
    """Set the last day; None takes an end back. Districts and regions keep their own periods. Raises Invalid."""
    first = row.valid_period.lower
    if first and last_day_on and last_day_on < first:
        raise Invalid(f"Die Einrichtung besteht erst seit dem {first:%d.%m.%Y}.", "last_day_on")
    row.valid_period = period(first, last_day_on)
    _save(row)
    return row


@operation("institutions.set_coverage", may=policies.may_assign_competence, on=Institution)
def set_coverage(
    row: Institution, *, actor: Actor, now: datetime, district_ags: Iterable[str], valid_from: date, source: str
) -> None:
    """Make an office competent for exactly these districts from a day on; before that day nothing changes.

    Raises Invalid for an unknown district, or when something begins on a later day already.
    """
    wanted = set(district_ags)
    found = {one.ags: one for one in District.objects.filter(ags__in=wanted)}
    if unknown := sorted(wanted - found.keys()):
        raise Invalid(f"Diesen Kreis gibt es in NRW nicht: {', '.join(unknown)}.", "district_ags")
    _require_source(source)
    standing = Coverage.objects.filter(institution=row, valid_period__overlap=period(valid_from))
    kept = set()
    for one in standing.select_related("district").select_for_update(of=("self",)):
        if one.valid_from and one.valid_from > valid_from:
            raise Invalid(f"Ab dem {one.valid_from:%d.%m.%Y} ist schon etwas eingetragen.", "valid_from")
        if one.district.ags in wanted and one.valid_until is None:
            kept.add(one.district.ags)
        else:
            _end(one, valid_from)
    for ags in sorted(wanted - kept):
        Coverage.objects.create(
            institution=row, district=found[ags], valid_period=period(valid_from), source=source.strip()
        )
    note(districts=sorted(wanted))


@operation("institutions.serve_region", may=policies.may_assign_competence, on=Institution)
def serve_region(
    row: Institution,
    *,
    actor: Actor,
    now: datetime,
    region_number: int,
    valid_from: date,
    source: str,
    valid_until: date | None = None,
) -> RegionService:
    """Let a carrier lead the cases of a B5 region for a period. Raises Invalid."""
    if row.kind != Kind.CARRIER:
        raise Invalid("Nur ein Träger kann Fälle einer Region führen.")
    _require_source(source)
    service = RegionService(
        institution=row,
        region=_region(region_number),
        valid_period=period(valid_from, valid_until),
        source=source.strip(),
    )
    service.full_clean()
    service.save()
    return service


@operation("institutions.end_region_service", may=policies.may_assign_competence, on=Institution)
def end_region_service(
    row: Institution, *, actor: Actor, now: datetime, region_number: int, last_day_on: date
) -> RegionService:
    """End what a carrier does in a region after a day. Raises Invalid when it does nothing there then."""
    service = RegionService.objects.on(last_day_on).filter(institution=row, region=_region(region_number)).first()
    if service is None:
        raise Invalid("An diesem Tag arbeitet der Träger nicht in der Region.", "last_day_on")
    service.valid_period = period(service.valid_from, last_day_on)
    service.save(update_fields=["valid_period"])
    return service


# --- shared by the operations above ---------------------------------------------------------------------------------


def _fill(one: Institution, fields: dict[str, Any]) -> None:
    if unknown := sorted(fields.keys() - EDITABLE):
        raise TypeError(f"not editable: {', '.join(unknown)}")
    for name, value in fields.items():
        setattr(one, name, value.strip() if isinstance(value, str) else value)
    if one.postcode and not one.town:
        raise Invalid("Bitte geben Sie zur Postleitzahl auch den Ort an.", "town")
    one.name_key = sort_key(one.name)
    one.search_key = rules.search_key(one)


def _parent_of(one: Institution, parent_key) -> Institution | None:
    if not parent_key:
        return None
    parent = Institution.objects.filter(key=parent_key).first()
    if parent is None:
        raise Invalid("Die übergeordnete Einrichtung gibt es nicht.", "parent_key")
    above: Institution | None = parent
    while above is not None:
        if above.pk == one.pk:
            raise Invalid("Die beiden Einrichtungen würden im Kreis zueinander gehören.", "parent_key")
        above = above.parent
    return parent


def _keeper(key) -> Institution | None:
    if not key:
        return None
    keeper = Institution.objects.filter(key=key).first()
    if keeper is None:
        raise Invalid("Diese Stelle gibt es nicht.", "kept_by_key")
    return keeper


def _region(number) -> Region | None:
    if number is None:
        return None
    region = Region.objects.filter(number=number).first()
    if region is None:
        raise Invalid("Diese Region gibt es nicht.", "region_number")
    return region


def _save(one: Institution) -> None:
    one.version += 1
    one.full_clean()
    one.save()


def _end(dated: Coverage, first_day_after: date) -> None:
    """End the day before; what would not have held a single day is taken away."""
    if dated.valid_from == first_day_after:
        dated.delete()
        return
    dated.valid_period = period(dated.valid_from, first_day_after - ONE_DAY)
    dated.save(update_fields=["valid_period"])


def _require_source(source: str) -> None:
    if not source.strip():
        raise Invalid("Bitte nennen Sie die Quelle.", "source")
