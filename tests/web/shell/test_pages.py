"""Whole pages and fragments; a guided form from the first look to what follows, with and without htmx."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.shell.urls import Store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
FORM, ROWS = "/probe/form/", "/probe/rows/"
HTMX = {"HX-Request": "true", "HX-Target": "form"}
GOOD = {"version": "1", "held_on": "heute", "minutes": "40", "note": "Wohnung"}


@pytest.fixture(autouse=True)
def row():
    Store.put(version=1, held_on=None, minutes=None, note="")


@pytest.fixture
def alma(client_of, people):
    return client_of(people.alma)


def test_htmx_gets_the_same_part_that_the_page_holds(alma):
    page = alma.get(ROWS).content.decode()
    fragment = alma.get(ROWS, headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()
    assert fragment == '<ul id="rows"><li>eins</li><li>zwei</li></ul>'
    assert fragment in page
    assert page.startswith("<!doctype html>")


@pytest.mark.parametrize(
    "headers",
    [
        {"HX-Request": "true", "HX-Target": "something-else"},
        {"HX-Request": "true", "HX-Target": "rows", "HX-History-Restore-Request": "true"},
        {"HX-Request": "true", "HX-Target": "rows", "HX-Boosted": "true"},
    ],
)
def test_htmx_gets_the_whole_page_where_that_is_meant(alma, headers):
    assert alma.get(ROWS, headers=headers).content.startswith(b"<!doctype html>")


def test_the_frame_costs_no_query_of_its_own(alma):
    with CaptureQueriesContext(connection) as page:
        alma.get(ROWS)
    with CaptureQueriesContext(connection) as fragment:
        alma.get(ROWS, headers={"HX-Request": "true", "HX-Target": "rows"})
    assert len(page) == len(fragment)


def test_a_form_shows_the_present_values_and_what_they_were(alma):
    Store.put(version=4, held_on=None, minutes=25, note="alt")
    html = alma.get(FORM).content.decode()
    assert '<input type="hidden" name="version" value="4" id="id_version">' in html
    assert 'value="25"' in html
    assert '<input type="hidden" name="initial-note" value="alt"' in html


def test_a_good_post_leads_on_and_says_what_happened(alma):
    response = alma.post(FORM, GOOD)
    assert (response.status_code, response["Location"]) == (303, FORM)
    assert Store.row["note"] == "Wohnung"
    assert "Kontakt gespeichert." in alma.get(FORM).content.decode()
    assert "Kontakt gespeichert." not in alma.get(FORM).content.decode()


def test_with_htmx_a_good_post_loads_the_page_that_follows(alma):
    response = alma.post(FORM, GOOD, headers=HTMX)
    assert (response.status_code, response["HX-Redirect"]) == (200, FORM)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_cannot_be_stays_in_the_form(alma, headers):
    response = alma.post(FORM, GOOD | {"held_on": "24.11.2026"}, headers=headers)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Der 24.11.2026 liegt in der Zukunft." in html
    assert 'value="24.11.2026"' in html and 'value="Wohnung"' in html
    assert html.startswith("<!doctype html>") is not bool(headers)
    assert Store.row["version"] == 1


def test_what_the_operation_refuses_to_believe_stands_at_its_field(alma):
    response = alma.post(FORM, GOOD | {"minutes": "13"})
    assert response.status_code == 422
    assert 'id="id_minutes_error"' in response.content.decode()
    assert "13 Minuten gibt es nicht." in response.content.decode()


def test_a_refusal_is_a_page_of_its_own(alma):
    response = alma.post(FORM, GOOD | {"minutes": "14"})
    assert response.status_code == 403
    assert "Das darf nur die Teamleitung." in response.content.decode()


def hidden(html: str) -> dict:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_somebody_was_faster_and_both_versions_are_shown(alma, headers):
    Store.put(version=1, held_on=None, minutes=20, note="alt")
    shown = hidden(alma.get(FORM).content.decode())
    Store.put(version=2, held_on=None, minutes=55, note="alt")
    response = alma.post(FORM, shown | {"held_on": "heute", "minutes": "40", "note": "neu"}, headers=headers)
    html = response.content.decode()
    assert response.status_code == 409
    assert "Ihre Eingaben sind noch da." in html
    assert "wird übernommen: „neu“" in html
    assert re.search(r'name="use-minutes"[^>]*value="stored" checked><label[^>]*>55<', html)

    again = hidden(html)
    assert again["version"] == "2"
    kept = alma.post(FORM, again | {"use-minutes": "stored"}, headers=headers)
    assert kept.status_code in (303, 200)
    assert (Store.row["minutes"], Store.row["note"]) == (55, "neu")
