"""Berufe: the search, the tree, what is loaded."""

import pytest

pytestmark = pytest.mark.django_db
ADDRESS = "/berufe/"


def test_the_page_shows_areas_and_what_is_loaded(people, client_of, words):
    said = words(client_of(people.alma).get(ADDRESS))
    assert "Berufsliste dieses Hauses" in said and "script/ina import_occupations" in said
    assert "Rohstoffgewinnung, Produktion und Fertigung" in said


def test_a_search_finds_whatever_is_typed_wrong(people, client_of, words):
    answer = client_of(people.alma).get(ADDRESS, {"q": "Schweiser"})
    assert answer.context["hits"][0].kldb == "24422" and "Schweißer/in" in words(answer)
    assert "Dazu ist kein Beruf bekannt" in words(client_of(people.alma).get(ADDRESS, {"q": "???\x00"}))


def test_the_fragment_is_the_same_part(people, client_of):
    headers = {"HX-Request": "true", "HX-Target": "hits"}
    part = client_of(people.alma).get(ADDRESS, {"q": "Koch"}, headers=headers).content.decode().strip()
    assert (
        part.startswith('<div id="hits"')
        and part in client_of(people.alma).get(ADDRESS, {"q": "Koch"}).content.decode()
    )


def test_the_tree_leads_from_an_area_to_the_names(people, client_of, words):
    client = client_of(people.alma)
    assert "/berufe/51/" in client.get("/berufe/5/").content.decode()
    answer = client.get("/berufe/3212/")
    said = words(answer)
    assert "Handwerksordnung, Anlage A 1" in said and "Maurer/in und Betonbauer/in" in said
    assert [one.kldb for one in answer.context["page"].above] == ["3", "32", "321"]


@pytest.mark.parametrize("kldb", ["99999", "abc", "123456", "²"])
def test_places_that_do_not_exist_are_not_found(people, client_of, kldb):
    assert client_of(people.alma).get(f"/berufe/{kldb}/").status_code == 404
