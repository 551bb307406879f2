"""What the file knows for the criteria of offers."""

from datetime import date

import pytest

from ina.cases.models import BenefitSituation
from ina.cases.queries import get_file
from ina.network.queries.entitlement import facts_of, months_until
from ina.network.rules.entitlement import FACTS, Verdict, judge
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
DEBTS = [{"fact": "debts", "op": "one_of", "value": ["YES"], "because": "§ 16a SGB II"}]


def test_months_are_completed_ones():
    assert [months_until(TODAY, day) for day in (date(2026, 12, 22), date(2026, 12, 23), date(2027, 11, 23))] == [
        0,
        1,
        12,
    ]
    assert months_until(TODAY, date(2026, 1, 1)) == 0


def test_what_is_entered_is_known_and_what_is_missing_or_hidden_is_not(people, act_as, now, django_assert_num_queries):
    made = case_for(people.alma)
    with act_as(people.alma) as actor:
        file = get_file(actor, made.number, today=TODAY)
        before = facts_of(actor, file, today=TODAY)
        assert before.keys() <= FACTS.keys() and "debts" not in before
        assert judge(DEBTS, before)[0].verdict is Verdict.UNKNOWN
        BenefitSituation.objects.create(
            dossier_id=made.dossier_id,
            case_id=made.case_id,
            refers_on=TODAY,
            debts="YES",
            recorded_at=now,
            recorded_by_id=actor.membership_id,
        )
        with django_assert_num_queries(5):
            after = facts_of(actor, file, today=TODAY)
    judged = judge(DEBTS, after)[0]
    assert (judged.verdict, judged.source) == (Verdict.PASSED, "Leistungen und Schulden, Stand 23.11.2026")
    with act_as(people.cem) as actor:
        hidden = facts_of(actor, file, today=TODAY)
    assert judge(DEBTS, hidden)[0].verdict is Verdict.UNKNOWN
