"""Adding, changing, checking and ending: who may, what stays in the form, who was faster."""

from datetime import timedelta

import pytest

from ina.institutions.models import Institution
from ina.institutions.operations import change_institution
from ina.institutions.queries import get_institution

pytestmark = pytest.mark.django_db
FACTS = {"name": "Metallbau Lehmann GmbH", "source": "Handelsregister"}
FIRM = FACTS | {"kind": "FIRM"}


def shown(client, address: str) -> dict:
    """What a browser would post back unchanged."""
    form = client.get(address).context["form"]
    values = {}
    for bound in form:
        value = bound.field.widget.format_value(bound.value())
        values[bound.name] = (value[0] if value else "") if isinstance(value, list) else value or ""
        if bound.field.show_hidden_initial:
            values[bound.html_initial_name] = values[bound.name]
    return values


# --- new ----------------------------------------------------------------------------------------------------------


def test_new_one_gets_a_key_from_its_name(people, client_of, trail):
    answer = client_of(people.nils).post("/einrichtungen/neu/", FACTS | {"kind": "FIRM"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/einrichtungen/betrieb-metallbau-lehmann-gmbh/")
    one = get_institution("betrieb-metallbau-lehmann-gmbh")
    assert (one.short_name, one.verified_on, one.closed_on) == ("Metallbau Lehmann GmbH", None, None)
    (line,) = trail("institutions.add_institution")
    assert line.user_id == people.nils.user_id


def test_only_own_kinds_are_offered_and_taken(people, client_of):
    client = client_of(people.frida)
    form = client.get("/einrichtungen/neu/").context["form"]
    assert [key for key, _ in form.fields["kind"].choices] == ["FIRM"]
    answer = client.post("/einrichtungen/neu/", FACTS | {"kind": "PRISON"})
    assert answer.status_code == 422 and not Institution.objects.filter(name=FACTS["name"]).exists()


def test_new_is_refused_with_the_reason(people, client_of):
    for call in (client_of(people.alma).get, client_of(people.alma).post):
        answer = call("/einrichtungen/neu/", FACTS)
        assert answer.status_code == 403 and "pflegt die Systemverwaltung" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "field", "text"),
    [
        ({"source": ""}, "source", "erforderlich"),
        ({"postcode": "4021", "town": "Köln"}, "postcode", "fünf Ziffern"),
        ({"postcode": "40210"}, "town", "auch den Ort"),
        ({"email": "keine"}, "email", "E-Mail"),
        ({"valid_from": "31.02.2026"}, "valid_from", "gibt es nicht"),
    ],
)
def test_what_cannot_be_stays_in_the_form(people, client_of, given, field, text):
    answer = client_of(people.gero).post("/einrichtungen/neu/", FIRM | {"phone": "0221 4710-123"} | given)
    assert answer.status_code == 422
    assert text in " ".join(answer.context["form"].errors[field])
    assert "0221 4710-123" in answer.content.decode()


# --- change -------------------------------------------------------------------------------------------------------


def test_change_saves_and_makes_unverified(people, client_of, clock, now):
    client, address = client_of(people.gero), "/einrichtungen/jc-bonn/bearbeiten/"
    client.post("/einrichtungen/jc-bonn/geprueft/", {"version": get_institution("jc-bonn").version})
    assert get_institution("jc-bonn").verified_on == now.date()
    answer = client.post(address, shown(client, address) | {"phone": "0228 1234", "region_number": "2"})
    assert answer.status_code == 303
    one = get_institution("jc-bonn")
    assert (one.phone, one.region.number, one.verified_on) == ("0228 1234", 2, None)


def test_unchanged_form_changes_nothing(people, client_of):
    client, address = client_of(people.gero), "/einrichtungen/jva-duesseldorf/bearbeiten/"
    before = Institution.objects.filter(key="jva-duesseldorf").values().get()
    assert client.post(address, shown(client, address)).status_code == 303
    assert Institution.objects.filter(key="jva-duesseldorf").values().get() == before


def test_somebody_was_faster_and_nothing_typed_is_lost(people, client_of, now):
    client, address = client_of(people.gero), "/einrichtungen/jc-bonn/bearbeiten/"
    typed = shown(client, address) | {"phone": "0228 9999"}
    one = get_institution("jc-bonn")
    faster = {"phone": "0228 1111", "street": "Neuer Weg 1"}
    change_institution(actor=people.gero.actor, now=now, institution_id=one.pk, version=one.version, **faster)
    answer = client.post(address, typed)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "0228 9999" in text and "0228 1111" in text
    again = shown_after(answer) | {"use-phone": "entered"}
    assert client.post(address, again).status_code == 303
    one = get_institution("jc-bonn")
    assert (one.phone, one.street) == ("0228 9999", "Neuer Weg 1")


def shown_after(answer) -> dict:
    form = answer.context["form"]
    return {key: form.data[key] for key in form.data}


def test_edit_is_refused_and_absent_alike_for_everybody_else(people, client_of):
    for member in people:
        client = client_of(member)
        expected = 200 if member.key == "gero" else 403
        assert client.get("/einrichtungen/jva-duesseldorf/bearbeiten/").status_code == expected
        assert client.get("/einrichtungen/gibt-es-nicht/bearbeiten/").status_code == 404
    before = get_institution("jva-duesseldorf")
    client_of(people.alma).post("/einrichtungen/jva-duesseldorf/bearbeiten/", {"version": before.version, "name": "X"})
    assert get_institution("jva-duesseldorf").name == before.name


def test_parent_in_a_circle_is_said_in_the_form(people, client_of):
    client, address = client_of(people.gero), "/einrichtungen/jm-nrw/bearbeiten/"
    answer = client.post(address, shown(client, address) | {"parent_key": "ljvd-nrw"})
    assert answer.status_code == 422 and "im Kreis" in str(answer.context["form"].errors["parent_key"])


# --- verify -------------------------------------------------------------------------------------------------------


def test_verify_needs_what_is_stored_now(people, client_of, now):
    client, version = client_of(people.gero), get_institution("jc-bonn").version
    change_institution(
        actor=people.gero.actor, now=now, institution_id=get_institution("jc-bonn").pk, version=version, phone="0228 1"
    )
    assert client.post("/einrichtungen/jc-bonn/geprueft/", {"version": version}).status_code == 409
    assert client.post("/einrichtungen/jc-bonn/geprueft/", {"version": "x"}).status_code == 422
    assert get_institution("jc-bonn").verified_on is None


def test_verify_is_a_post_for_those_who_may(people, client_of):
    version = get_institution("jc-bonn").version
    assert client_of(people.gero).get("/einrichtungen/jc-bonn/geprueft/").status_code == 405
    assert client_of(people.alma).post("/einrichtungen/jc-bonn/geprueft/", {"version": version}).status_code == 403


def test_a_check_is_taken_back_and_the_one_before_holds_again(people, client_of, clock, trail, undo_of):
    client, here = client_of(people.gero), "/einrichtungen/jc-bonn/geprueft/"
    client.post(here, {"version": get_institution("jc-bonn").version})
    first = get_institution("jc-bonn").verified_on
    clock.set(clock.moment + timedelta(days=3))
    client = client_of(people.gero)
    address, fields = undo_of(client.post(here, {"version": get_institution("jc-bonn").version}, follow=True))
    assert get_institution("jc-bonn").verified_on == first + timedelta(days=3)
    other = client.post("/einrichtungen/jc-dueren/geprueft/zurueck/", fields)
    assert other.status_code == 422  # what holds for one says nothing about another
    assert client.post(address, fields).status_code == 303
    assert get_institution("jc-bonn").verified_on == first
    assert len(trail("institutions.unverify_institution")) == 1
    assert client.post(address, fields).status_code == 409


# --- end ----------------------------------------------------------------------------------------------------------


def test_end_is_set_and_taken_back(people, client_of, clock):
    client, address = client_of(people.gero), "/einrichtungen/jc-bonn/ende/"
    answer = client.post(address, shown(client, address) | {"last_day_on": "31.12.2026"}, follow=True)
    text = answer.content.decode()
    assert "Letzter Tag ist der 31.12.2026" in text and "besteht noch bis zum 31.12.2026" in text
    assert shown(client, address)["last_day_on"] == "31.12.2026"
    assert client.post(address, shown(client, address) | {"last_day_on": ""}).status_code == 303
    assert get_institution("jc-bonn").closed_on is None


def test_end_before_the_beginning_stays_in_the_form(people, client_of):
    client = client_of(people.gero)
    client.post("/einrichtungen/neu/", FIRM | {"valid_from": "01.03.2026"})
    address = "/einrichtungen/betrieb-metallbau-lehmann-gmbh/ende/"
    answer = client.post(address, shown(client, address) | {"last_day_on": "28.02.2026"})
    assert answer.status_code == 422 and "erst seit dem 01.03.2026" in answer.content.decode()


def test_end_is_refused_to_others(people, client_of):
    assert client_of(people.nils).get("/einrichtungen/jc-bonn/ende/").status_code == 403
