"""Maßnahmen im Vollzug: assigned, running, completed or broken off; the prison's social service writes too."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
ASSIGN = {
    "formular": "assign",
    "title": "Schweißen MAG",
    "kind": "TRAINING",
    "point": "6",
    "assigned_on": "-30",
    "planned_end_on": "01.06.2027",
}


@pytest.fixture
def url(case):
    return reverse("measures", args=[case.number])


@pytest.fixture
def assigned(alma, url):
    assert alma.post(url, ASSIGN).status_code == 303
    return url


def test_empty_page_says_what_belongs_here(alma, url, words):
    page = alma.get(url)
    assert "Noch keine Maßnahme" in words(page) and page.context["start"] is None


def test_a_measure_that_ends_after_the_release_is_told(alma, assigned, words):
    said = words(alma.get(assigned))
    assert "Nr. 6: schulische und berufliche Bildung" in said and "endet nach dem Entlassungstermin" in said


def test_from_assigned_to_completed_with_effectiveness(alma, assigned, words):
    assert alma.get(assigned).context["complete"] is None
    start = {"formular": "start", "measure": "1", "started_on": "-20"}
    assert alma.post(assigned, start).status_code == 303
    attended = {"formular": "attendance", "measure": "1", "sessions": "12", "attended": "13", "outside": "YES"}
    assert alma.post(assigned, attended).status_code == 422
    assert alma.post(assigned, attended | {"attended": "11"}).status_code == 422  # with whom?
    sent = attended | {"attended": "11", "outside_with": "Kreishandwerkerschaft"}
    assert alma.post(assigned, sent).status_code == 303
    done = {"formular": "complete", "measure": "1", "ended_on": "heute", "result": "bestanden"}
    assert alma.post(assigned, done).status_code == 422
    assert alma.post(assigned, done | {"effectiveness": "4"}).status_code == 303
    said = words(alma.get(assigned))
    assert "11 von 12" in said and "Kreishandwerkerschaft" in said and "Ziel der Maßnahme erreicht" in said
    assert "Wirksamkeit 4 von 4" in said and "nach dem Entlassungstermin" not in said


def test_broken_off_with_a_reason(alma, assigned, words):
    abort = {"formular": "abort", "measure": "1", "ended_on": "heute"}
    assert alma.post(assigned, abort).status_code == 422
    assert alma.post(assigned, abort | {"abort_reason": "TRANSFER"}).status_code == 303
    assert "Verlegung" in words(alma.get(assigned))
    assert alma.get(assigned).context["abort"] is None


@pytest.mark.parametrize(
    "wrong", [{"assigned_on": "+3"}, {"point": "99"}, {"title": ""}, {"planned_end_on": "01.01.2020"}]
)
def test_wrong_input_stays(alma, url, wrong):
    answer = alma.post(url, ASSIGN | wrong)
    assert answer.status_code == 422


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "assign"}
    answer = alma.post(url, ASSIGN | {"title": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="assign"')


def test_the_social_service_writes_and_others_see_nothing(people, client_of, assigned, words):
    hanna = client_of(people.hanna)
    assert hanna.post(assigned, ASSIGN | {"title": "Metallmontage", "point": "7"}).status_code == 303
    assert hanna.post(assigned, {"formular": "start", "measure": "2", "started_on": "heute"}).status_code == 303
    assert "Metallmontage" in words(hanna.get(assigned))
    jan = client_of(people.jan)
    assert jan.get(assigned).status_code == 200 and jan.post(assigned, ASSIGN).status_code == 403
    assert client_of(people.cem).get(assigned).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_statements(alma, url, statements, count):
    for _ in range(count):
        alma.post(url, ASSIGN)
    alma.get(url)
    with statements() as seen:
        page = alma.get(url)
    assert len(page.context["groups"][0]["lines"]) == count and seen() == 10
