"""Notizen."""

import pytest
from django.urls import reverse

from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
NOTE = {"formular": "note", "readers": "INTERNAL", "noted_on": "heute", "subject": "Familie", "text": "ruft morgen an"}


@pytest.fixture
def url(people):
    return reverse("notes", args=[case_for(people.alma).number])


def test_a_note_is_kept_and_says_who_reads_it(alma, url, words):
    assert "Noch keine Notiz" in words(alma.get(url))
    assert alma.post(url, NOTE).status_code == 303
    said = words(alma.get(url))
    assert "ruft morgen an" in said and "Liest: nur das Übergangsmanagement, nicht die Anstalt" in said


def test_nobody_chooses_the_readers_for_somebody(alma, url):
    answer = alma.post(url, {name: value for name, value in NOTE.items() if name != "readers"})
    assert answer.status_code == 422 and "readers" in answer.context["note"].errors
    assert "ruft morgen an" in answer.content.decode()


def test_confidential_is_offered_to_who_is_bound_by_secrecy(people, client_of, alma, url, words):
    assert "vertraulich (§ 203 StGB)" in words(alma.get(url))
    berts = reverse("notes", args=[case_for(people.bert).number])
    said = words(client_of(people.bert).get(berts))
    assert "vertraulich (§ 203 StGB)" not in said and "an ein Berufsgeheimnis gebunden" in said
    assert client_of(people.bert).post(berts, NOTE | {"readers": "CONFIDENTIAL"}).status_code == 422


def test_the_prison_does_not_read_internal_notes(people, client_of, alma, url, words):
    alma.post(url, NOTE)
    assert "ruft morgen an" not in words(client_of(people.hanna).get(url))
    assert "ruft morgen an" in words(client_of(people.jan).get(url))
    assert client_of(people.jan).post(url, NOTE).status_code == 403
    assert client_of(people.cem).get(url).status_code == 404


def test_fragment(alma, url):
    answer = alma.post(url, NOTE | {"text": ""}, headers={"HX-Request": "true", "HX-Target": "note"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="note"')


@pytest.mark.parametrize("more", [1, 3])
def test_the_same_statements_for_one_note_and_three(alma, url, statements, more):
    for number in range(more):
        alma.post(url, NOTE | {"subject": f"Nr. {number}"})
    alma.get(url)
    with statements() as count:
        alma.get(url)
    assert count() == 10
