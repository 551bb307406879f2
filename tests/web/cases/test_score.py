"""The picture of a case: places in percent, what is drawn and said, and days without anybody. No database."""

from datetime import date

from ina.cases.enums import Step
from ina.cases.steps import Mark, MarkState
from ina.web.cases.score import Stretch, Times, accountability, holes, score

TODAY = date(2026, 11, 23)
TIMES = Times(
    opened_on=date(2026, 4, 27),
    today=TODAY,
    preparation_starts=date(2026, 8, 12),
    gate=date(2027, 2, 12),
    aftercare_ends=date(2027, 8, 12),
)
ALMA = Stretch("Alma Ahorn", date(2026, 4, 27))


def draw(times=TIMES, marks=None, people=(ALMA,)):
    return score(times, marks or {}, list(people), "Entlassungsvorbereitung")


def test_three_bands_lie_side_by_side_to_scale():
    bands = draw().wide.bands
    assert [band.css for band in bands] == ["p1", "p2", "p3"]
    assert [band.label for band in bands] == ["Vollzug", "Entlassungsvorbereitung", "Nachsorge"]
    ends = [float(band.x[:-1]) + float(band.width[:-1]) for band in bands]
    for end, following in zip(ends, [float(band.x[:-1]) for band in bands][1:], strict=False):
        assert abs(end - following) < 0.02
    assert abs(ends[-1] - 98.75) < 0.02 and bands[0].x == "0.62%"
    # 107 of 472 days.
    assert bands[0].width == "22.25%"


def test_places_are_text_with_a_point_whatever_the_locale():
    drawing = draw(marks={Step.PROFILING: [Mark(date(2026, 6, 1), MarkState.DONE, "x")]}).wide
    assert drawing.lanes[1].dots[0].x == "7.90%" and "," not in drawing.gate + drawing.today


def test_without_a_release_date_there_is_no_gate():
    times = Times(opened_on=date(2026, 4, 27), today=TODAY)
    drawing = draw(times).wide
    assert drawing.gate == "" and [band.css for band in drawing.bands] == ["p1"]
    assert "nicht bekannt" in draw(times).label


def test_only_what_is_late_for_longest_carries_words():
    marks = {
        Step.PLANNING: [Mark(date(2026, 11, 20), MarkState.LATE, "Schritt")],
        Step.PROFILING: [Mark(date(2026, 11, 12), MarkState.LATE, "Erneutes Profiling")],
    }
    drawn = draw(marks=marks)
    assert drawn.wide.urgent.text == "Erneutes Profiling, fällig 12.11." and drawn.phone.urgent is None
    assert "Erneutes Profiling überfällig seit 12.11.2026" in drawn.label


def test_continuous_work_is_a_line_until_today_and_dotted_after():
    marks = {Step.MONITORING: [Mark(date(2026, 6, 1), MarkState.DONE, "Gespräch")]}
    lines = draw(marks=marks).wide.lanes[4].lines
    assert [line.css for line in lines] == ["lane-strong", "lane-fut"]
    assert (lines[0].x1, lines[0].x2) == ("7.90%", lines[1].x1) and lines[1].x2 == "98.75%"
    assert draw(marks={Step.PROFILING: marks[Step.MONITORING]}).wide.lanes[1].lines == ()


def test_marks_beyond_the_ends_stretch_the_picture():
    drawing = draw(marks={Step.PLANNING: [Mark(date(2028, 1, 1), MarkState.OPEN, "Ziel")]}).wide
    assert drawing.lanes[2].dots[0].x == "98.75%"


def test_table_says_all_that_the_picture_shows():
    marks = {
        Step.PROFILING: [
            Mark(date(2026, 6, 1), MarkState.DONE, "Erstes"),
            Mark(date(2026, 11, 12), MarkState.LATE, "Erneutes"),
            Mark(date(2027, 1, 2), MarkState.OPEN, "Drittes"),
        ]
    }
    row = draw(marks=marks).rows[1]
    assert (row.behind, row.late, row.ahead) == (
        "Erstes, 01.06.2026",
        "Erneutes, 12.11.2026",
        "Drittes, 02.01.2027",
    )
    assert draw().rows[0].behind == "–"


def test_a_day_without_anybody_is_a_hole():
    first = Stretch("Alma Ahorn", date(2026, 4, 27), date(2026, 6, 30))
    second = Stretch("Bert Buche", date(2026, 7, 3))
    assert holes(TIMES, [first, second]) == [(date(2026, 7, 1), date(2026, 7, 2))]
    assert "niemand zuständig: 01.07.2026 bis 02.07.2026" in accountability(TIMES, [first, second])
    assert holes(TIMES, [first]) == [(date(2026, 7, 1), TODAY)]
    assert "kein Tag ohne Zuständige" in accountability(TIMES, [ALMA])
    assert holes(TIMES, []) == [(date(2026, 4, 27), TODAY)]


def test_accountability_runs_through_the_gate_while_it_is_planned():
    (holder,) = draw().wide.holders
    assert holder.past.x1 == "0.62%" and holder.ahead.x2 == "98.75%" and holder.name == "Alma Ahorn"
    ended = Times(opened_on=date(2026, 4, 27), today=TODAY, ended_on=date(2026, 10, 1))
    (holder,) = draw(ended).wide.holders
    assert holder.ahead is None


def test_today_and_the_gate_stand_side_by_side_when_close():
    times = Times(
        opened_on=date(2026, 4, 27),
        today=date(2027, 2, 10),
        preparation_starts=date(2026, 8, 12),
        gate=date(2027, 2, 12),
        aftercare_ends=date(2027, 8, 12),
    )
    today, gate = draw(times).wide.words
    assert (today.text, today.css, gate.text, gate.css) == ("heute", "t-b t-s t-r", "12. Feb", "t-b t-s")
