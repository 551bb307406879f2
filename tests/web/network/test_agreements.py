"""Contact persons, agreements and working groups on their pages."""

import pytest

from ina.network.models import Agreement, Meeting, MeetingTask, PartnerContact
from ina.network.operations import draft_agreement
from tests.network.offers import NOW, a_partner, network_of

pytestmark = pytest.mark.django_db


def test_a_contact_person_is_entered_changed_and_leaves(people, client_of):
    client, key = client_of(people.alma), a_partner().key
    address = f"/netzwerk/stellen/{key}/ansprechperson/"
    assert address in client.get(f"/einrichtungen/{key}/").content.decode()
    wrong = client.post(address, {"name": "Wanda Weide"})
    assert wrong.status_code == 422 and "Telefon oder E-Mail" in wrong.content.decode()
    assert client.post(address, {"name": "Wanda Weide", "phone": "0211 1"}).status_code == 303
    one = PartnerContact.objects.get()
    page = f"/netzwerk/ansprechpersonen/{one.pk}/"
    assert 'value="Wanda Weide"' in client.get(page).content.decode()
    changed = {"name": "Wanda Weide", "phone": "0211 2", "version": "1"}
    assert client.post(page, changed).status_code == 303
    assert client.post(page, changed | {"phone": "0211 3"}).status_code == 409
    client.post(page, changed | {"version": "2", "ended_on": "01.02.2026"})
    assert "Noch ist niemand eingetragen" in client.get(f"/einrichtungen/{key}/").content.decode()


def test_an_agreement_from_the_draft_to_the_notice(people, client_of):
    client, key = client_of(people.alma), a_partner().key
    new = f"/netzwerk/stellen/{key}/vereinbarung/"
    wrong = client.post(new, {"subject": "Beratung", "starts_on": "01.01.2026", "ends_on": "31.12.2025"})
    assert wrong.status_code == 422 and "vor dem Beginn" in wrong.content.decode()
    given = {"subject": "Beratung", "starts_on": "01.01.2026", "ends_on": "31.12.2040", "notice_months": "3"}
    saved = client.post(new, given)
    one = Agreement.objects.get()
    here = f"/netzwerk/vereinbarungen/{one.number}/"
    assert (saved.status_code, saved.headers["Location"]) == (303, here)
    assert "Entwurf" in client.get(here).content.decode()
    assert client.post(here, {"formular": "terminate", "version": "1"}).status_code == 403
    assert client.post(here, {"formular": "sign", "version": "1", "signed_on": "01.01.2026"}).status_code == 303
    assert "Kündbar bis" in client.get(here).content.decode()
    edit = client.get(here + "bearbeiten/").content.decode()
    assert "31.12.2040" in edit
    ended = {"formular": "terminate", "version": "2", "terminated_to": "31.03.2040", "because": "wir ziehen um"}
    assert client.post(here, ended).status_code == 303
    assert "gekündigt" in client.get("/netzwerk/vereinbarungen/").content.decode()


def test_a_group_meets(people, client_of):
    client, key = client_of(people.alma), a_partner().key
    made = client.post("/netzwerk/kreise/", {"formular": "found", "name": "AK Wohnen", "kind": "GROUP"})
    here = made.headers["Location"]
    assert client.post(here, {"formular": "join", "version": "1", "join": "gibt-es-nicht"}).status_code == 422
    assert client.post(here, {"formular": "join", "version": "1", "join": key}).status_code == 303
    held = {"formular": "hold", "held_on": "03.11.2025", "topics": "Wohnen", "minutes": "einig", "present": [key]}
    sitting = client.post(here, held).headers["Location"]
    assert "einig" in client.get(sitting).content.decode()
    client.post(sitting, {"formular": "task", "text": "Liste schicken", "who": "Wanda Weide", "due_on": ""})
    task = MeetingTask.objects.get()
    assert "Liste schicken" in client.get(sitting).content.decode()
    done = {"formular": "settle", "meetingtask_id": task.pk, "done_on": "heute"}
    assert client.post(sitting, done).status_code == 303
    assert "erledigt" in client.get(sitting).content.decode()
    correct = {**held, "formular": "correct", "minutes": "nicht einig", "version": "1"}
    assert client.post(sitting, correct).status_code == 303
    assert client.post(sitting, correct).status_code == 409
    assert Meeting.objects.get().minutes == "nicht einig"
    assert "1 Stellen vertreten" in client.get(here).content.decode()


def test_readers_read_and_write_nothing(people, client_of):
    kept = network_of(people.alma.actor)
    reader = client_of(people.ede)
    for page in (f"/netzwerk/vereinbarungen/{kept.agreement.number}/", f"/netzwerk/kreise/{kept.group.number}/"):
        text = reader.get(page).content.decode()
        assert "Bearbeiten" not in text and "<button" not in text.split("<main", 1)[1]
        assert reader.post(page, {"formular": "sign"}).status_code in {403, 404}
    assert reader.get(f"/netzwerk/ansprechpersonen/{kept.contact.pk}/").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow_with_rows(people, client_of, rows, django_assert_max_num_queries):
    kept = network_of(people.alma.actor)
    for place in range(rows):
        draft_agreement(
            actor=people.alma.actor,
            now=NOW,
            institution_key=a_partner(f"Haus {place}").key,
            subject="Beratung",
            starts_on=NOW.date(),
        )
    client = client_of(people.alma)
    for page in ("/netzwerk/vereinbarungen/", "/netzwerk/kreise/", f"/netzwerk/kreise/{kept.group.number}/1/"):
        with django_assert_max_num_queries(16):
            assert client.get(page).status_code == 200
