"""What fits together in a finding, and when somebody counts as profiled before release. No database."""

from datetime import date

import pytest

from ina.profiling.enums import Aspect, KeyGroup, Need, ProfilingKind, Severity
from ina.profiling.rules import misfit, profiled_before_release

DUE = date(2026, 12, 1)


@pytest.mark.parametrize("need", [need for need in Need if need is not Need.HEALTH])
@pytest.mark.parametrize("aspect", Aspect)
def test_a_need_fits_its_own_key_group_only(aspect, need):
    fits = aspect.value == need.key_group.value
    assert (misfit(aspect, need, Severity.PRESENT) is None) == fits


def test_every_key_group_is_an_aspect_and_has_needs():
    assert {aspect.value for aspect in Aspect} - {"STRENGTH"} == {group.value for group in KeyGroup}
    assert {need.key_group for need in Need} == set(KeyGroup)
    assert [sum(need.key_group is group for need in Need) for group in KeyGroup] == [4, 3, 2, 5]


@pytest.mark.parametrize(
    ("aspect", "need", "severity", "field"),
    [
        (Aspect.STRENGTH, Need.HOUSING, Severity.NONE, "need"),
        (Aspect.STRENGTH, None, Severity.SEVERE, "severity"),
        (Aspect.MOTIVATION, None, Severity.SEVERE, "need"),
        (Aspect.MOTIVATION, Need.HOUSING, Severity.SEVERE, "need"),
    ],
)
def test_a_contradiction_names_its_field(aspect, need, severity, field):
    assert misfit(aspect, need, severity)[0] == field


def test_a_plain_strength_and_a_need_in_order_fit():
    assert misfit(Aspect.STRENGTH, None, Severity.NONE) is None
    assert misfit(Aspect.CIRCUMSTANCES, Need.HOUSING, Severity.NONE) is None


@pytest.mark.parametrize(
    ("held", "profiled"),
    [
        ([], False),
        ([(ProfilingKind.INITIAL, date(2026, 11, 30))], False),
        ([(ProfilingKind.INITIAL, DUE)], True),
        ([(ProfilingKind.BEFORE_RELEASE, date(2026, 11, 2))], True),
    ],
)
def test_profiled_before_release_by_kind_or_by_day(held, profiled):
    assert profiled_before_release(held, DUE) is profiled


def test_health_has_no_place_among_the_findings():
    field, sentence = misfit(Aspect.PERFORMANCE, Need.HEALTH, Severity.PRESENT)
    assert field == "need" and "Gesundheit" in sentence
