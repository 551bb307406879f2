"""Finding an occupation by messy wording: an index over words, pure and small enough to live in every process.

Three generators propose titles and are added up: whole words, exact or the nearest ones by spelling and sound; parts
of compounds („Lagerhelfer“ is „Lager“ and „Helfer“); threes of letters, which forgive what the others do not. The best
300 are compared in fine, and the four-digit groups come in the order of their best title, together with the vote of all
wordings and explanations of a group taken as one text.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from sys import intern

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from ina.reference.occupation_words import ENGLISH, LEVELS, grams, masculine, normalise, sound, words_of

# Titles that are compared in fine.
CANDIDATES = 300
# A word of the vocabulary is near from here on (1: the same).
NEAR = 0.72
NEAREST = 8
LINKS = ("", "s", "n", "en", "es", "er", "e")
SHORTEST_PART = 3
# A part of a compound counts less than the word by itself; a word of level („Helfer“) less than one of a trade.
PART, LEVEL = 0.6, 0.35
# A three of letters in more than the twentieth part of all wordings is a common one.
COMMON = 20
# What a word said in another language is sure to mean.
TRANSLATED = 0.9
# The vote of whole groups: how soon a word said often says no more, how much a long text is held against it, what a
# word of an explanation counts beside one of a title, what the vote counts beside the best wording.
OFTEN, LENGTH, EXPLAINED, VOTE = 1.2, 0.4, 0.3, 0.8
# A word of more than this part of the groups is no vote for any.
EVERYWHERE = 0.2
# How many groups the vote brings in that no wording has brought.
BROUGHT = 12
# Areas of two digits that have one place without a speciality for all of them: informatics.
WIDE = frozenset({"43"})
# The place of those without a speciality stands in for its neighbours: what it gets of the best of them.
GENERAL = 0.9


@dataclass(frozen=True)
class Wording:
    """One way to say an occupation. ``weight``: how much a hit counts (1: a title; less: a text about it)."""

    kldb: str
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Found:
    """A wording by its place in the list that the index was made from."""

    at: int
    score: float


class Index:
    """Made once from all wordings; then ``find`` as often as needed."""

    def __init__(self, wordings: Sequence[Wording], explained: Mapping[str, str] | None = None):
        """``explained``: by four digits what is said about a group at length."""
        self.groups = [intern(one.kldb[:4]) for one in wordings]
        self.weights = array("f", (one.weight for one in wordings))
        self.texts = [" ".join(one.words) for one in wordings]
        counts = Counter(word for one in wordings for word in set(one.words))
        self.vocabulary = sorted(counts)
        known = {word: at for at, word in enumerate(self.vocabulary)}
        sounds: dict[str, array] = defaultdict(lambda: array("H"))
        for at, word in enumerate(self.vocabulary):
            sounds[sound(word)].append(at)
        self.by_sound = dict(sounds)
        self.parts = self._parts_of(counts)
        # The wordings that hold a word; with it as a part of a compound only, apart.
        holders: dict[str, array] = defaultdict(lambda: array("H"))
        parted: dict[str, array] = defaultdict(lambda: array("H"))
        letters: dict[str, array] = defaultdict(lambda: array("H"))
        self.sizes = array("f")
        total = len(wordings)
        split = [self.split(word) for word in self.vocabulary]
        for at, one in enumerate(wordings):
            whole = dict.fromkeys(one.words)
            for word in whole:
                holders[word].append(at)
            for part in dict.fromkeys(part for word in whole for part in split[known[word]]):
                if part not in whole:
                    parted[part].append(at)
            for gram in grams(one.words):
                letters[gram].append(at)
        self.holders, self.parted, self.letters = dict(holders), dict(parted), dict(letters)
        self.spoken = sorted(self.holders.keys() | self.parted.keys())
        none = array("H")
        self.rarity = {
            word: math.log(1 + total / (len(holders.get(word, none)) + len(parted.get(word, none))))
            * (LEVEL if word in LEVELS else 1.0)
            for word in self.spoken
        }
        self.gram_rarity = {gram: math.log(1 + total / len(held)) for gram, held in letters.items()}
        for one in wordings:
            self.sizes.append(max(1.0, math.sqrt(sum(self.gram_rarity[gram] ** 2 for gram in grams(one.words)))))
        self._gather_votes(wordings, [split[known[word]] for word in self.vocabulary], known, explained or {})

    def _gather_votes(
        self,
        wordings: Sequence[Wording],
        split: Sequence[tuple[str, ...]],
        known: Mapping[str, int],
        explained: Mapping[str, str],
    ) -> None:
        """For each word the groups that it speaks for, all wordings of a group taken as one text."""
        said: dict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
        parts = {word: split[at] for word, at in known.items()}
        self.first: dict[str, int] = {}
        for at, one in enumerate(wordings):
            group = self.groups[at]
            if at == self.first.setdefault(group, at) or one.weight > self.weights[self.first[group]]:
                self.first[group] = at
            for word in one.words:
                said[group][word] += one.weight
                for part in parts[word]:
                    said[group][part] += PART * one.weight
        for group in said:
            for word in words_of(explained.get(group, "")):
                said[group][word] += EXPLAINED
                if word not in parts:
                    parts[word] = self.split(word)
                for part in parts[word]:
                    said[group][part] += EXPLAINED * PART
        self.names = sorted(said)
        usual = sum(math.sqrt(sum(words.values())) for words in said.values()) / max(1, len(said))
        votes: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, group in enumerate(self.names):
            words = said[group]
            against = OFTEN * (1 - LENGTH + LENGTH * math.sqrt(sum(words.values())) / usual)
            for word, often in words.items():
                votes[word].append((at, often * (OFTEN + 1) / (often + against)))
        # One run of two arrays for each word: an array by itself for each of 30,000 words would take twice the room.
        self.votes: dict[str, int] = {}
        self.vote_starts, self.vote_groups, self.vote_values = array("L", [0]), array("H"), array("f")
        for word, held in votes.items():
            if len(held) <= max(3, EVERYWHERE * len(self.names)):
                rarity = math.log(1 + len(self.names) / len(held)) * (LEVEL if word in LEVELS else 1.0)
                self.votes[word] = len(self.votes)
                self.vote_groups.extend(at for at, _ in held)
                self.vote_values.extend(rarity * one for _, one in held)
                self.vote_starts.append(len(self.vote_groups))

    def _votes_of(self, word: str) -> Iterable[tuple[int, float]]:
        at = self.votes.get(word)
        if at is None:
            return ()
        run = slice(self.vote_starts[at], self.vote_starts[at + 1])
        return zip(self.vote_groups[run], self.vote_values[run], strict=True)

    def _voted(self, meanings: Sequence[Mapping[str, float]]) -> dict[str, float]:
        """How much the words speak for each group as a whole: 1 for the one most spoken for."""
        total: dict[int, float] = defaultdict(float)
        for near_words in meanings:
            best: dict[int, float] = {}
            for near, likeness in near_words.items():
                for at, value in self._votes_of(near):
                    if value * likeness > best.get(at, 0.0):
                        best[at] = value * likeness
            for at, value in best.items():
                total[at] += value
        most = max(total.values(), default=1.0)
        return {self.names[at]: value / most for at, value in total.items()}

    def _parts_of(self, counts: Counter[str]) -> set[str]:
        return {word for word in counts if len(word) >= SHORTEST_PART and not word.isdigit()}

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound that the titles know as words of their own; the longest last part first."""
        if len(word) < 7:
            return ()
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART):
            last = word[at:]
            if len(last) < 4 or last not in self.parts:
                continue
            head = word[:at]
            for link in LINKS:
                stem = head.removesuffix(link) if link and head.endswith(link) else (head if not link else "")
                if len(stem) >= SHORTEST_PART and stem in self.parts:
                    return (stem, last)
            rest = self.split(head)
            if rest:
                return (*rest, last)
            if len(last) >= 5 and at >= 4:
                return (head, last)
        return ()

    def find(self, text: str, limit: int = 5) -> list[Found]:
        """The best wording of each of the ``limit`` best groups, best first."""
        asked = words_of(text)[:12]
        if not asked:
            asked = [masculine(word) for word in normalise(text).split() if len(word) > 1][:12]
        meanings = [self._meanings(word) for word in asked]
        scores = self._by_words(meanings)
        self._add_letters(asked, scores)
        weights = self.weights
        best = [at for _, at in nlargest(CANDIDATES, [(score * weights[at], at) for at, score in scores.items()])]
        query = " ".join(asked)
        return self._ranked(best, scores, query, self._voted(meanings), limit)

    def _by_words(self, meanings: Sequence[Mapping[str, float]]) -> dict[int, float]:
        scores: dict[int, float] = defaultdict(float)
        whole = (
            sum(max((self.rarity.get(near, 4.0) for near in near_words), default=4.0) for near_words in meanings) or 1.0
        )
        for near_words in meanings:
            best: dict[int, float] = {}
            for near, likeness in near_words.items():
                gain = self.rarity.get(near, 0.0) * likeness / whole
                for held, value in ((self.holders.get(near), gain), (self.parted.get(near), gain * PART)):
                    for at in held or ():
                        if value > best.get(at, 0.0):
                            best[at] = value
            for at, value in best.items():
                scores[at] += value
        return scores

    def _meanings(self, word: str) -> dict[str, float]:
        """Words of the index that may be meant, with how sure that is."""
        found: dict[str, float] = {}
        if word in self.rarity:
            found[word] = 1.0
        for one in ENGLISH.get(word, "").split():
            found.setdefault(one, TRANSLATED)
        parts = self.split(word)
        for part in parts:
            if part in self.rarity:
                found.setdefault(part, 0.75)
        if not found and word in self.votes:
            found[word] = 1.0
        if word not in self.rarity and word not in ENGLISH and len(word) > 3:
            spoken = sound(word)
            for at in self.by_sound.get(spoken, ()):
                found[self.vocabulary[at]] = 0.95
            near = process.extract(
                word, self.spoken, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=NEAR, limit=NEAREST
            )
            for one, likeness, _ in near:
                found[one] = max(found.get(one, 0.0), likeness * (1.0 if one[0] == word[0] else 0.9))
        return found

    def _add_letters(self, asked: list[str], scores: dict[int, float]) -> None:
        wanted = [gram for gram in grams(asked) if gram in self.letters]
        size = math.sqrt(sum(self.gram_rarity[gram] ** 2 for gram in wanted)) or 1.0
        # The commonest („er “, „in “) touch most titles and tell them least apart: left out where others are left.
        few = [gram for gram in wanted if len(self.letters[gram]) * COMMON < len(self.texts)]
        alike: dict[int, float] = defaultdict(float)
        for gram in few if len(few) > SHORTEST_PART else wanted:
            gain = self.gram_rarity[gram] ** 2 / size
            for at in self.letters[gram]:
                alike[at] += gain
        for at, value in alike.items():
            scores[at] += 0.9 * value / self.sizes[at]

    def _ranked(
        self, best: Iterable[int], scores: dict[int, float], query: str, voted: dict[str, float], limit: int
    ) -> list[Found]:
        tops: dict[str, Found] = {}
        votes: dict[str, float] = defaultdict(float)
        for at in best:
            fine = 0.35 * fuzz.token_sort_ratio(query, self.texts[at]) + 0.25 * fuzz.token_set_ratio(
                query, self.texts[at]
            )
            score = (scores[at] + fine / 100) * self.weights[at]
            group = self.groups[at]
            votes[group] += max(0.0, score) ** 4
            if group not in tops or score > tops[group].score:
                tops[group] = Found(at, score)
        for group in nlargest(BROUGHT, voted, key=lambda one: voted[one]):
            if group not in tops:
                at = self.first[group]
                tops[group] = Found(at, scores.get(at, 0.0) * self.weights[at])
        ranked = {
            group: one.score + 0.06 * math.log1p(votes[group]) + VOTE * voted.get(group, 0.0)
            for group, one in tops.items()
        }
        for group, score in list(ranked.items()):
            general = group[:2] + "10" if group[:2] in WIDE else group[:3] + "0"
            if ranked.get(general, 0.0) < score * GENERAL and general in self.first:
                ranked[general] = score * GENERAL
                tops.setdefault(general, Found(self.first[general], 0.0))
        order = sorted(ranked, key=lambda group: (-ranked[group], group))[:limit]
        return [Found(tops[group].at, ranked[group]) for group in order]
