"""Offers to take along and to read in: a look first, then everything or nothing."""

import base64
import re
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ina.network.models import Offer
from tests.network.offers import a_partner, an_offer

pytestmark = pytest.mark.django_db
HEAD = "Nummer;Schlüssel der Stelle;Angebot;hilft bei;Phasen;Kosten\n"
HERE = "/netzwerk/einlesen/"


def look(client, *lines):
    content = (HEAD + "\n".join(lines)).encode()
    return client.post(HERE, {"file": SimpleUploadedFile("liste.csv", content)})


def hidden(answer) -> dict:
    text = answer.content.decode()
    return {name: re.search(f'name="{name}" value="([^"]*)"', text)[1] for name in ("kept", "fingerprint")}


def test_looked_at_and_read_in(people, client_of):
    partner, client = a_partner(), client_of(people.alma)
    old = an_offer(people.alma.actor, partner=partner, title="Beratung", costs="keine")
    seen = look(
        client,
        f"{old.number};{partner.key};Beratung;R4;AFTERCARE;fünf Euro",
        f";{partner.key};Budgetkurs;R4;CUSTODY;",
    )
    assert seen.status_code == 200 and "1 neu, 1 geändert, 0 unverändert, 0 mit Fehlern" in seen.content.decode()
    assert Offer.objects.count() == 1
    assert client.post(HERE, hidden(seen)).status_code == 303
    assert Offer.objects.get(number=old.number).costs == "fünf Euro" and Offer.objects.count() == 2
    # Sent twice: nothing twice.
    again = client.post(HERE, hidden(seen))
    assert again.status_code == 422 and Offer.objects.count() == 2
    assert "2 unverändert" in again.content.decode()


def test_one_wrong_row_and_nothing_is_read_in(people, client_of):
    partner, client = a_partner(), client_of(people.alma)
    seen = look(
        client, f";{partner.key};A;R4;CUSTODY;", ";gibt-es-nicht;B;R4;CUSTODY;", f";{partner.key};A;R4;CUSTODY;"
    )
    text = seen.content.decode()
    assert seen.status_code == 422 and "gibt es nicht" in text and "steht schon in Zeile 2" in text
    assert 'name="kept"' not in text and not Offer.objects.exists()


def test_somebody_was_faster(people, client_of):
    partner, client = a_partner(), client_of(people.alma)
    seen = look(client, f";{partner.key};Beratung;R4;CUSTODY;")
    an_offer(people.alma.actor, partner=partner, title="Beratung")
    answer = client.post(HERE, hidden(seen))
    assert answer.status_code == 422 and "Seit der Vorschau" in answer.content.decode()
    assert Offer.objects.count() == 1


@pytest.mark.parametrize("kept", ["", "kein base64 !", "AAAA", "eJw="])
def test_a_forged_page_writes_nothing(people, client_of, kept):
    answer = client_of(people.alma).post(HERE, {"kept": kept, "fingerprint": "0"})
    assert answer.status_code in {400, 409, 422} and not Offer.objects.exists()


def test_a_file_with_a_wrong_row_is_not_written_by_a_forged_confirmation(people, client_of):
    partner, client = a_partner(), client_of(people.alma)
    good = look(client, f";{partner.key};A;R4;CUSTODY;")
    content = (HEAD + f";{partner.key};A;R4;CUSTODY;\n;{partner.key};B;R99;CUSTODY;").encode()
    forged = {**hidden(good), "kept": base64.b64encode(zlib.compress(content)).decode()}
    answer = client.post(HERE, forged)
    assert answer.status_code == 422 and "R99" in answer.content.decode() and not Offer.objects.exists()


def test_a_bomb_is_not_unpacked(people, client_of):
    bomb = base64.b64encode(zlib.compress(b"0" * 30_000_000)).decode()
    answer = client_of(people.alma).post(HERE, {"kept": bomb, "fingerprint": "0"})
    assert answer.status_code == 422 and "1 MB" in answer.content.decode()


def test_taken_along_as_the_search_found_it(people, client_of):
    an_offer(people.alma.actor, title="Beratung", needs=["R4"])
    an_offer(people.alma.actor, title="Zimmer", needs=["R1"])
    client = client_of(people.alma)
    text = b"".join(client.get("/netzwerk/angebote.csv?bedarf=R1").streaming_content).decode("utf-8-sig")
    assert "Zimmer" in text and "Beratung;" not in text
    assert client_of(people.ede).get("/netzwerk/angebote.csv").status_code == 403
    assert client_of(people.ede).post(HERE, {"kept": "x"}).status_code == 403
