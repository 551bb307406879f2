import pytest

from ina.web.shell.markup import to_html


def test_headings_lists_and_paragraphs():
    html = to_html("## Kopf\n\nErster\nZweiter\n\n- a\n- b\n  weiter\n\n1. eins\n2. zwei\n\n### Unter")
    assert html == (
        '<h2 class="ina-h2">Kopf</h2>\n<p>Erster<br>Zweiter</p>\n<ul><li>a</li><li>b weiter</li></ul>\n'
        "<ol><li>eins</li><li>zwei</li></ol>\n<h3>Unter</h3>"
    )


def test_strong_words_and_links():
    assert to_html("`a<b` **c**") == "<p><code>a&lt;b</code> <strong>c</strong></p>"
    html = to_html("**wichtig**: [Hilfe](/hilfe/), [Mail](mailto:a@example.org), [weit](https://example.org/?a=1&b=2)")
    assert "<strong>wichtig</strong>" in html
    assert '<a href="/hilfe/">Hilfe</a>' in html
    assert '<a href="mailto:a@example.org">Mail</a>' in html
    assert '<a href="https://example.org/?a=1&amp;b=2">weit</a>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert)",
        "[x](//evil.example)",
        "[x](data:text/html,x)",
        '[x](/a"onclick="alert)',
        "## <img src=x onerror=alert>",
        "- <b>",
        "**<i>**",
        "[<u>](/a/)",
    ],
)
def test_nothing_but_the_known_marks_becomes_html(text):
    html = to_html(text)
    for part in (
        "<script",
        'javascript:alert"',
        "<img",
        "<b>",
        "<i>",
        "<u>",
        'onclick="',
        'href="//',
        'href="data',
        'href="javascript',
    ):
        assert part not in html


def test_an_empty_text_is_empty():
    assert to_html(" \n\n ") == ""
