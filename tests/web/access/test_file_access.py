"""Zugriff: who sees what and why, who looked, and who must not."""

import pytest
from django.urls import reverse

from ina.audit import queries as audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case):
    return reverse("file_access", args=[case.number])


def test_circle_is_named_with_its_reasons(alma, url, words):
    said = words(alma.get(url))
    assert "Alma Ahorn" in said and "führt den Fall" in said and "vertrauliche Notizen" in said
    assert "Team Rhein" in said and "JVA Düsseldorf" in said and "Sozialdienst der jetzigen Anstalt" in said


def test_log_tells_in_plain_language_what_was_done(alma, url, words):
    said = words(alma.get(url))
    assert "Die Aufnahme wurde eingetragen" in said and "Übergangsmanagement (Fallführung), Beispielträger" in said
    assert "cases." not in said


def test_openings_stand_in_the_log(alma, url, trail):
    """On two connections in the test, so read from the trail; the page shows what has been committed."""
    alma.get(url)
    (line,) = trail("read.file")
    assert line.details == {"page": "file_access"} and line.reason == "ASSIGNMENT"


def test_log_goes_on_page_by_page(alma, url, words, monkeypatch):
    monkeypatch.setattr(audit, "PAGE", 2)
    first = alma.get(url)
    token = first.context["next"]
    second = alma.get(url, {"ab": token}, headers={"HX-Request": "true", "HX-Target": "log"})
    assert second.content.decode().strip().startswith('<div id="log">') and "Anfang" in words(second)
    newest, older = "Die Aufnahme wurde eingetragen", "Ein Entlassungsdatum wurde eingetragen"
    assert newest in words(first) and newest not in words(second)
    assert older not in words(first) and older in words(second)
    assert alma.get(url, {"ab": "erfunden"}).status_code == 404


def test_somebody_biased_is_kept_out_until_the_team_lead_lifts_it(people, alma, client_of, url, words):
    hanna = client_of(people.hanna)
    assert hanna.get(url).status_code == 200
    block = {"formular": "exclude", "username": "Hanna", "reason": "verwandt"}
    assert alma.post(url, block).status_code == 303
    assert hanna.get(url).status_code == 404
    said = words(alma.get(url))
    assert "Hanna Hasel" in said and "verwandt" in said
    assert alma.post(url, {"formular": "lift", "block": "1"}).status_code == 403
    assert client_of(people.jan).post(url, {"formular": "lift", "block": "1"}).status_code == 303
    assert hanna.get(url).status_code == 200


def test_unknown_user_name_is_said_at_its_field(alma, url):
    answer = alma.post(url, {"formular": "exclude", "username": "niemand", "reason": "x"})
    assert answer.status_code == 422 and list(answer.context["exclude"].errors) == ["username"]


def test_prison_reads_and_blocks_nobody(people, client_of, url):
    hanna = client_of(people.hanna)
    assert hanna.get(url).context["exclude"] is None
    assert hanna.post(url, {"formular": "exclude", "username": "alma", "reason": "x"}).status_code == 403


@pytest.mark.parametrize("who", ["cem", "gero", "ede", "karl"])
def test_hidden_from_others(people, client_of, url, who):
    assert client_of(people[who]).get(url).status_code == 404
