"""Feiertage: those of NRW, year by year."""

import pytest

pytestmark = pytest.mark.django_db
ADDRESS = "/werte/feiertage/"


def test_holidays_of_this_year(people, client_of, clock):
    answer = client_of(people.alma).get(ADDRESS)
    text = answer.content.decode()
    assert answer.context["year"] == 2026
    for day, name in (("04.06.2026", "Fronleichnam"), ("01.11.2026", "Allerheiligen"), ("03.04.2026", "Karfreitag")):
        assert day in text and name in text
    assert "24.12.2026" not in text and "ohnehin Wochenende" in text


@pytest.mark.parametrize(
    ("asked", "shown"), [("2027", 2027), ("1066", 1991), ("9999", 2036), ("x", 2026), ("", 2026), ("20260", 2026)]
)
def test_years_stay_within_what_is_known(people, client_of, clock, asked, shown):
    assert client_of(people.gero).get(ADDRESS, {"jahr": asked}).context["year"] == shown


def test_links_to_the_years_beside(people, client_of, clock):
    text = client_of(people.gero).get(ADDRESS, {"jahr": "2036"}).content.decode()
    assert "?jahr=2035" in text and "?jahr=2037" not in text
