"""Listen: codes with their names over time; adding, renaming, ending, correcting."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ina.reference.operations import add_code
from ina.reference.queries import code_label, codes, list_code_lists
from ina.web.shell.several import CHOSEN

pytestmark = pytest.mark.django_db
ADDRESS = "/werte/listen/contact_kinds/"
TODAY = date(2026, 11, 23)
ADD = {CHOSEN: "add", "code": "VIDEO", "label": "Gespräch am Bildschirm", "valid_from": "heute", "source": "Beschluss"}


@pytest.fixture
def gero(people, client_of, clock):
    return client_of(people.gero)


def first_code() -> str:
    return codes("contact_kinds", on=TODAY)[0].code


def test_all_lists_lead_to_their_page(people, client_of):
    client = client_of(people.alma)
    text = client.get("/werte/listen/").content.decode()
    for row in list_code_lists():
        assert f'href="/werte/listen/{row.key}/"' in text
        assert client.get(f"/werte/listen/{row.key}/").status_code == 200


def test_names_over_time_are_shown(people, client_of, clock):
    text = client_of(people.alma).get("/werte/listen/benefits/").content.decode()
    assert "Arbeitslosengeld II" in text and "Bürgergeld" in text and "bis 31.12.2022" in text
    assert "früher" in text and "zählt als SGB2" in text


def test_forms_only_for_the_administration(people, client_of):
    for member in people:
        client = client_of(member)
        allowed = member.key == "gero"
        assert ("Eintrag hinzufügen" in client.get(ADDRESS).content.decode()) is allowed
        assert client.get(f"{ADDRESS}{first_code()}/2026-11-23/").status_code == (200 if allowed else 403)
        if not allowed:
            assert client.post(ADDRESS, ADD).status_code == 403
    assert "VIDEO" not in {row.code for row in codes("contact_kinds", on=TODAY)}


def test_added_code_may_be_chosen_from_its_day_on(gero, trail):
    answer = gero.post(ADDRESS, ADD, follow=True)
    assert "steht ab dem 23.11.2026 in der Liste" in answer.content.decode()
    assert code_label("contact_kinds", "VIDEO", on=TODAY) == "Gespräch am Bildschirm"
    assert len(trail("reference.add_code")) == 1


def test_a_code_that_exists_stays_in_the_form(gero):
    answer = gero.post(ADDRESS, ADD | {"code": first_code()})
    assert answer.status_code == 422
    assert "gibt es in der Liste schon" in str(answer.context["add"].errors["code"])
    assert "Gespräch am Bildschirm" in answer.content.decode()


@pytest.mark.parametrize("code", ["a b", "a/b", "Ä"])
def test_codes_are_short_and_plain(gero, code):
    assert gero.post(ADDRESS, ADD | {"code": code}).status_code == 422


def test_renamed_from_a_day_on(gero):
    code, before = first_code(), codes("contact_kinds", on=TODAY)[0].label
    given = {CHOSEN: "rename", "code": code, "label": "Neuer Name", "valid_from": "01.01.2027", "source": "Beschluss"}
    assert "heißt der Eintrag „Neuer Name“" in gero.post(ADDRESS, given, follow=True).content.decode()
    assert code_label("contact_kinds", code, on=TODAY) == before
    assert code_label("contact_kinds", code, on=date(2027, 1, 1)) == "Neuer Name"


def test_ended_after_a_day_and_then_no_longer_offered(gero):
    code = first_code()
    answer = gero.post(ADDRESS, {CHOSEN: "end", "code": code, "last_day_on": "31.12.2026"}, follow=True)
    assert "wird nach dem 31.12.2026 nicht mehr angeboten" in answer.content.decode()
    assert code not in {row.code for row in codes("contact_kinds", on=date(2027, 1, 1))}
    assert code not in dict(answer.context["end"].fields["code"].choices)


def test_correction_of_a_name(gero):
    code = first_code()
    address = f"{ADDRESS}{code}/2026-11-23/"
    form = gero.get(address).context["form"]
    typed = {bound.name: bound.field.prepare_value(bound.value()) or "" for bound in form}
    assert gero.post(address, typed | {"label": "Richtig"}).status_code == 422
    text = gero.post(address, typed | {"label": "Richtig", "because": "Tippfehler"}, follow=True).content.decode()
    assert "Tippfehler" in text and code_label("contact_kinds", code, on=TODAY) == "Richtig"


@pytest.mark.parametrize("address", ["/werte/listen/nix/", f"{ADDRESS}NIX/2026-11-23/", f"{ADDRESS}NIX/x/"])
def test_what_does_not_exist_is_not_found(gero, address):
    assert gero.get(address).status_code == 404


def test_unknown_act_is_not_found(gero):
    assert gero.post(ADDRESS, {CHOSEN: "drop"}).status_code == 404


def test_queries_do_not_grow_with_codes(gero, people, now):
    gero.get(ADDRESS)
    for number in range(2):
        add_code(
            actor=people.gero.actor, now=now, list_key="contact_kinds", code=f"X{number}", label="x",
            valid_from=TODAY, source="Beschluss",
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            gero.get(ADDRESS)
        # the list twice (once to say that it exists), its terms, its groups
        assert len([one for one in asked if 'FROM "reference_' in one["sql"]]) == 4
