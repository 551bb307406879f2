"""The figure over a cohort worked out by hand."""

from dataclasses import replace
from datetime import date

import pytest

from ina.cases.enums import Sex
from ina.evaluation.cohorts import Episodes
from ina.evaluation.enums import AgeGroup, StatusGroup
from ina.evaluation.indicators.in_work_after_six_months import DEFINITION
from ina.evaluation.indicators.order import REPORT_ORDER
from ina.evaluation.rates import assess

YOUNG, MIDDLE, OLD = AgeGroup.UNDER_25, AgeGroup.FROM_25_TO_54, AgeGroup.FROM_55
OUTCOMES = {
    "INSURED_FULL_TIME": "WORK",
    "INSURED_PART_TIME": "WORK",
    "SELF_EMPLOYED": "WORK",
    "APPRENTICESHIP": "TRAINING",
    "MARGINAL": "MARGINAL_WORK",
    "UNEMPLOYED": "UNEMPLOYED",
    "REIMPRISONED": "REIMPRISONED",
    "DECEASED": "OUTSIDE",
    "UNKNOWN": "UNKNOWN",
}
ENDINGS = {"DECEASED": "OUTSIDE", "DEPARTED": "OUTSIDE"}
TODAY = date(2026, 12, 10)


def released(month, age, sex, outcome, count, *, ended=None, reason=""):
    return Episodes(date(2026, month, 1), age, sex, ended, reason, outcome, count)


COHORT = [
    released(1, MIDDLE, "m", "INSURED_FULL_TIME", 12),
    released(2, YOUNG, "m", "INSURED_PART_TIME", 5),
    released(3, MIDDLE, "w", "SELF_EMPLOYED", 3),
    released(3, YOUNG, "m", "APPRENTICESHIP", 6),
    released(3, OLD, "m", "MARGINAL", 5),
    released(4, MIDDLE, "m", "UNEMPLOYED", 12),
    released(4, MIDDLE, "m", "REIMPRISONED", 5),
    released(5, MIDDLE, "m", "", 6),
    released(5, MIDDLE, "w", "UNKNOWN", 1),
    released(1, MIDDLE, "m", "", 1, reason="DECEASED", ended=date(2026, 9, 1)),  # after the key date: unknown
    released(2, OLD, "m", "DECEASED", 1),
    released(2, OLD, "m", "", 1, reason="DEPARTED", ended=date(2026, 4, 1)),
    released(6, MIDDLE, "m", "INSURED_FULL_TIME", 9),  # the key date lies in December: not yet
]


def rate_of(cohort=COHORT, limit=5, today=TODAY):
    return assess(DEFINITION, cohort, outcome_groups=OUTCOMES, ending_groups=ENDINGS, limit=limit, today=today)


def test_the_counts_by_hand():
    rate = rate_of()
    assert (rate.n, rate.known, rate.unknown) == (56, 48, 8)
    assert (rate.first_month, rate.last_month) == (date(2026, 1, 1), date(2026, 5, 1))
    assert (rate.with_unknowns.count, rate.with_unknowns.of) == (20, 56)
    assert (rate.without_unknowns.count, rate.without_unknowns.of) == (20, 48)


def test_the_shares_and_their_intervals_by_hand():
    """20/56 and 20/48 with z = 1.959964, worked out apart from the code."""
    with_unknowns, without = rate_of().with_unknowns, rate_of().without_unknowns
    assert with_unknowns.value == pytest.approx(0.3571, abs=5e-5)
    assert with_unknowns.interval.low == pytest.approx(0.2446, abs=2e-4)
    assert with_unknowns.interval.high == pytest.approx(0.4880, abs=2e-4)
    assert without.value == pytest.approx(0.4167, abs=5e-5)
    assert without.interval.low == pytest.approx(0.2885, abs=2e-4)
    assert without.interval.high == pytest.approx(0.5572, abs=2e-4)


def test_who_died_or_left_the_country_is_named_apart_and_protected_when_few():
    assert rate_of().left_out is None
    assert rate_of(limit=2).left_out == 2
    assert (
        rate_of([one for one in COHORT if one.outcome != "DECEASED" and one.ending_reason != "DEPARTED"]).left_out == 0
    )


def test_training_is_no_work_and_stands_in_the_table():
    lines = {line.label: line.count for line in rate_of().statuses}
    assert lines[StatusGroup.WORK.label] == 20
    assert lines[StatusGroup.TRAINING.label] == 6
    assert lines[StatusGroup.UNKNOWN.label] == 8
    assert StatusGroup.OUTSIDE.label not in lines


def test_the_mix_hides_four_women_and_what_would_give_them_away():
    rate = rate_of()
    assert {line.label: line.count for line in rate.sexes} == {
        Sex.FEMALE.label: None,
        Sex.MALE.label: None,
        Sex.DIVERSE.label: 0,
        Sex.UNKNOWN.label: 0,
    }
    assert {line.label: line.count for line in rate.ages} == {
        YOUNG.label: 11,
        MIDDLE.label: 40,
        OLD.label: 5,
        AgeGroup.UNKNOWN.label: 0,
    }


def test_a_small_status_is_hidden_with_another_but_never_by_the_figure_itself():
    cohort = [*COHORT, released(1, MIDDLE, "m", "NEW_KIND", 2)]
    lines = {line.label: line.count for line in rate_of(cohort).statuses}
    assert lines[StatusGroup.OTHER.label] is None
    assert lines[StatusGroup.WORK.label] == 20  # known from the figure: hiding it would hide nothing
    hidden = [label for label, count in lines.items() if count is None]
    assert len(hidden) == 2


@pytest.mark.parametrize(
    "cohort",
    [
        [released(1, MIDDLE, "m", "INSURED_FULL_TIME", 2), released(1, MIDDLE, "m", "UNEMPLOYED", 2)],
        [released(1, MIDDLE, "m", "INSURED_FULL_TIME", 2), released(1, MIDDLE, "m", "UNEMPLOYED", 30)],
        [released(1, MIDDLE, "m", "INSURED_FULL_TIME", 30), released(1, MIDDLE, "m", "UNEMPLOYED", 2)],
    ],
    ids=["few people", "few in work", "few not in work"],
)
def test_too_few_people_are_protected(cohort):
    rate = rate_of(cohort)
    assert rate.protected
    assert rate.with_unknowns is None
    assert rate.without_unknowns is None
    assert (rate.statuses, rate.ages, rate.sexes) == ((), (), ())


def test_nobody_in_work_is_a_figure():
    rate = rate_of([released(1, MIDDLE, "m", "UNEMPLOYED", 30)])
    assert rate.with_unknowns.value == 0
    assert not rate.protected


def test_all_unknown_has_no_share_of_the_known():
    rate = rate_of([released(1, MIDDLE, "m", "", 30)])
    assert rate.with_unknowns.value == 0
    assert rate.without_unknowns is None


def test_an_empty_cohort_has_no_months():
    rate = rate_of([replace(one, released_month=date(2026, 11, 1)) for one in COHORT])
    assert rate.first_month is None
    assert rate.protected
    assert rate.n == 0


def test_every_indicator_says_what_it_means():
    for definition in REPORT_ORDER:
        for name, value in vars(definition).items():
            assert value, f"{definition.key}: {name} is empty"
