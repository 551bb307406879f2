"""Aufnahme: with both consents or not at all; waiting, declining, rejecting."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
CONSENTS = {"participation_on": "heute", "data_use_on": "heute", "text_version": "2026-1"}


@pytest.fixture
def referred(people):
    return case_for(people.alma, state=State.REFERRED)


def url(made) -> str:
    return reverse("admission", args=[made.number])


def test_page_offers_the_four_decisions(alma, referred, words):
    said = words(alma.get(url(referred)))
    for button in ("Aufnehmen", "Auf die Warteliste setzen", "Ablehnung eintragen", "Nicht aufnehmen"):
        assert button in said


def test_admitted_with_both_consents(alma, referred, words):
    answer = alma.post(url(referred), {"formular": "admit", "admitted_on": "heute", **CONSENTS})
    assert answer.status_code == 303
    said = words(alma.get(answer["Location"]))
    assert "Teilnahme an INA erteilt am 23.11.2026" in said and "Aufgenommen" in said


@pytest.mark.parametrize("missing", ["participation_on", "data_use_on", "text_version"])
def test_not_admitted_without_one_of_them(alma, referred, missing):
    entered = {name: value for name, value in CONSENTS.items() if name != missing}
    answer = alma.post(url(referred), {"formular": "admit", "admitted_on": "heute", "remark": "im Haus C", **entered})
    assert answer.status_code == 422 and list(answer.context["admit"].errors) == [missing]
    assert "im Haus C" in answer.content.decode()


def test_a_consent_that_is_there_is_not_asked_again(alma, referred, words):
    given = {"purpose": "DATA_USE", "given_on": "heute", "text_version": "2026-1", "on_paper": "on"}
    alma.post(reverse("consents", args=[referred.number]), {"formular": "record", **given})
    page = alma.get(url(referred))
    assert "Es liegt vor: Nutzung der Daten" in words(page) and "data_use_on" not in page.context["admit"].fields
    entered = {"participation_on": "heute", "text_version": "2026-1"}
    assert alma.post(url(referred), {"formular": "admit", "admitted_on": "heute", **entered}).status_code == 303


@pytest.mark.parametrize(
    ("act", "entered", "stands"),
    [
        ("waitlist", {"reason": "noch lange Strafe", "resubmit_on": "+90"}, "Warteliste"),
        ("decline", {}, "Teilnahme abgelehnt"),
        ("reject", {"reason": "zieht weg"}, "nicht aufgenommen"),
    ],
)
def test_other_decisions(alma, referred, words, act, entered, stands):
    answer = alma.post(url(referred), {"formular": act, "happened_on": "heute", **entered})
    assert answer.status_code == 303 and stands in words(alma.get(answer["Location"]))


def test_an_error_opens_only_the_form_that_was_sent(alma, referred):
    answer = alma.post(url(referred), {"formular": "reject", "happened_on": "heute"})
    assert answer.status_code == 422 and answer.context["reject"].errors and not answer.context["admit"].is_bound
    assert answer.content.decode().count('<details class="ina-more ina-panel" open') == 1


def test_fragment_is_the_form_alone(alma, referred):
    headers = {"HX-Request": "true", "HX-Target": "reject"}
    answer = alma.post(url(referred), {"formular": "reject", "happened_on": "heute"}, headers=headers)
    assert answer.status_code == 422 and answer.content.decode().strip().startswith('<form id="reject"')


def test_an_admitted_case_offers_nothing_and_refuses(alma, case, words):
    assert "im jetzigen Stand nicht möglich" in words(alma.get(url(case)))
    assert alma.post(url(case), {"formular": "admit", "admitted_on": "heute", **CONSENTS}).status_code == 403


@pytest.mark.parametrize("who", ["jan", "hanna"])
def test_readers_who_do_not_decide_are_refused(people, client_of, referred, words, who):
    client = client_of(people[who])
    assert "Aufnehmen" not in words(client.get(url(referred)))
    answer = client.post(url(referred), {"formular": "decline", "happened_on": "heute"})
    assert answer.status_code == 403 and "Das entscheidet die Fallführung" in words(answer)


def test_hidden_from_others(people, client_of, referred):
    assert client_of(people.cem).get(url(referred)).status_code == 404
    assert client_of(people.cem).post(url(referred), {"formular": "decline"}).status_code == 404


def test_a_form_that_does_not_exist_is_not_found(alma, referred):
    assert alma.post(url(referred), {"formular": "unsinn"}).status_code == 404
