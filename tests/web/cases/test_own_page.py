"""The person's own page: invited, opened with a code, read, asked for help on, shut; and what the wrong hands get."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.cases.enums import State
from ina.monitoring.enums import CrisisTrigger, Reporter
from ina.monitoring.models import Crisis, OwnPage
from ina.monitoring.operations import agree_appointment, ask_for_help, close_own_page, open_own_page
from ina.monitoring.queries import try_own_page
from ina.network.secrets import MOST_TRIES
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])
PRISON_WORDS = ("JVA", "Justiz", "Haft", "Gefangen", "Strafvollzug", "INA")


@pytest.fixture
def made(people):
    return case_for(people.alma, state=State.AFTERCARE)


def invited(people, made, act_as, now):
    with act_as(people.alma) as actor:
        return open_own_page(actor=actor, case_id=made.case_id, now=now)


def entered(way):
    client = Client()
    here = reverse("own_page_behind", args=[way.address])
    assert client.post(here, {"code": way.code.lower()}).status_code == 303
    return client, here


def test_staff_invite_and_see_the_way_once(people, made, client_of):
    here, client = reverse("own_page", args=[made.number]), client_of(people.alma)
    assert here in client.get(reverse("aftercare", args=[made.number])).content.decode()
    answer = client.post(here, {"open": "1"})
    fresh = answer.context["fresh"]
    assert fresh["code"] in answer.content.decode() and "/m/" in fresh["address"]
    again = client.get(here).content.decode()
    assert fresh["code"] not in again and "noch nicht geöffnet" in again
    assert "keine Seite" in client.post(here, {"close": "1"}).content.decode()


def test_nothing_before_the_code_tells_anything(people, made, act_as, moment):
    way = invited(people, made, act_as, moment)
    shown = Client().get(reverse("own_page_behind", args=[way.address])).content.decode()
    assert "Ihre Seite" in shown and not [word for word in PRISON_WORDS if word in shown]


def test_the_person_reads_what_is_theirs(people, made, act_as, moment):
    with act_as(people.alma) as actor:
        on = clock.day_of(moment) + timedelta(days=3)
        agree_appointment(actor=actor, case_id=made.case_id, on=on, title="Kennenlernen", place="Werkstatt", now=moment)
    client, here = entered(invited(people, made, act_as, moment))
    shown = client.get(here).content.decode()
    assert "Kennenlernen" in shown and "Werkstatt" in shown and "0800 1110111" in shown
    assert made.number not in shown and not [word for word in PRISON_WORDS if word in shown]


def test_asking_for_help_is_a_crisis_in_the_file(people, made, act_as, client_of, moment):
    client, here = entered(invited(people, made, act_as, moment))
    assert client.post(here, {"need": "", "said": "Hallo"}).status_code == 422
    assert client.post(here, {"need": "<script>", "said": ""}).status_code == 422
    assert client.post(here, {"need": "CONFLICT", "said": "x" * 1001}).status_code == 422
    assert client.post(here, {"need": "CONFLICT", "said": "Der Meister <b>schreit</b>"}).status_code == 303
    assert "Ihre Nachricht ist da" in client.get(here).content.decode()
    assert "Ihre Nachricht ist da" not in client.get(here).content.decode()
    told = client_of(people.alma).get(reverse("crises", args=[made.number])).content.decode()
    assert "Der Meister &lt;b&gt;schreit" in told and Reporter.PERSON.label in told
    for _ in range(2):
        assert client.post(here, {"need": "DEBT"}).status_code == 303
    assert client.post(here, {"need": "DEBT"}).status_code == 422


def test_wrong_codes_lock_it_and_a_right_one_sets_the_count_back(people, made, act_as, moment):
    way = invited(people, made, act_as, moment)
    for _ in range(MOST_TRIES - 1):
        assert try_own_page(way.address, "FALS-CHES", moment)[0] == "wrong"
    assert try_own_page(way.address, way.code, moment)[0] == "open"
    for _ in range(MOST_TRIES):
        assert try_own_page(way.address, "FALS-CHES", moment)[0] == "wrong"
    assert try_own_page(way.address, way.code, moment)[0] == "locked"
    answer = Client().post(reverse("own_page_behind", args=[way.address]), {"code": way.code})
    assert answer.status_code == 404 and "geht nicht mehr auf" in answer.content.decode()


def test_a_newer_page_a_shut_one_and_a_case_without_a_leader_show_nothing(people, made, act_as, moment):
    old = invited(people, made, act_as, moment)
    client, here = entered(old)
    new = invited(people, made, act_as, moment)
    assert client.get(here).status_code == 404
    client, here = entered(new)
    with act_as(people.alma) as actor:
        close_own_page(actor=actor, case_id=made.case_id, now=moment)
    assert client.get(here).status_code == 404 and client.post(here, {"need": "DEBT"}).status_code == 404
    assert try_own_page("gibt-es-nicht", "", moment) == ("over", None)


def test_the_page_of_one_opens_nothing_of_another(people, made, act_as, moment):
    other = case_for(people.alma, state=State.AFTERCARE)
    mine, theirs = invited(people, made, act_as, moment), invited(people, other, act_as, moment)
    client, _ = entered(mine)
    assert client.get(reverse("own_page_behind", args=[theirs.address])).status_code == 200
    assert "Code" in client.get(reverse("own_page_behind", args=[theirs.address])).content.decode()
    state, page = try_own_page(mine.address, mine.code, moment)
    with transaction.atomic():
        ask_for_help(actor=page, trigger=CrisisTrigger.DEBT, now=moment)
    with act_as(people.alma) as actor:
        assert set(Crisis.objects.visible_to(actor).values_list("case_id", flat=True)) == {made.case_id}
        assert OwnPage.objects.visible_to(actor).count() == 2
    assert state == "open"


def test_without_a_page_there_is_nothing_behind_a_number(people, made, moment):
    from ina.base.actor import PageOwner

    with transaction.atomic(), pytest.raises(NotVisible):
        ask_for_help(actor=PageOwner(987_654), trigger=CrisisTrigger.DEBT, now=moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM monitoring_led_by(%s)", [made.dossier_id])
        assert cursor.fetchone()[0] == 0


def test_the_same_as_a_letter(people, made, client_of):
    answer = client_of(people.alma).get(reverse("paper_view", args=[made.number, "monitoring.own_letter"]))
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_before_the_gate_nobody_is_invited(people, client_of):
    inside = case_for(people.alma)
    here = reverse("own_page", args=[inside.number])
    assert "nach der bestätigten Entlassung" in client_of(people.alma).get(here).content.decode()
    assert client_of(people.alma).post(here, {"open": "1"}).status_code == 403
