"""Districts of an office: chosen anew from a day on; what was before stays; only the system's administration."""

from datetime import date

import pytest

from ina.institutions.competence import coverage_of
from ina.institutions.queries import competent_offices, get_institution

pytestmark = pytest.mark.django_db
ADDRESS = "/einrichtungen/jc-bonn/kreise/"
GIVEN = {"district_ags": ["05314", "05382"], "valid_from": "01.01.2027", "source": "EinglMV 2027"}


@pytest.fixture
def gero(people, client_of, clock):
    return client_of(people.gero)


def test_the_form_shows_what_holds_now(gero):
    assert gero.get(ADDRESS).context["form"].initial["district_ags"] == ["05314"]


def test_districts_change_from_a_day_on(gero, words, trail):
    answer = gero.post(ADDRESS, GIVEN, follow=True)
    assert "Die Kreise von JC Bonn sind festgelegt" in words(answer) and "Rhein-Sieg-Kreis" in words(answer)
    before, after = date(2026, 12, 31), date(2027, 1, 1)
    keys = [
        [each.key for each in competent_offices(on=day, district_ags="05382").candidates[0].jobcenters]
        for day in (before, after)
    ]
    assert "jc-bonn" not in keys[0] and "jc-bonn" in keys[1]
    (line,) = trail("institutions.set_coverage")
    assert line.details["districts"] == ["05314", "05382"]
    assert "künftig" in words(gero.get(ADDRESS))


def test_none_at_all_ends_the_competence(gero):
    gero.post(ADDRESS, GIVEN | {"district_ags": []})
    (row,) = coverage_of(get_institution("jc-bonn").pk)
    assert row.until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"source": " "}, "source"),
        ({"valid_from": "31.02.2027"}, "valid_from"),
        ({"district_ags": ["99999"]}, "district_ags"),
    ],
)
def test_what_cannot_be_stays_in_the_form(gero, given, field):
    answer = gero.post(ADDRESS, GIVEN | given)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert len(coverage_of(get_institution("jc-bonn").pk)) == 1


def test_a_later_beginning_is_in_the_way_and_said(gero, words):
    gero.post(ADDRESS, GIVEN)
    answer = gero.post(ADDRESS, GIVEN | {"valid_from": "01.12.2026"})
    assert answer.status_code == 422 and "Ab dem 01.01.2027 ist schon etwas eingetragen" in words(answer)


def test_only_offices_have_districts_and_only_the_administration_gives_them(gero, people, client_of):
    assert gero.get("/einrichtungen/jva-duesseldorf/kreise/").status_code == 404
    for member in (people.alma, people.nils, people.lea):
        client = client_of(member)
        assert client.get(ADDRESS).status_code == client.post(ADDRESS, GIVEN).status_code == 403
