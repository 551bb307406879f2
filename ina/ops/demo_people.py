"""The invented people: who lives which of the stories. Pure: the same day makes the same people, on every machine.

Sex, age, nationality, kind and length of custody are dealt out so that together they are as published
(``demo_figures``); everything else is chosen by a generator of each person's own, so that nobody's choice moves
another's.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ina.ops import demo_casting as casting
from ina.ops import demo_figures as figures
from ina.ops.demo_casting import LIFE, LOWER, UPPER, YEAR, YOUTH
from ina.ops.demo_lives import Life, lives
from ina.ops.demo_names import ELSEWHERE, GERMAN, SURNAMES, TOWNS, Origin, Town, other_spelling
from ina.ops.demo_stories import Stage
from ina.reference.rules import add_months, working_day_on_or_before

SEED = 20090701
SHORTEST = next(iter(UPPER))
# So many files are about somebody who has one already, in another house and under another spelling.
DOUBLES = 3


@dataclass(frozen=True)
class Invented:
    """One person. ``length``: which of the published lengths the sentence is of; ``begins_on``: of the sentence."""

    number: int
    life: Life
    prison: str
    surname: str
    given_name: str
    birth_name: str
    aliases: str
    sex: str
    age: int | None
    born_on: date | None
    origin: Origin | None
    birth_place: str
    custody: str
    length: str
    begins_on: date
    release_on: date | None
    town: Town | None
    trained: bool
    long_unemployed: bool
    double_of: int | None = None

    @property
    def chance(self) -> random.Random:
        """A generator of this person's own, always begun anew."""
        return random.Random(f"{SEED}-{self.number}")

    @property
    def booking_number(self) -> str:
        return f"{1000 + self.number:05d}/{self.begins_on.year % 100:02d}/{self.number % 10}"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.surname}"


def people(today: date, how_many: int | None = None) -> list[Invented]:
    """Everybody, in the order in which they were referred; or so many, the first of each group first."""
    everybody = _cast(list(lives()), today)
    if how_many is not None:
        order = sorted(range(len(everybody)), key=lambda place: (everybody[place].life.place, place))
        everybody = [everybody[place] for place in sorted(order[:how_many])]
        there = {one.number for one in everybody}
        everybody = [one if one.double_of in there else replace(one, double_of=None) for one in everybody]
    return sorted(everybody, key=lambda one: (one.life.referred, one.number))


# --- who lives them ------------------------------------------------------------------------------------------------


def _cast(stories: list[Life], today: date) -> list[Invented]:
    chance = random.Random(SEED)
    sexes, ages = casting.sexes(stories, chance), casting.ages(stories, chance)
    custodies, lengths = casting.custodies(stories, ages, chance)
    origins = casting.origins(stories, chance)
    trained = casting.trained(custodies, chance)
    unemployed = casting.unemployed(len(stories), chance)
    names = casting.names(sexes, origins, chance)
    dealt = zip(stories, sexes, ages, custodies, lengths, origins, trained, unemployed, names, strict=True)
    return _with_doubles([_person(number, today, *each) for number, each in enumerate(dealt)])


def _with_doubles(everybody: list[Invented]) -> list[Invented]:
    """Some who were referred lately have a file already that ended, in another prison, under a name spelt otherwise."""
    marks, found = [*(year for _, year, _ in figures.ages(100))], list(everybody)

    def bracket(one: Invented) -> int:
        return sum(year < (one.age or 0) for year in marks)

    former = [one for one in everybody if one.life.group.stage in (Stage.ENDED, Stage.DECLINED)]
    used: set[int] = set()
    for late in everybody:
        if len(used) == DOUBLES:
            break
        if (
            late.life.group.stage not in (Stage.SCREENING, Stage.WAITING)
            or late.age is None
            or late.origin is not GERMAN
        ):
            continue
        for one in former:
            alike = (one.sex, one.origin, bracket(one)) == (late.sex, late.origin, bracket(late))
            spelt = other_spelling(one.surname)
            if alike and one.prison != late.prison and spelt != one.surname and one.number not in used:
                used.add(one.number)
                found[late.number] = replace(
                    late, surname=spelt, given_name=one.given_name, birth_name="", aliases="", age=one.age,
                    born_on=one.born_on, birth_place=one.birth_place, double_of=one.number,
                )  # fmt: skip
                break
    return found


def _person(
    number: int, today: date, life: Life, sex: str, age: int | None, custody: str, length: str, origin: Origin | None,
    trained: bool, long_unemployed: bool, name: tuple[str, str],
) -> Invented:  # fmt: skip
    chance = random.Random(f"{SEED}-person-{number}")
    surname, given_name = name
    prison = casting.prison(life, sex)
    release = working_day_on_or_before(today + timedelta(days=life.release)) if life.release is not None else None
    referred = today + timedelta(days=life.referred)
    born = add_months(today - timedelta(days=chance.randrange(1, 360)), -12 * age) if age is not None else None
    return Invented(
        number=number,
        life=life,
        prison=prison,
        surname=surname,
        given_name=given_name,
        birth_name=chance.choice(SURNAMES) if chance.random() < (0.35 if sex == "w" else 0.03) else "",
        aliases=f"{given_name[:4]} {chance.choice(SURNAMES)}" if number % 41 == 7 else "",
        sex=sex,
        age=age,
        born_on=born,
        origin=origin,
        birth_place=chance.choice((origin or GERMAN).birth_places),
        custody=custody,
        length=length,
        begins_on=_begin(custody, length, born, referred, release, chance),
        release_on=release,
        town=_town(life, prison, chance),
        trained=trained,
        long_unemployed=long_unemployed,
    )


def _begin(
    custody: str, length: str, born: date | None, referred: date, release: date | None, chance: random.Random
) -> date:
    """When the sentence began: before the referral, and so that its whole length is of the published kind."""
    until = release or referred + timedelta(days=YEAR)
    grown = add_months(born, 12 * 18) if born else date.min
    if length == LIFE:
        begun = until - timedelta(days=chance.randrange(16 * YEAR, 21 * YEAR))
    elif length:
        least = max(LOWER[length], (until - referred).days + 5)
        begun = until - timedelta(days=chance.randrange(least, max(least + 1, UPPER[length] - 2)))
    elif custody == YOUTH:
        begun = referred - timedelta(days=chance.randrange(20, 240))
    else:
        begun = referred - timedelta(days=chance.randrange(8 * YEAR, 14 * YEAR))
    return min(max(begun, grown), referred - timedelta(days=3)) if length != SHORTEST else begun


def _town(life: Life, prison: str, chance: random.Random) -> Town | None:
    """Where they will live; nobody knows it yet of some, and of those who will be homeless."""
    if life.turn(life.group.reasons) == "OUTSIDE_NRW":
        return ELSEWHERE
    if life.happens("homeless") or chance.random() < 0.07:
        return None
    return chance.choice(TOWNS[prison])
