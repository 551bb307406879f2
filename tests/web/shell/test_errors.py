"""What people see when something does not work."""

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from ina.web.shell import errors

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "rows"}
INTERNAL = ("Akte", "Haft", "JVA", "Anstalt", "ina", "Stelle", "Traceback")


@pytest.fixture
def alma(client_of, people):
    return client_of(people.alma, raise_request_exception=False)


@pytest.mark.parametrize(
    ("kind", "status", "sentence"),
    [
        ("refused", 403, "Einen abgeschlossenen Fall ändert nur die Teamleitung."),
        ("hidden", 404, "Diese Seite gibt es für Sie nicht"),
        ("conflict", 409, "Rolf Staudinger war schneller."),
        ("invalid", 422, "Das Ende liegt vor dem Anfang."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_each_error_of_the_domain_has_its_status_and_sentence(alma, kind, status, sentence, headers):
    response = alma.get(f"/probe/error/{kind}/", headers=headers)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert response["Cache-Control"] == "no-store"


def test_with_htmx_the_message_stands_above_the_content_and_the_rest_stays(alma):
    response = alma.get("/probe/error/refused/", headers=HTMX)
    assert response["HX-Retarget"] == "#meldungen"
    assert b"<!doctype" not in response.content


def test_hidden_and_absent_look_the_same(alma):
    hidden, absent = alma.get("/probe/error/hidden/"), alma.get("/gibt/es/nicht/")
    assert hidden.status_code == absent.status_code == 404

    def visible(response):
        lines = response.content.decode().splitlines()
        return [line for line in lines if "csrf" not in line]

    assert visible(hidden) == visible(absent)


def test_pages_for_errors_keep_the_frame_and_name_ways_out(alma):
    html = alma.get("/gibt/es/nicht/").content.decode()
    assert "In Ihren Fällen suchen" in html
    assert "Alma Ahorn" in html


@pytest.mark.parametrize("path", ["/gibt/es/nicht/", "/probe/broken-outside/"])
def test_strangers_learn_nothing_about_what_stands_behind(path):
    html = Client(raise_request_exception=False).get(path).content.decode()
    body = html[html.index("<title>") :]
    assert not [word for word in INTERNAL if word in body.replace("/static/vendor/", "")]


def test_a_bug_says_what_is_kept_and_whom_to_tell(alma):
    response = alma.get("/probe/broken/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "nicht</b> gespeichert" in html
    assert "die Systemverwaltung Ihrer Einrichtung" in html


def test_a_bug_under_htmx_is_a_message(alma):
    response = alma.get("/probe/broken/", headers=HTMX)
    assert (response.status_code, response["HX-Retarget"]) == (500, "#meldungen")
    assert b"<!doctype" not in response.content


def test_the_page_for_bugs_asks_nothing_and_survives_missing_files(rf, people, monkeypatch):
    request = rf.get("/")
    request.actor = people.alma.actor

    def no_query(*args):
        raise DatabaseError("the database is away")

    with connection.execute_wrapper(no_query):
        assert errors.server_error(request).status_code == 500
    monkeypatch.setattr(errors.loader, "render_to_string", lambda *args: 1 / 0)
    response = errors.server_error(request)
    assert response.status_code == 500
    assert "nicht gespeichert" in response.content.decode()


def test_a_form_of_an_earlier_log_in_is_explained(client_of, people):
    client = client_of(people.alma, enforce_csrf_checks=True)
    response = client.post("/sperren/")
    assert response.status_code == 403
    assert "Dieses Formular ist nicht mehr gültig" in response.content.decode()
