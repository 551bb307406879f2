"""The pages of the release-day folder and of a crisis, filled in as somebody would."""

import pytest
from django.urls import reverse

from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_packed_on_the_page_and_printed(people, client_of):
    made = case_for(people.alma)
    here, client = reverse("release_folder", args=[made.number]), client_of(people.alma)
    assert here in client.get(reverse("release_dates", args=[made.number])).content.decode()
    assert "Noch leer" in client.get(here).content.decode()
    assert client.post(here, {"formular": "begin"}).status_code == 303
    sent = {"formular": "place", "part": "PLACE", "title": "Zimmer 12", "detail": "Lindenweg 14"}
    assert client.post(here, sent).status_code == 303
    money = {"formular": "money", "part": "MONEY", "title": "Eigengeld", "detail": "am Morgen", "amount": "86,40"}
    assert client.post(here, money).status_code == 303
    text = client.get(here).content.decode()
    assert "Zimmer 12" in text and "86,40 €" in text and "Fach 1" in text and "Eine Ersatz-Unterkunft" in text
    assert client.post(here, {"formular": "check", "remark": "Ausweis kommt Montag"}).status_code == 303
    assert "Ausweis kommt Montag" in client.get(here).content.decode()
    wrong = client.post(here, {"formular": "hour", "part": "HOUR", "day": "1", "at": "25:99", "title": "x"})
    assert wrong.status_code == 422
    assert client.post(here, {"formular": "way", "part": "WAY", "appointment": "1", "title": "x"}).status_code == 403
    assert client.post(here, {"formular": "place", "part": "MEDICATION", "title": "x"}).status_code == 422
    paper = client.get(reverse("paper_view", args=[made.number, "monitoring.folder"]))
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    absent = client.get(reverse("paper_view", args=[made.number, "monitoring.folder_medication"]))
    assert absent.status_code == 404
    note = {"formular": "medication", "part": "MEDICATION", "title": "Arztbrief", "detail": "für die Praxis"}
    assert client.post(here, note).status_code == 303
    refused = client.get(reverse("paper_view", args=[made.number, "monitoring.folder_medication"]))
    assert refused.status_code == 403 and "Entbindung" in refused.content.decode()


def test_the_social_service_packs_along_without_medication(people, client_of):
    made = case_for(people.alma)
    here, hanna = reverse("release_folder", args=[made.number]), client_of(people.hanna)
    assert "Medikamente" not in hanna.get(here).content.decode()
    assert hanna.post(here, {"formular": "begin"}).status_code == 303
    sent = {"formular": "medication", "part": "MEDICATION", "title": "x"}
    assert hanna.post(here, sent).status_code == 404
    assert client_of(people.jan).get(here).context["place"] is None
    assert client_of(people.cem).get(here).status_code == 404


def test_an_alarm_on_the_page(people, client_of):
    made = case_for(people.alma)
    here, client = reverse("crises", args=[made.number]), client_of(people.alma)
    assert here in client.get(reverse("contacts", args=[made.number])).content.decode()
    sent = {
        "formular": "report", "trigger": "CONFLICT", "urgency": "DAY", "reported_by": "FIRM", "reported_on": "heute",
        "hypothesis": "Streit um die Pause",
    }  # fmt: skip
    assert client.post(here, sent).status_code == 303
    text = client.get(here).content.decode()
    assert "Streit um die Pause" in text and "Betrieb" in text and "handeln" in text
    talk = {"formular": "act", "crisis": "1", "kind": "MEDIATION", "happened_on": "heute", "text": "zu dritt geredet"}
    assert client.post(here, talk).status_code == 303
    end = {"formular": "end", "crisis": "1", "result": "STABILISED", "ended_on": "heute", "lesson": "früh anrufen"}
    assert client.post(here, end).status_code == 303
    text = client.get(here).content.decode()
    assert "zu dritt geredet" in text and "stabilisiert" in text and "früh anrufen" in text
    assert client.post(here, talk).status_code == 403
    assert client.post(here, {"formular": "reopen", "crisis": "1"}).status_code == 303
    assert client.post(here, {**talk, "crisis": "7"}).status_code == 422
