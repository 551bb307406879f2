"""Who may be told a day of release, in which order, and what is kept of it."""

from datetime import date, timedelta

import pytest

from ina.access.enums import Channel, ConsentPurpose
from ina.access.operations.consents import record_consent, withdraw_consent
from ina.access.operations.deputies import appoint_deputy
from ina.base.errors import Invalid, Refused
from ina.cases.enums import HypothesisKind as Kind
from ina.cases.enums import HypothesisStatus as Status
from ina.cases.operations.notices import record_notice
from ina.cases.operations.release_dates import state_release_date
from ina.cases.queries import get_file
from ina.cases.queries.release_dates import Change, calls_of, preview_change
from ina.cases.rules.calls import CallRole
from ina.cases.rules.release import DateClaim
from ina.institutions.models import Institution
from ina.network.enums import ReferralAct
from ina.network.operations import move_referral, propose_partner
from ina.profiling.enums import Need
from tests.factories.cases import ADMITTED_ON, PLANNED_ON, case_for
from tests.network.disclosing import allow

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PARTNER, PROBATION, PRISON = "anbieter-beispiel", "bwh-beispiel", "jva-duesseldorf"


@pytest.fixture
def made(people):
    return case_for(people.alma)


def agree(actor, made, now, key=PARTNER):
    return record_consent(
        actor=actor, dossier_id=made.dossier_id, purpose=ConsentPurpose.RELEASE_DATE, text_version="1", on_paper=True,
        given_on=TODAY - timedelta(days=9), recipient_id=Institution.objects.get(key=key).pk, now=now,
    )  # fmt: skip


def take_back(actor, consent, now):
    withdraw_consent(actor=actor, consent_id=consent.pk, withdrawn_on=TODAY, channel=Channel.PHONE, now=now)


def tell(actor, made, now, key=PARTNER, **changed):
    given = {"on": PLANNED_ON, "told_on": TODAY, "channel": Channel.PHONE} | changed
    return record_notice(actor=actor, case_id=made.case_id, institution_key=key, now=now, **given)


def lines(actor, made, on=date(2026, 12, 18), kind=Kind.TWO_THIRDS, status=Status.PLAUSIBLE):
    file = get_file(actor, made.number, today=TODAY)
    return preview_change(actor, file, Change(DateClaim(on, status, kind)), TODAY).calls


def involve(actor, made, now, key=PARTNER, need=Need.HOUSING):
    referral = propose_partner(
        actor=actor, case_id=made.case_id, partner_key=key, purpose="Wohnplatz", need=need, proposed_on=ADMITTED_ON,
        now=now,
    )  # fmt: skip
    allow(actor, made, now, partner=key)
    for act in (ReferralAct.CONSENTED, ReferralAct.SENT):
        move_referral(actor=actor, servicereferral_id=referral.pk, act=act, happened_on=TODAY, now=now)


def test_told_with_consent_and_the_consent_is_kept(made, people, act_as, now):
    with act_as(people.alma) as actor:
        consent = agree(actor, made, now)
        notice = tell(actor, made, now)
        assert (notice.consent_id, notice.legal_basis, notice.on) == (consent.pk, "", PLANNED_ON)


def test_without_consent_nobody_is_told(made, people, act_as, now):
    with act_as(people.alma) as actor, pytest.raises(Invalid, match="Einwilligung fehlt") as raised:
        tell(actor, made, now)
    assert raised.value.field == "institution_key"


def test_the_prison_is_told_by_law_and_another_prison_is_not(made, people, act_as, now):
    with act_as(people.alma) as actor:
        assert "§ 13 JVollzDSG" in tell(actor, made, now, PRISON).legal_basis
        with pytest.raises(Invalid, match="Einwilligung fehlt"):
            tell(actor, made, now, "jva-koeln")


def test_probation_is_told_once_the_court_has_decided(made, people, act_as, now):
    with act_as(people.alma) as actor:
        with pytest.raises(Invalid, match="Einwilligung fehlt"):
            tell(actor, made, now, PROBATION)
        state_release_date(
            actor=actor, case_id=made.case_id, on=date(2026, 12, 18), kind=Kind.COURT_DECISION, status=Status.DECIDED,
            source="Beschluss", asserted_on=TODAY, now=now,
        )  # fmt: skip
        notice = tell(actor, made, now, PROBATION, on=date(2026, 12, 18))
        assert notice.consent_id is None and "§ 60 StVollzG" in notice.legal_basis


def test_after_withdrawal_they_stay_in_the_list_and_may_not_be_told(made, people, act_as, now):
    with act_as(people.alma) as actor:
        consent = agree(actor, made, now)
        tell(actor, made, now)
        take_back(actor, consent, now)
        line = next(line for line in lines(actor, made) if line.institution == PARTNER)
        assert line.gone and line.holds == PLANNED_ON
        assert line.blocked_because == "Darf nicht mehr informiert werden: Einwilligung am 23.11.2026 widerrufen."
        with pytest.raises(Invalid, match="Darf nicht mehr informiert werden"):
            tell(actor, made, now)
        # What was done while it ran can still be entered: people key in later.
        assert tell(actor, made, now, told_on=TODAY - timedelta(days=1)).consent_id == consent.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"told_on": TODAY + timedelta(days=1)}, "told_on"),
        ({"told_on": date(2026, 3, 1)}, "told_on"),
        ({"on": date(2027, 7, 7)}, "on"),
        ({"key": "gibt-es-nicht"}, "institution_key"),
    ],
)
def test_what_cannot_have_been_told(wrong, field, made, people, act_as, now):
    with act_as(people.alma) as actor:
        agree(actor, made, now)
        with pytest.raises(Invalid) as raised:
            tell(actor, made, now, **wrong)
        assert raised.value.field == field


def test_order_of_the_calls(made, people, act_as, now):
    with act_as(people.alma) as actor:
        involve(actor, made, now)
        agree(actor, made, now)
        roles = [(line.role, bool(line.blocked_because)) for line in lines(actor, made)]
    assert roles == [
        (CallRole.PARTICIPANT, False),
        (CallRole.PRISON_SOCIAL, False),
        (CallRole.COLLEAGUE, False),  # less than four weeks: the lead of the team
        (CallRole.HOUSING, False),
    ]


def test_a_partner_without_consent_is_listed_last_with_what_to_do(made, people, act_as, now):
    with act_as(people.alma) as actor:
        involve(actor, made, now)
        last = lines(actor, made)[-1]
    assert last.institution == PARTNER and "unterschreiben" in last.blocked_because and not last.gone


def test_whom_nobody_asked_is_not_called(made, people, act_as, now):
    with act_as(people.alma) as actor:
        propose_partner(
            actor=actor,
            case_id=made.case_id,
            partner_key=PARTNER,
            purpose="Wohnplatz",
            proposed_on=ADMITTED_ON,
            now=now,
        )
        assert PARTNER not in [line.institution for line in lines(actor, made)]


def test_with_time_left_no_colleague_is_called(made, people, act_as, now):
    with act_as(people.alma) as actor:
        assert CallRole.COLLEAGUE not in [line.role for line in lines(actor, made, date(2027, 1, 15))]


def test_a_running_deputy_is_called_when_time_is_short(made, people, act_as, now):
    with act_as(people.alma) as actor:
        appoint_deputy(
            actor=actor, membership_id=people.alma.membership_id, deputy_id=people.bert.membership_id, starts_on=TODAY,
            ends_on=TODAY + timedelta(days=14), now=now,
        )  # fmt: skip
        colleagues = [line.whom for line in lines(actor, made) if line.role is CallRole.COLLEAGUE]
    assert colleagues == [people.bert.name, people.jan.name]


def test_who_holds_another_day_comes_before_who_holds_none_and_who_knows_is_done(made, people, act_as, now):
    with act_as(people.alma) as actor:
        agree(actor, made, now)
        tell(actor, made, now)
        line = next(line for line in lines(actor, made) if line.institution == PARTNER)
        assert line.overdue and not line.done and (line.holds, line.told_on) == (PLANNED_ON, TODAY)
        present = calls_of(actor, get_file(actor, made.number, today=TODAY), TODAY)
        assert next(line for line in present if line.institution == PARTNER).done


def test_the_social_service_sees_people_and_itself_only(made, people, act_as, now):
    with act_as(people.alma) as actor:
        involve(actor, made, now)
    with act_as(people.hanna) as actor:
        assert {line.role for line in lines(actor, made)} == {
            CallRole.PARTICIPANT, CallRole.PRISON_SOCIAL, CallRole.COLLEAGUE,
        }  # fmt: skip
        with pytest.raises(Refused):
            tell(actor, made, now, PRISON)
