"""Zugriff im Notfall: with a reason, for a day, and visible to everybody concerned."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
URL = "/notfall/"
REASON = "Ankündigung einer Selbstverletzung am Telefon, niemand erreichbar"


@pytest.fixture
def cem(people, client_of):
    return client_of(people.cem)


def test_page_says_what_follows(cem, words):
    said = words(cem.get(URL))
    assert "für 24 Stunden offen" in said and "Teamleitung prüft" in said


def test_file_opens_and_the_log_of_the_file_says_so(people, cem, alma, case, words, trail):
    file = reverse("file", args=[case.number])
    assert cem.get(file).status_code == 404
    answer = cem.post(URL, {"number": f" {case.number} ", "reason": REASON})
    assert answer.status_code == 303 and answer["Location"] == file
    (line,) = trail("access.open_emergency_access")
    assert line.dossier_id == case.dossier_id and line.user_id == people.cem.user_id
    said = words(alma.get(reverse("file_access", args=[case.number])))
    assert "Die Akte wurde im Notfall geöffnet" in said and "Cem Ceder" in said


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"reason": "eilig"}, "reason"), ({"number": "2026-99999"}, "number"), ({"number": ""}, "number")],
)
def test_without_reason_or_number_nothing_opens(cem, case, wrong, field):
    answer = cem.post(URL, {"number": case.number, "reason": REASON} | wrong)
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert cem.get(reverse("file", args=[case.number])).status_code == 404


def test_fragment(cem):
    answer = cem.post(URL, {"number": ""}, headers={"HX-Request": "true", "HX-Target": "form"})
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="form"')


@pytest.mark.parametrize("who", ["hanna", "frida", "gero", "karl", "ede"])
def test_others_are_refused(people, client_of, case, who):
    client = client_of(people[who])
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"number": case.number, "reason": REASON}).status_code == 403
