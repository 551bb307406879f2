"""Editable texts as parts that a page or a paper sets: headings, paragraphs, lists. Pure.

## Heading · ### smaller · - list · 1. list · blank line: new paragraph. Marks inside a line stay for whoever sets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

ITEM = re.compile(r"(?:([-*])|(\d+)\.)\s+(.*)")
HEADING = re.compile(r"(#{1,3})\s+(.*)")


@dataclass(frozen=True)
class Part:
    """kind: heading, text, ul or ol. lines: of a paragraph, items of a list, or the words of a heading of ``level``."""

    kind: str
    lines: tuple[str, ...]
    level: int = 0


def parts_of(text: str) -> list[Part]:
    """The parts of a text in their order."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [part for block in blocks if block.strip() for part in _block(block)]


def _block(block: str) -> Iterator[Part]:
    for kind, found in groupby(_joined(block.split("\n")), key=_kind):
        lines = [line.strip() for line in found]
        if kind == "heading":
            for line in lines:
                marks, words = line.split(None, 1)
                yield Part(kind, (words.strip(),), len(marks))
        elif kind in ("ul", "ol"):
            yield Part(kind, tuple(line.split(None, 1)[1].strip() for line in lines))
        else:
            yield Part(kind, tuple(lines))


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
