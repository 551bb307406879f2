"""Statistical methods. Pure; each is tested against a published example."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """Bounds of a share, both between 0 and 1."""

    low: float
    high: float


def wilson(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Score interval of a share without continuity correction; good for small n and for shares near 0 and 1.

    Source: Wilson 1927; method 3 in Newcombe, Statistics in Medicine 17 (1998), 857–872.
    Raises ValueError without observations or when there are more successes than observations.
    """
    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = successes / n
    middle = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    # At the edges the formula gives exactly 0 and 1; rounding must not move them.
    low = 0.0 if successes == 0 else (middle - half) / scale
    high = 1.0 if successes == n else (middle + half) / scale
    return Interval(low, high)
