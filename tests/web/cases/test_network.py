"""Netzwerk: a partner proposed, and what became of it."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PROPOSAL = {
    "formular": "propose",
    "partner_key": "anbieter-beispiel",
    "purpose": "Schuldnerberatung",
    "need": "R4",
    "proposed_on": "heute",
}
MOVE = {"formular": "move", "referral": "1", "act": "CONSENTED", "happened_on": "heute"}


@pytest.fixture
def url(case):
    return reverse("network", args=[case.number])


def test_empty_page(alma, url, words):
    page = alma.get(url)
    assert "Noch keine Stelle beteiligt" in words(page) and page.context["move"] is None


def test_partner_is_proposed_and_moved_on(alma, url, words):
    assert alma.post(url, PROPOSAL).status_code == 303
    assert alma.post(url, MOVE).status_code == 303
    said = words(alma.get(url))
    assert "Beispielhaus" in said and "Schuldnerberatung" in said and "Person einverstanden" in said
    assert "finanzielle Situation" in said


def test_what_does_not_follow_is_said_at_its_field(alma, url):
    alma.post(url, PROPOSAL)
    answer = alma.post(url, MOVE | {"act": "STARTED"})
    assert answer.status_code == 422 and "act" in answer.context["move"].errors


def test_partner_and_purpose_must_be_given(alma, url):
    answer = alma.post(url, PROPOSAL | {"partner_key": "jva-koeln", "purpose": ""})
    assert answer.status_code == 422 and set(answer.context["propose"].errors) == {"partner_key", "purpose"}


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "propose"}
    answer = alma.post(url, PROPOSAL | {"purpose": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="propose"')


def test_readers_are_refused_and_others_see_nothing(people, client_of, url, words):
    assert client_of(people.jan).post(url, PROPOSAL).status_code == 403
    assert client_of(people.cem).get(url).status_code == 404
