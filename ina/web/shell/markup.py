"""The few marks that editable pages understand, turned into safe HTML: everything else is text.

## Heading · ### smaller · - list · 1. list · **strong** · `code` · [words](/address/) · blank line: new paragraph
"""

from __future__ import annotations

import re

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from ina.reference.texts import Part, parts_of

LINK = re.compile(r"\[([^\]\n]+)\]\(([^()\s]+)\)")
STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
CODE = re.compile(r"`([^`\n]+)`")
# Where a link may lead: pages of this installation, the web, mail, telephone.
SAFE_ADDRESS = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)[^\"'<>]*", re.IGNORECASE)


def to_html(text: str) -> SafeString:
    """``text`` as HTML. Headings begin at h2, with one mark or two: the page has its own h1."""
    return mark_safe("\n".join(_html(part) for part in parts_of(text)))  # noqa: S308 (parts are escaped)


def _html(part: Part) -> str:
    lines = [_inline(line) for line in part.lines]
    if part.kind == "heading":
        level = max(2, part.level)
        css = ' class="ina-h2"' if level == 2 else ""
        return f"<h{level}{css}>{lines[0]}</h{level}>"
    if part.kind in ("ul", "ol"):
        items = "".join(f"<li>{line}</li>" for line in lines)
        return f"<{part.kind}>{items}</{part.kind}>"
    return f"<p>{'<br>'.join(lines)}</p>"


def _inline(text: str) -> str:
    parts, end = [], 0
    for link in LINK.finditer(text):
        parts.append(_strong(text[end : link.start()]))
        words, address = link.groups()
        if SAFE_ADDRESS.fullmatch(address):
            parts.append(format_html('<a href="{}">{}</a>', address, words))
        else:
            parts.append(escape(link[0]))
        end = link.end()
    return "".join([*parts, _strong(text[end:])])


def _strong(text: str) -> str:
    return CODE.sub(r"<code>\1</code>", STRONG.sub(r"<strong>\1</strong>", str(escape(text))))
