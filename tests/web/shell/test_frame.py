"""Head and foot of every page: who acts, where they can go, what is said about the page."""

import re
from datetime import date

import pytest
from django.test import Client

from ina.accounts.enums import Role
from ina.accounts.models import Membership, RoleLabel
from ina.web.shell.navigation import ENTRIES, beginning_of, entries_for
from tests.web.shell.urls import Store

pytestmark = pytest.mark.django_db
NAVIGATION = {
    "alma": ["Heute", "Fälle", "Übergaben", "Anfragen", "Netzwerk", "Einrichtungen"],
    "jan": ["Heute", "Fälle", "Übergaben", "Anfragen", "Netzwerk", "Einrichtungen"],
    "hanna": ["Heute", "Fälle", "Netzwerk", "Einrichtungen"],
    "ede": ["Netzwerk", "Einrichtungen", "Auswertung"],
    "gero": ["Netzwerk", "Einrichtungen", "Konten", "Werte", "Zustand"],
    "lea": ["Netzwerk", "Einrichtungen", "Konten"],
    "karl": ["Netzwerk", "Einrichtungen", "Protokoll"],
    "ilse": ["Eingang", "Netzwerk", "Einrichtungen"],
    "dora": [],
}
BEGINNINGS = {
    "alma": "today_page", "hanna": "today_page", "frida": "today_page", "jan": "today_page", "ede": "evaluation",
    "mia": "evaluation", "gero": "account_list", "lea": "account_list", "karl": "audit_log", "dora": "own_account",
    "ilse": "inbox", "nils": "institution_list",
}  # fmt: skip


def navigation(html: str) -> list[str]:
    found = re.search(r'<nav class="ina-nav".*?</nav>', html, re.DOTALL)
    return re.findall(r">([^<]+)</a>", found[0]) if found else []


@pytest.mark.parametrize(("who", "labels"), NAVIGATION.items())
def test_each_role_finds_its_own_pages(client_of, people, who, labels):
    html = client_of(people[who]).get("/hilfe/").content.decode()
    assert navigation(html) == labels
    assert ('role="search"' in html) is ("Fälle" in labels)


@pytest.mark.parametrize(("who", "url_name"), BEGINNINGS.items())
def test_everybody_begins_somewhere(client_of, people, who, url_name):
    response = client_of(people[who]).get("/")
    assert (response.status_code, response["Location"]) == (303, f"/other/{url_name}/")


def test_nobody_begins_at_a_page_that_their_navigation_hides():
    for role in Role:
        names = {entry.url_name for entry in entries_for(role)} | {"own_account"}
        assert beginning_of(role) in names
    assert len({entry.url_name for entry in ENTRIES}) == len(ENTRIES)


def test_a_role_is_called_as_this_installation_calls_it(client_of, people):
    RoleLabel.objects.create(role=Role.CASE_MANAGER, label="Integrationsbegleitung")
    assert "Integrationsbegleitung<small>" in client_of(people.alma).get("/hilfe/").content.decode()


def test_printed_pages_name_person_and_moment(client_of, people, clock):
    html = client_of(people.alma).get("/hilfe/").content.decode()
    assert "Gedruckt am 23.11.2026, 12:00 von Alma Ahorn" in html


def test_only_pages_with_personal_data_say_so(client_of, people):
    Store.put(version=1, held_on=None, minutes=None, note="")
    client = client_of(people.alma)
    notice = "Zeigt Personendaten: jeder Aufruf wird protokolliert"
    assert notice in client.get("/probe/form/").content.decode()
    assert notice not in client.get("/probe/rows/").content.decode()


def test_the_demo_says_that_it_is_one(client_of, people, settings):
    client = client_of(people.alma)
    assert "erfundenen Personen" not in client.get("/hilfe/").content.decode()
    settings.DEMO = True
    assert "erfundenen Personen" in client.get("/hilfe/").content.decode()


def test_htmx_keeps_no_page_and_evaluates_nothing(client_of, people):
    html = client_of(people.alma).get("/hilfe/").content.decode()
    for setting in (
        '"historyCacheSize": 0',
        '"allowEval": false',
        '"includeIndicatorStyles": false',
        '"code": "422", "swap": true',
    ):
        assert setting in html
    assert "x-csrftoken" in html


def test_switching_changes_the_position_for_all_that_follows(client_of, people):
    second = Membership.objects.create(
        user_id=people.karl.user_id,
        institution_id=people.karl.institution_id,
        role=Role.EVALUATOR,
        starts_on=date(2026, 2, 1),
    )
    client = client_of(people.karl)
    response = client.post("/stelle/", {"position": "1"})
    assert (response.status_code, client.session["membership"]) == (303, second.pk)
    assert navigation(client.get("/hilfe/").content.decode()) == ["Netzwerk", "Einrichtungen", "Auswertung"]


@pytest.mark.parametrize("position", ["7", "-1", "x", ""])
def test_a_position_that_one_does_not_have_is_refused(client_of, people, position):
    client = client_of(people.karl)
    assert client.post("/stelle/", {"position": position}).status_code == 422
    assert client.session["membership"] == people.karl.membership_id


def test_no_answer_may_be_kept(client_of, people):
    for client in (Client(), client_of(people.alma)):
        for path in ("/hilfe/", "/", "/gibt/es/nicht/"):
            response = client.get(path)
            assert response["Cache-Control"] == "no-store"
            assert {"HX-Request", "Cookie"} <= set(response["Vary"].replace(" ", "").split(","))
            assert response["X-Frame-Options"] == "DENY"
            assert "script-src 'self'" in response["Content-Security-Policy"]
