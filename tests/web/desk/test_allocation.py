"""Zuteilen: ticked in the list, shown before, done at once or not at all, taken back; by the lead of the team only."""

import re

import pytest

from ina.cases.models import Worklist
from ina.cases.operations import allocations
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
URL = "/faelle/zuteilung/"


@pytest.fixture
def two(people):
    return [case_for(people.alma, surname=surname) for surname in ("Ackerwinde", "Beinwell")]


@pytest.fixture
def jan(people, client_of):
    return client_of(people.jan)


def preview(client, made, receiver="bert", reason="Krankheit", **more):
    keys = [f"{each.number}~1" for each in made]
    return client.post(URL, {"formular": "preview", "case": keys, "receiver": receiver, "reason": reason, **more})


def apply(client, shown, receiver="bert", reason="Krankheit", **more):
    stand = re.search(r'name="stand" value="([^"]+)"', shown.content.decode())[1]
    return client.post(URL, {"formular": "apply", "stand": stand, "receiver": receiver, "reason": reason, **more})


@pytest.fixture
def leaders(people, act_as):
    def of(made):
        with act_as(people.jan):
            rows = Worklist.objects.unscoped(because="a test").filter(case_id__in=[each.case_id for each in made])
            return list(rows.order_by("case_id").values_list("responsible__user__username", flat=True))

    return of


def test_ticked_shown_and_done(people, jan, two, words, leaders, trail):
    page = jan.get("/faelle/").content.decode()
    assert f'form="zuteilen" name="case" value="{two[0].number}~1"' in page
    shown = preview(jan, two, liste="phase=PREPARATION")
    said = words(shown)
    assert shown.status_code == 200 and "Ackerwinde" in said and "Beinwell" in said
    assert leaders(two) == ["alma", "alma"]
    answer = apply(jan, shown, liste="phase=PREPARATION")
    assert answer.status_code == 303 and answer["Location"] == "/faelle/?phase=PREPARATION"
    assert "2 Fälle führt ab heute" in words(jan.get(answer["Location"])) and leaders(two) == ["bert", "bert"]
    assert len(trail("cases.allocate_cases")) == 2


def test_taken_back(people, jan, two, words, leaders, undo_of):
    answer = apply(jan, preview(jan, two))
    url, fields = undo_of(jan.get(answer["Location"]))
    assert fields["stand"].startswith("gAAAA"), "ids of tables leave sealed only"
    answer = jan.post(url, fields)
    assert "wieder, wer zuvor zuständig war" in words(jan.get(answer["Location"])) and leaders(two) == ["alma", "alma"]
    assert jan.post(url, fields).status_code == 409, "who got a case meanwhile keeps it"
    assert leaders(two) == ["alma", "alma"]


def test_what_nobody_led_has_no_way_back(people, jan, act_as, undo_of, leaders, now, moment):
    from ina.base.clock import day_of
    from ina.cases.operations import referrals

    with act_as(people.hanna) as actor:
        case = referrals.refer_person(
            actor=actor,
            person=referrals.Person(surname="Ysop", booking_number="9/26"),
            prison_id=people.hanna.institution_id,
            referred_on=day_of(now),
            source="SOCIAL_SERVICE",
            now=moment,
        )
        number = case.dossier.number
    shown = jan.post(URL, {"formular": "preview", "case": f"{number}~1", "receiver": "bert", "reason": "Zugang"})
    assert "niemand" in shown.content.decode()
    answer = apply(jan, shown)
    page = jan.get(answer["Location"])
    assert "Einen Fall führt ab heute" in page.content.decode() and undo_of(page) is None


def test_somebody_was_faster(people, jan, two, words, leaders, act_as, moment, trail):
    from ina.accounts.models import Membership

    shown = preview(jan, two)
    with act_as(people.jan) as actor:
        allocations.allocate_case(
            actor=actor, case_id=two[0].case_id, receiver_id=people.bert.membership_id, reason="eilig", now=moment
        )
        name = Membership.objects.get(pk=people.bert.membership_id).user.display_name
    answer = apply(jan, shown)
    said = words(answer)
    assert answer.status_code == 409 and "Inzwischen hat jemand anderes zugeteilt" in said
    assert f"Ackerwinde, Robin: {name}" in said and "führt den Fall schon, bleibt" in said
    assert 'value="Krankheit"' in answer.content.decode()
    assert leaders(two) == ["bert", "alma"], "all or none"
    assert apply(jan, answer).status_code == 303 and leaders(two) == ["bert", "bert"]


def test_who_leads_it_already_keeps_it(people, jan, two, words, leaders):
    shown = preview(jan, two, receiver="alma")
    assert "Alle angekreuzten Fälle führt diese Person schon" in words(shown) and "Übernehmen" not in words(shown)
    assert "Übernehmen" in words(preview(jan, two)) and leaders(two) == ["alma", "alma"]


def test_another_choice_than_the_preview_said_is_shown_anew(people, jan, two, words, leaders):
    answer = apply(jan, preview(jan, two, receiver=""), receiver="bert")
    assert answer.status_code == 200 and "Übernehmen" in words(answer) and leaders(two) == ["alma", "alma"]


@pytest.mark.parametrize("missing", [{"receiver": ""}, {"reason": " "}, {"receiver": "cem"}])
def test_what_is_missing_is_said_and_nothing_lost(people, jan, two, leaders, missing):
    answer = preview(jan, two, **missing)
    assert answer.status_code == 422 and "Ackerwinde" in answer.content.decode()
    assert apply(jan, preview(jan, two), **missing).status_code == 422 and leaders(two) == ["alma", "alma"]


def test_nothing_ticked_says_how_it_goes(people, jan, two, words):
    for answer in (preview(jan, []), jan.get(URL)):
        assert "Kreuzen Sie in der" in words(answer)
    assert preview(jan, []).status_code == 422


def test_cases_of_others_are_left_out_and_seals_hold(people, jan, two, words, client_of):
    foreign = case_for(people.cem, surname="Eibisch")
    said = words(preview(jan, [*two, foreign]))
    assert "Ackerwinde" in said and "Eibisch" not in said
    assert jan.post(URL, {"formular": "apply", "stand": "erfunden", "receiver": "bert"}).status_code == 404
    assert jan.post(URL, {"formular": "undo", "stand": "erfunden"}).status_code == 404
    assert jan.post(URL, {"formular": "x"}).status_code == 404
    shown = preview(jan, two)
    stand = re.search(r'name="stand" value="([^"]+)"', shown.content.decode())[1]
    assert jan.post(URL, {"formular": "undo", "stand": stand}).status_code == 404
    assert apply(client_of(people.uwe), shown).status_code in (404, 422)


@pytest.mark.parametrize("who", ["alma", "hanna", "gero"])
def test_only_the_lead_allocates(people, client_of, two, who, leaders):
    client = client_of(people[who])
    assert client.get(URL).status_code == preview(client, two).status_code == 403
    assert leaders(two) == ["alma", "alma"]


@pytest.mark.parametrize("cases", [1, 3])
def test_preview_takes_the_same_statements_for_one_and_three(people, jan, cases, statements):
    made = [case_for(people.alma) for _ in range(cases)]
    preview(jan, made)
    with statements() as count:
        preview(jan, made)
    assert count() == 7
