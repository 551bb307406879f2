"""Zugriffe im Notfall prüfen."""

import pytest

from tests.web.access.test_emergency_access import REASON

pytestmark = pytest.mark.django_db
URL = "/notfall/pruefung/"


@pytest.fixture
def jan(people, client_of):
    return client_of(people.jan)


@pytest.fixture
def opened(people, client_of, case):
    """Cem opened Alma's case."""
    client_of(people.cem).post("/notfall/", {"number": case.number, "reason": REASON})
    return case


def test_nothing_waits(jan, words):
    page = jan.get(URL)
    assert "Kein Zugriff wartet auf Prüfung" in words(page) and page.context["review"] is None
    assert jan.post(URL, {"formular": "review"}).status_code == 403


def test_team_lead_of_the_case_reviews(jan, opened, words):
    page = jan.get(URL)
    assert "Cem Ceder" in words(page) and REASON in words(page) and opened.number in words(page)
    key = page.context["review"].fields["emergency"].choices[0][0]
    assert jan.post(URL, {"formular": "review", "emergency": key}).status_code == 422
    assert jan.post(URL, {"formular": "review", "emergency": key, "review_note": "berechtigt"}).status_code == 303
    assert "Kein Zugriff wartet auf Prüfung" in words(jan.get(URL))


def test_fragment(jan, opened):
    headers = {"HX-Request": "true", "HX-Target": "review"}
    answer = jan.post(URL, {"formular": "review"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="review"')


@pytest.mark.parametrize("who", ["alma", "hanna", "gero", "karl"])
def test_others_are_refused(people, client_of, opened, who):
    assert client_of(people[who]).get(URL).status_code == 403
