"""Einrichtungen: search, filters, pages; everybody who is logged in reads."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ina.accounts.enums import Role
from ina.institutions import policies
from ina.institutions.directory import PAGE
from ina.institutions.operations import change_institution, close_institution, serve_region, verify_institution
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db
ADDRESS = "/einrichtungen/"


def page_of(client, **query):
    answer = client.get(ADDRESS, query)
    assert answer.status_code == 200
    return answer


def keys(answer) -> list[str]:
    return [row.key for row in answer.context["page"].entries]


def test_everybody_reads_and_only_some_add(people, client_of):
    for member in people:
        answer = page_of(client_of(member))
        assert len(keys(answer)) == PAGE
        offered = reverse("institution_new") in answer.content.decode()
        assert offered is bool(policies.may_add_some_institution(member.actor))
        assert offered is (member.role in {Role.SYSTEM_ADMIN, Role.NETWORK_COORDINATOR, Role.CHAMBER_COORDINATOR})


def test_nobody_is_led_to_the_log_in(client):
    assert client.get(ADDRESS).headers["Location"].startswith("/anmelden/")


def test_search_by_words_of_name_and_place(people, client_of):
    answer = page_of(client_of(people.alma), q="jobcenter duesseld")
    assert keys(answer) == ["jc-duesseldorf"]
    assert "1 Einrichtung ·" in answer.content.decode()


def test_filters_of_kind_and_region(people, client_of):
    rows = page_of(client_of(people.alma), art="PRISON", region="1").context["page"].entries
    assert rows and {(row.kind, row.region) for row in rows} == {("PRISON", "Region 1 Düsseldorf / Bergisches Land")}


def test_a_carrier_belongs_to_the_region_whose_cases_it_leads(people, client_of, now):
    one = get_institution("traeger-musterwerk")
    serve_region(
        actor=people.gero.actor,
        now=now,
        institution_id=one.pk,
        region_number=3,
        valid_from=now.date(),
        source="Vertrag",
    )
    assert "traeger-musterwerk" in keys(page_of(client_of(people.alma), art="CARRIER", region="3"))
    assert "traeger-musterwerk" not in keys(page_of(client_of(people.alma), art="CARRIER", region="5"))


def test_who_is_competent_for_a_district(people, client_of):
    found = keys(page_of(client_of(people.alma), kreis="05111"))
    assert found == ["aa-duesseldorf", "hwk-duesseldorf", "jc-duesseldorf"]


@pytest.mark.parametrize(
    "words",
    ["düsseldorf jobcenter", "Dusseldorf jc", "DUESSELDORF JOBCENTER", "jc-duesseldorf", "33702"],
)
def test_umlauts_parts_key_and_number_find_the_same(people, client_of, words):
    answer = page_of(client_of(people.alma), q=words)
    assert "jc-duesseldorf" in keys(answer) and not answer.context["page"].instead


@pytest.mark.parametrize("words", ["Dusseldrof jobcenter", "Düsseldof Jobcenter", "jobcentr duesseldorf"])
def test_a_slip_of_the_finger_finds_what_is_like_it_and_says_so(people, client_of, words):
    answer = page_of(client_of(people.alma), q=words)
    assert "jc-duesseldorf" in keys(answer)
    assert "So geschrieben gibt es nichts" in answer.content.decode()


def test_a_number_is_found_by_its_beginning_and_has_no_neighbours(people, client_of):
    client = client_of(people.alma)
    assert "jva-duesseldorf" in keys(page_of(client, q="4047"))  # Oberhausener Straße, 40472
    assert keys(page_of(client, q="40473")) == [] and keys(page_of(client, q="0472")) == []


def test_nonsense_in_the_address_is_ignored(people, client_of):
    assert page_of(client_of(people.alma), art="NIX", region="99", seite="-3", stand="?").context["page"].page == 1
    assert (
        page_of(client_of(people.alma), seite="9999").context["page"].page
        == page_of(client_of(people.alma)).context["page"].pages
    )


def test_every_row_once_over_the_pages(people, client_of, clock, now):
    client = client_of(people.alma)
    first = page_of(client)
    found = []
    for number in range(1, first.context["page"].pages + 1):
        found += keys(page_of(client, seite=number))
    assert len(found) == len(set(found)) == first.context["page"].total
    assert "seite=2" in first.content.decode() and "zurück</a>" not in first.content.decode()


def test_page_links_keep_the_filters(people, client_of):
    assert "?art=JOBCENTER&amp;seite=2" in page_of(client_of(people.alma), art="JOBCENTER").content.decode()


def test_never_verified_is_a_value_that_can_be_asked_for(people, client_of, clock, now):
    client = client_of(people.gero)
    assert "nie geprüft" in page_of(client, q="jc-bonn").content.decode()
    one = get_institution("jc-bonn")
    verify_institution(actor=people.gero.actor, now=now, institution_id=one.pk, version=one.version)
    text = page_of(client, q="jc-bonn").content.decode()
    assert "geprüft heute, am 23.11.2026" in text and "m-unknown" not in text.split('id="rows"')[1]
    assert keys(page_of(client, q="jc-bonn", stand="never")) == []
    assert keys(page_of(client, q="jc-bonn", stand="checked")) == ["jc-bonn"]


def test_a_check_grows_old_after_the_parameter(people, client_of, clock, now):
    one = get_institution("jc-bonn")
    verify_institution(actor=people.gero.actor, now=now, institution_id=one.pk, version=one.version)
    for days, word, age in ((95, "geprüft", "vor 3 Monaten"), (181, "bitte prüfen", "vor 6 Monaten")):
        clock.set(now + timedelta(days=days))
        rows = page_of(client_of(people.gero), q="jc-bonn").content.decode().split('id="rows"')[1]
        assert f"</svg>{word}</span>" in rows and age in rows


def test_a_change_makes_the_check_worthless_and_remembers_it(people, client_of, now):
    one, actor = get_institution("jc-bonn"), people.gero.actor
    one = verify_institution(actor=actor, now=now, institution_id=one.pk, version=one.version)
    change_institution(actor=actor, now=now, institution_id=one.pk, version=one.version, phone="0228 4710-100")
    text = page_of(client_of(people.alma), q="jc-bonn").content.decode()
    assert "seit der Änderung ungeprüft" in text and "davor am 23.11.2026" in text and "0228 4710-100" in text


def test_ended_ones_are_shown_only_when_asked_for(people, client_of, clock, now):
    one = get_institution("jc-bonn")
    last = now.date().replace(day=1)
    close_institution(actor=people.gero.actor, now=now, institution_id=one.pk, version=one.version, last_day_on=last)
    client = client_of(people.alma)
    assert keys(page_of(client, q="jc-bonn")) == []
    answer = page_of(client, q="jc-bonn", stand="alle")
    assert keys(answer) == ["jc-bonn"] and "bis 01.11.2026" in answer.content.decode()


def test_empty_answer_says_where_was_searched_and_leads_back(people, client_of):
    text = page_of(client_of(people.alma), q="gibtesnicht").content.decode()
    assert "Keine Einrichtung passt dazu" in text and f'href="{ADDRESS}"' in text


def test_fragment_is_the_same_part_of_the_page(people, client_of):
    client = client_of(people.alma)
    whole = page_of(client, q="jc-bonn").content.decode()
    part = client.get(ADDRESS, {"q": "jc-bonn"}, headers={"HX-Request": "true", "HX-Target": "rows"}).content.decode()
    assert "<html" not in part and part.strip() in whole


def test_queries_do_not_grow_with_rows(people, client_of, clock):
    client = client_of(people.alma)
    page_of(client)
    for words, rows in (("jc-bonn", 1), ("jc-b", 3), ("", PAGE)):
        with CaptureQueriesContext(connection) as asked:
            found = keys(page_of(client, q=words))
        assert len(found) >= rows
        # position, count, rows, what is to be checked (not for Alma)
        assert len([one for one in asked if 'FROM "institutions_institution"' in one["sql"]]) == 2
        assert len(asked) == 13, [one["sql"][:90] for one in asked]
