"""The leak check: a paper that is marked neutral carries no trace of custody, wherever one could look.

Looked through are the text of each page, what the file tells about itself (information and XMP), every other string in
it (tags, alternative texts, bookmarks, links, forms), attachments, and the file name. Not seen: words inside pictures.
Words are compared without umlauts, in any form, hyphenated, spaced out or broken over lines. The list is
``data/leak_words.txt``; names, streets, numbers and addresses of the prisons come from ``institutions``. There is no
way around a hit: it is named with its place, so that it can be reworded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    StreamObject,
    TextStringObject,
)

from ina.base.errors import Invalid
from ina.institutions.enums import Kind
from ina.institutions.queries import list_reaches

WORDS = Path(__file__).parent / "data" / "leak_words.txt"
SHOWN = 6
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# A word is divided at the end of a line, or written over two lines.
DIVIDED = re.compile(r"(?<=\w)[-\u2010\u2011]\s*\n\s*(?=[a-z])")
SPACED = re.compile(r"(?<!\w)(?:\w[ .·_*-]{1,2}){2,}\w(?!\w)")
WORD = re.compile(r"\w+(?:-\w+)*")
# What begins with „haft“ and is about glue, plaster or liability; everything else with it is about custody.
HAFT_HARMLESS = re.compile(
    r"haft(en|et|ete|eten|end|endes|ender|endem|enden|bar|bare\w*|barkeit|pflicht\w*|ung\w*|grund\w*|vermittl\w*|notiz\w*|kleb\w*"
    r"|reib\w*|bruecke\w*|fest\w*|faehig\w*|mittel\w*|zug\w*|schal\w*|putz\w*|moertel\w*|emulsion\w*|band|baender\w*"
    r"|etikett\w*|magnet\w*|kraft\w*|stoff\w*|primer\w*|anstrich\w*|oel\w*|creme\w*|schicht\w*|wirkung\w*|reserve\w*"
    r"|spachtel\w*|schlaemm\w*|wasser\w*|lack\w*|folie\w*|pulver\w*|vermoegen\w*|spannung\w*|papier\w*|streifen\w*)"
)
PATTERNS = (
    (re.compile(r"\b20\d{2}-\d{5}\b"), "Aktenzeichen"),
    (re.compile(r"\b\d{1,4}/\d{2}/\d{1,2}\b(?!\d)"), "Buchnummer"),
    (re.compile(r"\b\d+ ?(?:Js|Ds|Ls|KLs|Ks|StVK|BRs|VRs|AR-VRs) ?\d+/\d{2}\b"), "Aktenzeichen des Gerichts"),
    (re.compile(r"\bINA\b"), "INA"),
    (re.compile(r"\bHaftende\b"), "Haftende"),
)


@dataclass(frozen=True)
class Leak:
    """A place that betrays something: where, and the word as it stands there."""

    where: str
    word: str


@dataclass(frozen=True)
class Names:
    """What betrays a prison without a word of the list: its streets with number, phone numbers, hosts."""

    phrases: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()


def require_neutral(pdf: bytes, file_name: str, *, names: Names = Names()) -> None:
    """Raises Invalid naming what betrays custody and where it stands."""
    found = find_leaks(pdf, file_name, names=names)
    if found:
        told = "; ".join(f"{leak.where}: „{leak.word}“" for leak in found[:SHOWN])
        more = f" und {len(found) - SHOWN} weitere Stellen" if len(found) > SHOWN else ""
        raise Invalid(
            f"Dieses Papier darf keinen Bezug zur Haft zeigen. Bitte umschreiben: {told}{more}. "
            "Danach noch einmal festhalten."
        )


def find_leaks(pdf: bytes, file_name: str, *, names: Names = Names()) -> list[Leak]:
    """Every place once, in the order of reading."""
    reader = PdfReader(BytesIO(pdf))
    places: list[tuple[str, str]] = [("Dateiname", re.sub(r"[_.]+", " ", file_name))]
    for number, page in enumerate(reader.pages, 1):
        places.append((f"Seite {number}", page.extract_text()))
    places += [("Angaben zur Datei", text) for text in _told_about_itself(reader)]
    places += [("Aufbau der Datei", text) for text in _strings(reader)]
    found = [Leak(where, word) for where, text in places for word in words_that_betray(text, names=names)]
    if reader.attachments:
        found.append(Leak("Anhang", ", ".join(reader.attachments)))
    return list(dict.fromkeys(found))


def words_that_betray(text: str, *, names: Names = Names()) -> list[str]:
    """The words of a text that betray custody, as they stand there."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    found: list[str] = []
    joined = DIVIDED.sub("", text)
    for pattern, _ in PATTERNS:
        found += pattern.findall(joined)
    plain = _plain(joined)
    found += _listed(WORD.findall(joined))
    found += _listed(_together(SPACED.findall(joined)))
    spoken = " ".join(WORD.findall(plain))
    found += [phrase for phrase in _rules().phrases if f" {phrase} " in f" {spoken} "]
    squeezed = re.sub(r"\W+", "", plain)
    # Broken over lines without a hyphen: only what is long enough not to arise from two harmless neighbours.
    if not found:
        found += [stem for stem in _rules().long if stem in squeezed]
    streets = spoken.replace("str ", "strasse ").replace("-", " ")
    found += [street for street in names.phrases if f" {street} " in f" {streets} "]
    numbers = re.findall(r"(?:\+49|0049|0)[\d /()-]{5,}\d", joined)
    for number in numbers:
        digits = _digits(number)
        found += [number.strip() for prefix in names.phones if digits.startswith(prefix)][:1]
    found += [host for host in names.hosts if host in plain]
    return list(dict.fromkeys(found))


def house_names() -> Names:
    """Streets, numbers and hosts of all prisons of the directory."""
    phrases, phones, hosts = set(), set(), set()
    for prison in list_reaches(Kind.PRISON):
        if prison.street and re.search(r"\d", prison.street):
            street = " ".join(WORD.findall(_plain(prison.street)))
            phrases.add(re.sub(r"str(?= )", "strasse", street).replace("-", " "))
        if prison.phone and len(stem := _digits(re.split(r"[-–]", prison.phone)[0])) >= 7:
            phones.add(stem)
        for address in (prison.email.partition("@")[2], re.sub(r"^https?://(www\.)?|/.*$", "", prison.website)):
            if address:
                hosts.add(address.lower())
    return Names(frozenset(phrases), frozenset(phones), frozenset(hosts))


def _digits(number: str) -> str:
    digits = re.sub(r"\D", "", re.sub(r"^(\+49|0049)\s*(\(0\))?", "0", number.strip()))
    return digits


def _plain(text: str) -> str:
    small = text.lower()
    for letter, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        small = small.replace(letter, written)
    return "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c) or c == "\u0306")


def _together(spaced: Iterable[str]) -> list[str]:
    """„H a f t“ and „J. V. A.“ as words."""
    return [re.sub(r"\W|_", "", letters) for letters in spaced]


@dataclass(frozen=True)
class Rules:
    betraying: re.Pattern
    harmless: re.Pattern
    phrases: tuple[str, ...]
    long: tuple[str, ...]


@cache
def _rules() -> Rules:
    lines = WORDS.read_text("utf-8").splitlines()
    own = Path(settings.INA_HOME) / "leak_words.txt"
    if own.exists():
        lines += own.read_text("utf-8").splitlines()
    words = [_plain(line.split("#")[0].strip()) for line in lines]
    words = [word for word in words if word]
    hits = [word for word in words if not word.startswith("!")]
    single = [word for word in hits if " " not in word]
    stems = {word.strip("*") for word in single if word.startswith("*") and word.endswith("*")}
    return Rules(
        betraying=_any_of(single),
        harmless=_any_of(word[1:] for word in words if word.startswith("!")),
        phrases=tuple(word.strip("*") for word in hits if " " in word),
        long=tuple(sorted(stem for stem in stems if len(stem) >= 9)),
    )


def _any_of(words: Iterable[str]) -> re.Pattern:
    return re.compile("|".join(re.escape(word).replace(r"\*", r".*") for word in words))


def _listed(words: Iterable[str]) -> list[str]:
    rules, found = _rules(), []
    for word in words:
        whole = _plain(word)
        parts = {whole, whole.replace("-", ""), *whole.split("-")}
        if any(_betrays(part, rules) for part in parts) and not rules.harmless.fullmatch(whole):
            found.append(word)
    return found


def _betrays(word: str, rules: Rules) -> bool:
    if rules.harmless.fullmatch(word):
        return False
    if word.startswith("haft"):
        return not HAFT_HARMLESS.fullmatch(word)
    return bool(rules.betraying.fullmatch(word))


def _told_about_itself(reader: PdfReader) -> list[str]:
    told = [str(value) for value in (reader.metadata or {}).values()]
    stream = reader.root_object.get("/Metadata")
    if stream is not None:
        xmp = stream.get_object().get_data().decode(errors="replace")
        # Values only: names of elements and addresses of schemas say nothing about anybody.
        told += re.findall(r">([^<>]+)<", xmp) + re.findall(
            r"=\"([^\"]*)\"", re.sub(r"\sxmlns:\w+=\"[^\"]*\"", "", xmp)
        )
    return [text for text in told if text.strip()]


def _strings(reader: PdfReader) -> list[str]:
    """Every string of the file that is not drawn: tags, alternative texts, bookmarks, links, names of forms."""
    seen: set[int] = set()
    waiting: list = [reader.trailer]
    told: list[str] = []
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if one.idnum in seen:
                continue
            seen.add(one.idnum)
            one = one.get_object()
        if isinstance(one, TextStringObject):
            told.append(str(one))
        elif isinstance(one, ByteStringObject):
            told.append(bytes(one).decode("latin-1"))
        elif isinstance(one, DictionaryObject):
            skip = {"/FontDescriptor", "/ToUnicode"} if isinstance(one, StreamObject) else set()
            waiting.extend(value for key, value in one.items() if key not in skip and key != "/ID")
        elif isinstance(one, ArrayObject):
            waiting.extend(one)
    return told
