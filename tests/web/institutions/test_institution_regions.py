"""Regions of a carrier: begin in one, end in one; the past stays; only the system's administration."""

import pytest

from ina.institutions.models import RegionService

pytestmark = pytest.mark.django_db
ADDRESS = "/einrichtungen/traeger-musterwerk/regionen/"
BEGIN = {"formular": "begin", "region_number": "3", "valid_from": "01.01.2027", "source": "Vertrag vom 02.11.2026"}


@pytest.fixture
def gero(people, client_of, clock):
    return client_of(people.gero)


def services() -> list[RegionService]:
    return list(RegionService.objects.filter(institution__key="traeger-musterwerk"))


def test_a_carrier_begins_and_ends_and_both_stay_visible(gero, words, trail):
    answer = gero.post(ADDRESS, BEGIN, follow=True)
    assert "Ab dem 01.01.2027 führt" in words(answer) and "künftig" in words(answer)
    answer = gero.post(ADDRESS, {"formular": "end", "region_number": "3", "last_day_on": "30.06.2027"}, follow=True)
    assert "bis zum 30.06.2027" in words(answer)
    (one,) = services()
    assert (str(one.valid_from), str(one.valid_until)) == ("2027-01-01", "2027-06-30")
    assert len(trail("institutions.serve_region")) == len(trail("institutions.end_region_service")) == 1


@pytest.mark.parametrize(
    ("given", "field", "text"),
    [
        ({"source": ""}, "source", "erforderlich"),
        ({"region_number": ""}, "region_number", "erforderlich"),
        ({"valid_from": "irgendwann"}, "valid_from", "kein Datum"),
        ({"valid_until": "31.12.2026"}, "valid_until", "liegt vor dem ersten"),
    ],
)
def test_what_cannot_be_stays_in_the_form(gero, given, field, text):
    answer = gero.post(ADDRESS, BEGIN | given)
    assert answer.status_code == 422
    assert text in " ".join(answer.context["begin"].errors[field]) and services() == []


def test_twice_at_once_is_said(gero, words):
    gero.post(ADDRESS, BEGIN)
    answer = gero.post(ADDRESS, BEGIN | {"valid_from": "01.02.2027"})
    assert answer.status_code == 422 and "schon in dieser Region" in words(answer)


def test_an_end_on_a_day_without_service_stays_in_the_form(gero):
    gero.post(ADDRESS, BEGIN)
    answer = gero.post(ADDRESS, {"formular": "end", "region_number": "3", "last_day_on": "30.11.2026"})
    assert answer.status_code == 422 and "arbeitet der Träger nicht" in str(answer.context["end"].errors)


def test_only_a_carrier_has_regions_and_only_the_administration_gives_them(gero, people, client_of):
    assert gero.get("/einrichtungen/jc-bonn/regionen/").status_code == 404
    for member in (people.alma, people.nils, people.lea):
        client = client_of(member)
        assert client.get(ADDRESS).status_code == client.post(ADDRESS, BEGIN).status_code == 403
    assert services() == []
