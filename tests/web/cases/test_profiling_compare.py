"""Two profilings side by side: the sentence, the picture, the table, who sees what."""

import pytest
from django.urls import reverse

from tests.factories.profilings import full_profiling, two_profilings

pytestmark = pytest.mark.django_db


def url(made) -> str:
    return reverse("profiling_compare", args=[made.number])


def test_one_profiling_is_nothing_to_compare(people, alma, case, words):
    assert "Noch nichts zu vergleichen" in words(alma.get(url(case)))
    full_profiling(people.alma, case)
    assert "Noch nichts zu vergleichen" in words(alma.get(url(case)))


def test_what_changed_is_said_drawn_and_listed(people, alma, case, words):
    two_profilings(people.alma, case)
    answer = alma.get(url(case))
    said = words(answer)
    assert "Was sich seit Mai 2026 verändert hat" in said
    assert (
        "Von sieben Punkten sind vier besser, zwei gleich und einer schwerer, verglichen mit dem Stand vom 12.05.2026."
        in said
    )
    assert "Aus Unterstützungsprofil wurde Entwicklungsprofil." in said
    assert "18 Monate → 10 Monate" in said and "27 Monate → 13 Monate" in said
    assert "Entschieden hat: Schwerpunkt Qualifikation? (Schwerpunkt: Qualifikation)" in said
    assert "Mobilität Bedarf erheblicher Bedarf" in said and "saubere Kehlnaht neu" in said
    assert "Ohne Bedarf: schulische Qualifikation" in said
    lines = {line.name: line for line in answer.context["lines"]}
    assert (lines["Mobilität"].x_before, lines["Mobilität"].x_after) == (12, 50)
    assert lines["finanzielle Situation"].change == "schwerer" and not lines["finanzielle Situation"].to_the_right
    assert not lines["Wohnsituation"].moved
    assert answer.content.decode().count('<path d="M20 ') == 2  # the one arrow to the left, wide and narrow


def test_any_two_in_any_order(people, alma, case, words):
    two_profilings(people.alma, case)
    assert words(alma.get(url(case), {"von": "2", "mit": "1"})) == words(alma.get(url(case), {"von": "1", "mit": "2"}))
    for wrong in ({"von": "1", "mit": "1"}, {"von": "1", "mit": "9"}, {"von": "1"}, {"von": "x", "mit": "2"}):
        assert alma.get(url(case), wrong).status_code == 404


def test_health_is_left_out_for_those_who_do_not_see_it(people, client_of, case, words):
    two_profilings(people.alma, case)
    said = words(client_of(people.hanna).get(url(case)))
    assert "Angaben zur Gesundheit sehen Sie nicht" in said and "gesundheitliche Leistungsfähigkeit" not in said
    assert "gesundheitliche Leistungsfähigkeit" in words(client_of(people.alma).get(url(case)))
    assert client_of(people.cem).get(url(case)).status_code == 404


def test_few_statements(people, alma, case, django_assert_max_num_queries):
    two_profilings(people.alma, case)
    alma.get(url(case))
    with django_assert_max_num_queries(10):
        alma.get(url(case))
