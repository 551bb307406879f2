"""Step 1: what the person says to INA, and what both agree on."""

from datetime import date

import pytest

from ina.agenda.models import Item
from ina.base.errors import Invalid
from ina.cases.corrections import entry_kind
from ina.cases.enums import Act, State, TalkAnswer
from ina.cases.operations import acts, talks
from ina.cases.queries import acts_of, state_of
from tests.factories.cases import case_for, case_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_somebody_who_declined_changes_their_mind_and_the_same_screening_goes_on(people, act_as, now):
    made = case_for(people.alma, state=State.DECLINED)
    with act_as(people.alma) as actor:
        acts.reconsider(actor=actor, case_id=made.case_id, happened_on=TODAY, now=now)
        case = case_of(made)
        assert state_of(case) is State.SCREENING
        assert [act.act for act in acts_of(case)][-2:] == [Act.DECLINED, Act.RECONSIDERED]
        items = Item.objects.unscoped(because="a test").filter(dossier_id=made.dossier_id, case_number=1)
        assert items.get(kind="cases.decide_admission").state == "OPEN"
        acts.admit(
            actor=actor, case_id=made.case_id, admitted_on=TODAY, agreement_on=TODAY, participation_on=TODAY,
            data_use_on=TODAY, text_version="1", now=now,
        )  # fmt: skip
        assert state_of(case_of(made)) is State.ADMITTED


def test_a_mind_is_not_changed_before_the_refusal(people, act_as, now):
    made = case_for(people.alma, state=State.DECLINED)
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="vor dem letzten Ereignis"):
        acts.reconsider(actor=actor, case_id=made.case_id, happened_on=date(2026, 3, 1), now=now)


def test_nobody_is_admitted_without_the_agreement(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING)
    given = {"participation_on": TODAY, "data_use_on": TODAY, "text_version": "1", "now": now}
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as refusal:
            acts.admit(actor=actor, case_id=made.case_id, admitted_on=TODAY, **given)
        assert refusal.value.field == "agreement_on"
        talks.record_agreement(actor=actor, case_id=made.case_id, agreed_on=TODAY, text_version="1", now=now)
        acts.admit(actor=actor, case_id=made.case_id, admitted_on=TODAY, **given)
        with pytest.raises(Invalid, match="schon eingetragen"):
            talks.record_agreement(actor=actor, case_id=made.case_id, agreed_on=TODAY, text_version="1", now=now)


@pytest.mark.parametrize(
    ("answer", "until", "field"),
    [
        (TalkAnswer.THINKING, None, "answer_until"),
        (TalkAnswer.YES, TODAY, "answer_until"),
        (TalkAnswer.THINKING, date(2026, 1, 1), "answer_until"),
    ],
)
def test_time_to_think_has_a_day_and_a_reason(people, act_as, now, answer, until, field):
    made = case_for(people.alma, state=State.SCREENING, talk=False)
    with act_as(people.alma) as actor, pytest.raises(Invalid) as refusal:
        talks.record_first_talk(
            actor=actor, case_id=made.case_id, held_on=TODAY, informed=True, told_voluntary=True, answer=answer,
            answer_until=until, now=now,
        )  # fmt: skip
    assert refusal.value.field == field


def test_who_wants_to_think_is_asked_again(people, act_as, now):
    made = case_for(people.alma, state=State.SCREENING, talk=False)
    said = {"case_id": made.case_id, "informed": True, "told_voluntary": True, "now": now}
    items = Item.objects.unscoped(because="a test").filter(dossier_id=made.dossier_id, kind="cases.ask_again")
    with act_as(people.alma) as actor:
        talk = talks.record_first_talk(
            actor=actor, held_on=TODAY, answer=TalkAnswer.THINKING, answer_until=date(2027, 1, 4), **said
        )
        assert [(item.state, item.due_on) for item in items.all()] == [("OPEN", date(2027, 1, 4))]
        entry_kind("erstgespraech").void(actor=actor, firsttalk_id=talk.pk, version=1, because="falsche Akte", now=now)
        assert items.get().state == "DROPPED"
        talks.record_first_talk(
            actor=actor, held_on=TODAY, answer=TalkAnswer.THINKING, answer_until=date(2027, 1, 4), **said
        )
        talks.record_first_talk(actor=actor, held_on=TODAY, answer=TalkAnswer.YES, **said)
        assert items.get().state == "DONE"
