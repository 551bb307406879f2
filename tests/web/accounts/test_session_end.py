"""A session ends when nobody is there; a locked one shows nothing; an ended one is a stranger's."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ina.accounts.models import SessionRecord
from ina.accounts.queries import inactivity_limit
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db


def test_session_ends_after_the_time_without_a_request(people, client_of, clock, now):
    client = client_of(people.alma)
    limit = inactivity_limit(now.date())
    clock.set(now + limit)
    assert client.get("/konto/").status_code == 200
    clock.set(now + 2 * limit + timedelta(seconds=1))
    answer = client.get("/konto/", follow=True)
    assert answer.redirect_chain[0][0] == "/anmelden/?next=%2Fkonto%2F"
    assert "nach 15 Minuten ohne Eingabe beendet" in answer.content.decode()
    assert people.alma.name not in answer.content.decode()
    assert SessionRecord.objects.get(user=people.alma.user_id).ended_at is not None


def test_each_request_begins_the_time_anew(people, client_of, clock, now):
    client = client_of(people.alma)
    for step in range(1, 6):
        clock.set(now + step * timedelta(minutes=14))
        assert client.get("/konto/").status_code == 200
    assert SessionRecord.objects.get(user=people.alma.user_id).last_seen_at == now + timedelta(minutes=70)


def test_htmx_is_led_to_the_log_in_as_a_whole_page(people, client_of, clock, now):
    client = client_of(people.alma)
    clock.set(now + timedelta(hours=2))
    answer = client.get("/konto/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/anmelden/"


def test_within_a_minute_nothing_is_asked_or_written(people, client_of, clock, now):
    client = client_of(people.alma)
    for later, asked in ((59, False), (61, True)):
        clock.set(now + timedelta(seconds=later))
        with CaptureQueriesContext(connection) as queries:
            client.get("/konto/")
        statements = [query["sql"] for query in queries]
        assert any("inactivity_limit" in sql for sql in statements) is asked
        assert any(sql.startswith('UPDATE "accounts_sessionrecord"') for sql in statements) is asked


def test_locked_session_shows_nothing_until_the_password(people, client_of):
    client = client_of(people.alma)
    client.post(reverse("lock"))
    page = client.get("/konto/", follow=True)
    assert page.redirect_chain[-1][0] == reverse("unlock")
    client.post(reverse("unlock"), {"password": "falsch"})
    assert client.get("/konto/").status_code in (302, 303)
    client.post(reverse("unlock"), {"password": PASSWORD})
    assert client.get("/konto/").status_code == 200


def test_own_session_elsewhere_is_ended(people, client_of):
    here, elsewhere = client_of(people.alma), client_of(people.alma)
    record = SessionRecord.objects.filter(user=people.alma.user_id).order_by("-pk").first()
    assert here.post("/konto/sitzungen/beenden/", {"session": record.pk}).status_code == 303
    assert elsewhere.get("/konto/").status_code in (302, 400)
    assert here.get("/konto/").status_code == 200


def test_session_of_somebody_else_is_not_there(people, client_of):
    client_of(people.bert)
    record = SessionRecord.objects.get(user=people.bert.user_id)
    assert client_of(people.alma).post("/konto/sitzungen/beenden/", {"session": record.pk}).status_code == 404
    record.refresh_from_db()
    assert record.ended_at is None


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "١"])
def test_numbers_that_no_page_wrote(people, client_of, value):
    assert client_of(people.alma).post("/konto/sitzungen/beenden/", {"session": value}).status_code == 404
