"""One offer: what is entered, and its upkeep by those who keep the network."""

import pytest

from ina.network.models import Offer
from tests.network.offers import a_partner, an_offer

pytestmark = pytest.mark.django_db


def test_entered_from_the_page_of_the_partner(people, client_of):
    client, partner = client_of(people.alma), a_partner()
    address = f"/netzwerk/stellen/{partner.key}/neu/"
    assert address in client.get(f"/einrichtungen/{partner.key}/").content.decode()
    assert client.get(address).status_code == 200
    wrong = client.post(address, {"title": "Wohnhilfe", "phases": ["CUSTODY"]})
    assert wrong.status_code == 422
    assert "wobei das Angebot hilft" in wrong.content.decode() and 'value="Wohnhilfe"' in wrong.content.decode()
    saved = client.post(
        address, {"title": "Wohnhilfe", "needs": ["R1"], "phases": ["CUSTODY"], "area": ["05111"], "waiting_days": "14"}
    )
    offer = Offer.objects.get()
    assert (saved.status_code, saved.headers["Location"]) == (303, f"/netzwerk/angebote/{offer.number}/")
    text = client.get(saved.headers["Location"]).content.decode()
    assert "Wohnsituation" in text and "14 Tage" in text and "nie geprüft" in text and "Düsseldorf" in text
    assert "Wohnhilfe" in client.get(f"/einrichtungen/{partner.key}/").content.decode()


def test_checked_today_then_changed(people, client_of):
    client, offer = client_of(people.alma), an_offer(people.alma.actor)
    address = f"/netzwerk/angebote/{offer.number}/"
    assert client.post(address + "geprueft/", {"version": "1"}).status_code == 303
    assert "Geprüft" in client.get(address).content.decode()
    given = {"title": "Schuldnerberatung", "needs": ["R4"], "phases": ["AFTERCARE"], "costs": "keine"}
    assert client.post(address + "bearbeiten/", {**given, "version": "2"}).status_code == 303
    assert "Seit der letzten Änderung hat niemand" in client.get(address).content.decode()
    # Somebody who still has the page of before.
    assert client.post(address + "bearbeiten/", {**given, "costs": "5 Euro", "version": "2"}).status_code == 409


def test_end_is_entered_and_taken_back(people, client_of):
    client, offer = client_of(people.alma), an_offer(people.alma.actor)
    address = f"/netzwerk/angebote/{offer.number}/"
    assert client.get(address + "ende/").status_code == 200
    client.post(address + "ende/", {"version": "1", "last_day_on": "01.02.2026"})
    assert "01.02.2026" in client.get(address).content.decode()
    client.post(address + "ende/", {"version": "2", "last_day_on": ""})
    assert Offer.objects.get().ends_on is None


def test_readers_see_no_buttons(people, client_of):
    offer = an_offer(people.alma.actor)
    text = client_of(people.ede).get(f"/netzwerk/angebote/{offer.number}/").content.decode()
    assert "Heute geprüft" not in text and "Bearbeiten" not in text


def test_an_unknown_number_is_not_there(people, client_of):
    assert client_of(people.alma).get("/netzwerk/angebote/999999/").status_code == 404
