"""Mindeststandards on the page: x of y, one ticked off beside the list."""

import pytest
from django.urls import reverse

from ina.monitoring.enums import StandardState
from ina.monitoring.operations import check_standard
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])


def test_ticked_off_beside_the_list(people, client_of):
    made = case_for(people.alma)
    here, client = f"/akten/{made.number}/mindeststandards/", client_of(people.alma)
    assert here in client.get(reverse("release_dates", args=[made.number])).content.decode()
    text = client.get(here + "?punkt=18").content.decode()
    assert "0 von 38 Mindeststandards erfüllt" in text and "Die Bank will den Ausweis" in text
    sent = {"formular": "check", "item": "18", "seen": "0", "state": "DONE", "done_on": "heute", "evidence": "IBAN"}
    assert client.post(here + "?punkt=18", sent).status_code == 303
    assert "1 von 38" in client.get(here).content.decode()
    # Somebody who still has the page of before.
    assert client.post(here + "?punkt=18", sent).status_code == 409
    wrong = client.post(here + "?punkt=3", {**sent, "item": "3", "state": "LEFT_OUT", "because": ""})
    assert wrong.status_code == 422 and "warum das hier entfällt" in wrong.content.decode()


def test_the_social_service_sees_and_ticks_what_is_theirs(people, client_of):
    made = case_for(people.alma)
    here, hanna = f"/akten/{made.number}/mindeststandards/", client_of(people.hanna)
    text = hanna.get(here).content.decode()
    assert "0 von 35" in text and "3 Punkte zur Gesundheit sehen Sie nicht" in text and "Substitution" not in text
    assert hanna.get(here + "?punkt=10").status_code == 404
    sent = {"formular": "check", "seen": "0", "state": "DONE", "done_on": "heute"}
    assert hanna.post(here, sent | {"item": "10"}).status_code == 404
    assert hanna.post(here, sent | {"item": "99"}).status_code == 404
    assert hanna.post(here, sent | {"item": "1"}).status_code == 303
    assert client_of(people.jan).get(here).context["check"] is None
    assert client_of(people.cem).get(here).status_code == 404


def test_the_form_means_the_item_that_it_showed(people, client_of):
    """Somebody else ticks the first open one meanwhile: nothing lands on the next."""
    made = case_for(people.alma)
    here, alma = f"/akten/{made.number}/mindeststandards/", client_of(people.alma)
    shown = alma.get(here).context["check"].initial["item"]
    sent = {"formular": "check", "item": shown, "seen": "0", "state": "DONE", "done_on": "heute"}
    assert client_of(people.hanna).post(here, sent).status_code == 303
    assert alma.post(here, sent).status_code == 409
    assert "1 von 38" in alma.get(here).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_statements_do_not_grow(people, client_of, act_as, now, rows, django_assert_max_num_queries):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        for item in range(1, rows + 1):
            check_standard(
                actor=actor, case_id=made.case_id, item=item, state=StandardState.LEFT_OUT, because="x", now=now
            )
    client = client_of(people.alma)
    with django_assert_max_num_queries(32):
        assert client.get(f"/akten/{made.number}/mindeststandards/").status_code == 200
