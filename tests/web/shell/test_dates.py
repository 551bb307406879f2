from datetime import date, datetime, time, timedelta

import pytest

from ina.web.shell.dates import german_day, minutes_ago, parse_day, parse_time, since, until

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01.02.2027", date(2027, 2, 1)),
        ("1.2.2027", date(2027, 2, 1)),
        ("1.2.27", date(2027, 2, 1)),
        (" 1. 2. 27 ", date(2027, 2, 1)),
        ("2027-02-01", date(2027, 2, 1)),
        ("heute", TODAY),
        ("Heute", TODAY),
        ("gestern", date(2026, 11, 22)),
        ("vorgestern", date(2026, 11, 21)),
        ("morgen", date(2026, 11, 24)),
        ("-2", date(2026, 11, 21)),
        ("−2", date(2026, 11, 21)),
        ("– 2", date(2026, 11, 21)),
        ("+14", date(2026, 12, 7)),
        ("29.2.2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_understood_in_many_spellings(text, day):
    assert parse_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("1.2.", TODAY, date(2027, 2, 1)),
        ("1.2", TODAY, date(2027, 2, 1)),
        ("20.12.", date(2027, 1, 4), date(2026, 12, 20)),
        ("20.11.", TODAY, date(2026, 11, 20)),
        ("29.2.", date(2027, 12, 1), date(2028, 2, 29)),
    ],
)
def test_without_a_year_the_nearest_day_is_meant(text, today, day):
    assert parse_day(text, today) == day


@pytest.mark.parametrize(
    ("text", "latest", "day"),
    [
        ("14.05.98", None, date(1998, 5, 14)),
        ("14.05.46", None, date(2046, 5, 14)),
        ("14.05.47", None, date(1947, 5, 14)),
        ("14.05.28", TODAY, date(1928, 5, 14)),
        ("14.05.26", TODAY, date(2026, 5, 14)),
    ],
)
def test_two_figures_of_a_year_find_their_century(text, latest, day):
    assert parse_day(text, TODAY, latest) == day


@pytest.mark.parametrize("text", ["31.02.2027", "0.1.2027", "1.13.2027", "30.2."])
def test_a_day_that_does_not_exist_is_named(text):
    with pytest.raises(ValueError, match=f"Den Tag „{text}“ gibt es"):
        parse_day(text, TODAY)


@pytest.mark.parametrize("text", ["bald", "1/2/2027", "12", "1.2.207", "2027", "1.2.2027 abends", "--2", "<b>"])
def test_something_else_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"ist kein Datum\. Bitte so schreiben: 23\.11\.2026"):
        parse_day(text, TODAY)


def test_near_days_are_told_with_their_weekday():
    assert german_day(date(2026, 11, 27), TODAY) == "Fr., 27.11."
    assert german_day(TODAY, TODAY) == "Mo., 23.11."
    assert german_day(date(2027, 2, 12), TODAY) == "12.02.2027"
    assert german_day(date(2026, 11, 22), TODAY) == "22.11.2026"


def test_distances_are_told_in_words():
    assert until(date(2027, 2, 12), TODAY) == "noch 81 Tage"
    assert until(date(2026, 11, 24), TODAY) == "noch 1 Tag"
    assert until(TODAY, TODAY) == "heute"
    assert until(date(2026, 11, 12), TODAY) == "11 Tage über"
    assert until(date(2026, 11, 22), TODAY) == "1 Tag über"
    assert since(date(2026, 11, 17), TODAY) == "vor 6 Tagen"
    assert since(date(2026, 11, 22), TODAY) == "gestern"
    assert since(date(2026, 11, 26), TODAY) == "in 3 Tagen"


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        ({"seconds": 50}, "gerade eben"),
        ({"minutes": -3}, "gerade eben"),  # two clocks that differ
        ({"minutes": 1}, "vor einer Minute"),
        ({"minutes": 4}, "vor 4 Minuten"),
        ({"minutes": 61}, "vor einer Stunde"),
        ({"hours": 3}, "vor 3 Stunden"),
        ({"hours": 20}, "gestern um 19:00"),
        ({"days": 3}, "am 20.11.2026 um 15:00"),
    ],
)
def test_a_little_while_ago(ago, said):
    now = datetime(2026, 11, 23, 15)
    assert minutes_ago(now - timedelta(**ago), now) == said


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("9", time(9)),
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9,30", time(9, 30)),
        ("14h30", time(14, 30)),
        ("14 Uhr", time(14)),
        ("9.30 Uhr", time(9, 30)),
        ("0:00", time(0)),
        ("23:59", time(23, 59)),
    ],
)
def test_hours_as_people_type_them(text, hour):
    assert parse_time(text) == hour


@pytest.mark.parametrize("text", ["24", "9:60", "930", "9:5", "halb zehn", "9:30:00", "-1", "9.30.", ""])
def test_hours_that_are_none(text):
    with pytest.raises(ValueError, match="Uhrzeit"):
        parse_time(text)
