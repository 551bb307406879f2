"""One parameter: history, a new value from a day on, a correction; nothing is overwritten."""

from datetime import date

import pytest

from ina.reference.models import Parameter
from ina.reference.operations import correct_parameter
from ina.reference.queries import history_of, parameter
from ina.web.shell.several import CHOSEN

pytestmark = pytest.mark.django_db
KEY = "first_talk_deadline"
ADDRESS = f"/werte/{KEY}/"
CORRECT = f"{ADDRESS}2026-11-23/"
NEW = {CHOSEN: "set", "value": "8 Arbeitstage", "valid_from": "01.01.2027", "source": "Beschluss vom 20.11.2026"}


@pytest.fixture
def gero(people, client_of, clock):
    return client_of(people.gero)


def entry_of(client) -> dict:
    form = client.get(CORRECT).context["form"]
    return {bound.name: bound.field.prepare_value(bound.value()) or "" for bound in form}


def test_history_is_read_by_everybody_and_written_by_one(people, client_of):
    for member in people:
        client = client_of(member)
        text = client.get(ADDRESS).content.decode()
        assert "10 Arbeitstage" in text and "mit dem Programm geliefert" in text
        allowed = member.key == "gero"
        assert ("Wert eintragen" in text) is allowed and (f'href="{ADDRESS}2009-07-01/"' in text) is allowed
        assert client.get(CORRECT).status_code == (200 if allowed else 403)
        if not allowed:
            assert client.post(ADDRESS, NEW).status_code == 403
    assert len(history_of(KEY)) == 1


def test_new_value_from_a_day_on_keeps_the_old_one(gero, people, trail):
    answer = gero.post(ADDRESS, NEW, follow=True)
    text = answer.content.decode()
    assert "Ab dem 01.01.2027 gilt: 8 Arbeitstage." in text
    assert "künftig" in text and people.gero.name in text
    assert parameter(KEY, on=date(2026, 12, 31)).count == 10 and parameter(KEY, on=date(2027, 1, 1)).count == 8
    assert len(trail("reference.set_parameter")) == 1


@pytest.mark.parametrize(
    ("given", "field", "text"),
    [
        ({"value": "bald"}, "value", "10 Arbeitstage"),
        ({"source": ""}, "source", "erforderlich"),
        ({"valid_from": "01.07.2009"}, "valid_from", "Bitte berichtigen Sie es"),
        ({"valid_from": "irgendwann"}, "valid_from", "kein Datum"),
    ],
)
def test_what_cannot_be_stays_in_the_form(gero, given, field, text):
    answer = gero.post(ADDRESS, NEW | {"remark": "eine Anmerkung"} | given)
    assert answer.status_code == 422
    assert text in " ".join(answer.context["set"].errors[field])
    page = answer.content.decode()
    assert "eine Anmerkung" in page and (given.get("value") or "8 Arbeitstage") in page
    assert len(history_of(KEY)) == 1


def test_fragment_of_the_form_alone(gero):
    answer = gero.post(ADDRESS, NEW | {"value": "bald"}, headers={"HX-Request": "true", "HX-Target": "set"})
    assert answer.status_code == 422 and "<html" not in answer.content.decode()
    assert 'id="set"' in answer.content.decode()


def test_window_of_a_season_may_have_a_last_day(gero):
    key = Parameter.objects.filter(key__kind="window").values_list("key__key", flat=True).first()
    answer = gero.post(
        f"/werte/{key}/",
        NEW | {"value": "10.11.2027 bis 03.01.2028", "valid_from": "01.09.2027", "valid_until": "31.01.2028"},
    )
    assert answer.status_code == 303
    assert history_of(key)[0].valid_until == date(2028, 1, 31)
    assert "valid_until" not in gero.get(ADDRESS).context["set"].fields


def test_correction_voids_with_a_reason_and_both_stay_visible(gero, people):
    typed = entry_of(gero)
    assert typed["value"] == "10 Arbeitstage" and typed["valid_from"] == "01.07.2009"
    answer = gero.post(CORRECT, typed | {"value": "12 Arbeitstage", "because": "Zahlendreher"}, follow=True)
    text = answer.content.decode()
    assert "<s>10 Arbeitstage</s>" in text and "Zahlendreher" in text and "berichtigt" in text
    assert parameter(KEY, on=date(2020, 1, 1)).count == 12


def test_correction_needs_a_reason(gero):
    answer = gero.post(CORRECT, entry_of(gero) | {"value": "12 Arbeitstage"})
    assert answer.status_code == 422 and "12 Arbeitstage" in answer.content.decode()
    assert len(history_of(KEY)) == 1


def test_somebody_corrected_it_meanwhile(gero, people, now):
    typed = entry_of(gero) | {"value": "12 Arbeitstage", "because": "Zahlendreher"}
    correct_parameter(
        actor=people.gero.actor, now=now, parameter_id=typed["version"], value="11 working_days", source="Erlass",
        because="falsch abgeschrieben",
    )  # fmt: skip
    answer = gero.post(CORRECT, typed)
    assert answer.status_code == 409 and "12 Arbeitstage" in answer.content.decode()
    assert parameter(KEY, on=date(2026, 11, 23)).count == 11


def test_an_entry_of_another_parameter_cannot_be_corrected_here(gero):
    other = history_of("plan_review_interval")[0].id
    answer = gero.post(CORRECT, entry_of(gero) | {"version": other, "because": "Versuch"})
    assert answer.status_code == 404
    assert all(not one.voided_at for one in history_of("plan_review_interval"))


@pytest.mark.parametrize("address", ["/werte/gibt-es-nicht/", f"{ADDRESS}2001-01-01/", f"{ADDRESS}heute/"])
def test_what_does_not_exist_is_not_found(gero, address):
    assert gero.get(address).status_code == 404
