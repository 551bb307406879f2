"""Nachsorge on the page: written from the form, taken up in the list, printed."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_written_on_the_page(people, client_of):
    made = case_for(people.alma, state=State.AFTERCARE)
    here, client = reverse("aftercare", args=[made.number]), client_of(people.alma)
    assert here in client.get(reverse("outcomes", args=[made.number])).content.decode()
    text = client.get(here).content.decode()
    assert "Nachsorge bis" in text and "1 Monat" in text
    sent = {"formular": "report", "months": "1", "written_on": "heute", "work": "Lager, Vollzeit", "housing": "WG"}
    assert client.post(here, sent).status_code == 303
    assert "Lager, Vollzeit" in client.get(here).content.decode()
    assert client.post(here, sent).status_code == 422
    assert client.post(here, {**sent, "months": "3", "work": ""}).status_code == 422
    closing = {"formular": "closing", "written_on": "heute", "summary": "Stapler gefahren"}
    assert client.post(here, closing).status_code == 303
    assert client.post(here, closing).status_code == 403
    for key in ("monitoring.aftercare_report", "monitoring.closing_report", "monitoring.interview"):
        assert client.get(reverse("paper_view", args=[made.number, key])).content.startswith(b"%PDF")


def test_before_the_gate_there_is_nothing_to_write(people, client_of):
    made = case_for(people.alma)
    answer = client_of(people.alma).get(reverse("aftercare", args=[made.number]))
    assert "Noch nicht entlassen" in answer.content.decode() and answer.context["report"] is None
    assert client_of(people.cem).get(reverse("aftercare", args=[made.number])).status_code == 404
