"""Kontakte: the form of the design's error page, and the list."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
CONTACT = {
    "formular": "contact",
    "happened_on": "20.11.2026",
    "minutes": "40",
    "kind": "TALK",
    "outcome": "MET",
    "initiative": "STAFF",
    "content": "Sorge um den Führerschein",
    "next_step": "Buslinie heraussuchen",
    "next_on": "08.12.2026",
}


@pytest.fixture
def url(case):
    return reverse("contacts", args=[case.number])


def test_contact_is_kept_and_said(alma, url, words):
    assert "Noch kein Kontakt" in words(alma.get(url))
    answer = alma.post(url, CONTACT, follow=True)
    said = words(answer)
    assert "Kontakt am 20.11.2026 gespeichert, 40 Minuten. Nächster Schritt am 08.12.2026." in said
    assert "Sorge um den Führerschein" in said and "nachgetragen am 23.11.2026" in said
    assert "20.11." in words(alma.get("/faelle/"))


def test_two_wrong_entries_are_listed_and_everything_stays(alma, url, words):
    answer = alma.post(url, CONTACT | {"happened_on": "30.11.2026", "outcome": ""})
    said = words(answer)
    assert answer.status_code == 422 and "Angaben stimmen noch nicht" in said
    assert "Der 30.11.2026 liegt in der Zukunft." in said and "Bitte wählen Sie." in said
    assert "Sorge um den Führerschein" in answer.content.decode()


def test_fragment(alma, url):
    headers = {"HX-Request": "true", "HX-Target": "contact"}
    answer = alma.post(url, CONTACT | {"kind": ""}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="contact"')
    assert alma.post(url, CONTACT, headers=headers).headers["HX-Redirect"] == url


def test_readers_are_refused_and_others_see_nothing(people, client_of, url):
    jan = client_of(people.jan)
    assert jan.get(url).context["contact"] is None and jan.post(url, CONTACT).status_code == 403
    assert client_of(people.cem).get(url).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_statements_for_one_row_and_three(alma, url, statements, rows):
    for _ in range(rows):
        alma.post(url, CONTACT)
    alma.get(url)
    with statements() as count:
        alma.get(url)
    assert count() == 12
