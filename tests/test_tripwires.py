"""Each tripwire of the suite does trip."""

import socket
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.template import engines
from django.test import RequestFactory

from ina.cases.models import Case
from tests import tripwires
from tests.tripwires import Tripwire, check_answer


def answer(body: str, *, user=None, **headers) -> HttpResponse:
    response = HttpResponse(f"<!doctype html><title>x</title>{body}", headers=headers or None)
    response.wsgi_request = RequestFactory().get("/probe/")
    if user:
        response.wsgi_request._cached_user = user
    return response


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("⟪unknown variable surname⟫", "unknown variable"),
        ('<form method="post"><input name="x"></form>', "csrf"),
        ('<form method="POST" action="https://example.org/"><input name="csrfmiddlewaretoken"></form>', "another host"),
        ("<script>alert(1)</script>", "inline <script>"),
        ("<style>p{}</style>", "inline <style>"),
        ('<p style="color:red">', "inline"),
        ('<a href="/" onclick="x()">', "inline"),
        ('<button hx-on:click="x()">', "inline"),
        ('<a href="javascript:x()">', "javascript"),
        ('<script src="https://cdn.example/x.js"></script>', "another host"),
        ('<link href="//fonts.example/f.css">', "another host"),
        ("<p>Hast du dein Passwort vergessen?</p>", "instead of Sie"),
        ('<input placeholder="Dein Name">', "instead of Sie"),
    ],
)
def test_a_page_that_breaks_a_rule_is_caught(body, told):
    with pytest.raises(Tripwire, match=told):
        check_answer(answer(body))


@pytest.mark.parametrize(
    "body",
    [
        '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="t"></form>',
        '<form method="get"><input name="q"></form>',
        '<script src="/static/x.js"></script><script type="application/json">{"du": 1}</script>',
        "<p>Der Durchschnitt, die Dusche, Frau Duda und ein Du-Wort nicht allein</p>",
        '<a href="https://justiz.nrw.de/">Justiz</a>',
    ],
)
def test_a_page_that_breaks_none_is_not(body):
    check_answer(answer(body))


def test_a_page_for_somebody_logged_in_must_not_be_stored():
    class LoggedIn:
        is_authenticated = True

    with pytest.raises(Tripwire, match="no-store"):
        check_answer(answer("x", user=LoggedIn()))
    check_answer(answer("x", user=LoggedIn(), **{"Cache-Control": "private, no-store"}))


def test_a_plain_stream_is_caught():
    response = StreamingHttpResponse(iter([b"x"]))
    response.wsgi_request = RequestFactory().get("/probe/")
    with pytest.raises(Tripwire, match="transaction"):
        check_answer(response)


@pytest.mark.django_db
def test_a_query_while_a_template_renders_is_caught():
    with pytest.raises(Tripwire, match="a query while"):
        engines["django"].from_string("{% for row in rows %}{{ row }}{% endfor %}").render(
            {"rows": Case.objects.unscoped(because="a probe")}
        )
    tripwires.tripped.clear()


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org"])
def test_a_way_out_of_this_machine_is_caught(host):
    with pytest.raises(Tripwire, match="network"):
        socket.create_connection((host, 80), timeout=0.1)
    tripwires.tripped.clear()


def test_a_moment_where_a_day_is_meant_is_caught():
    with pytest.raises(Tripwire, match="a moment given"):
        Case._meta.get_field("opened_on").get_prep_value(datetime(2026, 11, 23, tzinfo=UTC))
    tripwires.tripped.clear()
