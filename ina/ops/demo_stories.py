"""What happens to the people of the demo: a table of lives that go alike, to be read by people. Nothing happens here.
Those that have ended are in ``demo_endings``.

``demo_people`` says who they are, ``demo_walk`` tells each life through the real operations. Days count from today
(negative: ago) and are spread evenly over a group; whoever stands further down in it comes later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """How far a life goes. Custody and preparation are one stage: the day of release makes the difference."""

    UNALLOCATED = "UNALLOCATED"  # referred by the prison's social service, led by nobody
    SCREENING = "SCREENING"
    WAITING = "WAITING"
    DECLINED = "DECLINED"
    REJECTED = "REJECTED"
    INSIDE = "INSIDE"  # admitted, in custody
    OUTSIDE = "OUTSIDE"  # released, in aftercare
    ENDED_INSIDE = "ENDED_INSIDE"
    ENDED = "ENDED"


Span = tuple[int, int]
# Days between referral and release, in turn: most sentences are short, and so is the time that is left for help.
SHORT, USUAL = (75, 96, 120, 150, 182, 210), (88, 120, 152, 196, 238, 330, 480)
ALL_WORK = (
    ("UNEMPLOYED", "INSURED_FULL_TIME", "INSURED_FULL_TIME"),
    ("INSURED_PART_TIME", "INSURED_PART_TIME", "INSURED_FULL_TIME"),
    ("INSURED_FULL_TIME", "INSURED_FULL_TIME", "INSURED_FULL_TIME"),
    ("UNEMPLOYED", "WORK_OPPORTUNITY", "INSURED_PART_TIME"),
    ("UNEMPLOYED", "UNEMPLOYED", "INSURED_FULL_TIME"),
    ("INSURED_FULL_TIME", "UNEMPLOYED", "SELF_EMPLOYED"),
)
NO_ANSWER = (
    ("UNEMPLOYED", "UNKNOWN", "UNKNOWN"),
    ("UNEMPLOYED", "UNEMPLOYED", "UNKNOWN"),
    ("INSURED_PART_TIME", "UNKNOWN", "UNKNOWN"),
    ("UNEMPLOYED", "UNKNOWN", ""),
)
RUNNING = (
    ("INSURED_FULL_TIME", "INSURED_FULL_TIME"),
    ("UNEMPLOYED", "INSURED_PART_TIME"),
    ("UNEMPLOYED", "UNEMPLOYED"),
    ("RETRAINING", "RETRAINING"),
    ("UNEMPLOYED", "MARGINAL"),
    ("INSURED_PART_TIME", ""),
    ("UNKNOWN", "UNKNOWN"),
)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Lives that go alike.

    by: how many of them each case manager leads (the social service for those that nobody leads yet). referred: days
    from today, or else ``inside``: days between referral and release, in turn. release: None where nobody knows the
    day. reasons: codes in turn (waiting, declining, rejecting, pausing, kinds of custody of those who came back).
    outcomes: where they stood at release, +3 and +6 months, in turn. ends: how many days after the release (or, in
    custody, after the admission) the case was closed. quiet: for so many days nobody has met the person. also: what
    happens besides, to every so manieth of the group.
    """

    name: str
    stage: Stage
    by: Mapping[str, int]
    release: Span | None = None
    referred: Span | None = None
    inside: tuple[int, ...] = USUAL
    ending: str = ""
    ends: int = 0
    reasons: tuple[str, ...] = ("",)
    outcomes: tuple[tuple[str, ...], ...] = ((),)
    quiet: int = 0
    also: Mapping[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(self.by.values())


def shared(alma: int, bert: int, toni: int, wanda: int, cem: int, udo: int = 0) -> dict[str, int]:
    who = {"alma": alma, "bert": bert, "toni": toni, "wanda": wanda, "cem": cem, "udo": udo}
    return {name: count for name, count in who.items() if count}


GOING_ON: tuple[Group, ...] = (
    # --- before anybody has decided
    Group(
        name="referred, nobody leads yet",
        stage=Stage.UNALLOCATED,
        by={"hanna": 6},
        referred=(-15, -1),
        release=(130, 430),
        also={"no release date": 6},
    ),
    Group(
        name="screening",
        stage=Stage.SCREENING,
        by=shared(3, 3, 2, 2, 2),
        referred=(-27, -2),
        release=(150, 620),
        also={"talked": 2, "no release date": 9},
    ),
    Group(
        name="waiting list",
        stage=Stage.WAITING,
        by=shared(2, 2, 2, 1, 2),
        referred=(-130, -45),
        release=(560, 2300),
        reasons=("TOO_EARLY", "NO_CAPACITY", "TOO_EARLY", "OTHER"),
        also={"no release date": 3, "resubmission overdue": 4},
    ),
    # --- in custody
    Group(
        name="just admitted",
        stage=Stage.INSIDE,
        by=shared(2, 2, 1, 1, 2),
        referred=(-38, -30),
        release=(120, 420),
        also={"no profiling yet": 1},
    ),
    Group(
        name="custody",
        stage=Stage.INSIDE,
        by=shared(6, 8, 6, 6, 6),
        referred=(-420, -60),
        release=(200, 980),
        also={"date moved": 5, "open prison": 7, "name of another kind": 11, "postponed": 16, "transferred": 13},
    ),
    Group(
        name="quiet for long, in custody",
        stage=Stage.INSIDE,
        by=shared(1, 0, 1, 0, 1),
        referred=(-330, -260),
        release=(60, 240),
        quiet=104,
    ),
    Group(
        name="preparation",
        stage=Stage.INSIDE,
        by=shared(7, 7, 7, 8, 7),
        release=(30, 178),
        inside=(96, 150, 205, 236, 300, 420, 640),
        also={
            "date moved": 4,
            "open prison": 5,
            "work outside": 10,
            "partner started": 3,
            "told Jobcenter": 7,
            "leave ended": 12,
            "guardian": 30,
            "homeless": 8,
        },
    ),
    Group(
        name="short list",
        stage=Stage.INSIDE,
        by=shared(4, 3, 2, 2, 2),
        release=(8, 27),
        inside=USUAL,
        also={"date moved": 3, "partner started": 2, "homeless": 5, "told Jobcenter": 2, "open prison": 6},
    ),
    Group(
        name="release within days",
        stage=Stage.INSIDE,
        by=shared(2, 1, 1, 0, 1),
        release=(1, 6),
        inside=SHORT,
        also={"partner started": 1, "told Jobcenter": 1},
    ),
    Group(
        name="release not confirmed",
        stage=Stage.INSIDE,
        by=shared(1, 0, 1, 0, 0),
        release=(-4, -2),
        inside=SHORT,
    ),
    Group(
        name="paused in custody",
        stage=Stage.INSIDE,
        by=shared(0, 1, 0, 0, 1),
        referred=(-200, -170),
        release=(90, 260),
        reasons=("HOSPITAL", "UNAVAILABLE"),
        also={"paused": 1},
    ),
    Group(
        name="led by somebody who has left, in custody",
        stage=Stage.INSIDE,
        by={"udo": 2},
        referred=(-220, -160),
        release=(34, 120),
        quiet=20,
    ),
    # --- after the release
    Group(
        name="aftercare",
        stage=Stage.OUTSIDE,
        by=shared(8, 7, 6, 5, 5),
        release=(-168, -6),
        outcomes=RUNNING,
        also={
            "contact corrected": 9,
            "homeless": 6,
            "partner started": 4,
            "consent withdrawn": 15,
            "back for a while": 14,
        },
    ),
    Group(
        name="first contact missing",
        stage=Stage.OUTSIDE,
        by=shared(1, 0, 0, 0, 1),
        release=(-9, -7),
        inside=SHORT,
        outcomes=RUNNING,
        quiet=30,
    ),
    Group(
        name="quiet for long, after the release",
        stage=Stage.OUTSIDE,
        by=shared(0, 1, 1, 0, 0),
        release=(-120, -90),
        outcomes=NO_ANSWER,
        quiet=52,
    ),
    Group(
        name="led by somebody who has left, after the release",
        stage=Stage.OUTSIDE,
        by={"udo": 3},
        release=(-110, -25),
        inside=SHORT,
        outcomes=RUNNING,
        quiet=16,
    ),
    Group(
        name="paused after the release",
        stage=Stage.OUTSIDE,
        by=shared(2, 1, 1, 1, 1),
        release=(-140, -95),
        outcomes=(("UNEMPLOYED", "THERAPY"), ("UNEMPLOYED", "REIMPRISONED"), ("UNEMPLOYED", "NOT_AVAILABLE")),
        reasons=("THERAPY", "REIMPRISONED", "HOSPITAL", "LOST_CONTACT", "THERAPY", "HOSPITAL"),
        also={"paused": 1},
    ),
    Group(
        name="ready to close",
        stage=Stage.OUTSIDE,
        by=shared(1, 1, 0, 0, 0),
        release=(-190, -186),
        outcomes=ALL_WORK,
    ),
)
