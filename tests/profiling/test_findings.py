"""Needs, strengths, health, taking over: what is kept, derived, refused."""

from datetime import date, timedelta

import pytest

from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.profiling.enums import FindingBasis, KeyGroup, Need, ProfilingKind, Severity, StrengthKind
from ina.profiling.models import Assessment, Finding, HealthFinding, Profiling
from ina.profiling.operations import (
    begin_profiling,
    change_strength,
    choose_category,
    confirm_finding,
    give_prognosis,
    note_strength,
    rate_health,
    rate_need,
    rate_need_again,
    record_talk,
)
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
BECAUSE = "a test looks at what it made"
HELD_ON = date(2026, 4, 1)
SEVERE, PRESENT, NONE = Severity.SEVERE, Severity.PRESENT, Severity.NONE


def begin(actor, made, now, **more):
    values = {"held_on": HELD_ON, "kind": ProfilingKind.INITIAL}
    return begin_profiling(actor=actor, case_id=made.case_id, now=now, **values | more)


def rate(actor, profiling, now, need=Need.HOUSING, severity=SEVERE, **more):
    values = {"basis": FindingBasis.FACT, "text": "keine Wohnung"}
    return rate_need(actor=actor, profiling_id=profiling.pk, need=need, severity=severity, now=now, **values | more)


def assessment(profiling) -> Assessment:
    return Assessment.objects.unscoped(because=BECAUSE).get(profiling=profiling)


def test_the_category_follows_what_is_found(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        assert (assessment(held).scheme, assessment(held).derived) == ("PROFILLAGEN_2009", "M")
        need = rate(actor, held, now, need=Need.TRAINING, severity=PRESENT)
        assert assessment(held).derived == ""  # no prognosis: a question
        give_prognosis(actor=actor, assessment_id=assessment(held).pk, months_today=30, months_release=9, now=now)
        assert (assessment(held).derived, assessment(held).months) == ("F", 9)
        rate_need_again(actor=actor, finding_id=need.pk, severity=SEVERE, basis=FindingBasis.TEST, text="x", now=now)
        assert assessment(held).derived == "E"
        rate_health(
            actor=actor, profiling_id=held.pk, severity=SEVERE, basis=FindingBasis.TEST, text="kein Heben", now=now
        )
        give_prognosis(actor=actor, assessment_id=assessment(held).pk, focus=KeyGroup.PERFORMANCE, now=now)
        assert (assessment(held).derived, assessment(held).derived_with_health) == ("S", True)


def test_another_category_needs_a_reason_and_goes_when_it_is_derived(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        its = {"actor": actor, "assessment_id": assessment(held).pk, "now": now}
        with pytest.raises(Invalid) as caught:
            choose_category(**its, chosen="F", override_reason="  ")
        assert caught.value.field == "override_reason"
        with pytest.raises(Invalid):
            choose_category(**its, chosen="X", override_reason="weil")
        choose_category(**its, chosen="F", override_reason="Zusage liegt vor")
        assert (assessment(held).category, assessment(held).override_reason) == ("F", "Zusage liegt vor")
        rate(actor, held, now, severity=PRESENT)
        assert assessment(held).chosen == "F"
        give_prognosis(**its, months_release=6)
        assert (assessment(held).derived, assessment(held).chosen, assessment(held).override_reason) == ("F", "", "")
        choose_category(**its, chosen="E", override_reason="weil")
        give_prognosis(**its, scheme="POTENZIALANALYSE_2023")
        assert (assessment(held).derived, assessment(held).chosen, assessment(held).category) == ("", "", "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"months_release": 601}, "months_release"), ({"months_today": -1}, "months_today"), ({"scheme": "X"}, "scheme")],
)
def test_an_impossible_prognosis_is_refused(people, act_as, now, wrong, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        with pytest.raises(Invalid) as caught:
            give_prognosis(actor=actor, assessment_id=assessment(held).pk, now=now, **wrong)
    assert caught.value.field == field


def test_what_is_taken_over_says_so_until_it_is_looked_at(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        first = begin(actor, made, now)
        rate(actor, first, now, own_severity=PRESENT, strategy="R1")
        rate(actor, first, now, need=Need.MONEY, severity=PRESENT, text="Schulden")
        note_strength(
            actor=actor, profiling_id=first.pk, text="hält Zusagen ein", strength_kind=StrengthKind.PERSONAL,
            basis=FindingBasis.SELF_REPORT, now=now,
        )  # fmt: skip
        rate_health(actor=actor, profiling_id=first.pk, severity=NONE, basis=FindingBasis.SELF_REPORT, now=now)
        again = begin(actor, made, now, held_on=date(2026, 11, 20), kind=ProfilingKind.BEFORE_RELEASE)
        copies = {
            row.need: row for row in Finding.objects.unscoped(because=BECAUSE).filter(profiling=again).order_by("pk")
        }
        health = HealthFinding.objects.unscoped(because=BECAUSE).get(profiling=again)
        assert [row.taken_over_on for row in (*copies.values(), health)] == [HELD_ON] * 4
        assert (copies["R1"].severity, copies["R1"].own_severity, copies["R1"].strategy) == ("SEVERE", "", "R1")
        assert assessment(again).derived == "U"
        confirm_finding(actor=actor, finding_id=copies["R1"].pk, now=now)
        rate_need_again(
            actor=actor, finding_id=copies["R4"].pk, severity=NONE, basis=FindingBasis.FACT, text="", now=now
        )
        kept = {
            row.need: row.taken_over_on for row in Finding.objects.unscoped(because=BECAUSE).filter(profiling=again)
        }
    assert kept == {"R1": None, "R4": None, "": HELD_ON}


def test_beginning_is_refused_twice_a_day_before_another_and_in_the_future(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        begin(actor, made, now)
        for day in (HELD_ON, HELD_ON - timedelta(days=3), date(2026, 11, 24)):
            with pytest.raises(Invalid) as caught:
                begin(actor, made, now, held_on=day)
            assert caught.value.field == "held_on"
        assert begin(actor, made, now, held_on=HELD_ON + timedelta(days=1), take_over=False).findings.count() == 0


def test_one_need_stands_once_and_who_is_second_is_told(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        need = rate(actor, held, now)
        rate_need_again(
            actor=actor, finding_id=need.pk, version=1, severity=NONE, basis=FindingBasis.FACT, text="", now=now
        )
        with pytest.raises(Conflict):
            rate_need_again(
                actor=actor, finding_id=need.pk, version=1, severity=SEVERE, basis=FindingBasis.FACT, text="x", now=now
            )
        with pytest.raises(Invalid, match="schon einen Eintrag"):
            rate(actor, held, now)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"text": " "}, "text"),
        ({"need": Need.HEALTH}, "need"),
        ({"text": "sitzt wegen § 29 BtMG"}, "text"),
        ({"source": "Urteil wegen Diebstahls"}, "source"),
    ],
)
def test_what_does_not_belong_here_is_refused(people, act_as, now, more, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        with pytest.raises(Invalid) as caught:
            rate(actor, held, now, **more)
    assert caught.value.field == field


def test_a_strength_changes_and_a_need_is_none(people, act_as, now, trail):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        said = {"strength_kind": StrengthKind.SOCIAL, "basis": FindingBasis.OBSERVATION}
        strength = note_strength(actor=actor, profiling_id=held.pk, text="erklärt geduldig", now=now, **said)
        change_strength(actor=actor, finding_id=strength.pk, text="erklärt sehr geduldig", now=now, **said)
        need = rate(actor, held, now)
        with pytest.raises(Invalid):
            change_strength(actor=actor, finding_id=need.pk, text="x", now=now, **said)
        assert Finding.objects.unscoped(because=BECAUSE).get(pk=strength.pk).text == "erklärt sehr geduldig"
    assert "geduldig" not in str(trail("profiling.change_strength"))


def test_the_talk(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        its = {"actor": actor, "assessment_id": assessment(held).pk, "now": now}
        record_talk(**its, own_words="Ich bin weiter, als ich dachte.", minutes=75, place="Haus C")
        assert (assessment(held).own_words, assessment(held).minutes) == ("Ich bin weiter, als ich dachte.", 75)
        for wrong, field in (({"minutes": 0}, "minutes"), ({"consequences": "wegen Betrug"}, "consequences")):
            with pytest.raises(Invalid) as caught:
                record_talk(**its, **wrong)
            assert caught.value.field == field


def test_readers_write_nothing_and_strangers_see_nothing(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        held = begin(actor, made, now)
        rate_health(actor=actor, profiling_id=held.pk, severity=NONE, basis=FindingBasis.TEST, now=now)
        rate(actor, held, now)
    for member, refusal in ((people.hanna, Refused), (people.jan, Refused), (people.cem, NotVisible)):
        with act_as(member) as actor, pytest.raises(refusal):
            rate(actor, held, now, need=Need.MONEY)
    for member in (people.hanna, people.jan):
        with act_as(member) as actor:
            assert Profiling.objects.visible_to(actor).filter(pk=held.pk).exists()
            assert not HealthFinding.objects.unscoped(because=BECAUSE).filter(profiling_id=held.pk).exists()
