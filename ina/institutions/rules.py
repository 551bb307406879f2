"""Keys of organisations, how they are found and how long what is entered counts as checked. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.base.names import NAMES, WORDS, sort_key
from ina.institutions.enums import Kind, Standing

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


def standing(verified_on: date | None, verified_before: date | None, stale_on: date) -> Standing:
    """verified_before: a check that a later change made worthless. stale_on: a check of this day or earlier is old."""
    if verified_on is None:
        return Standing.CHANGED if verified_before else Standing.NEVER
    return Standing.OLD if verified_on <= stale_on else Standing.CHECKED


# --- finding ------------------------------------------------------------------------------------------------------


SEARCHED = ("name", "short_name", "street", "postcode", "town", "key", "official_number")


def search_key(one) -> str:
    """What an organisation is searched in (``SEARCHED``): the words in both German spellings of umlauts, each with a
    blank before it."""
    return spelled_both(" ".join(filter(None, (getattr(one, column) for column in SEARCHED))))


def spelled_both(text: str) -> str:
    """The words of a text in both German spellings of umlauts, each with a blank before it."""
    spelled = {sort_key(text, NAMES): None, sort_key(text, WORDS): None}
    return " " + " ".join(" ".join(each.split()) for each in spelled)


def spellings(word: str) -> tuple[str, ...]:
    """How a typed word may stand in a ``search_key``; a number only at its beginning („402“ is no part of 33402)."""
    spelled = dict.fromkeys(sort_key(word, table) for table in (NAMES, WORDS))
    return tuple(f" {each}" if each[:1].isdigit() else each for each in spelled)


def near_words(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Words that differ from ``word`` by a slip: one letter, or two in words of eight letters and more.

    Too much, too little, another one, or two swapped. Words of less than four letters have no neighbours, numbers
    neither: every other postcode is one digit away.
    """
    typed = dict.fromkeys(sort_key(word, table) for table in (NAMES, WORDS))
    if len(word) < 4 or any(sign.isdigit() for sign in word):
        return []
    return sorted(other for other in set(vocabulary) if any(_is_slip(each, other) for each in typed))


def _is_slip(word: str, other: str) -> bool:
    most = 2 if len(word) >= 8 else 1
    # The alphabet of two words one slip apart differs in two letters at most.
    if abs(len(word) - len(other)) > most or len(set(word) ^ set(other)) > 2 * most:
        return False
    return _distance(word, other) <= most


def _distance(one: str, two: str) -> int:
    """Letters to add, leave out, exchange or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(two) + 1))
    for i, a in enumerate(one, start=1):
        before, row, above = row, [i], before
        for j, b in enumerate(two, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == two[j - 2] and one[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]


# --- two entries for one house --------------------------------------------------------------------------------------

# Legal forms and words that say what a house is, not which.
_EMPTY_WORDS = frozenset(
    {
        *("ev", "e", "v", "eingetragener", "verein", "ggmbh", "gmbh", "gemeinnuetzige", "mbh", "kg", "co", "ag", "ohg"),
        *("gbr", "se", "ug", "haftungsbeschraenkt", "stiftung", "der", "die", "das", "und", "fuer", "im", "in", "am"),
        *("zu", "zum", "zur", "von", "des", "dem", "den", "nrw", "nordrhein", "westfalen"),
    }
)


@dataclass(frozen=True)
class Written:
    """What of an entry tells which house it is. ``core``: the words of the name without legal form and place."""

    core: frozenset[str]
    postcode: str
    town: str
    street: str
    phone: str
    email: str
    website: str

    @classmethod
    def of(cls, one) -> Written:
        town = sort_key(one.town, WORDS)
        words = re.findall(r"[a-z0-9]+", sort_key(one.name, WORDS))
        core = [word for word in words if word not in _EMPTY_WORDS and word not in town.split()]
        return cls(
            core=frozenset(core),
            postcode=one.postcode,
            town=town,
            street=re.sub(r"[^a-z0-9]|strasse|str", "", sort_key(one.street, WORDS)),
            phone=re.sub(r"^0049|^49", "0", re.sub(r"[^0-9]", "", one.phone)),
            email=one.email.casefold(),
            website=re.sub(r"^https?://(www[.])?|/+$", "", one.website.casefold()),
        )

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Entries are compared where one of these is the same."""
        place = self.postcode or self.town
        found = [("name", " ".join(sorted(self.core))), ("phone", self.phone), ("email", self.email)]
        found += [("website", self.website), ("address", f"{place} {self.street}" if place and self.street else "")]
        found += [("word", f"{self.postcode} {word}") for word in self.core if self.postcode and len(word) > 4]
        return [(kind, value) for kind, value in found if len(value) > 4]


def why_alike(one: Written, other: Written) -> list[str]:
    """Reasons to think that two entries are one house; none when they are rather two."""
    same_place = bool((one.postcode and one.postcode == other.postcode) or (one.town and one.town == other.town))
    shared = len(one.core & other.core)
    alike = one.core == other.core or (shared and shared * 3 >= 2 * len(one.core | other.core)) or _slip(one, other)
    reasons = []
    if alike:
        reasons.append("gleicher Name" if one.core == other.core else "ähnlicher Name")
    for name, value, theirs in (
        ("gleiche Telefonnummer", one.phone, other.phone),
        ("gleiche Mailadresse", one.email, other.email),
        ("gleiche Internetseite", one.website, other.website),
        ("gleiche Straße", one.street, other.street if same_place else ""),
    ):
        if value and value == theirs:
            reasons.append(name)
    if same_place and alike:
        reasons.append("gleicher Ort")
    # A name alone is common; a telephone alone may be a house with two tenants.
    return reasons if len(reasons) >= 2 else []


def _slip(one: Written, other: Written) -> bool:
    """The names differ in one word by a slip."""
    here, there = one.core - other.core, other.core - one.core
    if len(here) != 1 or len(there) != 1 or len(one.core) < 2:
        return False
    return _is_slip(min(here), min(there))
