"""The strip of releases: to scale, no label on another label or across a post, all posts there."""

from datetime import date, timedelta

import pytest

from ina.web.desk.release_lanes import (
    END,
    FIRST,
    LANE,
    LOW,
    MOST_LANES,
    NARROWEST,
    Release,
    _width,
    release_strip,
)

TODAY = date(2026, 11, 23)
SHORT = TODAY + timedelta(days=27)


def strip(*days, name="Schlehdorn, M.", words="27.11. · 3 überfällig"):
    releases = [Release(TODAY + timedelta(days=day), name, words, "late") for day in sorted(days)]
    return release_strip(releases, today=TODAY, days=90, short_until=SHORT, total=len(releases)), releases


def places(drawn):
    return [(float(post.x.rstrip("%")), post.y) for post in drawn.posts]


def test_time_is_to_scale_and_leaves_room_for_the_last_label():
    drawn, _ = strip(0, 45, 90)
    assert [x for x, _ in places(drawn)] == [0, END / 2, END]
    assert END + _width(Release(TODAY, "Schlehdorn-Mai, M.", "27.11. · 3 überfällig", "late")) <= 102
    assert drawn.end == f"{END:.2f}%" and drawn.short == f"{END * 27 / 90:.2f}%"


@pytest.mark.parametrize(
    "days", [(4, 25, 31, 45, 51, 67, 73, 81, 87), (1, 1, 1, 1), range(0, 90, 2), range(12), (88, 89, 90)]
)
def test_no_label_lies_on_another_and_no_post_crosses_one(days):
    drawn, releases = strip(*days)
    labels = [
        (x, x + _width(release), y)
        for (x, y), release, post in zip(places(drawn), releases, drawn.posts, strict=True)
        if post.name
    ]
    for number, (first, last, y) in enumerate(labels):
        for other_first, other_last, other_y in labels[number + 1 :]:
            assert other_y != y or other_first >= last or other_last <= first
        for x, top in places(drawn):
            assert not (first < x < last and top < y + LANE), (first, last, y, x, top)


def test_what_finds_no_lane_stands_low_and_says_its_name_to_the_pointer():
    drawn, _ = strip(*range(12))
    low = [post for post in drawn.posts if not post.name]
    assert len(drawn.posts) == 12 and len(low) == 12 - MOST_LANES
    assert {post.y for post in low} == {drawn.base - LOW} and low[0].title.startswith("Schlehdorn, M.: ")
    assert drawn.base > FIRST + LANE * MOST_LANES


def test_later_releases_get_a_lane_again():
    drawn, _ = strip(*range(12), 80)
    assert drawn.posts[-1].name and drawn.posts[-1].y == FIRST


def test_the_words_of_the_zone_stand_where_no_post_crosses_them():
    assert strip(60)[0].short_x == "0.00%"
    beside, _ = strip(2)
    assert beside.short_x == beside.posts[0].x
    assert strip(*range(0, 60, 5))[0].short_x == ""
    assert 230 / NARROWEST < 0.27  # their room in the narrowest strip


def test_weeks_are_marked_and_every_second_one_is_named():
    drawn, _ = strip(10)
    assert [tick.label for tick in drawn.ticks][:4] == ["heute", "", "07.12.", ""] and len(drawn.ticks) == 13


def test_the_spoken_sentence_counts_what_is_there():
    def said(total, *days):
        releases = [Release(TODAY + timedelta(days=day), "A", "B", "late" if day < 10 else "open") for day in days]
        return release_strip(releases, today=TODAY, days=90, short_until=SHORT, total=total).label

    assert said(0) == "Keine Entlassung bis zum 21.02.2027."
    assert said(1, 20).startswith("Eine Entlassung bis zum 21.02.2027. Alle Angaben")
    assert said(9, 3, 20).startswith("9 Entlassungen bis zum 21.02.2027. Gezeichnet sind die ersten 2. Bei 1 davon ist")
