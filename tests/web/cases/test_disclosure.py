"""One Übermittlung from both sides: preview, release, inbox, answer, link, letter."""

import re
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from ina.access.enums import Channel
from ina.access.operations.consents import withdraw_consent
from ina.network.enums import Delivery
from tests.factories.cases import case_for
from tests.network.disclosing import allow, prepare, send
from tests.network.test_disclosures import TODAY

pytestmark = pytest.mark.django_db(databases=["default", "log"])


@pytest.fixture
def made(people):
    return case_for(people.alma, surname="Beifuß")


@pytest.fixture
def consent(people, act_as, now, made):
    with act_as(people.alma) as actor:
        return allow(actor, made, now)


def test_walked_from_both_sides(people, client_of, act_as, now, made, consent):
    with act_as(people.alma) as actor:
        prepare(actor, made, now)
    alma, rita = client_of(people.alma), client_of(people.rita)
    page = f"/akten/{made.number}/uebermittlungen/1/"
    text = alma.get(page).content.decode()
    assert "Das liest die Stelle" in text and "Robin Beifuß" in text and "Freigeben" in text
    version = re.search(r'name="version" value="(\d+)"', text)[1]
    assert alma.post(page, {"formular": "release", "version": version}).status_code == 303
    assert alma.post(page, {"formular": "release", "version": version}).status_code in {403, 409}
    inbox = rita.get("/eingang/").content.decode()
    item = re.search(r'href="(/eingang/[0-9a-f]+/)"', inbox)[1]
    assert "Robin Beifuß" in inbox
    text = rita.get(item).content.decode()
    assert "Beratung zu Schulden" in text and "JVA" not in text
    assert rita.post(item, {"formular": "answer"}).status_code == 422
    assert rita.post(item, {"formular": "answer", "reply": "ASK", "said": "Ab wann?"}).status_code == 303
    assert rita.post(item, {"formular": "answer", "reply": "ACCEPT"}).status_code == 303
    assert rita.post(item, {"formular": "answer", "reply": "DECLINE"}).status_code == 403
    text = alma.get(page).content.decode()
    assert "Ab wann?" in text and "Zusage" in text and "noch nicht gelesen" in text and "geöffnet" in text
    assert alma.post(page, {"formular": "read"}).status_code == 303
    assert "noch nicht gelesen" not in alma.get(page).content.decode()
    assert client_of(people.ilse).get(item).status_code == 404


def test_link_and_code_are_shown_once_and_work_elsewhere(people, client_of, act_as, now, made, consent):
    with act_as(people.alma) as actor:
        prepare(actor, made, now, delivery=Delivery.LINK)
    alma, page = client_of(people.alma), f"/akten/{made.number}/uebermittlungen/1/"
    version = re.search(r'name="version" value="(\d+)"', alma.get(page).content.decode())[1]
    alma.post(page, {"formular": "release", "version": version})
    text = alma.get(page).content.decode()
    path = re.search(r"http://testserver(/r/[\w-]+/)", text)[1]
    code = re.search(r"<dd><b>([0-9A-Z]{4}-[0-9A-Z]{4})</b></dd>", text)[1]
    assert code not in alma.get(page).content.decode()
    stranger = Client()
    door = stranger.get(path)
    told = door.content.decode().lower() + str(door.headers).lower()
    for word in ("beifuß", "robin", "haft", "jva", "justiz", "akte", ">ina", "ina.css", "gefangen"):
        assert word not in told, word
    assert stranger.post(path, {"code": "FALS-CHES"}).status_code == 422
    assert stranger.post(path, {"code": code.lower().replace("-", " ")}).status_code == 303
    inside = stranger.get(path).content.decode()
    assert "Robin Beifuß" in inside and "Wir übernehmen" in inside
    for word in ("Haft", "JVA", "Justiz", "Akte ", "ina.css", "/static/ina/"):
        assert word not in inside, word
    assert stranger.post(path, {"reply": "ASK"}).status_code == 422
    assert stranger.post(path, {"reply": "ACCEPT", "said_by": "R. Linde"}).status_code == 303
    assert "Ihre Antwort vom" in stranger.get(path).content.decode()
    assert "R. Linde" in alma.get(page).content.decode()
    # Forwarded: the address alone opens nothing elsewhere.
    assert "Robin" not in Client().get(path).content.decode()
    with act_as(people.alma) as actor:
        withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=TODAY, channel=Channel.PHONE, now=now)
    gone = stranger.get(path)
    assert gone.status_code == 404 and "Robin" not in gone.content.decode()


def test_a_dead_link_asks_for_a_new_one(people, client_of, act_as, now, made, consent):
    with act_as(people.alma) as actor:
        send(actor, made, now, delivery=Delivery.LINK)
    page = f"/akten/{made.number}/uebermittlungen/1/"
    alma = client_of(people.alma)
    assert alma.post(page, {"formular": "renew"}).status_code == 303
    first = re.search(r"http://testserver(/r/[\w-]+/)", alma.get(page).content.decode())[1]
    for _ in range(6):
        Client().post(first, {"code": "FALS-CHES"})
    assert Client().get(first).status_code == 404
    assert Client().post(first, {"new": "1"}).status_code == 200
    assert "bittet um einen neuen Link" in alma.get(f"/akten/{made.number}/uebermittlungen/").content.decode()


def test_the_letter_says_what_is_kept_and_nothing_of_custody(people, client_of, act_as, now, made, consent):
    with act_as(people.alma) as actor:
        prepare(actor, made, now, delivery=Delivery.LETTER)
    alma, page = client_of(people.alma), f"/akten/{made.number}/uebermittlungen/1/"
    assert alma.get(page + "brief.pdf").status_code == 404  # not released
    version = re.search(r'name="version" value="(\d+)"', alma.get(page).content.decode())[1]
    alma.post(page, {"formular": "release", "version": version})
    answer = alma.get(page + "brief.pdf")
    assert answer.headers["Content-Type"] == "application/pdf", answer.content.decode()[-3000:]
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "Robin Beifuß" in text and "Bitte um einen Platz" in text
    assert alma.post(page, {"formular": "post", "on": "heute"}).status_code == 303
    assert "zugestellt" in alma.get(page).content.decode()


def test_stopped_is_stopped(people, client_of, act_as, now, made, consent):
    with act_as(people.alma) as actor:
        send(actor, made, now)
    alma, page = client_of(people.alma), f"/akten/{made.number}/uebermittlungen/1/"
    assert alma.post(page, {"formular": "stop", "because": ""}).status_code == 422
    assert alma.post(page, {"formular": "stop", "because": "falsche Stelle"}).status_code == 303
    assert "falsche Stelle" in alma.get(page).content.decode()
    assert "Nichts liegt hier" in client_of(people.rita).get("/eingang/").content.decode()
