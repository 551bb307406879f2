"""Why a case may end, and what must be known for it. Source: domain 9.3, 9.4. Pure.

Two kinds of reasons. What happens in the world (death, departure, transfer, sudden release, an error) may end any open
case. What is decided about taking part ends only a participation that has begun: before it, the person declines or the
programme does not admit (the acts DECLINED and REJECTED).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ina.cases.enums import State
from ina.reference.rules import Duration


class Need(StrEnum):
    """What must be said with an ending."""

    CUSTODY_KIND = "CUSTODY_KIND"
    REMARK = "REMARK"
    COMPLAINT_INFO = "COMPLAINT_INFO"
    ATTEMPTS = "ATTEMPTS"
    RECIPIENT = "RECIPIENT"

    @property
    def label(self) -> str:
        return {
            "CUSTODY_KIND": "Art der erneuten Haft",
            "REMARK": "Begründung",
            "COMPLAINT_INFO": "Hinweis auf die Beschwerde ist gegeben",
            "ATTEMPTS": "Nachweis der Kontaktversuche",
            "RECIPIENT": "aufnehmende Stelle",
        }[self.value]


@dataclass(frozen=True)
class Ending:
    """A reason of the code list ``ending_reasons``.

    regular: needs the confirmed release and the whole duration of aftercare. silent: everything stops at once, without
    a letter, an appointment or a survey.
    """

    code: str
    states: frozenset[State]
    needs: tuple[Need, ...] = ()
    regular: bool = False
    silent: bool = False

    @property
    def needs_release(self) -> bool:
        """Nobody is lost or imprisoned again who was not released: a pause may also have begun in custody."""
        return self.states == FREE


BEFORE_ADMISSION = frozenset({State.REFERRED, State.SCREENING, State.WAITING})
TAKING_PART = frozenset({State.ADMITTED, State.AFTERCARE, State.PAUSED})
FREE = frozenset({State.AFTERCARE, State.PAUSED})
ANY = BEFORE_ADMISSION | TAKING_PART

ENDINGS: tuple[Ending, ...] = (
    Ending("REGULAR_6M_IN_WORK", FREE, regular=True),
    Ending("REGULAR_6M_IN_TRAINING", FREE, regular=True),
    Ending("REGULAR_6M_OTHER", FREE, regular=True),
    Ending("TRANSFER_TO_OTHER_SERVICE", TAKING_PART, (Need.RECIPIENT,)),
    Ending("TRANSFER_OUT_OF_REGION", ANY),
    # A right at any time and without a reason (domain 9.3), so nothing is asked.
    Ending("WITHDRAWN_BY_PARTICIPANT", TAKING_PART),
    Ending("LOST_CONTACT", FREE, (Need.ATTEMPTS,)),
    Ending("EXCLUDED", TAKING_PART, (Need.REMARK, Need.COMPLAINT_INFO)),
    Ending("REINCARCERATED", FREE, (Need.CUSTODY_KIND,)),
    Ending("DEPARTED", ANY),
    Ending("THERAPY_LONG_TERM", TAKING_PART),
    Ending("NOT_FIT_FOR_WORK", TAKING_PART),
    Ending("NO_CONSENT", TAKING_PART),
    Ending("RELEASE_UNFORESEEN_NO_AFTERCARE", ANY - {State.AFTERCARE}),
    Ending("DECEASED", ANY, silent=True),
    Ending("ERROR_OR_DUPLICATE", ANY, (Need.REMARK,)),
)
BY_CODE = {ending.code: ending for ending in ENDINGS}


def possible_endings(state: State) -> list[Ending]:
    """What may end a case in this state, in the order of the catalogue; nothing once it has ended."""
    return [ending for ending in ENDINGS if state in ending.states]


def hindrances(
    code: str,
    state: State,
    *,
    given: Collection[Need],
    released_on: date | None,
    aftercare_ends: date | None,
    on: date,
) -> list[str]:
    """German sentences on what stands against this ending on this day; empty when it is possible.

    ``aftercare_ends``: see ``aftercare_end``; a regular end is possible from that day on. Raises KeyError for a reason
    that the catalogue does not know.
    """
    ending = BY_CODE[code]
    if state not in ending.states:
        return ["Dieser Grund passt nicht zum Stand des Falls."]
    found = [f"Es fehlt: {need.label}." for need in ending.needs if need not in given]
    if ending.needs_release and released_on is None:
        found.append("Die Entlassung ist noch nicht bestätigt.")
    elif ending.regular and aftercare_ends is None:
        found.append("Die Nachsorge steht wegen erneuter Haft still; ihr Ende steht noch nicht fest.")
    elif ending.regular and aftercare_ends is not None and on < aftercare_ends:
        found.append(f"Die Nachsorge dauert noch bis zum {aftercare_ends:%d.%m.%Y}.")
    if code == "RELEASE_UNFORESEEN_NO_AFTERCARE" and state == State.PAUSED and released_on is not None:
        found.append("Die Nachsorge hatte schon begonnen.")
    return found


# --- lost contact -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AttemptsVerdict:
    """Whether the attempts suffice, how many of them count by how many channels, and why (German)."""

    suffices: bool
    attempts: int
    channels: int
    why: str


def contact_attempts_suffice(
    attempts: Iterable[tuple[date, str]],
    on: date,
    attempts_needed: int,
    channels_needed: int,
    window: Duration,
) -> AttemptsVerdict:
    """Whether contact counts as lost on a day (domain 9.3: three attempts by two channels within four weeks).

    Only the ``window`` that ends on the day counts: old attempts say nothing about somebody who was in touch since. Two
    calls on one day are one attempt. ``attempts``: day and channel (code of ``contact_kinds``).
    """
    first = window.before(on)
    counted = {(day, channel) for day, channel in attempts if first <= day <= on}
    channels = len({channel for _, channel in counted})
    suffices = len(counted) >= attempts_needed and channels >= channels_needed
    tries = "Kontaktversuch" if len(counted) == 1 else "Kontaktversuche"
    ways = "einem Weg" if channels == 1 else f"{channels} Wegen"
    why = f"{len(counted)} {tries} auf {ways} vom {first:%d.%m.%Y} bis zum {on:%d.%m.%Y}."
    if not suffices:
        why += f" Nötig sind {attempts_needed} auf {channels_needed} verschiedenen Wegen."
    return AttemptsVerdict(suffices, len(counted), channels, why)


# --- the clock of aftercare ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pause:
    """A time in which the case rests, first and last day included; ``until`` None: still running.

    ``stops_clock`` is true for re-imprisonment only. Voluntary readmission (§ 62 StVollzG NRW) is none, and therapy,
    hospital or lost contact let the clock run (domain 9.3).
    """

    from_: date
    until: date | None
    stops_clock: bool


def aftercare_end(released_on: date, duration: Duration, pauses: Sequence[Pause]) -> date | None:
    """The last day of aftercare: ``duration`` after release, longer by each day that the clock stood still.

    None while a re-imprisonment is running: nobody knows the end yet. One that begins after the end changes nothing;
    days that two pauses share count once.
    """
    end = duration.after(released_on)
    counted_until = released_on - timedelta(days=1)
    for pause in sorted((one for one in pauses if one.stops_clock), key=lambda one: one.from_):
        first = max(pause.from_, counted_until + timedelta(days=1))
        if first > end:
            continue
        if pause.until is None:
            return None
        if pause.until >= first:
            end += timedelta(days=(pause.until - first).days + 1)
            counted_until = pause.until
    return end
