"""German order and spelling of names, made in Python: no database here sorts German by itself."""

import unicodedata

# DIN 5007-1 (words: ä = a) and DIN 5007-2 (names: ä = ae).
WORDS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"})
NAMES = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"})


def sort_key(text: str, table: dict = NAMES) -> str:
    """A key that sorts ``text`` as DIN 5007 does when compared byte by byte (column with collation "C")."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(table)
    return "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))


def upper_bound(key: str) -> str:
    """The smallest string above all that begin with ``key``: ``key <= column < upper_bound(key)`` uses an index."""
    return key[:-1] + chr(ord(key[-1]) + 1)
