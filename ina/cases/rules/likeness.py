"""Whether two files may be about the same person: keys of names, and a score from a table of weights. Pure.

Names are compared by equality of keys and dates by simple arithmetic, so that SQL can do the same from the same table.
100 is certain; at LIKELY somebody should be asked, at POSSIBLE somebody may look. The score never joins files.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

LIKELY = 85
POSSIBLE = 55


class KeyKind(StrEnum):
    """SURNAME*: the name of today. OTHER*: birth name, aliases, former names, halves of a double name. GIVEN: all given
    names as one; GIVEN_FIRST: the first; GIVEN_PART: each of them. WHOLE: all words of a full name, sorted."""

    SURNAME = "SURNAME"
    SURNAME_SOUND = "SURNAME_SOUND"
    OTHER = "OTHER"
    OTHER_SOUND = "OTHER_SOUND"
    GIVEN = "GIVEN"
    GIVEN_FIRST = "GIVEN_FIRST"
    GIVEN_PART = "GIVEN_PART"
    GIVEN_SOUND = "GIVEN_SOUND"
    WHOLE = "WHOLE"


@dataclass(frozen=True, order=True)
class MatchKey:
    kind: KeyKind
    value: str


@dataclass(frozen=True)
class Sheet:
    """What is known of one person. ``sex``: w, m, d or u.

    Aliases and former names are written „Vorname Name“, „Name, Vorname“ or „Name“.
    """

    surname: str = ""
    given_name: str = ""
    birth_name: str = ""
    aliases: Sequence[str] = field(default=())
    former: Sequence[str] = field(default=())
    born_on: date | None = None
    sex: str = "u"
    birth_place: str = ""


# One line per group counts, the first that holds. Points add up; the sum is kept between 0 and 100.
WEIGHTS: dict[str, int] = {
    # Day of birth.
    "BORN_EQUAL": 40,
    "BORN_EQUAL_NEW_YEAR": 25,  # 1 January stands for "not known" in many foreign papers
    "BORN_SWAPPED": 30,  # day and month exchanged
    "BORN_ONE_DIGIT": 25,  # one of the eight digits of DDMMYYYY differs
    "BORN_UNKNOWN": 0,  # on either side
    "BORN_DIFFERENT": -40,
    # Full name: the same words in any order (given name and surname exchanged). Counts instead of the next two groups
    # where it gives more.
    "WHOLE": 45,
    # Surname.
    "SURNAME": 30,
    "SURNAME_SOUND": 25,
    "OTHER": 22,  # through birth name, alias, former name or half of a double name on either side
    "OTHER_SOUND": 18,
    "SURNAME_UNKNOWN": 0,
    "SURNAME_DIFFERENT": -15,
    # Given name. Twins have all but this in common, so a different one weighs heavily, and one that only sounds alike
    # (Tim, Tom) never makes LIKELY.
    "GIVEN": 25,
    "GIVEN_PART": 20,  # the first of one is among those of the other
    "GIVEN_SOUND": 9,
    "GIVEN_UNKNOWN": 0,
    "GIVEN_DIFFERENT": -25,
    # Sex, when known on both sides. A small weight: it may change, and lists err.
    "SEX_DIFFERENT": -10,
    "PLACE_EQUAL": 5,
}

# --- words --------------------------------------------------------------------------------------------------------

_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "oe",
        "å": "a",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ŋ": "ng",
        # The Arabic ayn and hamza, and apostrophes, are written or left out at will.
        **dict.fromkeys("'’‘`´ʼʾʿʻ", ""),
    }
)
# Left out where another word remains; they are written, left out or joined differently from paper to paper.
_PARTICLE = re.compile(
    "von|vom|van|vander|zu|zum|zur|der|den|dem|d[aeiou]|del|della|dos|das|la|le|el|al|ul|as|ben|bin|ibn|bint|und|y|e|dr"
)
_MAX = 160


def given_words(name: str) -> list[str]:
    """The words of a given name in plain small letters: no accents, ä as ae, hyphens and spaces alike."""
    composed = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(c))
    return re.findall(r"[^\W\d_]+", plain)


def words_of(name: str) -> list[str]:
    """The words of a surname or place in plain small letters, particles left out where another word remains."""
    words = given_words(name)
    return [word for word in words if not _PARTICLE.fullmatch(word)] or words


def place_key(place: str) -> str:
    """A place as it is compared."""
    return "".join(words_of(place))


# --- sound --------------------------------------------------------------------------------------------------------

_PLAIN_CODES = {
    **dict.fromkeys("aeiouyj", "0"),
    "b": "1",
    **dict.fromkeys("fvw", "3"),
    **dict.fromkeys("gkq", "4"),
    "l": "5",
    **dict.fromkeys("mn", "6"),
    "r": "7",
    **dict.fromkeys("sz", "8"),
}


def cologne(word: str) -> str:
    """The Cologne code of a name (Postel 1969), equal for what sounds alike in German; empty without latin letters."""
    letters = re.sub("[^a-z]", "", "".join(words_of(word)))
    codes = ""
    for at, letter in enumerate(letters):
        before, after = letters[at - 1 : at], letters[at + 1 : at + 2]
        codes += _code(letter, before, after)
    single = re.sub(r"(.)\1+", r"\1", codes)
    return single[:1] + single[1:].replace("0", "")


def _code(letter: str, before: str, after: str) -> str:
    """The code of a letter between its neighbours, which are empty at the ends of the word."""
    match letter:
        case "p":
            return "3" if after == "h" else "1"
        case "d" | "t":
            return "8" if after and after in "csz" else "2"
        case "x":
            return "8" if before and before in "ckq" else "48"
        case "c":
            if not before:
                return "4" if after and after in "ahkloqrux" else "8"
            return "4" if before not in "sz" and after and after in "ahkoqux" else "8"
    return _PLAIN_CODES.get(letter, "")


def _sound(words: Sequence[str]) -> str:
    """A code that says something: at least two consonants, or Ali, Eli and Ola would be one."""
    code = cologne(" ".join(words))
    return code if len(code.replace("0", "")) >= 2 else ""


# --- keys ---------------------------------------------------------------------------------------------------------


def match_keys(
    surname: str, given_name: str, birth_name: str, aliases: Iterable[str], former: Iterable[str]
) -> list[MatchKey]:
    """All keys of one person, sorted, each once. Made again whenever a name changes."""
    keys: set[MatchKey] = set()

    def add(kind: KeyKind, value: str) -> None:
        if value:
            keys.add(MatchKey(kind, value[:_MAX]))

    def add_other(words: Sequence[str]) -> None:
        add(KeyKind.OTHER, "".join(words))
        add(KeyKind.OTHER_SOUND, _sound(words))

    def add_whole(words: Sequence[str]) -> None:
        add(KeyKind.WHOLE, " ".join(sorted(words)))

    last, given = words_of(surname), given_words(given_name)
    add(KeyKind.SURNAME, "".join(last))
    add(KeyKind.SURNAME_SOUND, _sound(last))
    add(KeyKind.GIVEN, "".join(given))
    for word in given:
        add(KeyKind.GIVEN_PART, word)
    if given:
        add(KeyKind.GIVEN_FIRST, given[0])
        add(KeyKind.GIVEN_SOUND, _sound(given[:1]))
    # One word alone would make everybody called Ali the same person.
    if last and given:
        add_whole([*last, *given])
        add_whole([*last, given[0]])
    if len(last) > 1:
        for word in last:
            add_other([word])
    others = [(words_of(birth_name), given), *(_split(name) for name in (*aliases, *former))]
    for known_as, first_names in others:
        if not known_as:
            continue
        add_other(known_as)
        if len(known_as) > 1:
            for word in known_as:
                add_other([word])
        if first_names or given:
            add_whole([*known_as, *(first_names or given)])
            add_whole([*known_as, (first_names or given)[0]])
    return sorted(keys)


def _split(name: str) -> tuple[list[str], list[str]]:
    """Surname and given names of an alias: „Name, Vorname“, „Vorname Name“ or „Name“."""
    if "," in name:
        last, given = name.split(",", 1)
        return words_of(last), given_words(given)
    # Hyphens bind: in „Anna Meier-Schulz“ both halves are the surname. A particle binds to what follows it.
    parts = name.split()
    at = len(parts) - 1
    while at > 0 and _PARTICLE.fullmatch(parts[at - 1].casefold().strip(".")):
        at -= 1
    return words_of(" ".join(parts[at:])), given_words(" ".join(parts[:at]))


# --- score --------------------------------------------------------------------------------------------------------


def score(a: Sheet, b: Sheet) -> int:
    """How likely two sheets are about the same person, 0 to 100, in either order: the table WEIGHTS."""
    first, second = _by_kind(a), _by_kind(b)
    names = _surname(first, second) + _given(first, second)
    if _shared(first, second, KeyKind.WHOLE):
        names = max(names, WEIGHTS["WHOLE"])
    points = _born(a.born_on, b.born_on) + names
    if "u" not in (a.sex, b.sex) and a.sex != b.sex:
        points += WEIGHTS["SEX_DIFFERENT"]
    if place_key(a.birth_place) and place_key(a.birth_place) == place_key(b.birth_place):
        points += WEIGHTS["PLACE_EQUAL"]
    return min(max(points, 0), 100)


Keys = dict[KeyKind, set[str]]


def _by_kind(sheet: Sheet) -> Keys:
    keys: Keys = {kind: set() for kind in KeyKind}
    for key in match_keys(sheet.surname, sheet.given_name, sheet.birth_name, sheet.aliases, sheet.former):
        keys[key.kind].add(key.value)
    return keys


def _shared(a: Keys, b: Keys, *kinds: KeyKind) -> bool:
    """Whether any key of these kinds is the same on both sides."""
    return not set().union(*(a[kind] for kind in kinds)).isdisjoint(set().union(*(b[kind] for kind in kinds)))


def _surname(a: Keys, b: Keys) -> int:
    if _shared(a, b, KeyKind.SURNAME):
        return WEIGHTS["SURNAME"]
    if _shared(a, b, KeyKind.SURNAME_SOUND):
        return WEIGHTS["SURNAME_SOUND"]
    if _shared(a, b, KeyKind.SURNAME, KeyKind.OTHER):
        return WEIGHTS["OTHER"]
    if _shared(a, b, KeyKind.SURNAME_SOUND, KeyKind.OTHER_SOUND):
        return WEIGHTS["OTHER_SOUND"]
    known = all(keys[KeyKind.SURNAME] or keys[KeyKind.OTHER] for keys in (a, b))
    return WEIGHTS["SURNAME_DIFFERENT" if known else "SURNAME_UNKNOWN"]


def _given(a: Keys, b: Keys) -> int:
    if not (a[KeyKind.GIVEN] and b[KeyKind.GIVEN]):
        return WEIGHTS["GIVEN_UNKNOWN"]
    if _shared(a, b, KeyKind.GIVEN):
        return WEIGHTS["GIVEN"]
    if a[KeyKind.GIVEN_FIRST] & b[KeyKind.GIVEN_PART] or b[KeyKind.GIVEN_FIRST] & a[KeyKind.GIVEN_PART]:
        return WEIGHTS["GIVEN_PART"]
    return WEIGHTS["GIVEN_SOUND" if _shared(a, b, KeyKind.GIVEN_SOUND) else "GIVEN_DIFFERENT"]


def _born(a: date | None, b: date | None) -> int:
    if a is None or b is None:
        return WEIGHTS["BORN_UNKNOWN"]
    if a == b:
        return WEIGHTS["BORN_EQUAL_NEW_YEAR" if (a.day, a.month) == (1, 1) else "BORN_EQUAL"]
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return WEIGHTS["BORN_SWAPPED"]
    if sum(x != y for x, y in zip(f"{a:%d%m%Y}", f"{b:%d%m%Y}", strict=True)) == 1:
        return WEIGHTS["BORN_ONE_DIGIT"]
    return WEIGHTS["BORN_DIFFERENT"]
