"""What is published about people in prison, as far as the demo keeps to it. Figures are facts; each says its source.

The demo imitates no statistics of INA itself: none are published. Where nothing is published (which nationalities, how
people were released) the demo's own choice stands in ``demo_people`` and claims nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BPB_2013 = "Destatis, Strafvollzugsstatistik, wiedergegeben von der bpb am 23.4.2013"
DESTATIS_2012 = "Destatis, Zahl der Woche 2012"
DESTATIS_2006 = "Destatis, Pressemitteilung vom 11.12.2006"
DESTATIS_2011 = "Destatis, Strafvollzugsstatistik 2011, nach Sekundärquellen"
JUSTICE_NRW = "Justiz NRW, 2010 und 2016"


@dataclass(frozen=True)
class Figure:
    """Shares in per cent by key, of whom, on which day, and where they were read."""

    of: str
    as_of: str
    source: str
    shares: Mapping[str, float]


SEX = Figure("Strafgefangene und Sicherungsverwahrte in Deutschland", "2012-03-31", BPB_2013, {"m": 94.3, "w": 5.7})
AGE = Figure(
    "Strafgefangene und Sicherungsverwahrte in Deutschland",
    "2012-03-31",
    BPB_2013,
    {"unter 25": 18.7, "25 bis unter 40": 48.2, "40 und älter": 33.1},
)
# Two marks of the same day that part the middle and the upper group.
AGE_MARKS = Figure(
    "Strafgefangene und Sicherungsverwahrte in Deutschland",
    "2012-03-31",
    DESTATIS_2012,
    {"unter 30": 38.0, "50 und älter": 13.0},
)
FOREIGN = Figure(
    "Strafgefangene und Sicherungsverwahrte in Deutschland", "2006-03-31", DESTATIS_2006, {"ohne deutschen Pass": 22.0}
)
CUSTODY = Figure(
    "Strafgefangene und Sicherungsverwahrte in Deutschland",
    "2012-03-31",
    BPB_2013,
    {"SENTENCE": 89.2, "YOUTH_SENTENCE": 10.0, "PREVENTIVE_DETENTION": 0.8},
)
# By the time that a sentence is expected to take in prison.
LENGTH = Figure(
    "Freiheitsstrafen in Deutschland",
    "2012-03-31",
    BPB_2013,
    {
        "bis 9 Monate": 36.7,
        "über 9 Monate bis 2 Jahre": 26.9,
        "über 2 bis 5 Jahre": 23.5,
        "über 5 bis 15 Jahre": 9.1,
        "lebenslang": 3.9,
    },
)
OPEN_PRISON = Figure(
    "Gefangene in Deutschland, alle Haftarten", "2011-03-31", DESTATIS_2011, {"offener Vollzug": 100 * 9503 / 71200}
)
UNTRAINED = Figure(
    "Gefangene in NRW ohne abgeschlossene Berufsausbildung bei der Inhaftierung",
    "2010/2016",
    JUSTICE_NRW,
    {"Erwachsene": 67.0, "Jugendliche": 90.0},
)
LONG_UNEMPLOYED = Figure(
    "Gefangene in NRW, vor der Inhaftierung langzeitarbeitslos", "2016", JUSTICE_NRW, {"langzeitarbeitslos": 60.0}
)


def counts(shares: Mapping[str, float], total: int) -> dict[str, int]:
    """So many of ``total`` for each share, by the largest remainders: together exactly the total."""
    whole = sum(shares.values())
    exact = {key: total * share / whole for key, share in shares.items()}
    found = {key: int(value) for key, value in exact.items()}
    left = total - sum(found.values())
    for key in sorted(exact, key=lambda key: (found[key] - exact[key], key))[:left]:
        found[key] += 1
    return found


def ages(total: int) -> list[tuple[int, int, int]]:
    """(from, to, how many) in completed years, both figures of the same day joined."""
    groups, marks = AGE.shares, AGE_MARKS.shares
    shares = {
        "19-24": groups["unter 25"],
        "25-29": marks["unter 30"] - groups["unter 25"],
        "30-39": groups["unter 25"] + groups["25 bis unter 40"] - marks["unter 30"],
        "40-49": groups["40 und älter"] - marks["50 und älter"],
        "50-67": marks["50 und älter"],
    }
    return [
        (*(int(year) for year in key.split("-")), number)  # type: ignore[misc]
        for key, number in counts(shares, total).items()
    ]


def share(number: int, total: int) -> float:
    """In per cent."""
    return 100 * number / total


def spread(values: Sequence[str], total: int) -> list[str]:
    """Each value as often as the others, in turn."""
    return [values[place % len(values)] for place in range(total)]
