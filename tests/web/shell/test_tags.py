from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

TODAY = date(2026, 11, 23)


def render(source, **context):
    return Template("{% load ina %}" + source).render(Context({"today": TODAY, **context}))


def test_a_mark_is_hidden_from_readers_unless_it_stands_alone():
    assert render('{% mark "done" %}') == (
        '<svg class="ina-mark is-done" aria-hidden="true" viewBox="0 0 16 16"><use href="#m-done"/></svg>'
    )
    assert 'role="img" aria-label="widerrufen"' in render('{% mark "fail" "widerrufen" %}')


def test_a_state_is_mark_and_word_and_never_carries_a_style():
    html = render('{% state "late" word %}', word="<überfällig>")
    assert 'class="ina-state is-late"' in html
    assert "&lt;überfällig&gt;" in html
    assert "style=" not in html


def test_an_unknown_mark_is_an_error():
    with pytest.raises(KeyError):
        render('{% mark "sparkle" %}')


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ value|german:today }}", date(2026, 11, 27), "Fr., 27.11."),
        ("{{ value|german:today }}", None, ""),
        ("{{ value|german:today }}", datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "Mo., 23.11."),
        ("{{ value|day }}", date(2027, 2, 12), "12.02.2027"),
        ("{{ value|distance:today }}", date(2027, 2, 12), "noch 81 Tage"),
        ("{{ value|ago:today }}", date(2026, 11, 17), "vor 6 Tagen"),
        ("{{ value|moment }}", datetime(2026, 7, 1, 9, 5, tzinfo=UTC), "01.07.2026, 11:05"),
        ("{{ value|number }}", 6400, "6.400"),
        ("{{ value|euro }}", 6400, "6.400\xa0€"),
        ("{{ value|euro }}", "14.5", "14,50\xa0€"),
        ("{{ value|percent }}", 0.456, "46\xa0%"),
        ("{{ value|percent:1 }}", 0.4567, "45,7\xa0%"),
        ("{{ value|percent }}", None, ""),
        ("{{ value|number }}", 0, "0"),
    ],
)
def test_days_and_numbers_read_german(source, value, shown):
    assert render(source, value=value) == shown


def test_steps_say_where_one_is_and_what_is_done():
    html = render('{% load ina %}{% steps 2 "Melden" "Vergleichen" "Angelegt" %}')
    assert html.count("<li") == 3 and html.count('aria-current="step"') == 1
    assert '<li class="is-past"><span class="kern-sr-only">erledigt: </span>Melden</li>' in html
    assert '<li aria-current="step">Vergleichen</li><li>Angelegt</li>' in html


def test_a_message_says_first_what_happened_then_what_follows():
    template = "{% load ina %}{{ said|headline }}|{{ said|what_follows }}"
    assert render(template, said="Kontakt gespeichert.\nNächstes Gespräch am 08.12.") == (
        "Kontakt gespeichert.|Nächstes Gespräch am 08.12."
    )
    assert render(template, said="Gespeichert.") == "Gespeichert.|"
