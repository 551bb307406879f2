"""Taking back what a message tells of: once, and only beside its own message."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.test import RequestFactory

from ina.web.shell.pages import lead_to
from ina.web.shell.undo import SESSION_KEY, Undo, take

HERE = "/probe/rows/"


@pytest.fixture
def request_of():
    request = RequestFactory().get(HERE)
    request.session = SessionStore()
    request._messages = SessionStorage(request)
    return request


def test_the_offer_is_there_once(request_of):
    lead_to(request_of, HERE, "Gespeichert.", Undo("/weg/", {"version": 3}))
    (message,) = get_messages(request_of)
    offer = take(request_of, str(message))
    assert (offer.url, offer.fields, offer.label) == ("/weg/", {"version": "3"}, "Rückgängig")
    assert take(request_of, str(message)) is None and SESSION_KEY not in request_of.session


def test_it_stands_beside_no_other_message(request_of):
    lead_to(request_of, HERE, "Gespeichert.", Undo("/weg/"))
    assert take(request_of, "Etwas anderes.") is None
    assert take(request_of, "Gespeichert.") is not None


def test_the_next_act_lets_an_older_offer_fall(request_of):
    lead_to(request_of, HERE, "Gespeichert.", Undo("/weg/"))
    lead_to(request_of, HERE, "Gespeichert.")
    assert take(request_of, "Gespeichert.") is None


def test_without_a_message_there_is_nothing_to_take_back(request_of):
    lead_to(request_of, HERE, "", Undo("/weg/"))
    assert SESSION_KEY not in request_of.session


def test_a_request_without_a_session_shows_no_button():
    assert take(RequestFactory().get(HERE), "Gespeichert.") is None
    assert take(None, "Gespeichert.") is None
