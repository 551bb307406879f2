"""Wilson's interval against the published examples of Newcombe (1998), table I, method 3."""

import pytest

from ina.evaluation.statistics import wilson


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_bounds(successes, n, low, high):
    interval = wilson(successes, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_wilson_is_symmetric():
    few, many = wilson(3, 20), wilson(17, 20)
    assert few.low == pytest.approx(1 - many.high)
    assert few.high == pytest.approx(1 - many.low)


def test_wilson_stays_between_nought_and_one_and_holds_the_share():
    for n in (1, 2, 7, 50):
        for successes in range(n + 1):
            interval = wilson(successes, n)
            assert 0 <= interval.low <= successes / n <= interval.high <= 1
    assert wilson(20, 20).high == 1.0
    assert wilson(0, 20).low == 0.0


def test_wilson_is_wider_with_more_confidence():
    assert wilson(10, 40, 0.99).high > wilson(10, 40, 0.95).high


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (5, 4), (-1, 4)])
def test_wilson_refuses_what_is_no_share(successes, n):
    with pytest.raises(ValueError, match="no share"):
        wilson(successes, n)
