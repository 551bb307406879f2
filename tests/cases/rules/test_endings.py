"""The catalogue of endings, attempts at contact, and the clock of aftercare."""

import csv
from datetime import date
from pathlib import Path

import pytest

import ina.reference
from ina.cases.enums import State
from ina.cases.rules.endings import (
    BY_CODE,
    ENDINGS,
    Need,
    Pause,
    aftercare_end,
    contact_attempts_suffice,
    hindrances,
    possible_endings,
)
from ina.reference.enums import Unit
from ina.reference.rules import Duration

SIX_MONTHS = Duration(6, Unit.MONTHS)
RELEASED, ENDS = date(2027, 2, 12), date(2027, 8, 12)


def hindered(code, state=State.AFTERCARE, *, given=(), released_on=RELEASED, aftercare_ends=ENDS, on=ENDS):
    return hindrances(code, state, given=given, released_on=released_on, aftercare_ends=aftercare_ends, on=on)


# --- catalogue ----------------------------------------------------------------------------------------------------


def test_the_table_has_exactly_the_reasons_of_the_code_list():
    file = Path(ina.reference.__file__).parent / "data" / "codes.csv"
    with file.open(newline="", encoding="utf-8") as source:
        listed = [row for row in csv.reader(source) if row[0] == "ending_reasons"]
    assert [ending.code for ending in ENDINGS] == [row[1] for row in listed]
    assert {ending.code for ending in ENDINGS if ending.regular} == {row[1] for row in listed if row[3] == "REGULAR"}


ALWAYS = ["TRANSFER_OUT_OF_REGION", "DEPARTED", "RELEASE_UNFORESEEN_NO_AFTERCARE", "DECEASED", "ERROR_OR_DUPLICATE"]
BEGUN = [
    "TRANSFER_TO_OTHER_SERVICE",
    "TRANSFER_OUT_OF_REGION",
    "WITHDRAWN_BY_PARTICIPANT",
    "EXCLUDED",
    "DEPARTED",
    "THERAPY_LONG_TERM",
    "NOT_FIT_FOR_WORK",
    "NO_CONSENT",
    "RELEASE_UNFORESEEN_NO_AFTERCARE",
    "DECEASED",
    "ERROR_OR_DUPLICATE",
]
POSSIBLE = {
    State.REFERRED: ALWAYS,
    State.SCREENING: ALWAYS,
    State.WAITING: ALWAYS,
    State.ADMITTED: BEGUN,
    State.AFTERCARE: [e.code for e in ENDINGS if e.code != "RELEASE_UNFORESEEN_NO_AFTERCARE"],
    State.PAUSED: [e.code for e in ENDINGS],
    State.CLOSED: [],
    State.DECLINED: [],
    State.REJECTED: [],
}


@pytest.mark.parametrize("state", list(State))
def test_what_may_end_a_case_in_each_state(state):
    assert [ending.code for ending in possible_endings(state)] == POSSIBLE[state]


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        ("REINCARCERATED", {Need.CUSTODY_KIND}),
        ("EXCLUDED", {Need.REMARK, Need.COMPLAINT_INFO}),
        ("LOST_CONTACT", {Need.ATTEMPTS}),
        ("TRANSFER_TO_OTHER_SERVICE", {Need.RECIPIENT}),
        ("ERROR_OR_DUPLICATE", {Need.REMARK}),
        ("WITHDRAWN_BY_PARTICIPANT", set()),
        ("DECEASED", set()),
    ],
)
def test_what_must_be_said(code, needs):
    assert len(hindered(code)) == len(needs)
    assert hindered(code, given=needs) == []
    assert all(need.label in " ".join(hindered(code)) for need in needs)


def test_only_death_is_silent():
    assert [ending.code for ending in ENDINGS if ending.silent] == ["DECEASED"]


def test_a_regular_end_needs_release_and_the_whole_time():
    code = "REGULAR_6M_IN_WORK"
    assert hindered(code) == []
    assert hindered(code, on=date(2027, 8, 11)) == ["Die Nachsorge dauert noch bis zum 12.08.2027."]
    assert hindered(code, released_on=None, state=State.PAUSED) == ["Die Entlassung ist noch nicht bestätigt."]
    assert "erneuter Haft" in hindered(code, aftercare_ends=None)[0]
    assert hindered(code, State.ADMITTED) == ["Dieser Grund passt nicht zum Stand des Falls."]


def test_nobody_is_imprisoned_again_or_lost_from_a_pause_in_custody():
    for code in ("REINCARCERATED", "LOST_CONTACT"):
        found = hindered(code, State.PAUSED, given=list(Need), released_on=None, aftercare_ends=None)
        assert found == ["Die Entlassung ist noch nicht bestätigt."]


def test_no_unforeseen_release_after_aftercare_began():
    code = "RELEASE_UNFORESEEN_NO_AFTERCARE"
    assert hindered(code, State.PAUSED) == ["Die Nachsorge hatte schon begonnen."]
    assert hindered(code, State.WAITING, released_on=None, aftercare_ends=None) == []


def test_an_unknown_reason_is_an_error():
    assert "BORED" not in BY_CODE
    with pytest.raises(KeyError):
        hindered("BORED")


# --- lost contact -------------------------------------------------------------------------------------------------

ON = date(2027, 4, 30)


@pytest.mark.parametrize(
    ("attempts", "suffices"),
    [
        ([], False),
        ([(2, "PHONE"), (9, "LETTER"), (20, "PHONE")], True),
        ([(2, "PHONE"), (9, "PHONE"), (20, "PHONE")], False),
        ([(2, "PHONE"), (9, "LETTER")], False),
        ([(2, "PHONE"), (2, "PHONE"), (9, "LETTER")], False),
        ([(2, "PHONE"), (2, "HOME_VISIT"), (9, "LETTER")], True),
        ([(1, "PHONE"), (9, "LETTER"), (20, "PHONE")], False),
    ],
)
def test_three_attempts_by_two_channels_within_four_weeks(attempts, suffices):
    # Four weeks before 30.04. is 02.04.
    days = [(date(2027, 4, day), channel) for day, channel in attempts]
    assert contact_attempts_suffice(days, ON, 3, 2, Duration(4, Unit.WEEKS)).suffices is suffices


def test_attempts_of_tomorrow_do_not_count_and_the_verdict_says_what_is_missing():
    days = [(date(2027, 4, 5), "PHONE"), (date(2027, 4, 9), "LETTER"), (date(2027, 5, 1), "PHONE")]
    verdict = contact_attempts_suffice(days, ON, 3, 2, Duration(4, Unit.WEEKS))
    assert (verdict.suffices, verdict.attempts, verdict.channels) == (False, 2, 2)
    assert verdict.why == (
        "2 Kontaktversuche auf 2 Wegen vom 02.04.2027 bis zum 30.04.2027. Nötig sind 3 auf 2 verschiedenen Wegen."
    )


# --- the clock of aftercare ---------------------------------------------------------------------------------------


def imprisoned(first, last):
    return Pause(first, last, stops_clock=True)


@pytest.mark.parametrize(
    ("released", "ends"),
    [
        (RELEASED, ENDS),
        (date(2026, 12, 18), date(2027, 6, 18)),
        (date(2026, 8, 31), date(2027, 2, 28)),  # the day is missing (§ 188 Abs. 3 BGB)
    ],
)
def test_six_months_after_release(released, ends):
    assert aftercare_end(released, SIX_MONTHS, []) == ends


def test_the_clock_stands_still_in_prison():
    # 01.03. to 31.03.: 31 days; 12.08. plus 31 days is 12.09.
    assert aftercare_end(RELEASED, SIX_MONTHS, [imprisoned(date(2027, 3, 1), date(2027, 3, 31))]) == date(2027, 9, 12)


def test_other_pauses_and_voluntary_return_let_it_run():
    therapy = Pause(date(2027, 3, 1), date(2027, 5, 31), stops_clock=False)
    voluntary = Pause(date(2027, 6, 1), None, stops_clock=False)
    assert aftercare_end(RELEASED, SIX_MONTHS, [therapy, voluntary]) == ENDS


def test_shared_days_count_once():
    pauses = [
        imprisoned(date(2027, 3, 1), date(2027, 3, 10)),
        imprisoned(date(2027, 3, 6), date(2027, 3, 20)),
        imprisoned(date(2027, 3, 7), date(2027, 3, 8)),
    ]
    assert aftercare_end(RELEASED, SIX_MONTHS, pauses) == date(2027, 9, 1)
    assert aftercare_end(RELEASED, SIX_MONTHS, pauses[::-1]) == date(2027, 9, 1)


def test_a_second_imprisonment_within_the_longer_time_counts():
    # 10 days lead to 22.08.; the second begins on 20.08., after the first end and before the new one.
    pauses = [
        imprisoned(date(2027, 3, 1), date(2027, 3, 10)),
        imprisoned(date(2027, 8, 20), date(2027, 8, 24)),
    ]
    assert aftercare_end(RELEASED, SIX_MONTHS, pauses) == date(2027, 8, 27)


def test_prison_from_the_last_day_on_still_counts():
    assert aftercare_end(RELEASED, SIX_MONTHS, [imprisoned(ENDS, date(2027, 8, 14))]) == date(2027, 8, 15)


def test_prison_before_release_and_after_the_end_does_not_count():
    pauses = [
        imprisoned(date(2026, 1, 1), date(2027, 2, 11)),
        imprisoned(date(2027, 8, 13), None),
    ]
    assert aftercare_end(RELEASED, SIX_MONTHS, pauses) == ENDS


def test_the_end_is_not_known_while_a_person_is_imprisoned_again():
    assert aftercare_end(RELEASED, SIX_MONTHS, [imprisoned(date(2027, 4, 1), None)]) is None
