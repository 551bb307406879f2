"""Heute: for case managers, leads, the social service; empty; refused; number of statements."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse

from ina.access.enums import Basis
from ina.access.operations import grants
from ina.access.operations.deputies import appoint_deputy
from ina.accounts.models import Membership
from ina.agenda.models import Item
from ina.base.clock import BERLIN
from ina.cases.enums import State
from ina.cases.models import Worklist
from ina.cases.operations import referrals
from ina.cases.operations.handovers import NARROW
from ina.monitoring.operations import agree_appointment
from ina.web.desk import today_lines
from ina.web.shell.navigation import WITH_FILES, beginning_of
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/heute/"
WHY = "a test arranges"
DAY = date(2026, 11, 23)
MORNING = datetime.combine(DAY, time(8), BERLIN)


@pytest.fixture
def item_of(people, act_as):
    """Let one item of a case ask on a day, and no other before the year is over."""

    def make(made, on, title="Ausweis beantragen", kind=""):
        with act_as(people.alma) as actor:
            rows = Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, state="OPEN")
            rows.update(due_on=date(2027, 6, 1), shown_on=date(2027, 6, 1), snoozed_until=None, snooze_reason="")
            first = rows.order_by("pk")[0]
            Item.objects.unscoped(because=WHY).filter(pk=first.pk).update(
                due_on=on, shown_on=on, title=title, kind=kind
            )
            Worklist.objects.unscoped(because=WHY).filter(dossier_id=made.dossier_id).update(due_key=on)

    return make


@pytest.fixture
def seen_on(people, act_as):
    def make(made, on):
        with act_as(people.alma):
            Worklist.objects.unscoped(because=WHY).filter(case_id=made.case_id).update(last_contact_on=on)

    return make


def section(page, name: str) -> str:
    """The text of a section by the id of its heading."""
    html = page.content.decode()
    found = re.search(rf'<section aria-labelledby="{name}">.*?</section>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_the_page_is_where_those_who_work_with_files_begin():
    assert {beginning_of(role) for role in WITH_FILES} == {"today_page"}


def test_day_caseload_and_ways_on(people, alma, words):
    case_for(people.alma)
    case_for(people.alma, state=State.CLOSED)
    case_for(people.bert)
    said = words(alma.get(URL))
    assert "Montag, 23. November 1 offener Fall" in said
    assert "Zugang melden" in said and "Gefangenenliste einlesen" in said


def test_what_asks_is_told_in_three_groups_with_the_way_to_where_it_is_done(people, alma, item_of, words):
    late, now, later, far = (
        case_for(people.alma, surname=name) for name in ("Ackerwinde", "Beinwell", "Diptam", "Efeu")
    )
    item_of(late, DAY - timedelta(days=11), "Erstgespräch führen", "cases.first_talk")
    item_of(now, DAY)
    item_of(later, DAY + timedelta(days=7))
    item_of(far, DAY + timedelta(days=8))
    page = alma.get(URL)
    said = section(page, "faellig")
    assert "1 überfällig · 1 heute · 1 in sieben Tagen" in said and "Efeu" not in said
    assert said.index("Überfällig") < said.index("Ackerwinde") < said.index(" Heute ") < said.index("Beinwell")
    assert said.index("In den nächsten sieben Tagen") < said.index("Diptam")
    assert "Ackerwinde, Robin noch 98 Tage 11 Tage über Gespräch" in said and "Mo., 30.11." in said
    html = page.content.decode()
    assert f'href="{reverse("first_talk", args=[late.number])}?fall=1" aria-label="Gespräch: Erstgespräch' in html
    (place,) = re.findall(rf'href="/akten/{now.number}/aufgaben/(\d+)/\?fall=1"', html)
    assert "Ausweis beantragen" in words(alma.get(reverse("task", args=[now.number, place])))


def test_it_can_be_ordered_by_person(people, alma, item_of):
    made = case_for(people.alma, surname="Ackerwinde")
    item_of(made, DAY - timedelta(days=1))
    said = section(alma.get(URL, {"ordnung": "person"}), "faellig")
    assert said.count("Ackerwinde, Robin") == 2 and "Überfällig" not in said and "nach Dringlichkeit ordnen" in said
    assert "nach Person ordnen" in section(alma.get(URL, {"ordnung": "unsinn"}), "faellig")


def test_long_lists_end_with_how_many_more(people, alma, item_of, monkeypatch):
    monkeypatch.setattr("ina.web.desk.today.SHOWN", 1)
    monkeypatch.setattr(today_lines, "SHOWN", 1)
    for _ in range(3):
        item_of(case_for(people.alma, planned_on=date(2026, 12, 24)), DAY)
    page = alma.get(URL)
    assert "und 2 weitere" in section(page, "faellig")
    said = section(page, "entlassungen")
    assert "90 Tage 3" in said and "und 2 weitere" in said and said.count("Robin") == 2  # table and list


def test_the_strip_shows_who_leaves_within_ninety_days(people, alma, item_of):
    soon = case_for(people.alma, surname="Schlehdorn", given_name="Mara", planned_on=date(2026, 11, 27))
    item_of(case_for(people.alma, surname="Lindgens", planned_on=date(2027, 2, 21)), DAY)
    case_for(people.alma, surname="Holunder", planned_on=date(2027, 2, 22))
    case_for(people.alma, surname="Robiniak", state=State.AFTERCARE)
    case_for(people.bert, surname="Tannhof", planned_on=date(2026, 12, 1))
    item_of(soon, DAY - timedelta(days=2))
    page = alma.get(URL)
    said = section(page, "entlassungen")
    assert "90 Tage 2" in said and "Schlehdorn, M. 27.11. · 1 überfällig" in said
    assert "Schlehdorn, Mara 27.11. · 4 T" in said and "weniger als 4 Wochen: kurze Liste" in said
    assert not {"Holunder", "Robiniak", "Tannhof"} & set(said.replace(",", "").split())
    assert 'aria-label="2 Entlassungen bis zum 21.02.2027. Bei 1 davon ist etwas überfällig.' in page.content.decode()


def test_who_stands_in_sees_the_cases_and_tasks_of_whom_they_stand_in_for(people, client_of, act_as, item_of):
    made = case_for(people.alma, surname="Ackerwinde", planned_on=date(2026, 12, 1))
    item_of(made, DAY)
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor,
            membership_id=people.alma.membership_id,
            deputy_id=people.bert.membership_id,
            starts_on=DAY,
            ends_on=date(2099, 12, 4),  # the wall asks the database's own clock
            now=MORNING,
        )
    page = client_of(people.bert).get(URL)
    assert "0 offene Fälle, dazu 1 in Vertretung für Alma Ahorn bis 04.12." in " ".join(page.content.decode().split())
    assert "zuständig: Alma Ahorn" in section(page, "faellig") and "Ackerwinde" in section(page, "entlassungen")


def test_appointments_of_today_with_place_and_others(people, alma, client_of, act_as):
    made = case_for(people.alma, surname="Ackerwinde")
    with act_as(people.alma) as actor:
        for on, at, title in ((DAY, time(11), "Profiling"), (DAY + timedelta(days=1), None, "Morgen erst")):
            agree_appointment(
                actor=actor, case_id=made.case_id, on=on, at=at, title=title, place="Haus B", others="Jobcenter",
                now=MORNING,
            )  # fmt: skip
    page = alma.get(URL)
    said = section(page, "termine")
    assert "11:00 Ackerwinde, Robin Profiling · Haus B · mit Jobcenter" in said and "Morgen erst" not in said
    assert f'href="{reverse("week")}"' in page.content.decode()
    assert f'href="{reverse("appointment", args=[made.number, 1])}?fall=1"' in page.content.decode()
    house = client_of(people.hanna).get(URL)
    assert "11:00 Ackerwinde, Robin Profiling · Haus B · mit Jobcenter · Alma Ahorn" in section(house, "termine")
    assert reverse("week") not in house.content.decode()
    assert "kein Termin" in section(client_of(people.vera).get(URL), "termine")


def test_an_offer_waits_with_the_receiver_the_giver_and_the_lead(people, alma, client_of, act_as):
    made = case_for(people.alma, surname="Ackerwinde")
    cem = client_of(people.cem)
    assert "Keine Übergabe wartet" in section(cem.get(URL), "uebergaben")
    alma.post(
        reverse("handover", args=[made.number]),
        {
            "formular": "offer",
            "receiver_id": people.cem.membership_id,
            "kind": "PERSON",
            "reason": "Wechsel",
            "message": "x",
            "offered_on": "heute",
        },
    )
    # The wall asks the database's own clock, and the offer was made on a day that stands still.
    receiver = Membership.objects.get(pk=people.cem.membership_id).holder.pk
    with act_as(people.alma):
        grants.give(
            dossier_id=made.dossier_id, holder_id=receiver, basis=Basis.HANDOVER, basis_id=1,
            compartments=NARROW, starts=MORNING, ends=datetime(2099, 12, 31, tzinfo=BERLIN), case_number=1,
        )  # fmt: skip
    said = section(cem.get(URL), "uebergaben")
    assert "1 wartet" in said and "Ackerwinde, Robin kommt von Alma Ahorn" in said and "Antworten" in said
    said = section(alma.get(URL), "uebergaben")
    assert "1 wartet" in said and "geht an Cem Ceder" in said and "Antworten" not in said
    said = section(client_of(people.uwe).get(URL), "uebergaben")
    assert f"Akte {made.number} in Vertretung zu beantworten" in said and "Ackerwinde" not in said
    assert "Im Team: 1 Angebot wartet" in section(client_of(people.jan).get(URL), "uebergaben")
    assert section(client_of(people.hanna).get(URL), "uebergaben") == ""


def test_who_was_not_seen_for_long_stands_first_by_days(people, alma, seen_on):
    seen_on(case_for(people.alma, surname="Birkental"), DAY - timedelta(days=47))
    seen_on(case_for(people.alma, surname="Haselhoff"), DAY - timedelta(days=52))
    seen_on(case_for(people.alma, surname="Kamille"), DAY - timedelta(days=20))
    seen_on(case_for(people.alma, surname="Eibisch"), None)  # admitted on 16 March, met by nobody since
    seen_on(case_for(people.alma, surname="Ginster", state=State.SCREENING), None)
    said = section(alma.get(URL), "kontakt")
    assert re.findall(r"(\w+), Robin", said) == ["Eibisch", "Haselhoff", "Birkental"]
    assert "252 Tage" in said and "Haselhoff, Robin Entlassungsvorbereitung · JVA Düsseldorf 52 Tage" in said


def test_an_empty_day_is_said_honestly(alma, client_of, people, words):
    said = words(alma.get(URL))
    assert "0 offene Fälle" in said and "keine Entlassung geplant" in said and "Heute ist nichts fällig" in said
    assert "kein Termin" in said and "Keine Übergabe" in said and "Mit allen gab es" in said
    assert "führt zurzeit niemand Fälle" not in said
    said = words(client_of(people.hanna).get(URL))
    assert "noch niemand gemeldet" in said and "Zu allen ist ein Termin eingetragen" in said
    assert "jeder Fall wird geführt" in words(client_of(people.jan).get(URL))


def test_the_chamber_is_told_what_there_is_not(people, client_of, words):
    said = words(client_of(people.frida).get(URL))
    assert "Heute wartet hier nichts auf Sie" in said and "führt ina noch nicht" in said


@pytest.mark.parametrize("who", ["gero", "ede", "karl", "lea", "ilse", "dora"])
def test_who_works_without_files_is_refused(people, client_of, who):
    assert client_of(people[who]).get(URL).status_code == 403


def test_the_lead_sees_the_team_and_what_nobody_leads(people, client_of, act_as, item_of, seen_on):
    made = case_for(people.alma, surname="Ackerwinde", planned_on=date(2026, 12, 1))
    item_of(made, DAY - timedelta(days=3))
    seen_on(made, DAY - timedelta(days=60))
    case_for(people.bert, state=State.AFTERCARE)
    case_for(people.cem, surname="Fremd", planned_on=date(2026, 12, 1))
    with act_as(people.hanna) as actor:
        referrals.refer_person(
            actor=actor,
            person=referrals.Person(surname="Ysop", booking_number="9/26"),
            prison_id=people.hanna.institution_id,
            referred_on=DAY,
            source="SOCIAL_SERVICE",
            now=MORNING,
        )
    page = client_of(people.jan).get(URL)
    html = " ".join(page.content.decode().split())
    assert "3 offene Fälle im Team Rhein, 1 davon ohne Fallführung" in html and "Fremd" not in html
    team = section(page, "team")
    assert re.search(r"Alma Ahorn JVA Düsseldorf 1 unter dem Üblichen 1,00 gewichtet 1 1 1 Bert Buche", team)
    assert "Ysop" in section(page, "ohne") and "Zugang gemeldet" in section(page, "ohne")
    assert "Ackerwinde, R." in section(page, "entlassungen")
    phases = section(page, "phasen")
    assert phases == "Phasen Klärung 1 Vollzug 0 Entlassungsvorbereitung 1 Nachsorge 1"
    assert section(page, "kontakt") == "" and section(page, "zugaenge") == ""


def test_a_lead_without_a_team_leads_nobody(people, client_of, words):
    from ina.accounts.models import Membership

    case_for(people.alma)
    Membership.objects.filter(pk=people.jan.membership_id).update(team=None)
    said = words(client_of(people.jan).get(URL))
    assert "0 offene Fälle" in said and "führt zurzeit niemand Fälle" in said


def test_the_social_service_sees_its_referrals_and_what_is_missing(people, client_of, act_as):
    case_for(people.alma, surname="Ackerwinde", state=State.SCREENING)
    case_for(people.alma, surname="Beinwell", state=State.WAITING)
    case_for(people.alma, surname="Diptam", planned_on=None)
    case_for(people.alma, surname="Eibisch", planned_on=date(2026, 12, 1))
    with act_as(people.hanna) as actor:
        referrals.refer_person(
            actor=actor,
            person=referrals.Person(surname="Ysop", booking_number="9/26"),
            prison_id=people.hanna.institution_id,
            referred_on=DAY,
            source="SOCIAL_SERVICE",
            now=MORNING,
        )
    page = client_of(people.hanna).get(URL)
    said = section(page, "zugaenge")
    assert "1 wartet auf Zuteilung · 1 in Klärung · 1 auf der Warteliste" in said
    assert "Ysop gemeldet am 23.11.2026 wartet auf Zuteilung 23.11.2026" in said
    assert "Eibisch, Robin gemeldet am 02.03.2026 aufgenommen 16.03.2026" in said
    assert said.index("Beinwell") < said.index("Ysop") < said.index("Diptam")
    missing = section(page, "ohne-termin")
    assert "Diptam" in missing and "Ysop" in missing and "Ohne Entlassungstermin 2" in missing
    assert "Eibisch" in section(page, "entlassungen") and "Zugang melden" in page.content.decode()
    assert "Ackerwinde" not in client_of(people.vera).get(URL).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("who", ["alma", "jan", "hanna"])
def test_the_page_takes_the_same_statements_for_one_row_and_three(people, client_of, statements, item_of, who, rows):
    for _ in range(rows):
        item_of(case_for(people.alma, planned_on=date(2026, 12, 1)), DAY)
    client = client_of(people[who])
    client.get(URL)
    with statements() as count:
        assert client.get(URL).status_code == 200
    assert count() == 7
