"""The text of one cell: what cannot be seen is taken out, what is shown of it in a message is short."""

from __future__ import annotations

import re
import unicodedata

# Control characters, soft hyphen, zero-width and bidirectional marks, lone surrogates, tags: they make two names that
# look alike different, or turn the text around them. Line breaks and tabs stay until the spaces are put in order.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)
SHOWN = 40


def clean(text: str) -> str:
    """Composed characters, nothing unseen, single spaces, no space at the edges; line breaks inside are kept."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def flat(text: str) -> str:
    """On one line."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """For a message: clean, on one line, at most 40 characters."""
    text = flat(clean(text[: 10 * SHOWN]))
    return text if len(text) <= SHOWN else text[:SHOWN].rstrip() + "…"


def inert(text: str) -> str:
    """For a file that a spreadsheet opens: it computes nothing of what somebody typed."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def squeezed(text: str) -> str:
    """For comparing: small letters and digits only, umlauts written out, accents gone ("Geb.-Dat." → "gebdat")."""
    text = text.casefold().translate(_UMLAUTS)
    return "".join(one for one in unicodedata.normalize("NFKD", text) if one.isalnum())


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "æ": "ae", "ł": "l", "ı": "i"})
