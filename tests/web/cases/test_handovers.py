"""Übergaben: what waits for me, what I offered; for leads the team, cases without anybody, many at once."""

import pytest
from django.urls import reverse

from ina.accounts.models import Membership
from ina.base.clock import day_of
from ina.cases.models import Assignment
from ina.cases.operations import handovers
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
PAGE = reverse("handovers")


@pytest.fixture(autouse=True)
def in_step(clock, moment):
    clock.set(moment)


@pytest.fixture
def offer(people, act_as, moment):
    def make(made, receiver):
        with act_as(people.alma) as actor:
            return handovers.offer_handover(
                actor=actor,
                case_id=made.case_id,
                receiver_id=receiver.membership_id,
                reason="Elternzeit",
                offered_on=day_of(moment),
                now=moment,
            ).pk

    return make


def answered(made, decision="annehmen", **changed) -> dict:
    return {"formular": "answer", "number": made.number, "decision": decision, "reason": ""} | changed


def leader(made, member, act_as) -> int:
    with act_as(member) as actor:
        return Assignment.objects.visible_to(actor).filter(case_id=made.case_id).order_by("period").last().membership_id


def test_empty(alma, words):
    said = words(alma.get(PAGE))
    assert "kein Fall angeboten" in said and "Sie haben im letzten Monat keinen Fall angeboten" in said
    assert "gewichtet" not in said


def test_accept(people, case, offer, client_of, words, act_as):
    offer(case, people.cem)
    cem = client_of(people.cem)
    page = cem.get(PAGE)
    said = words(page)
    assert "Beinwell, Robin" in said and "JVA Düsseldorf" in said and "Elternzeit" in said
    assert page.context["answer"].initial == {"number": case.number}
    answer = cem.post(PAGE, answered(case))
    assert answer.status_code == 303 and answer.headers["Location"] == reverse("file", args=[case.number])
    assert leader(case, people.cem, act_as) == people.cem.membership_id
    assert "angenommen" in words(client_of(people.alma).get(PAGE))


def test_refuse_needs_a_reason(people, case, offer, client_of, act_as):
    offer(case, people.cem)
    cem = client_of(people.cem)
    answer = cem.post(PAGE, answered(case, "ablehnen"))
    assert answer.status_code == 422 and list(answer.context["answer"].errors) == ["reason"]
    assert cem.post(PAGE, answered(case, "ablehnen", reason="keine Kapazität")).status_code == 303
    assert leader(case, people.alma, act_as) == people.alma.membership_id
    assert cem.get(reverse("file", args=[case.number])).status_code == 404


def test_an_offer_withdrawn_meanwhile_is_said(people, case, offer, client_of, act_as, moment, words):
    handover = offer(case, people.cem)
    with act_as(people.alma) as actor:
        handovers.withdraw_handover(actor=actor, handover_id=handover, now=moment)
    answer = client_of(people.cem).post(PAGE, answered(case))
    assert answer.status_code == 422 and "zurückgezogen" in words(answer)


@pytest.mark.parametrize("number", ["2026-99999", "", "x", "2026-00001\x00"])
def test_what_was_never_offered_is_nothing(number, people, client_of):
    status = client_of(people.cem).post(PAGE, answered(case_for(people.alma), number=number)).status_code
    assert status in (404, 422)


def test_the_receivers_lead_looks_on_demand_and_answers(people, case, offer, client_of, words, act_as, trail):
    offer(case, people.cem)
    uwe = client_of(people.uwe)
    said = words(uwe.get(PAGE))
    assert case.number in said and people.cem.name in said and "Beinwell" not in said
    assert uwe.post(PAGE, {"formular": "look", "number": case.number}).status_code == 303
    assert "Beinwell" in words(uwe.get(PAGE))
    assert [line.dossier_id for line in trail("cases.look_at_offer")] == [case.dossier_id]
    assert uwe.post(PAGE, answered(case)).status_code == 303
    assert leader(case, people.cem, act_as) == people.cem.membership_id


def test_the_team_and_many_at_once(people, client_of, words, act_as):
    made = [case_for(people.alma) for _ in range(3)]
    jan = client_of(people.jan)
    said = words(jan.get(PAGE))
    assert people.alma.name in said and "jeder Fall wird geführt" in said and "üblich sind 25 bis 40" in said
    page = jan.get(PAGE, {"von": "alma"})
    assert [line.number for line, _ in page.context["lines"]] == [one.number for one in made]
    sent = {
        "formular": "reassign",
        "cases": [one.number for one in made[:2]],
        "receiver_id": people.bert.membership_id,
        "reason": "Krankheit",
    }
    nothing = jan.post(f"{PAGE}?von=alma", sent | {"cases": []})
    assert nothing.status_code == 422 and list(nothing.context["reassign"].errors) == ["cases"]
    assert jan.post(f"{PAGE}?von=alma", sent).status_code == 303
    leaders = [leader(one, people.jan, act_as) for one in made]
    assert leaders == [people.bert.membership_id] * 2 + [people.alma.membership_id]


def test_cases_of_an_ended_position_are_red(people, case, client_of, words, moment):
    from datetime import timedelta

    Membership.objects.filter(pk=people.alma.membership_id).update(ends_on=day_of(moment) - timedelta(days=1))
    page = client_of(people.jan).get(PAGE)
    said = words(page)
    assert "niemand zuständig" in said and "Stelle von Alma Ahorn endete am" in said
    assert [line.number for line, _ in page.context["lines"]] == [case.number]


def test_somebody_is_ill_today(people, case, client_of, words):
    jan = client_of(people.jan)
    sent = {
        "formular": "stand_in",
        "membership_id": people.alma.membership_id,
        "deputy_id": people.bert.membership_id,
        "starts_on": "heute",
        "ends_on": "+5",
        "reason": "krank",
    }
    assert jan.post(PAGE, sent | {"deputy_id": people.alma.membership_id}).status_code == 422
    assert jan.post(PAGE, sent).status_code == 303
    assert people.bert.name in words(jan.get(PAGE))
    assert client_of(people.bert).get(reverse("file", args=[case.number])).status_code == 200


def test_who_may(people, case, client_of):
    for person in ("hanna", "frida", "ede", "gero"):
        assert client_of(people[person]).get(PAGE).status_code == 403
    for name in ("reassign", "stand_in"):
        assert client_of(people.alma).post(PAGE, {"formular": name}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_statements_do_not_grow(count, people, offer, client_of, statements):
    for _ in range(count):
        offer(case_for(people.alma), people.bert)
    for member, expected in ((people.bert, STATEMENTS), (people.jan, LEADS_STATEMENTS)):
        client = client_of(member)
        client.get(PAGE)
        with statements() as told:
            client.get(PAGE)
        assert told() == expected


STATEMENTS, LEADS_STATEMENTS = 10, 16
