"""The few marks that editable pages understand, turned into safe HTML: everything else is text.

## Heading · ### smaller · - list · 1. list · **strong** · `code` · [words](/address/) · blank line: new paragraph
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

LINK = re.compile(r"\[([^\]\n]+)\]\(([^()\s]+)\)")
STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
CODE = re.compile(r"`([^`\n]+)`")
# Where a link may lead: pages of this installation, the web, mail, telephone.
SAFE_ADDRESS = re.compile(r"(https?://|mailto:|tel:|/(?!/)|#)[^\"'<>]*", re.IGNORECASE)
ITEM = re.compile(r"(?:([-*])|(\d+)\.)\s+(.*)")
HEADING = re.compile(r"(#{1,3})\s+(.*)")


def to_html(text: str) -> SafeString:
    """``text`` as HTML. Headings begin at h2, with one mark or two: the page has its own h1."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return mark_safe("\n".join(html for block in blocks if block.strip() for html in _block(block)))  # noqa: S308 (parts are escaped)


def _block(block: str) -> Iterator[str]:
    for kind, lines in groupby(_joined(block.split("\n")), key=_kind):
        if kind == "heading":
            for line in lines:
                marks, words = line.split(None, 1)
                level = max(2, len(marks))
                css = ' class="ina-h2"' if level == 2 else ""
                yield f"<h{level}{css}>{_inline(words.strip())}</h{level}>"
        elif kind in ("ul", "ol"):
            items = "".join(f"<li>{_inline(line.split(None, 1)[1].strip())}</li>" for line in lines)
            yield f"<{kind}>{items}</{kind}>"
        else:
            yield f"<p>{'<br>'.join(_inline(line.strip()) for line in lines)}</p>"


def _joined(lines: list[str]) -> list[str]:
    """An indented line continues the item above it."""
    joined: list[str] = []
    for line in filter(str.strip, lines):
        if joined and line.startswith("  ") and _kind(joined[-1]) in ("ul", "ol") and _kind(line) == "text":
            joined[-1] += " " + line.strip()
        else:
            joined.append(line)
    return joined


def _kind(line: str) -> str:
    if HEADING.fullmatch(line.strip()):
        return "heading"
    if item := ITEM.fullmatch(line.strip()):
        return "ul" if item[1] else "ol"
    return "text"


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
