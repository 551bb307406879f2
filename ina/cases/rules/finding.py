"""Search by name that forgives spelling: keys that are stored, keys that are asked for, and how well a name fits. Pure.

Names are compared folded: ä, ae and a are one, double letters are one, accents are gone. Three sorts of keys stand in
one array. Without a sign: the first two to six letters of each word. With ``~``: the word, and the word without one of
its letters; two words share such a key when one letter is missing, too many, wrong, or changed places with its
neighbour. With ``=``: how the word sounds (Cologne code). With a ``+`` before: by another name than the present one.
The keys only collect candidates, ``fit`` decides. Of 3,000 words with one slip of any kind 97 in 100 are found this way
by 24 keys a person; 59 by sound alone (11 keys), 94 by sound less one of its digits (19 keys, seven times the
candidates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ina.cases.rules.likeness import cologne, given_words, words_of

SHORTEST, LONGEST_BEGINNING = 2, 6
# A word of three letters less one is many words. Of longer words than this the beginning is enough to collect them.
WITH_SLIPS, SLIPS_WITHIN = 4, 9
MOST_KEYS = 90
OTHER = "+"
MOST_WORDS = 5

_UMLAUT = re.compile("([aou])e")
_DOUBLE = re.compile(r"(.)\1+")
# As a word is heard, for what only sounds alike: vowels that are written in many ways. In this order.
_HEARD = (
    (re.compile("ph"), "f"),
    (re.compile("sch|tsch|cz"), "s"),
    (re.compile("[dt]?z|ts"), "s"),
    (re.compile("dt|th"), "t"),
    (re.compile("ck|ch|qu|x"), "k"),
    (re.compile("[vw]"), "f"),
    (re.compile("c|g"), "k"),
    (re.compile("b"), "p"),
    (re.compile("d"), "t"),
    (re.compile("[jy]"), "i"),
    (re.compile("ei"), "ai"),
    (re.compile("ie"), "i"),
    (re.compile("(?<=.)h"), ""),
)


def spelled(word: str) -> str:
    """A plain word without the e of an umlaut: Müller, Mueller and Muller are one."""
    return _UMLAUT.sub(r"\1", word)


def fold(word: str) -> str:
    """As ``spelled``, and double letters are one. The fold of a beginning is a beginning of the fold."""
    return _DOUBLE.sub(r"\1", spelled(word))


def find_keys(surname: str, given_name: str, other_names: Iterable[str] = ()) -> list[str]:
    """What a person is found by, sorted. other_names: of birth, aliases, former ones that may be known; nothing that is
    under the ban on disclosure."""
    own = dict.fromkeys(key for name in (surname, given_name) for key in _keys_of(name))
    others = dict.fromkeys(OTHER + key for name in other_names for key in _keys_of(name) if key not in own)
    return sorted([*own, *others][:MOST_KEYS])


@dataclass(frozen=True)
class Asked:
    """What was typed, word by word. ``exact``, ``similar``: for each word of two letters or more the keys of which one
    must be there; ``joined``: keys of all words written as one. False when nothing was typed that could be found."""

    words: tuple[str, ...]
    exact: tuple[tuple[str, ...], ...]
    similar: tuple[tuple[str, ...], ...]
    joined: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def long_words(self) -> list[str]:
        """Folded words that go on where keys of beginnings end."""
        return [short for word in self.words if len(short := fold(word)) > LONGEST_BEGINNING]

    @property
    def of_others(self) -> list[str]:
        """Keys among all these that only another name gives."""
        asked = {key for keys in (*self.exact, *self.similar, self.joined) for key in keys}
        return sorted(key for key in asked if key.startswith(OTHER))


def asked(text: str) -> Asked:
    """Surname or given name first, with a comma or without. A word of one letter has no keys: alone it finds surnames,
    beside others it narrows what they find."""
    words = tuple(words_of(text)[:MOST_WORDS])
    narrowing = [word for word in words if len(fold(word)) >= SHORTEST]
    joined = "".join(words)
    return Asked(
        words=words,
        exact=tuple(_either([_beginning(word)]) for word in narrowing),
        # One word alone has been looked for by its beginning before.
        similar=tuple(_either(([_beginning(word)] if len(narrowing) > 1 else []) + _slips(word)) for word in narrowing),
        joined=_either([_beginning(joined), *_slips(joined)]) if len(narrowing) > 1 else (),
    )


# --- how well a name fits ------------------------------------------------------------------------------------------

# The smaller, the better. Words of other names (of birth, aliases) come behind.
WHOLE, BEGINNING, JOINED, SPELLED, SLIP, SOUND, OTHER_NAME = 0, 1, 2, 4, 10, 14, 5
# Found at the first place of the name, where the surname stands, before found elsewhere.
ELSEWHERE = 1


@dataclass(frozen=True, order=True)
class Fit:
    """How well a name fits: ``cost``, the smaller the better; ``because``: why it was found, empty when literally."""

    cost: int
    because: str = ""


def fit(query: Asked, surname: str, given_name: str, other_names: Iterable[str] = ()) -> Fit | None:
    """None: it does not fit. Each word that was typed must fit another word of the name."""
    own = [(word, place, "") for place, word in enumerate(_entered(surname))]
    own += [(word, len(own) + place, "given") for place, word in enumerate(_entered(given_name))]
    best = _fit(query.words, own, {})
    for name in other_names:
        words = [(word, len(own) + place, "other") for place, word in enumerate(_entered(name))]
        found = _fit(query.words, [*own, *words], {"other": OTHER_NAME})
        if found and "other" in found[1] and (best is None or found[0] < best[0]):
            best = found
            best_name = name
    if best is None and query.joined:
        best = _fit(("".join(query.words),), own, {})
    if best is None:
        return None
    cost, kinds, worst = best
    if "other" in kinds:
        return Fit(cost, f"weiterer Name: {best_name}")
    if worst >= SLIP or worst == SPELLED:
        return Fit(cost, "ähnlich geschrieben")
    if kinds == {"given"}:
        return Fit(cost, "Beginn des Vornamens" if worst == BEGINNING else "Vorname")
    return Fit(cost)


def cost_of(query: Asked, name_key: str) -> int | None:
    """As ``fit``, from the key of a list row alone, which does not say where the given name begins."""
    parts = [name_key, *(part for part in name_key.split() if "-" in part)]
    words = words_of(name_key) + ["".join(given_words(part)) for part in parts]
    placed = [(word, place, "") for place, word in enumerate(words)]
    found = _fit(query.words, placed, {})
    if found is None and query.joined:
        found = _fit(("".join(query.words),), placed, {})
    return found[0] if found else None


def _fit(
    typed: Sequence[str], words: Sequence[tuple[str, int, str]], extra: dict[str, int]
) -> tuple[int, set[str], int] | None:
    """Cost, the kinds of words that fit, and the worst single cost. Each word is used once."""
    free, cost, worst, kinds = list(words), 0, 0, set()
    for number, word in enumerate(typed):
        choices = [
            (found + extra.get(kind, 0) + (ELSEWHERE if number == 0 and place else 0), found, at)
            for at, (other, place, kind) in enumerate(free)
            if (found := likeness(word, other)) is not None
        ]
        if not choices:
            return None
        best, found, at = min(choices)
        cost, worst = cost + best, max(worst, found)
        kinds.add(free.pop(at)[2])
    return cost, kinds, worst


@lru_cache(4096)
def likeness(typed: str, word: str) -> int | None:
    """How a typed word fits one of a name: WHOLE, BEGINNING, SPELLED, SLIP or SOUND; None when it does not."""
    if word.startswith(typed) or spelled(word).startswith(spelled(typed)):
        return WHOLE if len(spelled(word)) == len(spelled(typed)) else BEGINNING
    short, long = fold(typed), fold(word)
    if len(short) >= SHORTEST and long.startswith(short):
        return SPELLED
    if min(len(short), len(long)) < WITH_SLIPS - 1 or max(len(short), len(long)) < WITH_SLIPS:
        return None
    if distance(short, long, 1) <= 1:
        return SLIP
    sound = cologne(typed)
    if len(sound.replace("0", "")) >= 2 and sound == cologne(word):
        first, second = _heard(short), _heard(long)
        allowed = 1 if min(len(first), len(second)) < 5 else 2
        if distance(first, second, allowed) <= allowed:
            return SOUND
    return None


def distance(a: str, b: str, most: int) -> int:
    """Letters that are missing, too many, wrong, or changed places with their neighbour (optimal string alignment);
    ``most + 1`` when there are more than ``most``."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return min(last[-1], most + 1)


def _entered(name: str) -> list[str]:
    """The words of a name, and all of them as one (van den Berg, Vandenberg; Karl-Heinz, Karlheinz)."""
    words, all_words = words_of(name), given_words(name)
    return [*words, "".join(all_words)] if len(all_words) > 1 else words


# --- keys ----------------------------------------------------------------------------------------------------------


def _keys_of(name: str) -> list[str]:
    """Keys of each word. Karlheinz, Vandenberg: written as one, such a name is found by its beginning."""
    keys = [key for word in words_of(name) for key in (*_beginnings(word), *_slips(word))]
    return keys + _beginnings("".join(given_words(name)))


def _either(keys: Iterable[str]) -> tuple[str, ...]:
    """By the present name or by another one."""
    return tuple(dict.fromkeys(sign + key for key in keys for sign in ("", OTHER)))


def _beginnings(word: str) -> list[str]:
    short = fold(word)
    return [short[:end] for end in range(SHORTEST, min(len(short), LONGEST_BEGINNING) + 1)]


def _beginning(word: str) -> str:
    return fold(word)[:LONGEST_BEGINNING]


def _slips(word: str) -> list[str]:
    """The word, the word less a letter, and its sound."""
    short = fold(word)[:SLIPS_WITHIN]
    keys = [f"~{short}"] if len(short) >= WITH_SLIPS - 1 else []
    if len(short) >= WITH_SLIPS:
        keys += [f"~{short[:at]}{short[at + 1 :]}" for at in range(len(short))]
    sound = cologne(word)
    return list(dict.fromkeys(keys)) + ([f"={sound}"] if len(sound.replace("0", "")) >= 2 else [])


def _heard(word: str) -> str:
    for pattern, said in _HEARD:
        word = pattern.sub(said, word)
    return _DOUBLE.sub(r"\1", word)
