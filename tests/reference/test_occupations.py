"""The list of occupations that comes with the program, and the search over it."""

import csv
from pathlib import Path

import pytest

from ina.base.errors import NotVisible
from ina.reference import seed
from ina.reference.queries import (
    find_occupations,
    list_occupation_sources,
    occupation_exists,
    occupation_group,
    occupation_title,
    occupation_titles,
)

SAMPLES = Path(__file__).parent / "job_titles.csv"


def test_every_trade_of_the_crafts_code_is_there_once_with_a_known_place():
    crafts = [row["craft"] for row in seed.rows("occupations") if row["craft"]]
    assert len(crafts) == len(set(crafts)) == 145  # 53 + 41 + 51 that have not been struck out
    places = {row["kldb"] for row in seed.rows("occupation_groups")}
    for row in seed.rows("occupations"):
        assert {row["kldb"][:size] for size in range(1, 6)} <= places, row


@pytest.mark.django_db
def test_what_people_say_finds_the_right_group_in_most_cases():
    """Over the delivered list alone. With the official files ``find_occupation --evaluate`` measures the same file."""
    with SAMPLES.open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["kldb"]) for row in csv.DictReader(file)]
    assert len(rows) >= 200
    right = [kldb in {hit.kldb[:4] for hit in find_occupations(text)} for text, kldb in rows]
    assert sum(right) / len(rows) >= 0.9


@pytest.mark.django_db
def test_a_hit_says_code_title_group_and_level():
    hit = find_occupations("Lagerarbeiter")[0]
    assert (hit.kldb, hit.title, hit.hint) == ("51311", "Lagerhelfer/in", "Berufe in der Lagerwirtschaft · Helfer")
    assert find_occupations("") == [] and len(find_occupations("Helfer", limit=3)) == 3


@pytest.mark.django_db
def test_titles_and_places_of_the_tree():
    assert occupation_title("51311").startswith("Berufe in der Lagerwirtschaft")
    assert occupation_titles({"51311", "99999"})["99999"] == "KldB 99999"
    assert occupation_exists("51311") and not occupation_exists("99999") and not occupation_exists("5131")
    top = occupation_group("")
    assert top.group is None and {one.kldb for one in top.below} >= set("123456789")
    page = occupation_group("5131")
    assert [one.kldb for one in page.above] == ["5", "51", "513"] and "Lagerhelfer/in" in {
        one.title for one in page.names
    }
    with pytest.raises(NotVisible):
        occupation_group("99999")


@pytest.mark.django_db
def test_the_delivered_list_names_its_source():
    (own,) = list_occupation_sources()
    assert own.key == "own" and own.rows == len(list(seed.rows("occupations"))) and "KldB" not in own.title
