"""The delivered organisations and who is competent for a future residence."""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings

from ina.base.actor import Person
from ina.base.errors import NotVisible
from ina.institutions import queries
from ina.institutions.enums import Answer, Kind, LegalForm, Specialty, Staffing
from ina.institutions.models import Coverage, Institution
from ina.reference.models import District
from ina.reference.operations import import_places
from ina.reference.rules import PlaceRow

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ADMIN = Person(id=1, membership=1, role_code="SYSTEM_ADMIN", institution_id=1)
PUBLISHED = Path(settings.BASE_DIR).parent / "shared" / "data"


def published(name: str) -> list[dict]:
    """Rows of a published list beside the checkout; without it the comparison cannot be made."""
    path = PUBLISHED / name
    if not path.exists():
        pytest.skip(f"{name} does not lie beside the checkout (shared/data): nothing to compare with")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- what is delivered --------------------------------------------------------------------------------------------


def test_counts_of_delivered_organisations():
    count = Counter(row.kind for row in queries.list_institutions())
    assert count[Kind.PRISON] == 36
    assert count[Kind.YOUTH_ARREST] == 5
    assert count[Kind.AGENCY] == 30
    assert count[Kind.JOBCENTER] == 53
    assert count[Kind.CHAMBER] == 7
    assert count[Kind.AFTERCARE_OFFICE] == 10
    assert count[Kind.WHKT] == count[Kind.KRIMD] == 1


def test_kinds_and_forms_of_delivered_organisations():
    specialties = Counter(Institution.objects.filter(kind=Kind.PRISON).values_list("specialty", flat=True))
    assert specialties[Specialty.YOUTH] == 5
    assert specialties[Specialty.SOCIAL_THERAPY] == specialties[Specialty.HOSPITAL] == 1
    forms = Counter(Institution.objects.filter(kind=Kind.JOBCENTER).values_list("legal_form", flat=True))
    assert forms == {LegalForm.JOINT: 35, LegalForm.MUNICIPAL: 18}


def test_every_organisation_has_a_source_and_is_not_yet_verified():
    assert not Institution.objects.filter(source="").exists()
    assert not Institution.objects.filter(verified_on__isnull=False).exists()


@pytest.mark.parametrize("kind", [Kind.JOBCENTER, Kind.AGENCY, Kind.CHAMBER])
def test_every_district_is_covered_exactly_once(kind):
    covered = Counter(Coverage.objects.filter(institution__kind=kind).values_list("district__ags", flat=True))
    assert set(covered) == set(District.objects.values_list("ags", flat=True))
    assert set(covered.values()) == {1}


def test_a_jobcenter_lies_in_the_district_of_its_agency():
    of_agency = {
        (row.institution_id, row.district_id) for row in Coverage.objects.filter(institution__kind=Kind.AGENCY)
    }
    jobcenters = Coverage.objects.filter(institution__kind=Kind.JOBCENTER).select_related("institution__parent")
    for row in jobcenters:
        assert (row.institution.parent_id, row.district_id) in of_agency, row
        assert row.institution.official_number.startswith(row.institution.parent.official_number)


def test_regions_with_prisons_offices_and_carriers():
    regions = {region.number: region for region in queries.list_regions(on=TODAY)}
    assert {number: len(region.prisons) for number, region in regions.items()} == {1: 7, 2: 5, 3: 9, 4: 6, 5: 6}
    assert all(len(region.aftercare_offices) == 2 for region in regions.values())
    by_justice = {number for number, region in regions.items() if region.staffed_by is Staffing.JUSTICE}
    assert by_justice == {1, 4}
    assert [carrier.key for carrier in regions[4].carriers] == ["justiz-region-4"]
    assert regions[2].carriers == ()


def test_carriers_of_a_prison_follow_its_region():
    koeln, essen = (queries.get_institution(key) for key in ("jva-koeln", "jva-essen"))
    assert [row.key for row in queries.carriers_of_prison(koeln.pk, on=TODAY)] == ["justiz-region-4"]
    assert queries.get_institution("justiz-region-4").is_justice
    assert queries.carriers_of_prison(essen.pk, on=TODAY) == ()


# --- compared with what is published ------------------------------------------------------------------------------


def test_jobcenters_as_published():
    ours = {
        (row.institution.official_number, row.institution.legal_form, row.institution.name)
        for row in Coverage.objects.filter(institution__kind=Kind.JOBCENTER).select_related("institution")
    }
    rows = published("jobcenter_nrw.csv")
    assert ours == {(row["traegernummer"], row["traegerform"], row["jobcenter"]) for row in rows}


def test_agencies_as_published():
    ours = set(Institution.objects.filter(kind=Kind.AGENCY).values_list("official_number", "name"))
    assert ours == {(row["agentur_nr"], row["agentur"]) for row in published("agenturen_nrw.csv")}


def test_chambers_as_published():
    ours: dict[str, set[str]] = {}
    for row in Coverage.objects.filter(institution__kind=Kind.CHAMBER).select_related("institution", "district"):
        ours.setdefault(row.institution.name, set()).add(row.district.ags)
    assert ours == {row["kammer"]: set(row["kreis_ags"].split(";")) for row in published("handwerkskammern_nrw.csv")}


def test_prisons_as_published():
    kinds = [Kind.PRISON, Kind.YOUTH_ARREST]
    ours = set(Institution.objects.filter(kind__in=kinds).values_list("name", "street", "postcode", "town"))
    rows = published("justizvollzug_nrw.csv")
    assert ours == {(row["einrichtung"], row["strasse"], row["plz"], row["ort"]) for row in rows}


def test_districts_as_published():
    rows = [row for row in published("kreise_de.csv") if row["ags"].startswith("05")]
    assert set(District.objects.values_list("ags", "name")) == {
        (row["ags"], row["name"].partition(",")[0]) for row in rows
    }


# --- lists --------------------------------------------------------------------------------------------------------


def test_list_institutions_by_kind_and_words():
    assert [row.key for row in queries.list_institutions(kind=Kind.PRISON, search="wuppertal")] == [
        "jva-wuppertal-ronsdorf",
        "jva-wuppertal-vohwinkel",
    ]
    assert [row.key for row in queries.list_institutions(search="39148")] == ["jc-wuppertal"]
    assert [row.key for row in queries.list_institutions(search="hwk KOELN")] == ["hwk-koeln"]
    assert queries.list_institutions(search="koeln nirgends") == ()
    assert len(queries.list_institutions(kind=Kind.PRISON, region=3)) == 9


def test_a_list_needs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.list_institutions(kind=Kind.PRISON)


def test_institution_choices_are_in_german_order():
    names = [name for _, name in queries.institution_choices(Kind.PRISON, on=TODAY)]
    assert names.index("JVA Düsseldorf") < names.index("JVA Duisburg-Hamborn") < names.index("JVA Essen")


def test_get_institution_that_does_not_exist():
    with pytest.raises(NotVisible):
        queries.get_institution("jva-atlantis")


def test_covered_districts():
    chamber = queries.get_institution("hwk-suedwestfalen")
    assert queries.covered_districts(chamber.pk, on=TODAY) == (
        "Hochsauerlandkreis",
        "Märkischer Kreis",
        "Olpe",
        "Siegen-Wittgenstein",
    )


# --- competent offices --------------------------------------------------------------------------------------------


def keys(found: queries.CompetentOffices) -> tuple[str, str, str]:
    return found.only.jobcenter.key, found.only.agency.key, found.only.chamber.key


def test_the_residence_decides_not_the_prison():
    """Somebody in the JVA Düsseldorf who will live in Dortmund belongs to Dortmund."""
    prison = queries.get_institution("jva-duesseldorf")
    at_home = queries.competent_offices(place="Dortmund", on=TODAY)
    at_prison = queries.competent_offices(place=prison.town, on=TODAY)
    assert keys(at_home) == ("jc-dortmund", "aa-dortmund", "hwk-dortmund")
    assert keys(at_prison) == ("jc-duesseldorf", "aa-duesseldorf", "hwk-duesseldorf")


def test_a_residence_in_wuppertal():
    expected = ("jc-wuppertal", "aa-solingen-wuppertal", "hwk-duesseldorf")
    assert keys(queries.competent_offices(place="Wuppertal", on=TODAY)) == expected
    assert keys(queries.competent_offices(district_ags="05124", on=TODAY)) == expected


def test_every_district_has_one_answer():
    for district in District.objects.all():
        found = queries.competent_offices(district_ags=district.ags, on=TODAY)
        assert found.answer is Answer.ONE, district
        assert all((found.only.jobcenter, found.only.agency, found.only.chamber)), district


def test_a_known_district_takes_two_queries_and_a_place_one_more(django_assert_num_queries):
    with django_assert_num_queries(2):
        assert queries.competent_offices(district_ags="05124", on=TODAY).only
    with django_assert_num_queries(3):
        assert queries.competent_offices(district_ags="05124", place="Wuppertal", on=TODAY).only
    with django_assert_num_queries(0):
        assert not queries.competent_offices(on=TODAY).candidates


def test_without_a_residence_nobody_is_guessed():
    found = queries.competent_offices(on=TODAY)
    assert (found.answer, found.candidates, found.only) == (Answer.UNKNOWN, (), None)
    assert "noch nicht bekannt" in found.reason


def test_a_postcode_without_a_place_list_asks_for_the_district():
    found = queries.competent_offices(postcode="42103", on=TODAY)
    assert found.answer is Answer.UNKNOWN
    assert "Kreis" in found.reason


def test_with_a_place_list_postcodes_and_municipalities_resolve():
    rows = [
        PlaceRow("40721", "Hilden", "05158016"),
        PlaceRow("40721", "Düsseldorf", "05111000"),
        PlaceRow("35037", "Marburg", "06534014"),
    ]
    import_places(actor=ADMIN, now=NOW, rows=rows)
    several = queries.competent_offices(postcode="40721", on=TODAY)
    assert several.answer is Answer.SEVERAL
    assert {one.jobcenter.key for one in several.candidates} == {"jc-duesseldorf", "jc-mettmann"}
    assert "Düsseldorf, Mettmann" in several.reason
    assert keys(queries.competent_offices(postcode="40721", place="Hilden", on=TODAY))[0] == "jc-mettmann"
    assert queries.competent_offices(place="Marburg", on=TODAY).answer is Answer.OUTSIDE
    assert queries.competent_offices(place="Marburk", on=TODAY).answer is Answer.UNKNOWN


def test_every_published_postcode_of_nrw_has_an_answer():
    rows = [PlaceRow(row["plz"], row["ort"], row["ags"]) for row in published("plz_orte_de.csv")]
    import_places(actor=ADMIN, now=NOW, rows=rows)
    for postcode in ("42103", "51467", "32049", "48143"):
        assert queries.competent_offices(postcode=postcode, on=TODAY).candidates
    assert queries.competent_offices(postcode="51467", on=TODAY).answer is Answer.SEVERAL
    assert queries.competent_offices(postcode="01067", on=TODAY).answer is Answer.OUTSIDE
