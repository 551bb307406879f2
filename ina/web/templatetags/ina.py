"""The small parts of every page: marks, states, days, numbers, buttons. ``{% load ina %}``"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from ina.base import clock
from ina.web.shell import dates
from ina.web.shell.undo import Undo, take

register = template.Library()

# Mark and the class that colours it; a mark never stands for a state without a word beside it.
CLASSES = {
    "done": "is-done",
    "run": "is-run",
    "open": "is-open",
    "due": "is-due",
    "late": "is-late",
    "fail": "is-late",
    "unknown": "is-unknown",
    "na": "is-unknown",
    "dot": "is-open",
    "gates": "is-run",
}
NUMBERS = {2: "Zwei", 3: "Drei", 4: "Vier", 5: "Fünf", 6: "Sechs", 7: "Sieben", 8: "Acht", 9: "Neun", 10: "Zehn"}
NO_BREAK = "\N{NO-BREAK SPACE}"


@register.simple_tag
def mark(name: str, label: str = "") -> str:
    """A mark of the sprite; ``label`` only where no word stands beside it."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="ina-mark {}" {} viewBox="0 0 16 16"><use href="#m-{}"/></svg>', CLASSES[name], spoken, name
    )


@register.simple_tag
def state(name: str, word: str) -> str:
    """Mark and word: ``{% state "late" "überfällig" %}``."""
    return format_html('<span class="ina-state {}">{}{}</span>', CLASSES[name], mark(name), word)


@register.simple_tag
def submit(label: str, kind: str = "primary", name: str = "", value: str = "") -> str:
    """A button that sends the form. One primary button per view; others are ``secondary`` or ``tertiary``."""
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button type="submit" class="kern-btn kern-btn--{}"{}><span class="kern-label">{}</span></button>',
        kind,
        named,
        label,
    )


@register.inclusion_tag("shell/error_summary.html")
def error_summary(form) -> dict:
    """What is wrong in a form, each line leading to its field. Nothing when all is well."""
    lines = [
        {"anchor": bound.id_for_label or bound.auto_id, "label": bound.label, "text": text}
        for bound in form.visible_fields()
        for text in bound.errors
    ]
    hidden = [text for bound in form.hidden_fields() for text in bound.errors]
    count = len(lines)
    return {
        "lines": lines,
        "general": [*form.non_field_errors(), *hidden],
        "count": count,
        "number": NUMBERS.get(count, count),
    }


@register.simple_tag(takes_context=True)
def undo(context, message) -> Undo | None:
    """How to take back what ``message`` tells of: ``{% undo message as offer %}``. It is answered once."""
    return take(context.get("request"), str(message))


@register.filter
def headline(message) -> str:
    """What happened: the first line of a message."""
    return str(message).partition("\n")[0]


@register.filter
def what_follows(message) -> str:
    """What is kept, what comes next: the lines below."""
    return str(message).partition("\n")[2]


@register.simple_tag
def steps(at: int, *labels: str) -> str:
    """Where one is on a way of several steps, and what comes next: ``{% steps 2 "Melden" "Vergleichen" "Angelegt" %}``.

    Steps before ``at`` are done, also for those who do not see the colours.
    """
    parts = (
        (
            mark_safe(' aria-current="step"') if number == at else "",
            mark_safe(' class="is-past"') if number < at else "",
            mark_safe('<span class="kern-sr-only">erledigt: </span>') if number < at else "",
            label,
        )
        for number, label in enumerate(labels, start=1)
    )
    return format_html(
        '<ol class="ina-steps" aria-label="Schritte">{}</ol>', format_html_join("", "<li{}{}>{}{}</li>", parts)
    )


@register.filter
def german(day, today: date | None = None) -> str:
    """„Fr., 27.11.“ within the next four weeks, else „12.02.2027“. Nothing for no day."""
    day = _day(day)
    return dates.german_day(day, today or clock.today()) if day else ""


@register.filter
def distance(day, today: date | None = None) -> str:
    """How far a deadline is: „noch 81 Tage“, „11 Tage über“."""
    day = _day(day)
    return dates.until(day, today or clock.today()) if day else ""


@register.filter
def ago(day, today: date | None = None) -> str:
    """How long ago: „vor 6 Tagen“."""
    day = _day(day)
    return dates.since(day, today or clock.today()) if day else ""


@register.filter
def roughly(day, today: date | None = None) -> str:
    """How long ago in round figures: „vor 8 Monaten“."""
    day = _day(day)
    return dates.roughly(day, today or clock.today()) if day else ""


@register.filter
def day(value) -> str:
    """Always with its year: „12.02.2027“."""
    value = _day(value)
    return f"{value:%d.%m.%Y}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """„23.11.2026, 11:42“, in German time."""
    return f"{value.astimezone(clock.BERLIN):%d.%m.%Y, %H:%M}" if value else ""


@register.filter
def number(value, decimals: int | None = None) -> str:
    """6.400; with ``decimals`` 14,5."""
    if value is None or value == "":
        return ""
    if decimals is not None:  # Django cuts off, people round
        value = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return number_format(value, decimals, use_l10n=True, force_grouping=True)


@register.filter
def euro(value) -> str:
    """„6.400 €“, „14,50 €“: cents only where there are some."""
    if value is None or value == "":
        return ""
    amount = Decimal(str(value))
    return f"{number(amount, 0 if amount == amount.to_integral_value() else 2)}{NO_BREAK}€"


@register.filter
def percent(share, decimals: int = 0) -> str:
    """A share between 0 and 1 as „46 %“."""
    if share is None or share == "":
        return ""
    return f"{number(Decimal(str(share)) * 100, decimals)}{NO_BREAK}%"


def _day(value) -> date | None:
    if isinstance(value, datetime):
        return clock.day_of(value)
    return value or None


SEGMENT = (
    '<rect class="{part.css}-bg" x="{part.x}" y="5" width="{part.width}" height="8" stroke="var(--ina-line-strong)" '
    'stroke-width=".5"/><rect class="{part.css}" x="{part.x}" y="5" width="{part.passed}" height="8"/>'
)
ARROW = '<svg x="{}" y="0" width="8" height="5"><path d="M0 0h8l-4 4.6z" fill="var(--ina-ink)"/></svg>'


@register.simple_tag
def track_picture(track):
    """The small picture of a case (``shell.track``). In Python: a list draws fifty, as a template that cost 7 ms."""
    segments = "".join(SEGMENT.format(part=part) for part in track.segments)
    # All numbers and class names are the picture's own; the label is the only text.
    return mark_safe(  # noqa: S308
        f'<svg class="ina-track" viewBox="0 0 136 18" role="img" aria-label="{escape(track.label)}">{segments}'
        f'<path class="gate" d="M99.5 1v16M102.5 1v16" stroke-width="1.5"/>'
        f"{ARROW.format(track.arrow) if track.arrow else ''}</svg>"
    )
