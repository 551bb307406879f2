"""Reading organisations, regions, and the offices competent for a future residence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from ina.base.errors import NotVisible
from ina.institutions.enums import Answer, Kind, Staffing
from ina.institutions.models import Coverage, Institution, Region, RegionService
from ina.reference.queries import DistrictRow, districts_of, has_place_list


@dataclass(frozen=True)
class InstitutionRow:
    """A line in a list of organisations."""

    id: int
    key: str
    kind: Kind
    name: str
    short_name: str
    official_number: str
    town: str
    region: int | None
    verified_on: date | None
    closed_on: date | None


def list_institutions(
    *, kind: Kind | str | None = None, search: str = "", region: int | None = None, on: date | None = None
) -> tuple[InstitutionRow, ...]:
    """Organisations by name. search: words of name, town, key or number. on: only those that exist on this day."""
    rows = Institution.objects.matching(search).select_related("region")
    if kind:
        rows = rows.filter(kind=kind)
    if region is not None:
        rows = rows.filter(region__number=region)
    return tuple(_row(one) for one in (rows.existing_on(on) if on else rows))


@dataclass(frozen=True)
class Reach:
    """Where an organisation can be reached."""

    street: str
    phone: str
    email: str
    website: str


def list_reaches(kind: Kind) -> tuple[Reach, ...]:
    """Where all organisations of a kind are or were reached, former ones too."""
    rows = Institution.objects.filter(kind=kind).order_by("key")
    return tuple(Reach(*row) for row in rows.values_list("street", "phone", "email", "website"))


def institution_choices(kind: Kind | str, *, on: date | None = None) -> list[tuple[str, str]]:
    """(key, short name) for a form field; on: without those that no longer exist on this day."""
    rows = Institution.objects.filter(kind=kind)
    if on:
        rows = rows.existing_on(on)
    return list(rows.values_list("key", "short_name"))


def find_institution(key: str) -> Institution | None:
    """As ``get_institution``; None when there is none, as for a key that stands in an address."""
    return (
        Institution.objects.select_related("parent", "region", "kept_by", "merged_into")
        .filter(key=key.replace("\x00", ""))
        .first()
    )


def get_institution(key: str) -> Institution:
    """The organisation with this key, with what it belongs to. For reading only. Raises NotVisible."""
    found = find_institution(key)
    if found is None:
        raise NotVisible(f"Eine Einrichtung „{key}“ gibt es nicht.")
    return found


def prison_named(name: str, *, on: date) -> Institution | None:
    """The prison with this key, short name or name, as somebody types it; None when there is none on this day."""
    typed = name.strip()
    prisons = Institution.objects.filter(kind=Kind.PRISON).existing_on(on)
    matching = Q(key=typed.casefold()) | Q(short_name__iexact=typed) | Q(name__iexact=typed)
    return prisons.filter(matching).order_by("pk").first() if typed else None


def institution_by_id(institution_id: int) -> Institution:
    """As ``get_institution``, by the id that a membership or a case carries. Raises NotVisible."""
    try:
        return Institution.objects.select_related("parent", "region").get(pk=institution_id)
    except Institution.DoesNotExist as error:
        raise NotVisible() from error


def covered_districts(institution_id: int, *, on: date) -> tuple[str, ...]:
    """Names of the districts that an office is competent for on this day."""
    rows = Coverage.objects.on(on).filter(institution_id=institution_id)
    return tuple(rows.order_by("district__name_key").values_list("district__name", flat=True))


def belonging_to(institution_id: int, *, on: date) -> tuple[InstitutionRow, ...]:
    """Organisations directly below this one that exist on this day."""
    rows = Institution.objects.existing_on(on).filter(parent=institution_id).select_related("region")
    return tuple(_row(one) for one in rows)


def grouped_choices(kinds: Sequence[Kind], *, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """(key, short name) of what exists on this day, grouped by kind, in the order of ``kinds``."""
    rows = Institution.objects.existing_on(on).filter(kind__in=kinds)
    groups: dict[Kind, list[tuple[str, str]]] = {kind: [] for kind in kinds}
    for key, kind, name in rows.values_list("key", "kind", "short_name"):
        groups[Kind(kind)].append((key, name))
    return [(kind.label, found) for kind, found in groups.items() if found]


# Kinds of which there may be thousands and to which nothing else belongs.
WITHOUT_PARTS = (Kind.FIRM, Kind.PROVIDER, Kind.OTHER)


def parent_choices(*, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """What an organisation may belong to: (key, short name), grouped by kind."""
    rows = Institution.objects.existing_on(on).exclude(kind__in=WITHOUT_PARTS)
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, kind, name in rows.values_list("key", "kind", "short_name"):
        groups.setdefault(Kind(kind).label, []).append((key, name))
    return sorted(groups.items())


def region_choices() -> list[tuple[int, str]]:
    """(number, name) for a form field."""
    return [(one.number, str(one)) for one in Region.objects.all()]


def _row(one: Institution) -> InstitutionRow:
    return InstitutionRow(
        id=one.pk,
        key=one.key,
        kind=Kind(one.kind),
        name=one.name,
        short_name=one.short_name,
        official_number=one.official_number,
        town=one.town,
        region=one.region.number if one.region else None,
        verified_on=one.verified_on,
        closed_on=one.closed_on,
    )


# --- regions ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class RegionRow:
    """A B5 region with its prisons, aftercare offices and the carriers that lead cases there on the day asked for."""

    number: int
    name: str
    staffed_by: Staffing
    prisons: tuple[InstitutionRow, ...]
    aftercare_offices: tuple[InstitutionRow, ...]
    carriers: tuple[InstitutionRow, ...]


def list_regions(*, on: date) -> tuple[RegionRow, ...]:
    members = list_institutions(on=on)
    serving: dict[int, set[int]] = {}
    for region_id, institution_id in RegionService.objects.on(on).values_list("region__number", "institution_id"):
        serving.setdefault(region_id, set()).add(institution_id)
    return tuple(
        RegionRow(
            number=region.number,
            name=region.name,
            staffed_by=Staffing(region.staffed_by),
            prisons=tuple(one for one in members if one.region == region.number and one.kind == Kind.PRISON),
            aftercare_offices=tuple(
                one for one in members if one.region == region.number and one.kind == Kind.AFTERCARE_OFFICE
            ),
            carriers=tuple(one for one in members if one.id in serving.get(region.number, ())),
        )
        for region in Region.objects.all()
    )


def carriers_of_prison(prison_id: int, *, on: date) -> tuple[InstitutionRow, ...]:
    """Who leads cases in this prison: the carriers of its region; none when it lies in no region."""
    rows = Institution.objects.existing_on(on).filter(
        services__region__institutions=prison_id, services__valid_period__contains=on
    )
    return tuple(_row(one) for one in rows.select_related("region").distinct())


# --- competent offices --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offices:
    """The offices for one district. More than one chamber is ordinary once chambers of commerce are entered."""

    district: DistrictRow
    jobcenters: tuple[InstitutionRow, ...]
    agencies: tuple[InstitutionRow, ...]
    chambers: tuple[InstitutionRow, ...]

    @property
    def jobcenter(self) -> InstitutionRow | None:
        return only_one(self.jobcenters)

    @property
    def agency(self) -> InstitutionRow | None:
        return only_one(self.agencies)

    @property
    def chamber(self) -> InstitutionRow | None:
        return only_one(self.chambers)


def only_one(rows: tuple[InstitutionRow, ...]) -> InstitutionRow | None:
    """The row when it is the only one."""
    return rows[0] if len(rows) == 1 else None


@dataclass(frozen=True)
class CompetentOffices:
    """Who is competent for a future residence: nobody known, one set of offices, or several candidates."""

    answer: Answer
    candidates: tuple[Offices, ...]
    reason: str

    @property
    def only(self) -> Offices | None:
        """The offices when there is no doubt."""
        return self.candidates[0] if self.answer is Answer.ONE else None


OFFICE_KINDS = (Kind.JOBCENTER, Kind.AGENCY, Kind.CHAMBER)


def competent_offices(*, on: date, district_ags: str = "", postcode: str = "", place: str = "") -> CompetentOffices:
    """Jobcenter, agency and chamber of the *future* residence (§ 36 SGB II), never of the prison.

    district_ags: five digits of a district of NRW. postcode, place: need a loaded place list, but for the names of
    districts and kreisfreie Städte. All that is given must fit together. ``reason`` says in German why it is not one.
    """
    found = districts_of(district_ags=district_ags, postcode=postcode, place=place)
    candidates = _offices_of(found.districts, on)
    if not candidates and found.elsewhere:
        return CompetentOffices(Answer.OUTSIDE, (), "Der Ort liegt nicht in Nordrhein-Westfalen.")
    if not candidates:
        return CompetentOffices(Answer.UNKNOWN, (), _why_unknown(district_ags, postcode, place))
    if found.elsewhere or len(candidates) > 1:
        names = ", ".join(one.district.name for one in candidates)
        elsewhere = " oder ein Ort außerhalb von Nordrhein-Westfalen" if found.elsewhere else ""
        return CompetentOffices(Answer.SEVERAL, candidates, f"In Frage kommen: {names}{elsewhere}.")
    doubtful = [kind.label for kind, rows in _by_kind(candidates[0]) if len(rows) != 1]
    if doubtful:
        return CompetentOffices(Answer.SEVERAL, candidates, f"Nicht eindeutig eingetragen: {', '.join(doubtful)}.")
    return CompetentOffices(Answer.ONE, candidates, "")


def _by_kind(offices: Offices):
    return zip(OFFICE_KINDS, (offices.jobcenters, offices.agencies, offices.chambers), strict=True)


def _offices_of(districts: tuple[DistrictRow, ...], on: date) -> tuple[Offices, ...]:
    rows = (
        Coverage.objects.on(on)
        .filter(district__ags__in=[one.ags for one in districts], institution__kind__in=OFFICE_KINDS)
        .filter(institution__valid_period__contains=on)
        .select_related("institution__region", "district")
        .order_by("institution__name_key")
    )
    offices: dict[tuple[str, str], list[InstitutionRow]] = {}
    for row in rows:
        offices.setdefault((row.district.ags, row.institution.kind), []).append(_row(row.institution))
    return tuple(
        Offices(district, *(tuple(offices.get((district.ags, kind), ())) for kind in OFFICE_KINDS))
        for district in districts
    )


def _why_unknown(district_ags: str, postcode: str, place: str) -> str:
    if not (district_ags or postcode or place.strip()):
        return "Der künftige Wohnort ist noch nicht bekannt."
    if (postcode or place) and not has_place_list():
        return "Es ist kein Ortsverzeichnis geladen. Bitte wählen Sie den Kreis aus."
    return "Diesen Ort kennt das Ortsverzeichnis nicht, oder die Angaben passen nicht zusammen."
