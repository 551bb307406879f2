"""Weitere Akten and Anfragen: a question over the wall and its answer, as two people see it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
SEARCH = {"formular": "search"}


@pytest.fixture
def cems(people):
    return case_for(people.cem, surname="Beinwell", given_name="Robin", born_on=date(1994, 4, 7))


@pytest.fixture
def url(case):
    return reverse("same_person", args=[case.number])


def offered(page) -> dict:
    form = page.context["ask"]
    (handle, _) = form.fields["handle"].choices[0]
    return {"formular": "ask", "offered": form["offered"].value(), "handle": handle}


def test_nothing_known_and_nothing_found(alma, url, words):
    page = alma.get(url)
    assert "Bisher ist keine weitere Akte bekannt" in words(page) and 'name="handle"' not in page.content.decode()
    assert "Keine andere Akte passt" in words(alma.post(url, SEARCH))


def test_who_reads_a_question_leaves_a_trace_in_each_file(alma, url, cems, people, client_of, trail, words):
    found = alma.post(url, SEARCH)
    alma.post(url, offered(found) | {"because": "gleicher Geburtsort"})
    assert trail("read.link_request") == []
    client_of(people.alma).get(reverse("link_requests"))
    assert trail("read.link_request") == []
    for reader, reason in ((people.cem, "ASSIGNMENT"), (people.uwe, "TEAM")):
        client = client_of(reader)
        assert "1 Anfrage wartet auf Antwort" in words(client.get(reverse("today_page")))
        client.get(reverse("link_requests"))
        line = trail("read.link_request")[-1]
        assert (line.dossier_id, line.membership_id, line.reason) == (cems.dossier_id, reader.membership_id, reason)


def test_from_search_to_link(alma, url, case, cems, people, client_of, words):
    found = alma.post(url, SEARCH)
    assert "eine Akte bei Cem Ceder" in words(found) and cems.number not in found.content.decode()
    asked = alma.post(url, offered(found) | {"because": "gleicher Geburtsort"})
    assert asked.status_code == 303
    assert "Anfrage von hier: angefragt" in words(alma.get(url))
    cem = client_of(people.cem)
    inbox = cem.get(reverse("link_requests"))
    assert "Alma Ahorn" in words(inbox) and "gleicher Geburtsort" in words(inbox)
    assert case.number not in inbox.content.decode()
    (pair, _) = inbox.context["answer"].fields["link"].choices[0]
    wrong = cem.post(reverse("link_requests"), {"formular": "answer", "link": pair, "verdict": "nein", "answer": ""})
    assert wrong.status_code == 422 and "warum es nicht dieselbe Person ist" in words(wrong)
    done = cem.post(reverse("link_requests"), {"formular": "answer", "link": pair, "verdict": "ja", "answer": ""})
    assert done.status_code == 303
    assert "Keine Anfrage wartet" in words(cem.get(reverse("link_requests")))
    mine = alma.get(url)
    assert f"Akte {cems.number}: verknüpft" in words(mine)
    assert reverse("file", args=[cems.number]) not in mine.content.decode()  # a link opens nothing
    assert cems.number not in words(alma.get(reverse("person", args=[case.number])))
    gone = alma.post(url, {"formular": "unlink", "link": pair, "because": "Zwillinge"})
    assert gone.status_code == 303 and "gelöst" in words(alma.get(url))


def test_a_forgotten_reason_keeps_what_was_offered(alma, url, cems, words):
    posted = offered(alma.post(url, SEARCH))
    answer = alma.post(url, posted | {"because": ""}, headers={"HX-Request": "true", "HX-Target": "ask"})
    assert answer.status_code == 422 and "Cem Ceder" in words(answer)
    assert re.search(r'^\s*<form id="ask"', answer.content.decode())


@pytest.mark.parametrize("tampered", ["", "abc", "x:y:z"])
def test_what_was_not_offered_cannot_be_asked(tampered, alma, url, cems, words):
    posted = offered(alma.post(url, SEARCH))
    answer = alma.post(url, posted | {"offered": tampered, "because": "x"})
    assert answer.status_code == 422 and "noch einmal" in words(answer)


def test_two_own_files(alma, url, people, words):
    other = case_for(people.alma, surname="Beinwell", given_name="Robin", born_on=date(1994, 4, 7))
    found = alma.post(url, SEARCH)
    assert f"Akte {other.number}" in words(found)
    assert alma.post(url, offered(found) | {"because": "doppelt angelegt"}).status_code == 303
    assert reverse("file", args=[other.number]) in alma.get(url).content.decode()


def test_who_may_search_and_answer(people, client_of, url, cems):
    for reader in (people.jan, people.hanna):
        client = client_of(reader)
        assert client.get(url).status_code == 200 and client.post(url, SEARCH).status_code == 403
    assert client_of(people.bert).post(url, SEARCH).status_code == 404
    assert client_of(people.hanna).get(reverse("link_requests")).status_code == 403
