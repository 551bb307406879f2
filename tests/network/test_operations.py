"""Proposing partners and moving referrals: what is kept, and what is refused."""

from datetime import date

import pytest

from ina.access.models import Consent
from ina.access.operations.consents import withdraw_consent
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.cases.enums import State
from ina.network import operations, queries
from ina.network.enums import ReferralAct as Act
from ina.network.enums import ReferralState, RefusalReason
from ina.network.models import ServiceReferral
from ina.profiling.enums import Need
from tests.factories.cases import case_for, case_of, close
from tests.network.disclosing import AGENCY, allow

pytestmark = pytest.mark.django_db
BECAUSE = "a test looks at what it made"
PROPOSED_ON = date(2026, 11, 2)
TODAY = date(2026, 11, 23)


def propose(actor, case_id, now, **more):
    values = {"partner_key": "anbieter-beispiel", "purpose": "Schuldnerberatung", "proposed_on": PROPOSED_ON}
    return operations.propose_partner(actor=actor, case_id=case_id, now=now, **values | more)


def move(actor, referral, act, now, on=TODAY, **more):
    operations.move_referral(actor=actor, servicereferral_id=referral.pk, act=act, happened_on=on, now=now, **more)


def stand(actor, referral) -> ReferralState:
    return queries.referral_state(actor, referral)


def test_a_referral_goes_all_the_way(people, act_as, now, trail):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        referral = propose(actor, made.case_id, now, need=Need.MONEY)
        for act in (Act.CONSENTED, Act.SENT, Act.ACCEPTED, Act.STARTED):
            move(actor, referral, act, now)
        move(actor, referral, Act.ENDED, now, result="Raten vereinbart")
        referral.refresh_from_db()
        assert stand(actor, referral) is ReferralState.ENDED
        assert (referral.number, referral.need, referral.result, referral.version) == (1, "R4", "Raten vereinbart", 6)
        assert propose(actor, made.case_id, now).number == 2
    assert len(trail("network.move_referral")) == 5
    assert "Raten" not in str(trail("network.move_referral"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"proposed_on": date(2026, 11, 24)}, "proposed_on"),
        ({"purpose": " "}, "purpose"),
        ({"partner_key": "gibt-es-nicht"}, "partner_key"),
        ({"partner_key": "jva-duesseldorf"}, "partner_key"),
        ({"partner_key": "traeger-beispiel"}, "partner_key"),
        ({"need": "Z9"}, "need"),
    ],
)
def test_a_proposal_that_does_not_fit_is_refused(people, act_as, now, wrong, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as caught:
            propose(actor, made.case_id, now, **wrong)
        assert caught.value.field == field
        assert not ServiceReferral.objects.unscoped(because=BECAUSE).filter(case_id=made.case_id).exists()


def test_a_partner_that_was_closed_before_is_no_partner(people, act_as, now):
    from ina.base.actor import Person
    from ina.institutions.models import Institution
    from ina.institutions.operations import close_institution

    made = case_for(people.alma)
    partner = Institution.objects.get(key="anbieter-beispiel")
    administrator = Person(id=0, membership=0, role_code="SYSTEM_ADMIN", institution_id=0)
    close_institution(
        actor=administrator, institution_id=partner.pk, version=partner.version, last_day_on=PROPOSED_ON, now=now
    )
    with act_as(people.alma) as actor:
        assert propose(actor, made.case_id, now).pk
        with pytest.raises(Invalid) as caught:
            propose(actor, made.case_id, now, proposed_on=date(2026, 11, 3))
    assert caught.value.field == "partner_key"


@pytest.mark.parametrize(
    ("act", "more", "field"),
    [
        (Act.SENT, {}, "act"),
        (Act.CONSENTED, {"on": date(2026, 11, 24)}, "happened_on"),
        (Act.CONSENTED, {"on": date(2026, 11, 1)}, "happened_on"),
        (Act.ENDED, {}, "result"),
    ],
)
def test_a_move_that_does_not_fit_is_refused_and_changes_nothing(people, act_as, now, act, more, field):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
        with pytest.raises(Invalid) as caught:
            move(actor, referral, act, now, **more)
        referral.refresh_from_db()
        assert (caught.value.field, referral.version) == (field, 1)
        assert stand(actor, referral) is ReferralState.PROPOSED


def test_without_consent_to_the_use_of_data_nothing_reaches_a_partner(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
        move(actor, referral, Act.CONSENTED, now, on=PROPOSED_ON)
        allow(actor, made, now)
        consent = Consent.objects.unscoped(because=BECAUSE).get(dossier_id=made.dossier_id, purpose="DATA_USE")
        withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=date(2026, 11, 10), channel="PAPER", now=now)
        with pytest.raises(Invalid, match="Einwilligung") as caught:
            move(actor, referral, Act.SENT, now)
        assert caught.value.field == "act"
        move(actor, referral, Act.SENT, now, on=date(2026, 11, 9))
        with pytest.raises(Invalid, match="Einwilligung"):
            move(actor, referral, Act.ACCEPTED, now)
        move(actor, referral, Act.ENDED, now, result="Einwilligung widerrufen")
        assert stand(actor, referral) is ReferralState.ENDED


def test_nothing_follows_an_end(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
        move(actor, referral, Act.ENDED, now, result="möchte nicht")
        with pytest.raises(Refused, match="schon abgeschlossen"):
            move(actor, referral, Act.CONSENTED, now)


def test_somebody_was_faster(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
        move(actor, referral, Act.CONSENTED, now, version=1)
        with pytest.raises(Conflict):
            move(actor, referral, Act.ENDED, now, version=1, result="doppelt")


@pytest.mark.parametrize("state", [State.SCREENING, State.WAITING, State.DECLINED, State.REJECTED, State.CLOSED])
def test_nobody_is_referred_before_admission_nor_after_the_end(people, act_as, now, state):
    made = case_for(people.alma, state=state)
    with act_as(people.alma) as actor, pytest.raises(Refused):
        propose(actor, made.case_id, now)


def test_a_referral_of_an_ended_case_stands_still(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
        close(actor, case_of(made), TODAY)
        with pytest.raises(Refused):
            move(actor, referral, Act.CONSENTED, now)


def test_who_does_not_lead_the_case_is_refused_and_strangers_find_nothing(people, act_as, now):
    """The social service sees the case but not the referrals: another compartment."""
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
    for member, proposing, moving in (
        (people.jan, Refused, Refused),
        (people.hanna, Refused, NotVisible),
        (people.cem, NotVisible, NotVisible),
        (people.rita, NotVisible, NotVisible),
    ):
        with act_as(member) as actor:
            with pytest.raises(proposing):
                propose(actor, made.case_id, now)
            with pytest.raises(moving):
                move(actor, referral, Act.CONSENTED, now)


def test_without_a_consent_for_this_very_partner_it_is_not_sent(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
        move(actor, referral, Act.CONSENTED, now)
        allow(actor, made, now, partner=AGENCY)
        with pytest.raises(Invalid, match="keine Einwilligung") as caught:
            move(actor, referral, Act.SENT, now)
        assert caught.value.field == "act"
        consent = allow(actor, made, now)
        withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=TODAY, channel="PHONE", now=now)
        with pytest.raises(Invalid, match="widerrufen"):
            move(actor, referral, Act.SENT, now)
        assert stand(actor, referral) is ReferralState.CONSENTED


def test_a_consent_of_custody_carries_nothing_after_the_gate(people, act_as, now):
    made = case_for(people.alma, state=State.AFTERCARE)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now)
        move(actor, referral, Act.CONSENTED, now)
        allow(actor, made, now, given_on=date(2026, 4, 1), beyond_release=False)
        with pytest.raises(Invalid, match="nur bis zur Entlassung"):
            move(actor, referral, Act.SENT, now)
        allow(actor, made, now, given_on=PROPOSED_ON)
        move(actor, referral, Act.SENT, now)


def test_a_law_may_be_named_where_it_fits(people, act_as, now):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        referral = propose(actor, made.case_id, now, partner_key=AGENCY)
        move(actor, referral, Act.CONSENTED, now)
        with pytest.raises(Invalid, match="gibt es an diesem Tag nicht") as caught:
            move(actor, referral, Act.SENT, now, legal_basis="ERFUNDEN")
        assert caught.value.field == "legal_basis"
        move(actor, referral, Act.SENT, now, legal_basis="JVOLLZDSG_13")
        assert queries.acts_of_referral(actor, referral)[-1].basis == "JVOLLZDSG_13"


def test_a_refusal_says_why_and_a_silent_partner_is_asked_after(people, act_as, now):
    from ina.agenda.enums import ItemState
    from ina.agenda.models import Item

    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        allow(actor, made, now)
        referral = propose(actor, made.case_id, now)
        for act in (Act.CONSENTED, Act.SENT):
            move(actor, referral, act, now, on=date(2026, 11, 9))
        asking = Item.objects.visible_to(actor).filter(kind="network.answer_missing", state=ItemState.OPEN)
        assert asking.get().due_on == date(2026, 11, 19)
        with pytest.raises(Invalid) as caught:
            move(actor, referral, Act.REFUSED, now)
        assert caught.value.field == "refused_because"
        move(actor, referral, Act.REFUSED, now, refused_because=RefusalReason.FULL)
        assert queries.acts_of_referral(actor, referral)[-1].refused_because == "FULL"
        assert not asking.all().exists()


def test_the_result_flows_back_into_the_step_of_the_plan(people, act_as, now):
    from ina.planning.models import PlanStep
    from tests.factories.steps import plan_something

    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        plan_something(actor, made, now)
        step = PlanStep.objects.visible_to(actor).get()
        referral = propose(actor, made.case_id, now, step_id=step.pk)
        with pytest.raises(Invalid) as caught:
            propose(actor, made.case_id, now, step_id=10**9)
        assert caught.value.field == "step_id"
        move(actor, referral, Act.ENDED, now, result="Zeugnisse liegen vor")
        step.refresh_from_db()
        assert (step.status, step.done_on) == ("DONE", TODAY)
        assert "Zeugnisse liegen vor" in step.result


def test_an_offer_of_another_partner_is_none_of_this_one(people, act_as, now):
    from tests.network.offers import a_partner, an_offer

    made, partner = case_for(people.alma), a_partner()
    offer = an_offer(people.alma.actor, partner=partner)
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid) as caught:
            propose(actor, made.case_id, now, offer_number=offer.number)
        assert caught.value.field == "offer_number"
        referral = propose(actor, made.case_id, now, partner_key=partner.key, offer_number=offer.number)
        assert referral.offer_id == offer.pk
