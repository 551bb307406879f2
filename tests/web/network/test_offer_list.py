"""Netzwerk: offers found by need, place and phase; how far they can be relied on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.network import operations, queries
from tests.network.offers import a_partner, an_offer

pytestmark = pytest.mark.django_db


def titles(client, **query) -> list[str]:
    answer = client.get("/netzwerk/", query)
    assert answer.status_code == 200
    return [one.title for one in answer.context["page"].offers]


@pytest.fixture
def three(people):
    by = people.alma.actor
    return [
        an_offer(by, title="Schuldnerberatung", area=["05111"]),
        an_offer(by, title="Betreutes Wohnen", needs=["R1"], phases=["PREPARATION", "AFTERCARE"], area=["05314"]),
        an_offer(by, title="Überbrückung", needs=["R1", "R4"], phases=["CUSTODY"], partner=a_partner("Haus Ölweide")),
    ]


def test_found_by_need_place_phase_and_words(three, people, client_of):
    client = client_of(people.alma)
    assert titles(client, bedarf="R1") == ["Betreutes Wohnen", "Überbrückung"]
    assert titles(client, bedarf="R4", kreis="05111") == ["Schuldnerberatung", "Überbrückung"]
    assert titles(client, kreis="05314") == ["Betreutes Wohnen", "Überbrückung"]
    assert titles(client, phase="CUSTODY") == ["Überbrückung"]
    assert titles(client, q="ueberbrueckung") == ["Überbrückung"]
    assert titles(client, q="linde wohnen") == ["Betreutes Wohnen"]
    assert titles(client, q="gibtesnicht") == []
    assert len(titles(client, bedarf="nonsense", kreis="99999", seite="77")) == 3


def test_ended_offers_are_not_found(three, people, client_of, now):
    operations.end_offer(
        actor=people.alma.actor, now=now, offer_id=three[0].pk, last_day_on=now.date() - timedelta(days=1)
    )
    assert "Schuldnerberatung" not in titles(client_of(people.alma))


def test_reminder_lists_what_nobody_checked_lately(three, people, client_of, now):
    by = people.alma.actor
    operations.verify_offer(actor=by, now=now, offer_id=three[0].pk)
    operations.verify_offer(actor=by, now=now - timedelta(days=250), offer_id=three[1].pk)
    # The one checked long ago first, the one never checked last.
    assert titles(client_of(people.alma), stand="pruefen") == ["Betreutes Wohnen", "Überbrückung"]


def test_pages_are_bounded(three, people, client_of, monkeypatch):
    monkeypatch.setattr(queries.directory, "PAGE", 1)
    monkeypatch.setattr(queries.directory, "MOST", 2)
    answer = client_of(people.alma).get("/netzwerk/", {"seite": 9})
    page = answer.context["page"]
    assert (page.total, page.more, page.page, len(page.offers)) == (2, True, 2, 1)
    assert "mehr als 2 Angebote" in answer.content.decode()


def test_queries_do_not_grow_with_rows(people, client_of):
    client = client_of(people.alma)
    an_offer(people.alma.actor, title="eins", area=["05111"])
    client.get("/netzwerk/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/netzwerk/")
    for title in ("zwei", "drei"):
        an_offer(people.alma.actor, title=title, area=["05111"], partner=a_partner(f"Haus {title}"))
    with CaptureQueriesContext(connection) as three:
        client.get("/netzwerk/")
    assert len(three) == len(one)


def test_the_entry_stands_in_the_navigation_and_fragment_answers_htmx(three, people, client_of):
    client = client_of(people.alma)
    assert 'href="/netzwerk/"' in client.get("/einrichtungen/").content.decode()
    part = client.get("/netzwerk/", headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()
    assert part.strip().startswith('<div id="rows">') and "Schuldnerberatung" in part
