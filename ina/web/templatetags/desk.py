"""The parts of a list of cases. ``{% load desk %}``

In Python: a list draws fifty rows of nine cells. As a template they cost more than all statements of the page, with
``format_html`` still a third of it; so every text passes ``_`` here, and only what is written here is markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape as _
from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString, mark_safe

from ina.web.templatetags.ina import mark, track_picture

if TYPE_CHECKING:
    from ina.web.desk.case_filter import Field
    from ina.web.desk.case_lines import Line
    from ina.web.desk.case_list import Heading

register = template.Library()


def _markup(text: str) -> SafeString:
    return mark_safe(text)  # noqa: S308 - see above


@register.simple_tag
def options_of(options: Iterable[tuple[str, str]], chosen: str = "") -> SafeString:
    """The options of a select: value and words."""
    return _markup(
        "".join(
            f'<option value="{_(value)}"{" selected" if value == chosen else ""}>{_(words)}</option>'
            for value, words in options
        )
    )


@register.simple_tag
def select_of(field: Field) -> SafeString:
    """A field of the filter."""
    name = _(field.name)
    return _markup(
        f'<div class="kern-form-input"><label class="kern-label" for="{name}">{_(field.label)}</label>'
        f'<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="{name}" '
        f'name="{name}">{options_of(field.options, field.chosen)}</select></div></div>'
    )


@register.simple_tag
def heading_of(heading: Heading) -> SafeString:
    """A column by which the list can be ordered."""
    if not heading.query:
        return _markup(f'<th scope="col">{_(heading.label)}</th>')
    sort, arrow = (' aria-sort="ascending"', " ▲") if heading.current else ("", "")
    return _markup(f'<th scope="col"{sort}><a href="?{_(heading.query)}">{_(heading.label)}{arrow}</a></th>')


@register.simple_tag
def case_rows(lines: Iterable[Line], shows_prison: bool, shows_responsible: bool, ticks: bool) -> SafeString:
    """The rows of the table. ticks: whether they can be ticked for the form ``zuteilen``."""
    marks = {(line.mark, line.mark_label): "" for line in lines}
    marks = {key: mark(*key) for key in marks}
    return _markup(
        "\n".join(
            f"<tr>{_person(line, ticks)}{_state(line)}{_next(line, marks[line.mark, line.mark_label])}"
            f"{_of_others(line, shows_prison, shows_responsible)}"
            f'<td class="num o3 rp" data-l="Kontakt">{_(line.contact) or "–"}</td></tr>'
            for line in lines
        )
    )


def _person(line: Line, ticks: bool) -> str:
    row = line.row
    name, said = _(row.name), [_(row.number)]
    if row.case_number > 1:
        said.append(f"Fall {row.case_number}")
    if row.because:
        said.append(_(row.because))
    tick = (
        f'<input class="ina-tick" type="checkbox" form="zuteilen" name="case" value="{_(line.key)}" '
        f'aria-label="{name} auswählen">'
    )
    return (
        f'<th scope="row">{tick if ticks else ""}<a class="ina-b" href="{_(line.url)}">{name}</a>'
        f"<small>{' · '.join(said)}</small></th>"
    )


def _state(line: Line) -> str:
    release = '<span class="ina-m">unbekannt</span>'
    if line.row.planning_date is not None:
        release = f"{line.row.planning_date:%d.%m.%Y}<small>{_(line.release)}</small>"
    return (
        f'<td class="rp">{track_picture(line.track)}<small>{_(line.phase)}</small></td>'
        f'<td class="o3 ina-nw"><span class="ina-m">{line.step_place}</span> {_(line.row.step.label)}</td>'
        f'<td class="o2 full">{release}</td>'
    )


def _next(line: Line, sign: str) -> str:
    if not line.next:
        return '<td class="o1"><span class="ina-m">–</span></td><td class="o1 rp"></td>'
    return (
        f'<td class="o1"><span class="ina-row ina-gap-s ina-nowrap">{sign}<span>{_(line.next)}</span></span></td>'
        f'<td class="o1 rp ina-nw{" is-late ina-b" if line.late else ""}">{_(line.due)}</td>'
    )


def _of_others(line: Line, shows_prison: bool, shows_responsible: bool) -> str:
    said = [line.row.prison] if shows_prison else []
    if shows_responsible:
        said.append(line.row.responsible or "niemand")
    # As cards they stand in two columns, the first of these on the right.
    return "".join(f'<td class="o3{place}">{_(words)}</td>' for place, words in zip((" rp", ""), said, strict=False))
