"""The chamber's coordination in the file: by a signed sheet, what it names, until it ends; everything else is shut."""

from datetime import date, timedelta

import pytest
from django.db import connection

from ina.access.enums import Channel, ConsentPurpose, Direction
from ina.access.enums import Compartment as C
from ina.access.operations.consents import withdraw_consent
from ina.base.errors import Invalid
from ina.cases.operations import acts
from ina.network.operations import close_to_chamber, open_to_chamber
from ina.network.queries import opened_profiles
from tests.access.catalogue import personal_tables
from tests.factories.cases import case_for
from tests.factories.everything import everything_for
from tests.network.disclosing import AGENCY, allow

pytestmark = pytest.mark.django_db(databases=["default", "log"])
CHAMBER = "hwk-duesseldorf"
SCOPE = C.IDENTITY | C.VOCATIONAL | C.JOB
TODAY = date(2026, 11, 23)
SECRETS = ("Ich will Geselle werden", "kein schweres Heben", "Bewerbung besprochen", "01.03.2027", "Schuldenberatung")


def opened(people, act_as, now, made, **more):
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now, partner=CHAMBER, **{"categories": SCOPE, **more})
        open_to_chamber(actor=actor, consent_id=consent.pk, now=now)
    return consent


def sees(people, act_as, made) -> bool:
    with act_as(people.frida) as actor:
        return made.dossier_id in {row.dossier_id for row in opened_profiles(actor)}


def address_of(people, act_as, made) -> str:
    with act_as(people.frida) as actor:
        return next(f"/freigegeben/{row.id}/" for row in opened_profiles(actor) if row.dossier_id == made.dossier_id)


def test_opened_by_the_sheet_and_shut_by_the_withdrawal(people, act_as, now):
    made = case_for(people.alma)
    assert not sees(people, act_as, made)
    consent = opened(people, act_as, now, made)
    assert sees(people, act_as, made)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match="schon geöffnet"):
            open_to_chamber(actor=actor, consent_id=consent.pk, now=now)
        withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=TODAY, channel=Channel.PHONE, now=now)
    assert not sees(people, act_as, made)


def test_shut_again_without_a_withdrawal(people, act_as, now):
    made = case_for(people.alma)
    consent = opened(people, act_as, now, made)
    with act_as(people.alma) as actor:
        close_to_chamber(actor=actor, consent_id=consent.pk, now=now)
        with pytest.raises(Invalid, match="nicht geöffnet"):
            close_to_chamber(actor=actor, consent_id=consent.pk, now=now)
    assert not sees(people, act_as, made)


@pytest.mark.parametrize(("beyond", "after"), [(False, False), (True, True)])
def test_the_gate_shuts_it_unless_the_sheet_holds_beyond(people, act_as, now, beyond, after):
    made = case_for(people.alma)
    opened(people, act_as, now, made, beyond_release=beyond)
    with act_as(people.alma) as actor:
        acts.confirm_release(actor=actor, case_id=made.case_id, released_on=TODAY, now=now)
    assert sees(people, act_as, made) is after


def test_it_ends_with_the_last_day_of_the_sheet(people, act_as, now):
    made = case_for(people.alma)
    opened(people, act_as, now, made, expires_on=TODAY + timedelta(days=9))
    with act_as(people.frida), connection.cursor() as cursor:
        until = "SELECT upper(valid) AT TIME ZONE 'Europe/Berlin' FROM access_grant WHERE dossier_id = %s"
        cursor.execute(until, [made.dossier_id])
        assert cursor.fetchone()[0].date() == TODAY + timedelta(days=10)


@pytest.mark.parametrize(
    ("partner", "categories", "said"),
    [
        (AGENCY, SCOPE, "nur für die Kammer"),
        (CHAMBER, C.VOCATIONAL, "Person und Kontakt"),
        (CHAMBER, C.IDENTITY | C.PLAN, "Berufliches"),
    ],
)
def test_what_a_sheet_is_not_meant_for(people, act_as, now, partner, categories, said):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now, partner=partner, categories=categories)
        with pytest.raises(Invalid, match=said):
            open_to_chamber(actor=actor, consent_id=consent.pk, now=now)


def test_a_sheet_to_ask_the_chamber_is_none_to_tell_it(people, client_of, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now, partner=CHAMBER, categories=SCOPE, direction=Direction.GET)
        with pytest.raises(Invalid, match="mitzuteilen"):
            open_to_chamber(actor=actor, consent_id=consent.pk, now=now)
    assert not sees(people, act_as, made)
    assert client_of(people.alma).get(f"/akten/{made.number}/einwilligungen/").context["open"] is None


def test_a_release_from_secrecy_opens_nothing(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        consent = allow(actor, made, now, partner=CHAMBER, categories=SCOPE, purpose=ConsentPurpose.SECRECY)
        with pytest.raises(Invalid, match="zur Weitergabe"):
            open_to_chamber(actor=actor, consent_id=consent.pk, now=now)


def test_a_narrower_sheet_shuts_what_the_wider_one_had_opened(people, act_as, now):
    made = case_for(people.alma)
    opened(people, act_as, now, made)
    with act_as(people.alma) as actor:
        allow(actor, made, now, partner=CHAMBER, categories=C.IDENTITY)
    assert not sees(people, act_as, made)


def test_never_more_than_name_profile_and_work_whatever_was_signed(people, act_as, now, bare_sql):
    made = everything_for(people, now)
    everything = C.IDENTITY | C.VOCATIONAL | C.JOB | C.PLAN | C.CUSTODY | C.HEALTH | C.CONTACTS | C.CONFIDENTIAL
    opened(people, act_as, now, made, categories=everything)
    with bare_sql(people.frida) as cursor:
        tables = [one for one in personal_tables(cursor) if not one.is_partition and one.column == "dossier_id"]
        shown = set()
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table.name} WHERE dossier_id = %s", [made.dossier_id])
            if cursor.fetchone()[0]:
                shown.add(table.name)
    for hidden in (
        "cases_custodyperiod", "cases_releasedatehypothesis", "cases_healthsituation", "planning_goal",
        "monitoring_contact", "monitoring_note", "network_servicereferral", "network_disclosure", "access_consent",
        "cases_benefitsituation", "profiling_healthfinding",
    ):  # fmt: skip
        assert hidden not in shown, hidden
    assert {"cases_participant", "profiling_targetoccupation", "profiling_competence"} <= shown


def test_no_page_of_the_file_opens_and_the_profile_tells_nothing_else(people, client_of, act_as, now):
    """Neither by a page, nor by a list, nor by the search: custody, release, plan, talks and health stay shut."""
    made = everything_for(people, now)
    opened(people, act_as, now, made)
    client = client_of(people.frida)
    for page in ("", "profiling/", "plan/", "netzwerk/", "kontakte/", "einwilligungen/", "dokumente/", "zugriff/",
                 "person/", "kreis/", "aufnahmebogen/", "uebermittlungen/", "aufgaben/", "verbleib/"):  # fmt: skip
        assert client.get(f"/akten/{made.number}/{page}").status_code == 404, page
    text = client.get(address_of(people, act_as, made)).content.decode().partition("<main")[2]
    assert "Schweißen MAG 135" in text
    everywhere = text + client.get("/freigegeben/").content.decode() + client.get("/faelle/").content.decode()
    everywhere += client.get("/heute/").content.decode()
    for word in (*SECRETS, "JVA", "Justiz", "Haft"):
        assert word not in everywhere.partition("<main")[2], word
    assert made.number not in client.get("/faelle/").content.decode()
    assert "Freigaben" in client.get("/heute/").content.decode()


def test_others_do_not_see_what_is_open_to_the_chamber(people, client_of, act_as, now):
    made = case_for(people.alma)
    opened(people, act_as, now, made)
    address = address_of(people, act_as, made)
    for who in ("alma", "rita", "ilse", "ede"):
        assert client_of(people[who]).get(address).status_code == 403
    assert client_of(people.frida).get(address).status_code == 200
    assert client_of(people.frida).get("/freigegeben/1/").status_code == 404


def test_opened_and_shut_on_the_page_of_consents(people, client_of, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now, partner=CHAMBER, categories=SCOPE)
    client, here = client_of(people.alma), f"/akten/{made.number}/einwilligungen/"
    form = client.get(here).context["open"]
    place = form.fields["consent"].choices[-1][0]
    assert client.post(here, {"formular": "open", "consent": place}).status_code == 303
    assert sees(people, act_as, made)
    assert client.get(here).context["open"] is None
    assert client.post(here, {"formular": "shut", "consent": place}).status_code == 303
    assert not sees(people, act_as, made)


def test_the_chamber_raises_an_alarm_and_learns_nothing_more(people, act_as, now, client_of):
    made = case_for(people.alma)
    opened(people, act_as, now, made)
    here, frida = address_of(people, act_as, made), client_of(people.frida)
    sent = {"formular": "alarm", "trigger": "CONFLICT", "urgency": "DAY", "hypothesis": "Streit mit dem Meister"}
    assert frida.post(here, {**sent, "trigger": ""}).status_code == 422
    assert frida.post(here, sent).status_code == 303
    assert "Streit mit dem Meister" not in frida.get(here).content.decode()
    told = client_of(people.alma).get(f"/akten/{made.number}/krise/").content.decode()
    assert "Streit mit dem Meister" in told and "Kammerkoordination" in told
    paper = client_of(people.alma).get(f"/akten/{made.number}/dokumente/entwurf/monitoring.crisis_agreement.pdf")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert frida.post("/freigegeben/987654/", sent).status_code == 404
