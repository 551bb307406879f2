"""Imprint, privacy, accessibility, help: read by everybody, written by the operator's administrator."""

import pytest
from django.test import Client

from ina.reference.queries import get_page

pytestmark = pytest.mark.django_db
EDIT = "/seiten/impressum/bearbeiten/"


def change(version=1, **values):
    return {"version": version, "title": "Impressum", "body": "## Betreiber\n\nAmt Beispiel"} | values


def test_the_delivered_texts_are_honest_about_what_is_missing():
    texts = {
        path: Client().get(f"/{path}/").content.decode() for path in ("impressum", "datenschutz", "barrierefreiheit")
    }
    assert "noch nicht ausgefüllt" in texts["impressum"]
    assert "§ 35 JVollzDSG NRW" in texts["datenschutz"] and "24 Monaten" in texts["datenschutz"]
    assert "nicht vollständig geprüft" in texts["barrierefreiheit"]
    assert "bearbeiten" not in "".join(texts.values()).replace("„bearbeiten“", "")


def test_the_administrator_writes_a_page_and_everybody_reads_it(client_of, people, trail, clock):
    gero = client_of(people.gero)
    assert f'href="{EDIT}"' in gero.get("/impressum/").content.decode()
    assert 'name="version" value="1"' in gero.get(EDIT).content.decode()
    response = gero.post(EDIT, change())
    assert (response.status_code, response["Location"]) == (303, "/impressum/")
    html = Client().get("/impressum/").content.decode()
    assert "Amt Beispiel" in html and "Stand: 23.11.2026" in html
    (line,) = trail("reference.edit_page")
    assert line.user_id == people.gero.user_id
    assert line.subject == f"reference.page:{get_page('impressum').pk}"


def test_a_text_cannot_become_script(client_of, people):
    client_of(people.gero).post(EDIT, change(body="<script>x</script> [x](javascript:x)"))
    html = Client().get("/impressum/").content.decode()
    assert "<script>x" not in html and 'href="javascript' not in html


def test_two_at_once_lose_nothing(client_of, people):
    gero = client_of(people.gero)
    gero.post(EDIT, change(body="erste"))
    response = gero.post(EDIT, change(body="zweite", **{"initial-title": "Impressum", "initial-body": "alt"}))
    assert response.status_code == 409
    assert "erste" in response.content.decode() and "zweite" in response.content.decode()
    assert get_page("impressum").body == "erste"


@pytest.mark.parametrize("values", [{"title": " "}, {"body": ""}, {"title": "x" * 121}])
def test_an_empty_or_overlong_page_is_not_saved(client_of, people, values):
    assert client_of(people.gero).post(EDIT, change(**values)).status_code == 422
    assert get_page("impressum").version == 1


@pytest.mark.parametrize("who", ["alma", "jan", "lea", "karl", "dora"])
def test_nobody_else_writes(client_of, people, who):
    client = client_of(people[who])
    assert client.get(EDIT).status_code == 403
    assert client.post(EDIT, change()).status_code == 403
    assert get_page("impressum").version == 1


def test_a_page_that_does_not_exist_is_not_found(client_of, people):
    assert client_of(people.gero).get("/seiten/anderes/bearbeiten/").status_code == 404


def test_the_news_come_from_the_changelog(client_of, people, settings, tmp_path):
    settings.BASE_DIR = tmp_path
    client = client_of(people.alma)
    assert "keine Neuerungen verzeichnet" in client.get("/neuerungen/").content.decode()
    (tmp_path / "CHANGELOG.md").write_text("# Neuerungen\n\n## 0.2\n\n- Neu: `script` <b>", encoding="utf-8")
    html = client.get("/neuerungen/").content.decode()
    assert '<h2 class="ina-h2">0.2</h2>' in html and "&lt;b&gt;" in html
