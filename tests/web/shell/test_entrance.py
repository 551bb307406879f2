"""Who gets in, and a locked screen."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


def lock(client, **headers):
    response = client.post("/sperren/", headers=headers)
    assert (response.status_code, response["Location"]) == (303, "/gesperrt/")
    return client


def test_without_a_log_in_every_page_leads_there():
    response = Client().get("/probe/rows/?q=1")
    assert (response.status_code, response["Location"]) == (302, "/other/account_login/?next=/probe/rows/%3Fq%3D1")
    response = Client().get("/probe/rows/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, "/other/account_login/")


@pytest.mark.parametrize("path", ["/impressum/", "/datenschutz/", "/barrierefreiheit/", "/hilfe/"])
def test_what_everybody_may_read_needs_no_log_in(path):
    assert Client().get(path).status_code == 200


def test_a_locked_screen_shows_nothing_but_the_way_to_unlock(client_of, people):
    client = lock(client_of(people.alma))
    for path in ("/probe/rows/", "/hilfe/", "/"):
        assert client.get(path)["Location"] == "/gesperrt/"
    assert client.post("/probe/form/", {"note": "x"})["Location"] == "/gesperrt/"
    assert client.get("/probe/rows/", headers={"HX-Request": "true"})["HX-Redirect"] == "/gesperrt/"
    assert client.get("/other/account_logout/").content == b"nowhere"
    html = client.get("/gesperrt/").content.decode()
    assert "Bildschirm gesperrt" in html and 'role="search"' not in html


def test_the_password_unlocks_and_leads_back(client_of, people):
    client = lock(client_of(people.alma), Referer="http://testserver/probe/rows/?q=1")
    response = client.post("/gesperrt/", {"password": PASSWORD})
    assert (response.status_code, response["Location"]) == (303, "http://testserver/probe/rows/?q=1")
    assert client.get("/probe/rows/").status_code == 200


def test_a_foreign_address_is_not_led_back_to(client_of, people):
    client = lock(client_of(people.alma), Referer="https://evil.example/")
    assert client.post("/gesperrt/", {"password": PASSWORD})["Location"] == "/"


def test_a_wrong_password_keeps_it_locked_and_the_fifth_ends_the_session(client_of, people):
    client = lock(client_of(people.alma))
    for _ in range(4):
        response = client.post("/gesperrt/", {"password": "falsch"})
        assert response.status_code == 422
        assert client.get("/probe/rows/")["Location"] == "/gesperrt/"
    assert client.post("/gesperrt/", {"password": "falsch"})["Location"] == "/other/account_login/"
    assert client.get("/gesperrt/")["Location"].startswith("/other/account_login/")


def test_somebody_elses_password_does_not_unlock(client_of, people, django_user_model):
    other = django_user_model.objects.get(pk=people.bert.user_id)
    other.set_password("ein-ganz-anderes-kennwort")
    other.save()
    client = lock(client_of(people.alma))
    assert client.post("/gesperrt/", {"password": "ein-ganz-anderes-kennwort"}).status_code == 422


def test_locking_needs_a_post_and_unlocking_something_locked(client_of, people):
    client = client_of(people.alma)
    assert client.get("/sperren/").status_code == 405
    assert client.get("/gesperrt/")["Location"] == "/"
