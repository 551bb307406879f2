"""Regionen: who leads the cases of which region, since when; a gap is said."""

import pytest

from ina.institutions.operations import serve_region
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db
ADDRESS = "/einrichtungen/regionen/"


def test_regions_say_prisons_offices_and_who_leads(alma, words):
    said = words(alma.get(ADDRESS))
    for fact in (
        "Region 1 Düsseldorf / Bergisches Land",
        "JVA Düsseldorf",
        "Nachsorge Wuppertal",
        "Beginn nicht belegt",
    ):
        assert fact in said
    assert "niemand eingetragen" in said and "ändern" not in said


def test_the_administration_finds_the_way_to_a_carrier(people, client_of):
    text = client_of(people.gero).get(ADDRESS).content.decode()
    assert "/einrichtungen/traeger-musterwerk/regionen/" in text


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow_with_carriers(alma, people, now, statements, count):
    one = get_institution("traeger-musterwerk")
    for number in (2, 3, 5)[:count]:
        serve_region(
            actor=people.gero.actor, now=now, institution_id=one.pk, region_number=number, valid_from=now.date(),
            source="Vertrag",
        )  # fmt: skip
    alma.get(ADDRESS)
    with statements() as asked:
        assert alma.get(ADDRESS).content.decode().count("Musterwerk") >= count
    assert asked() == 7
