"""Übermittlungen: the list, and a new one prepared for the preview."""

import pytest

from ina.network.models import Disclosure
from tests.factories.cases import case_for
from tests.network.disclosing import PARTNER, allow, send

pytestmark = pytest.mark.django_db(databases=["default", "log"])
GIVEN = {
    "formular": "prepare",
    "partner_key": PARTNER,
    "subject": "Bitte um einen Platz",
    "reason": "Beratung zu Schulden",
    "delivery": "INBOX",
    "asks_answer": "on",
}


def test_without_a_basis_the_form_says_what_is_missing_and_keeps_what_was_typed(people, client_of):
    made = case_for(people.alma)
    answer = client_of(people.alma).post(f"/akten/{made.number}/uebermittlungen/", GIVEN)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "keine Einwilligung zur Weitergabe" in text and "Beratung zu Schulden" in text


def test_prepared_is_not_sent(people, client_of, act_as, now):
    made = case_for(people.alma, surname="Beifuß")
    with act_as(people.alma) as actor:
        allow(actor, made, now)
    client = client_of(people.alma)
    address = f"/akten/{made.number}/uebermittlungen/"
    assert "Noch nichts weitergegeben" in client.get(address).content.decode()
    answer = client.post(address, {**GIVEN, "compartments": ["8"]})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address}1/")
    assert "vorbereitet, nicht verschickt" in client.get(address).content.decode()
    with act_as(people.alma) as actor:
        assert Disclosure.objects.visible_to(actor).get().delivered_at is None
    assert "Beifuß" not in client_of(people.rita).get("/eingang/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_statements_for_one_row_as_for_three(
    people, client_of, act_as, now, rows, django_assert_max_num_queries
):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        for _ in range(rows):
            send(actor, made, now)
    client = client_of(people.alma)
    with django_assert_max_num_queries(45):
        assert client.get(f"/akten/{made.number}/uebermittlungen/").status_code == 200
