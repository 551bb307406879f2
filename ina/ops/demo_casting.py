"""Deals out who people are, so that together they are as published (``demo_figures``). Pure."""

from __future__ import annotations

import random

from ina.ops import demo_figures as figures
from ina.ops.demo_days import spread
from ina.ops.demo_lives import Life
from ina.ops.demo_logins import DUESSELDORF, GELSENKIRCHEN, PLACES, WILLICH
from ina.ops.demo_names import FOREIGN, GERMAN, SURNAMES, Origin
from ina.ops.demo_stories import Stage

YEAR = 365
# The published lengths in days: what a sentence of each takes at least and at most.
LOWER = {"bis 9 Monate": 60, "über 9 Monate bis 2 Jahre": 280, "über 2 bis 5 Jahre": 745, "über 5 bis 15 Jahre": 1850}
UPPER = {"bis 9 Monate": 273, "über 9 Monate bis 2 Jahre": 730, "über 2 bis 5 Jahre": 1826, "über 5 bis 15 Jahre": 5478}
LIFE, NO_LENGTH = "lebenslang", ""
SENTENCE, YOUTH, PREVENTIVE = "SENTENCE", "YOUTH_SENTENCE", "PREVENTIVE_DETENTION"
# Of so many people nothing is known yet; it is a value, and the shares are of those of whom it is known.
SEX_UNKNOWN, BIRTH_UNKNOWN, NATIONALITY_UNKNOWN = 1, 2, 2
FOREIGN_BY_REASON = frozenset({"DEPORTATION", "NO_WORK_PERMIT"})
YOUNGER_THAN = 24  # of those who serve a youth sentence
YOUNGEST = 18.8  # at the referral: these are prisons for adults
# A sentence lasts at least so many days longer than the part of it that the programme could use.
BEFORE_REFERRAL = 12


def sexes(lives: list[Life], chance: random.Random) -> list[str]:
    """Women are where there is a prison for them: led from Willich II, some in Gelsenkirchen."""
    wanted = figures.counts(figures.SEX.shares, len(lives) - SEX_UNKNOWN)["w"]
    wandas = [place for place, life in enumerate(lives) if life.lead == "wanda"]
    cems = [place for place, life in enumerate(lives) if life.lead == "cem"]
    chance.shuffle(cems)
    step = len(wandas) / max(1, wanted - 3)
    women = {wandas[int(turn * step)] for turn in range(wanted - 3)} | set(cems[:3])
    unknown = next(
        place for place, life in enumerate(lives) if life.group.stage is Stage.SCREENING and life.lead == "bert"
    )
    return ["w" if place in women else "u" if place == unknown else "m" for place in range(len(lives))]


def prison(life: Life, sex: str) -> str:
    if sex == "w":
        return GELSENKIRCHEN if life.lead == "cem" else WILLICH
    # The women's prison has few places: whoever works there leads men in Düsseldorf as well.
    return DUESSELDORF if PLACES[life.lead] == WILLICH else PLACES[life.lead]


def ages(lives: list[Life], chance: random.Random) -> list[int | None]:
    known = len(lives) - BIRTH_UNKNOWN
    dealt: list[int | None] = []
    for first, last, count in figures.ages(known):
        dealt += [spread(first, last, place, count) for place in range(count)]
    chance.shuffle(dealt)
    early = [place for place, life in enumerate(lives) if life.group.stage is Stage.UNALLOCATED][:BIRTH_UNKNOWN]
    for place in early:
        dealt.insert(place, None)
    # Nobody was referred as a child: the youngest change places with somebody who was referred lately.
    for place, life in enumerate(lives):
        if not _of_age(life, dealt[place]):
            other = next(
                other for other in range(len(lives))
                if _of_age(lives[other], dealt[place]) and _of_age(life, dealt[other]) and dealt[other] is not None
            )  # fmt: skip
            dealt[place], dealt[other] = dealt[other], dealt[place]
    return dealt


def _of_age(life: Life, age: int | None) -> bool:
    return age is None or age + life.referred / YEAR >= YOUNGEST


def custodies(lives: list[Life], ages: list[int | None], chance: random.Random) -> tuple[list[str], list[str]]:
    """Kind and length for each, so that the time in the programme fits into the sentence."""
    wanted = figures.counts(figures.CUSTODY.shares, len(lives))
    custodies = [SENTENCE] * len(lives)
    refused = [
        place for place, life in enumerate(lives)
        if life.group.stage is Stage.REJECTED and life.turn(life.group.reasons) == "CUSTODY_KIND"
    ]  # fmt: skip
    for place in refused[: wanted[PREVENTIVE]]:
        custodies[place] = PREVENTIVE
    # Only those who are young serve a youth sentence, and not in the women's prison.
    young = [
        place for place, life in enumerate(lives)
        if (age := ages[place]) is not None and age < YOUNGER_THAN + (life.group.stage is Stage.ENDED)
        and life.release is not None and custodies[place] == SENTENCE
    ]  # fmt: skip
    chance.shuffle(young)
    for place in young[: wanted[YOUTH]]:
        custodies[place] = YOUTH
    return custodies, _lengths(lives, custodies, ages, chance)


def _lengths(lives, custodies, ages, chance: random.Random) -> list[str]:
    """The longest first, each to those whom nothing shorter would fit, then to whoever chance picks."""
    free = [place for place, custody in enumerate(custodies) if custody == SENTENCE]
    wanted = figures.counts(figures.LENGTH.shares, len(free))
    lengths = [NO_LENGTH] * len(lives)
    # Nobody knows when somebody with a life sentence is released, unless it is near.
    endless = sorted(
        free,
        key=lambda place: (
            lives[place].release is not None, (ages[place] or 0) < 40,
            lives[place].group.stage is not Stage.INSIDE, -lives[place].inside,
        ),
    )  # fmt: skip
    for place in endless[: wanted[LIFE]]:
        lengths[place] = LIFE
    chance.shuffle(free)
    order = list(UPPER)
    for shorter, length in reversed(list(zip([None, *order], order, strict=False))):
        fit = [place for place in free if not lengths[place] and lives[place].inside + BEFORE_REFERRAL <= UPPER[length]]
        must = [place for place in fit if shorter and lives[place].inside + BEFORE_REFERRAL > UPPER[shorter]]
        old = [place for place in fit if place not in set(must) and _old_enough(length, ages[place])]
        rest = [place for place in fit if place not in set(must) and place not in set(old)]
        for place in [*must, *old, *rest][: wanted[length]]:
            lengths[place] = length
    return lengths


def _old_enough(length: str, age: int | None) -> bool:
    return age is None or age - UPPER[length] / YEAR * 0.8 > 18


def origins(lives: list[Life], chance: random.Random) -> list[Origin | None]:
    total, foreign = len(lives), figures.FOREIGN.shares["ohne deutschen Pass"]
    wanted = figures.counts({"foreign": foreign, "german": 100 - foreign}, total - NATIONALITY_UNKNOWN)["foreign"]
    outside_union = [origin for origin in FOREIGN if not origin.union]
    origins: list[Origin | None] = [GERMAN] * total
    needed = [
        place for place, life in enumerate(lives)
        if life.turn(life.group.reasons) in FOREIGN_BY_REASON or life.group.ending == "DEPARTED"
    ]  # fmt: skip
    others = [place for place in range(total) if place not in set(needed)]
    chance.shuffle(others)
    for turn, place in enumerate(needed):
        origins[place] = outside_union[turn % len(outside_union)]
    for place in others[: wanted - len(needed)]:
        origins[place] = chance.choice(FOREIGN[:8] if chance.random() < 0.75 else FOREIGN[8:])
    unknown = [place for place in others[wanted:] if lives[place].group.stage in (Stage.UNALLOCATED, Stage.SCREENING)]
    for place in unknown[:NATIONALITY_UNKNOWN]:
        origins[place] = None
    return origins


def trained(custodies: list[str], chance: random.Random) -> list[bool]:
    """Whether they have completed a training."""
    untrained = figures.UNTRAINED.shares
    answer = [False] * len(custodies)
    for young, without in ((False, untrained["Erwachsene"]), (True, untrained["Jugendliche"])):
        places = [place for place, custody in enumerate(custodies) if (custody == YOUTH) is young]
        chance.shuffle(places)
        with_training = figures.counts({"without": without, "with": 100 - without}, len(places))["with"]
        for place in places[:with_training]:
            answer[place] = True
    return answer


def unemployed(total: int, chance: random.Random) -> list[bool]:
    """Whether they were without work for long before custody."""
    long = figures.LONG_UNEMPLOYED.shares["langzeitarbeitslos"]
    wanted = figures.counts({"yes": long, "no": 100 - long}, total)["yes"]
    answer = [place < wanted for place in range(total)]
    chance.shuffle(answer)
    return answer


def names(sexes: list[str], origins: list[Origin | None], chance: random.Random) -> list[tuple[str, str]]:
    """Surname and given name: no two people have both in common. Some surnames are double."""
    surnames = list(SURNAMES)
    chance.shuffle(surnames)
    taken: set[tuple[str, str]] = set()
    answer = []
    for place, (sex, origin) in enumerate(zip(sexes, origins, strict=True)):
        surname = surnames[place % len(surnames)]
        if place % 29 == 11:
            surname = f"{surname}-{surnames[(place * 7 + 3) % len(surnames)]}"
        pool = (origin or GERMAN).women if sex == "w" else (origin or GERMAN).men
        given = [*pool] or [*GERMAN.women]
        chance.shuffle(given)
        name = next((surname, one) for one in [*given, *GERMAN.men] if (surname, one) not in taken)
        taken.add(name)
        answer.append(name)
    return answer
