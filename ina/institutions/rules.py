"""Keys of organisations. Pure."""

from __future__ import annotations

import re
import unicodedata

from ina.institutions.enums import Kind

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
# Words that every organisation of the kind has in its name and that would only lengthen the key.
_WORDS_OF_KIND = re.compile(
    r"^(justizvollzugsanstalt|jva|jugendarrestanstalt|agentur für arbeit|jobcenter|nachsorgebüro|betrieb)\s+",
    re.IGNORECASE,
)
MAX_KEY = 70


def make_key(kind: Kind, name: str, taken: set[str] | frozenset[str] = frozenset()) -> str:
    """A key for a new organisation such as ``betrieb-metallbau-lehmann``; numbered when it is taken."""
    words = _WORDS_OF_KIND.sub("", unicodedata.normalize("NFC", name).strip())
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    key = "-".join(filter(None, [kind.prefix, re.sub(r"[^a-z0-9]+", "-", plain).strip("-")]))[:MAX_KEY].rstrip("-")
    number, candidate = 1, key
    while candidate in taken:
        number += 1
        candidate = f"{key}-{number}"
    return candidate
