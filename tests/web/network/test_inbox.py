"""Eingang: one's own house only, filtered, in pages; as many statements for one row as for three."""

import re

import pytest

from tests.factories.cases import case_for
from tests.network.disclosing import allow, send

pytestmark = pytest.mark.django_db(databases=["default", "log"])
STATEMENTS = 9


def fill(people, act_as, now, names):
    for name in names:
        made = case_for(people.alma, surname=name)
        with act_as(people.alma) as actor:
            allow(actor, made, now)
            send(actor, made, now)


def test_shown_and_searched(people, client_of, act_as, now):
    fill(people, act_as, now, ["Beifuß", "Bärlauch"])
    client = client_of(people.rita)
    assert "Robin Beifuß" in (text := client.get("/eingang/").content.decode()) and "Robin Bärlauch" in text
    text = client.get("/eingang/?q=bärl&stand=offen").content.decode()
    assert "Beifuß" not in text and "Bärlauch" in text
    assert "Nichts passt dazu" in client.get("/eingang/?q=Distel").content.decode()
    assert client.get("/eingang/?seite=99").status_code == 200
    fragment = client.get("/eingang/", headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()
    assert fragment.lstrip().startswith('<div id="rows">')


def test_what_was_answered_is_no_longer_open(people, client_of, act_as, now):
    fill(people, act_as, now, ["Beifuß", "Bärlauch"])
    client = client_of(people.rita)
    item = re.findall(r'href="(/eingang/[0-9a-f]+/)"', client.get("/eingang/").content.decode())[0]
    client.post(item, {"formular": "answer", "reply": "ASK", "said": "Ab wann?"})
    assert client.get("/eingang/?stand=offen").content.decode().count("Robin") == 2
    client.post(item, {"formular": "answer", "reply": "DECLINE"})
    assert client.get("/eingang/?stand=offen").content.decode().count("Robin") == 1


def test_whoever_receives_nothing_by_role_is_refused(people, client_of):
    assert client_of(people.alma).get("/eingang/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow_with_rows(people, client_of, act_as, now, rows, django_assert_num_queries):
    fill(people, act_as, now, ["Beifuß", "Bärlauch", "Borretsch"][:rows])
    client = client_of(people.rita)
    client.get("/eingang/")
    with django_assert_num_queries(STATEMENTS):
        client.get("/eingang/")
