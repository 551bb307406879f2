"""Rückgängig: the button beside the message of success takes the act back: the same policies, the same trace."""

import pytest
from django.urls import reverse

from ina.cases.enums import State
from ina.web.shell.undo import AT_ONCE
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db

CONTACT = {"formular": "contact", "happened_on": "heute", "kind": "TALK", "outcome": "MET", "initiative": "STAFF"}
TALK = {"formular": "talk", "held_on": "heute", "informed": "on", "told_voluntary": "on"}
SHEET = {"formular": "information", "given_on": "heute", "sheet_version": "1", "language": "de"}
CONSENT = {
    "formular": "record",
    "purpose": "RELEASE_DATE",
    "recipient": "jc-bonn",
    "given_on": "heute",
    "text_version": "1",
    "language": "de",
    "on_paper": "on",
}
# What is done: page, what is posted, in which state of the case, and what the page says of the entry afterwards.
ENTRIES = {
    "contact": ("contacts", CONTACT, State.ADMITTED),
    "first talk": ("first_talk", TALK, State.SCREENING),
    "sheet": ("first_talk", SHEET, State.SCREENING),
    "event": ("case_events", {"formular": "record", "happened_on": "heute", "kind": "POSTPONED"}, State.ADMITTED),
    "consent": ("consents", CONSENT, State.ADMITTED),
    "name": ("person_names", {"formular": "add", "kind": "SPELLING", "name": "Robin Beinwel"}, State.ADMITTED),
    "guardian": ("guardians", {"formular": "add", "name": "Kim Linde", "relation": "Betreuung"}, State.ADMITTED),
    "waiting": (
        "admission",
        {"formular": "waitlist", "happened_on": "heute", "reason": "TOO_EARLY", "resubmit_on": "+20"},
        State.SCREENING,
    ),
    "declined": ("admission", {"formular": "decline", "happened_on": "heute"}, State.SCREENING),
    "paused": (
        "closing",
        {"formular": "pause", "happened_on": "heute", "until": "+20", "reason": "UNAVAILABLE"},
        State.ADMITTED,
    ),
    "closed": ("closing", {"formular": "close", "closed_on": "heute", "reason": "DEPARTED"}, State.ADMITTED),
}


@pytest.fixture
def done(alma, people, undo_of, words):
    """``done(page, posted, state)`` — the page after the act, and the button on it."""

    def act(page, posted, state):
        made = case_for(people.alma, state=state, talk=False)
        answer = alma.post(reverse(page, args=[made.number]), posted, follow=True)
        assert answer.status_code == 200, words(answer)
        return answer, undo_of(answer)

    return act


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_is_voided_at_once(name, alma, done, undo_of, words):
    answer, undo = done(*ENTRIES[name])
    assert undo is not None and "Rückgängig" in words(answer)
    assert undo_of(alma.get(answer.request["PATH_INFO"])) is None  # offered once
    address, fields = undo
    back = alma.post(address, fields, follow=True)
    said = words(back)
    assert back.status_code == 200 and "Storniert." in said and f"weil: {AT_ONCE}" in said
    assert undo_of(back) is None


def test_it_is_too_late_once_somebody_has_taken_it_back(alma, done, words):
    _, (address, fields) = done(*ENTRIES["contact"])
    assert alma.post(address, fields).status_code == 303
    again = alma.post(address, fields)
    assert again.status_code == 403 and "schon storniert" in words(again)


def test_an_act_is_not_undone_behind_a_later_one(alma, people, undo_of, words):
    made = case_for(people.alma, state=State.ADMITTED)
    closing = reverse("closing", args=[made.number])
    paused = undo_of(alma.post(closing, ENTRIES["paused"][1], follow=True))
    alma.post(closing, {"formular": "resume", "happened_on": "heute"})
    late = alma.post(*paused)
    assert late.status_code == 403 and "Zuerst das letzte Ereignis stornieren" in words(late)


def test_who_may_not_take_it_back_is_offered_nothing(people, client_of, undo_of):
    """The prison's social service records a day of death and does not see the file any more."""
    made = case_for(people.alma, state=State.ADMITTED)
    posted = {"formular": "died", "died_on": "heute"}
    hanna = client_of(people.hanna).post(reverse("closing", args=[made.number]), posted, follow=True)
    assert hanna.status_code == 200 and undo_of(hanna) is None


def test_a_death_entered_in_the_wrong_file(alma, people, undo_of, words):
    made = case_for(people.alma, state=State.ADMITTED)
    answer = alma.post(reverse("closing", args=[made.number]), {"formular": "died", "died_on": "heute"}, follow=True)
    back = alma.post(*undo_of(answer), follow=True)
    assert "Alles steht wieder wie vorher" in words(back)


@pytest.fixture
def in_step(clock, moment):
    """The clock of the pages is that of the database: what is granted begins and ends by it."""
    clock.set(moment)


def test_an_offer_is_taken_back(in_step, alma, people, undo_of, words):
    made = case_for(people.alma, state=State.ADMITTED)
    posted = {
        "formular": "offer",
        "receiver_id": people.bert.membership_id,
        "kind": "PERSON",
        "reason": "Elternzeit",
        "offered_on": "heute",
    }
    answer = alma.post(reverse("handover", args=[made.number]), posted, follow=True)
    address, fields = undo_of(answer)
    back = alma.post(address, fields, follow=True)
    assert "Angebot ist zurückgezogen" in words(back) and AT_ONCE in words(back)
    late = alma.post(address, fields)
    assert late.status_code == 403 and "kein Angebot, das noch offen ist" in words(late)
