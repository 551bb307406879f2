"""Kreise: all 53 with their offices; a missing one is named."""

import pytest

from ina.institutions.operations import set_coverage
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db
ADDRESS = "/einrichtungen/kreise/"


def without_bonn(people, now) -> None:
    one = get_institution("jc-bonn")
    set_coverage(
        actor=people.gero.actor, now=now, institution_id=one.pk, district_ags=[], valid_from=now.date(), source="Probe"
    )


def test_every_district_has_its_line_and_nothing_is_missing(alma, words):
    answer = alma.get(ADDRESS)
    assert len(answer.context["lines"]) == 53 and answer.context["gaps"] == 0
    assert "vollständig" in words(answer) and "JC Bonn" in words(answer)


def test_a_gap_is_named_and_can_be_asked_for(alma, people, now, words):
    without_bonn(people, now)
    answer = alma.get(ADDRESS, {"nur": "luecken"})
    assert [line.name for line in answer.context["lines"]] == ["Bonn"]
    assert "In 1 Kreis fehlt eine Stelle" in words(answer) and "nicht eingetragen" in words(answer)


@pytest.mark.parametrize("change", [False, True])
def test_statements_do_not_depend_on_what_is_entered(alma, people, now, statements, change):
    if change:
        without_bonn(people, now)
    alma.get(ADDRESS)
    with statements() as asked:
        alma.get(ADDRESS)
    assert asked() == 6
