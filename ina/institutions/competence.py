"""Who leads the cases of a region and which offices are competent for a district, since when and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.institutions.enums import Kind, Staffing
from ina.institutions.models import Coverage, Institution, Region, RegionService
from ina.institutions.queries import OFFICE_KINDS
from ina.reference.queries import list_districts

# Kinds that lead cases, and kinds that are competent for people of a district.
CARRIERS = frozenset({Kind.CARRIER})
OFFICES = frozenset(OFFICE_KINDS)


@dataclass(frozen=True)
class Tenure:
    """Somebody does something from a day until a day; None: the beginning is not documented, or there is no end."""

    key: str
    name: str
    since: date | None
    until: date | None
    source: str

    def when(self, today: date) -> str:
        """„past“, „now“ or „later“."""
        if self.until and self.until < today:
            return "past"
        return "later" if self.since and self.since > today else "now"


@dataclass(frozen=True)
class RegionSheet:
    """A B5 region: what lies in it, and who leads its cases, earlier and later carriers included."""

    number: int
    name: str
    staffed_by: Staffing
    source: str
    prisons: tuple[tuple[str, str], ...]
    aftercare_offices: tuple[tuple[str, str], ...]
    carriers: tuple[Tenure, ...]


def list_region_sheets(*, on: date) -> tuple[RegionSheet, ...]:
    """All regions; prisons and offices as (key, short name) that exist on this day."""
    members: dict[tuple[int, str], list[tuple[str, str]]] = {}
    rows = Institution.objects.existing_on(on).filter(
        region__isnull=False, kind__in=[Kind.PRISON, Kind.YOUTH_ARREST, Kind.AFTERCARE_OFFICE]
    )
    for region_id, kind, key, name in rows.values_list("region", "kind", "key", "short_name"):
        members.setdefault((region_id, kind), []).append((key, name))
    carriers: dict[int, list[Tenure]] = {}
    for one in RegionService.objects.select_related("institution").order_by("-valid_period"):
        carriers.setdefault(one.region_id, []).append(_tenure(one, one.institution))
    return tuple(
        RegionSheet(
            number=region.number,
            name=region.name,
            staffed_by=Staffing(region.staffed_by),
            source=region.source,
            prisons=tuple(
                each for kind in (Kind.PRISON, Kind.YOUTH_ARREST) for each in members.get((region.pk, kind), ())
            ),
            aftercare_offices=tuple(members.get((region.pk, Kind.AFTERCARE_OFFICE), ())),
            carriers=tuple(carriers.get(region.pk, ())),
        )
        for region in Region.objects.all()
    )


@dataclass(frozen=True)
class DistrictLine:
    """A district of NRW and its offices by kind, in the order of ``OFFICE_KINDS``."""

    ags: str
    name: str
    kind: str
    offices: tuple[tuple[Tenure, ...], ...]

    @property
    def has_gap(self) -> bool:
        return not all(self.offices)


def list_district_lines(*, on: date) -> tuple[DistrictLine, ...]:
    """All districts with who is competent on this day or will be; ``has_gap`` where a kind of office is missing."""
    offices: dict[tuple[str, str], list[Tenure]] = {}
    rows = Coverage.objects.not_ended_on(on).filter(institution__kind__in=OFFICE_KINDS)
    for one in rows.select_related("institution", "district").order_by("institution__name_key", "valid_period"):
        offices.setdefault((one.district.ags, one.institution.kind), []).append(_tenure(one, one.institution))
    return tuple(
        DistrictLine(
            ags=district.ags,
            name=district.name,
            kind=district.kind.label,
            offices=tuple(tuple(offices.get((district.ags, kind), ())) for kind in OFFICE_KINDS),
        )
        for district in list_districts()
    )


def regions_of(institution_id: int) -> tuple[Tenure, ...]:
    """In which regions a carrier led, leads or will lead cases, newest first; ``key`` is the number of the region."""
    rows = RegionService.objects.filter(institution=institution_id).select_related("region").order_by("-valid_period")
    return tuple(Tenure(str(each.region.number), str(each.region), *_period(each)) for each in rows)


def coverage_of(institution_id: int) -> tuple[Tenure, ...]:
    """For which districts an office was, is or will be competent, newest first; ``key`` is that of the district."""
    rows = Coverage.objects.filter(institution=institution_id).select_related("district")
    return tuple(
        Tenure(each.district.ags, each.district.name, *_period(each))
        for each in rows.order_by("-valid_period", "district__name_key")
    )


def _tenure(dated, institution: Institution) -> Tenure:
    return Tenure(institution.key, institution.short_name, *_period(dated))


def _period(dated) -> tuple[date | None, date | None, str]:
    return dated.valid_from, dated.valid_until, dated.source
