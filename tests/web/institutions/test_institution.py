"""One organisation: facts with their source, unknown as a value, buttons by policy."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ina.institutions.operations import set_coverage, verify_institution
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db


def text_of(client, key: str) -> str:
    answer = client.get(f"/einrichtungen/{key}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_office_shows_source_districts_and_what_is_unknown(people, client_of):
    text = text_of(client_of(people.alma), "aa-duesseldorf")
    one = get_institution("aa-duesseldorf")
    assert f"Quelle: {one.source}" in text
    assert "nie geprüft" in text and "unbekannt" in text
    assert "Zuständig für" in text and "Düsseldorf" in text


def test_prison_shows_region_and_who_leads_cases_there(people, client_of):
    text = text_of(client_of(people.alma), "jva-duesseldorf")
    assert "Region 1" in text and "Fallführung" in text


def test_parent_and_parts_lead_to_each_other(people, client_of):
    client = client_of(people.alma)
    assert reverse("institution", args=["jm-nrw"]) in text_of(client, "ljvd-nrw")
    assert reverse("institution", args=["ljvd-nrw"]) in text_of(client, "jm-nrw")


def test_who_checked_is_told_by_name(people, client_of, clock, now):
    one = get_institution("jc-bonn")
    verify_institution(actor=people.gero.actor, now=now, institution_id=one.pk, version=one.version)
    text = text_of(client_of(people.alma), "jc-bonn")
    assert f"Geprüft heute, am 23.11.2026 von {people.gero.name}" in text
    assert "person:" not in text


def test_future_district_is_shown_with_its_day(people, client_of, clock, now):
    one = get_institution("jc-bonn")
    set_coverage(
        actor=people.gero.actor,
        now=now,
        institution_id=one.pk,
        district_ags=["05314", "05315"],
        valid_from=now.date().replace(year=2027, month=1, day=1),
        source="Beschluss",
    )
    text = text_of(client_of(people.alma), "jc-bonn")
    assert "Köln" in text and "seit 01.01.2027" in text


def test_buttons_only_for_those_who_may(people, client_of):
    for member in people:
        text = text_of(client_of(member), "jva-duesseldorf")
        assert (reverse("institution_edit", args=["jva-duesseldorf"]) in text) is (member.key == "gero")
        assert ("Heute geprüft" in text) is (member.key == "gero")
    provider = text_of(client_of(people.nils), "anbieter-beispiel")
    assert reverse("institution_edit", args=["anbieter-beispiel"]) in provider


def test_unknown_key_is_not_found(people, client_of):
    assert client_of(people.alma).get("/einrichtungen/gibt-es-nicht/").status_code == 404


@pytest.mark.parametrize(("key", "statements"), [("jc-bonn", 7), ("jm-nrw", 7), ("jva-duesseldorf", 8)])
def test_queries_do_not_grow_with_what_belongs_to_it(people, client_of, clock, key, statements):
    client = client_of(people.alma)
    text_of(client, key)
    with CaptureQueriesContext(connection) as asked:
        text_of(client, key)
    assert len([one for one in asked if '"institutions_' in one["sql"]]) == statements
