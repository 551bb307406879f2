"""What holds on a day: values of parameters, codes and their names, districts of a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, Value

from ina.base.errors import NotVisible
from ina.base.names import sort_key
from ina.base.periods import begin, last_day
from ina.reference import rules
from ina.reference.enums import DistrictKind, ValueKind
from ina.reference.models import Code, CodeList, District, Municipality, Page, Parameter, ParameterKey, Place, Term


class NoSuchFact(LookupError):
    """A parameter, list or code that does not exist, or that has no value on the day asked for."""


@dataclass(frozen=True)
class ParameterRow:
    """A parameter and what holds on one day; ``shown`` is empty and the rest None when nothing holds."""

    key: str
    label: str
    group: str
    kind: ValueKind
    shown: str
    id: int | None
    valid_from: date | None
    valid_until: date | None
    source: str
    note: str


@dataclass(frozen=True)
class Version:
    """One entry in the history of a parameter or a name; ``voided_because`` is empty unless it was corrected."""

    id: int
    value: str
    shown: str
    valid_from: date
    valid_until: date | None
    source: str
    note: str
    entered_by: str
    entered_at: datetime
    voided_by: str
    voided_at: datetime | None
    voided_because: str


def parameter(key: str, *, on: date) -> Any:
    """The value that holds on this day, ready to calculate with. Raises NoSuchFact."""
    value = parameter_or_none(key, on=on)
    if value is None:
        raise NoSuchFact(f"Für den Parameter „{key}“ ist am {on:%d.%m.%Y} kein Wert eingetragen.")
    return value


def parameter_or_none(key: str, *, on: date) -> Any:
    """As ``parameter``, but None where nothing is entered for the day, as before a yearly decree is known.

    Raises NoSuchFact for a key that does not exist.
    """
    row = Parameter.objects.on(on).filter(key__key=key).values_list("key__kind", "value").first()
    if row:
        return rules.parse_value(ValueKind(row[0]), row[1])
    if not ParameterKey.objects.filter(key=key).exists():
        raise NoSuchFact(f"Einen Parameter „{key}“ gibt es nicht.")
    return None


def parameters(keys: Iterable[str], *, on: date) -> dict[str, Any]:
    """Several values in one query. Raises NoSuchFact when one is missing."""
    wanted = set(keys)
    found = known_parameters(wanted, on=on)
    if missing := sorted(wanted - found.keys()):
        raise NoSuchFact(f"Am {on:%d.%m.%Y} ohne Wert: {', '.join(missing)}.")
    return found


class KnownParameters(dict[str, Any]):
    """Values of one day by key. Raises NoSuchFact for one that is missing, and only when it is asked for."""

    def __init__(self, values: dict[str, Any], on: date):
        super().__init__(values)
        self.on = on

    def __missing__(self, key: str) -> Any:
        raise NoSuchFact(f"Am {self.on:%d.%m.%Y} ohne Wert: {key}.")


def known_parameters(keys: Iterable[str], *, on: date) -> KnownParameters:
    """As ``parameters``, for values of which not all may be needed: what is missing matters when it is asked for."""
    rows = Parameter.objects.on(on).filter(key__key__in=set(keys)).values_list("key__key", "key__kind", "value")
    return KnownParameters({key: rules.parse_value(ValueKind(kind), value) for key, kind, value in rows}, on)


def values_of(keys: Iterable[str]) -> QuerySet:
    """All values that these parameters ever had, for a page that learns the day it asks about together with them."""
    rows = Parameter.objects.standing().filter(key__key__in=sorted(set(keys)))
    return rows.order_by("pk").values_list("key__key", "key__kind", "value", "valid_period")


def known_on(values: Iterable[tuple], on: date) -> KnownParameters:
    """``known_parameters`` from the rows of ``values_of``."""
    return KnownParameters(
        {key: rules.parse_value(ValueKind(kind), said) for key, kind, said, days in values if on in days}, on
    )


def list_parameters(*, on: date) -> tuple[ParameterRow, ...]:
    """All parameters with what holds on this day, in the order of the groups."""
    holding = {row.key_id: row for row in Parameter.objects.on(on).select_related("key")}
    return tuple(_parameter_row(key, holding.get(key.pk)) for key in ParameterKey.objects.all())


@dataclass(frozen=True)
class Coming:
    """The next value of a parameter that is already entered."""

    valid_from: date
    shown: str


def coming_values(*, on: date) -> dict[str, Coming]:
    """By key: what is entered for a day after this one, the earliest of each."""
    rows = Parameter.objects.standing().filter(valid_period__startswith__gt=on).select_related("key")
    coming: dict[str, Coming] = {}
    for row in rows.order_by("valid_period"):
        coming.setdefault(row.key.key, Coming(begin(row.valid_period), row.shown))
    return coming


@dataclass(frozen=True)
class ParameterMeaning:
    """What the values of a parameter mean and how they are typed."""

    key: str
    label: str
    group: str
    kind: ValueKind
    unit: str


def get_parameter(key: str) -> ParameterMeaning:
    """The parameter with this key. Raises NoSuchFact."""
    row = ParameterKey.objects.filter(key=key).first()
    if row is None:
        raise NoSuchFact(f"Einen Parameter „{key}“ gibt es nicht.")
    return ParameterMeaning(row.key, row.label, row.group, ValueKind(row.kind), row.unit)


def history_of(key: str) -> tuple[Version, ...]:
    """All values of a parameter, newest period first, corrected ones included. Raises NoSuchFact."""
    if not ParameterKey.objects.filter(key=key).exists():
        raise NoSuchFact(f"Einen Parameter „{key}“ gibt es nicht.")
    rows = Parameter.objects.filter(key__key=key).select_related("key").order_by("-valid_period", "-pk")
    return tuple(_version(row, row.value, row.shown) for row in rows)


def _parameter_row(key: ParameterKey, value: Parameter | None) -> ParameterRow:
    return ParameterRow(
        key=key.key,
        label=key.label,
        group=key.group,
        kind=ValueKind(key.kind),
        shown=rules.format_value(ValueKind(key.kind), value.value, key.unit) if value else "",
        id=value.pk if value else None,
        valid_from=value.valid_from if value else None,
        valid_until=value.valid_until if value else None,
        source=value.source if value else "",
        note=value.note if value else "",
    )


def _version(row: Parameter | Term, value: str, shown: str) -> Version:
    return Version(
        id=row.pk,
        value=value,
        shown=shown,
        valid_from=begin(row.valid_period),
        valid_until=last_day(row.valid_period),
        source=row.source,
        note=row.note,
        entered_by=row.entered_by,
        entered_at=row.entered_at,
        voided_by=row.voided_by,
        voided_at=row.voided_at,
        voided_because=row.voided_because,
    )


# --- code lists ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CodeRow:
    """A code with its name on the day asked for."""

    code: str
    label: str
    group: str


@dataclass(frozen=True)
class CodeListRow:
    key: str
    label: str


def list_code_lists() -> tuple[CodeListRow, ...]:
    return tuple(CodeListRow(row.key, row.label) for row in CodeList.objects.all())


def get_code_list(key: str) -> CodeListRow:
    """The list with this key. Raises NoSuchFact."""
    row = CodeList.objects.filter(key=key).first()
    if row is None:
        raise NoSuchFact(f"Eine Liste „{key}“ gibt es nicht.")
    return CodeListRow(row.key, row.label)


def codes(list_key: str, *, on: date) -> tuple[CodeRow, ...]:
    """The codes that may be chosen on this day, in their order. Raises NoSuchFact for an unknown list."""
    rows = (
        Term.objects.on(on)
        .filter(code__list__key=list_key)
        .order_by("code__position", "label")
        .values_list("code__code", "label", "code__group")
    )
    found = tuple(CodeRow(*row) for row in rows)
    if not found:
        _require_list(list_key)
    return found


def code_choices(list_key: str, *, on: date) -> list[tuple[str, str]]:
    """As ``codes``, in the form that a form field takes."""
    return [(row.code, row.label) for row in codes(list_key, on=on)]


def code_labels(list_key: str, *, on: date) -> dict[str, str]:
    """The name of every code of a list, as ``code_label`` would say it, in one query."""
    return code_labels_of((list_key,), on=on)[list_key]


def code_labels_of(list_keys: Iterable[str], *, on: date) -> dict[str, dict[str, str]]:
    """As ``code_labels``, of several lists by their keys in one query."""
    wanted = [*list_keys]
    found = labels_on(names_in(wanted), on)
    for list_key in set(wanted) - found.keys():
        _require_list(list_key)
    return {list_key: found.get(list_key, {}) for list_key in wanted}


def names_in(list_keys: Iterable[str]) -> QuerySet:
    """All names that the codes of these lists ever had, for a page that asks for them together with other things."""
    rows = Term.objects.standing().filter(code__list__key__in=sorted(set(list_keys))).order_by("valid_period", "pk")
    return rows.values_list("code__list__key", "code__code", "valid_period", "label")


def labels_on(terms: Iterable[tuple], on: date) -> dict[str, dict[str, str]]:
    """The name of every code on a day, by list and code, from the rows of ``names_in``."""
    names: dict[str, dict[str, list[tuple[date, str]]]] = {}
    for list_key, code, days, label in terms:
        names.setdefault(list_key, {}).setdefault(code, []).append((begin(days), label))
    return {list_key: {code: _name_on(dated, on) for code, dated in codes.items()} for list_key, codes in names.items()}


def code_label(list_key: str, code: str, *, on: date) -> str:
    """The name of a code on this day: the one in force, else the last before it, else the first after it.

    So an old row keeps its name after the code was ended. Raises NoSuchFact for an unknown code.
    """
    rows = Term.objects.standing().filter(code__list__key=list_key, code__code=code).order_by("valid_period")
    dated = [(begin(days), label) for days, label in rows.values_list("valid_period", "label")]
    if not dated:
        raise NoSuchFact(f"Den Eintrag „{code}“ gibt es in der Liste „{list_key}“ nicht.")
    return _name_on(dated, on)


def code_group(list_key: str, code: str) -> str:
    """What the code counts as in evaluations. Raises NoSuchFact for an unknown code."""
    group = Code.objects.filter(list__key=list_key, code=code).values_list("group", flat=True).first()
    if group is None:
        raise NoSuchFact(f"Den Eintrag „{code}“ gibt es in der Liste „{list_key}“ nicht.")
    return group


def code_groups(list_key: str) -> dict[str, str]:
    """What each code of a list counts as, in its order, ended ones included. Raises NoSuchFact for an unknown list."""
    rows = Code.objects.filter(list__key=list_key).order_by("position", "code")
    groups = dict(rows.values_list("code", "group"))
    if not groups:
        _require_list(list_key)
    return groups


def terms_of(list_key: str) -> dict[str, tuple[Version, ...]]:
    """All names of all codes of a list, newest first, corrected ones included."""
    _require_list(list_key)
    history: dict[str, list[Version]] = {}
    rows = Term.objects.filter(code__list__key=list_key).annotate(code_text=F("code__code"))
    for row in rows.order_by("code__position", "code__code", "-valid_period", "-pk"):
        history.setdefault(row.code_text, []).append(_version(row, row.label, row.label))
    return {code: tuple(versions) for code, versions in history.items()}


def _name_on(dated: list[tuple[date, str]], day: date) -> str:
    begun = [label for first, label in dated if first <= day]
    return begun[-1] if begun else dated[0][1]


def _require_list(list_key: str) -> None:
    if not CodeList.objects.filter(key=list_key).exists():
        raise NoSuchFact(f"Eine Liste „{list_key}“ gibt es nicht.")


# --- districts and places -----------------------------------------------------------------------------------------


# The first two digits of a municipality key are the Land.
NRW = "05"


@dataclass(frozen=True)
class DistrictRow:
    ags: str
    name: str
    kind: DistrictKind


@dataclass(frozen=True)
class PlaceAnswer:
    """Where a place may lie: districts of NRW, and whether it may (also) lie in another Land."""

    districts: tuple[DistrictRow, ...]
    elsewhere: bool


def list_districts() -> tuple[DistrictRow, ...]:
    """The 53 districts of NRW by name."""
    return tuple(_district_row(row) for row in District.objects.all())


def district_choices() -> list[tuple[str, str]]:
    return [(row.ags, f"{row.name} ({row.kind.label})") for row in list_districts()]


def has_place_list() -> bool:
    """Whether a place list was loaded; without one only names and keys of districts are known."""
    return Place.objects.exists()


def districts_of(*, district_ags: str = "", postcode: str = "", place: str = "") -> PlaceAnswer:
    """Districts that fit everything that is known about a place; none when it is not known.

    district_ags: five digits. postcode and place (name of the municipality) need a loaded list; the name of a
    kreisfreie Stadt or a Kreis is known without it. Umlauts may be written out, capitals do not matter.
    """
    candidates: list[set[str]] = []
    if district_ags:
        candidates.append({district_ags} if len(district_ags) == 5 and district_ags.isdigit() else set())
    if postcode or place.strip():
        candidates += _districts_around(postcode, sort_key(place.strip()))
    fitting = set.intersection(*candidates) if candidates else set()
    rows = tuple(_district_row(row) for row in District.objects.filter(ags__in=fitting))
    return PlaceAnswer(rows, elsewhere=any(not ags.startswith(NRW) for ags in fitting))


def _districts_around(postcode: str, name: str) -> list[set[str]]:
    """The districts that the postcode may lie in, and those of what is called so: a set for each that is given."""
    served = Place.objects.filter(postcode=postcode).values_list(Value("postcode"), "municipality__ags")
    called = [
        table.objects.filter(name_key=name).values_list(Value("name"), "ags") for table in (Municipality, District)
    ]
    first, *others = [rows.order_by() for rows in ([served] if postcode else []) + (called if name else [])]
    found: dict[str, set[str]] = {given: set() for given, value in (("postcode", postcode), ("name", name)) if value}
    for given, ags in first.union(*others, all=True):
        found[given].add(ags[:5])
    return list(found.values())


def _district_row(row: District) -> DistrictRow:
    return DistrictRow(row.ags, row.name, DistrictKind(row.kind))


def get_page(slug: str) -> Page:
    """An editable page by its address; NotVisible when there is none. Everybody may read it."""
    page = Page.objects.filter(slug=slug).first()
    if page is None:
        raise NotVisible()
    return page
