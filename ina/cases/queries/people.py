"""The person behind the cases: names, representation, and files that may be about the same person."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import connection

from ina.access.models import Dossier
from ina.audit.trail import record_read
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.cases.enums import LinkState
from ina.cases.models import Alias, FormerName, Guardian, LikenessHint, Participant, SamePerson
from ina.cases.queries.intake import is_minor
from ina.cases.rules.likeness import LIKELY, KeyKind, Sheet, match_keys, place_key

SEARCHES_AN_HOUR = 30
REQUESTS = 100
PLACE = "PLACE"
TOO_LITTLE = "Zum Vergleich mit anderen Akten braucht es Vorname und Familienname, oder einen Namen und den Geburtstag."
TOO_OFTEN = (
    f"Sie haben in der letzten Stunde {SEARCHES_AN_HOUR}-mal nach weiteren Akten gesucht. Mehr lässt das System nicht "
    "zu, damit niemand Namen durchprobiert. Bitte versuchen Sie es später wieder."
)


class Described(Protocol):
    """What is known of somebody: ``referrals.Person`` (aliases separated by semicolons) or a ``Sheet``."""

    @property
    def surname(self) -> str: ...
    @property
    def given_name(self) -> str: ...
    @property
    def birth_name(self) -> str: ...
    @property
    def aliases(self) -> str | Sequence[str]: ...
    @property
    def sex(self) -> str: ...
    @property
    def born_on(self) -> date | None: ...
    @property
    def birth_place(self) -> str: ...


@dataclass(frozen=True)
class Alike:
    """A file that may be about the same person. ``number`` and ``name`` only where the asker sees the file anyway.

    score: percent, ``likely`` from 85. ask: the person, team or house to ask, in ``house``. handle: opaque, for
    ``ask_link``.
    """

    score: int
    likely: bool
    number: str
    name: str
    ask: str
    house: str
    handle: str


@dataclass(frozen=True)
class KnownLink:
    """A link of a file as its reader sees it. ``opens``: the reader may open the other file."""

    row: SamePerson
    label: str
    opens: bool


@dataclass(frozen=True)
class Names:
    """Names and representation of one person, as far as the reader may see them."""

    aliases: list[Alias]
    former: list[FormerName]
    guardians: list[Guardian]
    lacks_guardian: bool


def split_names(text: str) -> list[str]:
    """Names separated by semicolons or lines, each once."""
    return list(dict.fromkeys(part.strip()[:160] for part in re.split(r"[;\n]", text) if part.strip()))


def sheet_of(person: Described) -> Sheet:
    """What is compared of somebody who is typed in or read from a list."""
    aliases: Sequence[str] = split_names(person.aliases) if isinstance(person.aliases, str) else person.aliases
    return Sheet(
        surname=person.surname,
        given_name=person.given_name,
        birth_name=person.birth_name,
        aliases=tuple(aliases),
        former=tuple(getattr(person, "former", ())),
        born_on=person.born_on,
        sex=person.sex or "u",
        birth_place=person.birth_place,
    )


def sheet_of_file(actor: Actor, dossier_id: int) -> Sheet:
    """What is compared of the person of a visible file. Names under the ban on disclosure only for who may see them."""
    person = Participant.objects.visible_to(actor).get(dossier_id=dossier_id)
    aliases = Alias.objects.visible_to(actor).standing().filter(dossier_id=dossier_id).order_by("pk")
    former = FormerName.objects.visible_to(actor).filter(dossier_id=dossier_id).order_by("pk")
    return Sheet(
        surname=person.surname,
        given_name=person.given_name,
        birth_name=person.birth_name,
        aliases=tuple(alias.name for alias in aliases),
        former=tuple(name for row in former for name in former_names(row)),
        born_on=person.born_on,
        sex=person.sex,
        birth_place=person.birth_place,
    )


def former_names(row: FormerName) -> list[str]:
    """A former name and a former birth name, written as aliases are."""
    written = [", ".join(part for part in (row.surname, row.given_name) if part)]
    if row.birth_name:
        written.append(", ".join(part for part in (row.birth_name, row.given_name) if part))
    return [name for name in written if name]


def keys_of(sheet: Sheet) -> list[tuple[str, str]]:
    """Kind and value of all keys by which somebody is found; the place of birth is one of them."""
    keys = [
        (str(key.kind), key.value)
        for key in match_keys(sheet.surname, sheet.given_name, sheet.birth_name, sheet.aliases, sheet.former)
    ]
    place = place_key(sheet.birth_place)[:160]
    return [*keys, (PLACE, place)] if place else keys


def may_be_compared(sheet: Sheet) -> bool:
    """Whether enough is known to look for other files: a full name, or a day of birth and one name."""
    kinds = {kind for kind, _ in keys_of(sheet)}
    has_surname = bool(kinds & {KeyKind.SURNAME, KeyKind.OTHER})
    has_given = KeyKind.GIVEN in kinds
    return (has_surname and has_given) or (sheet.born_on is not None and (has_surname or has_given))


def find_alike(actor: Actor, person: Described, now: datetime, *, own: int | None = None) -> list[Alike]:
    """Files that may be about the same person, over all walls, the likeliest first; five at most.

    Of files that the actor does not see it tells the score and whom to ask, nothing else; files from which the actor
    is excluded (Befangenheit) and sealed ones are left out. own: the dossier of the person themselves. The search is
    recorded before it answers. Raises Invalid when too little is known, or after 30 searches in an hour.
    """
    sheet = sheet_of(person)
    if not may_be_compared(sheet):
        raise Invalid(TOO_LITTLE)
    holder = getattr(actor, "own_holder", None)
    if holder is None:
        return []
    recent = LikenessHint.objects.visible_to(actor).filter(
        holder_id=holder, score=0, given_at__gt=now - timedelta(hours=1)
    )
    if recent.count() >= SEARCHES_AN_HOUR:
        record_read(action="search.likeness", actor=actor, now=now, dossier_id=own, stopped=True)
        raise Invalid(TOO_OFTEN)
    keys = keys_of(sheet)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT handle, score, ask, house, found FROM cases_find_alike(%s, %s, %s, %s, %s, %s, %s)",
            [holder, now, [kind for kind, _ in keys], [value for _, value in keys], sheet.born_on, sheet.sex, own],
        )
        hits = cursor.fetchall()
    seen = numbers_of(actor, [found for *_, found in hits if found])
    record_read(action="search.likeness", actor=actor, now=now, dossier_id=own, hits=len(hits), visible=len(seen))
    return [
        Alike(
            score=score,
            likely=score >= LIKELY,
            number=seen[found][0] if found in seen else "",
            name=seen[found][1] if found in seen else "",
            ask=ask or "",
            house=house or "",
            handle=str(handle),
        )
        for handle, score, ask, house, found in hits
    ]


def numbers_of(actor: Actor, dossier_ids: list[int]) -> dict[int, tuple[str, str]]:
    """Number and name by dossier, of those that the actor sees."""
    if not dossier_ids:
        return {}
    rows = Participant.objects.visible_to(actor, Dossier).filter(dossier_id__in=dossier_ids).select_related("dossier")
    return {row.dossier_id: (row.dossier.number, row.listed_name) for row in rows}


def names_of(actor: Actor, participant: Participant, today: date) -> Names:
    """Other names and legal representatives of a visible person; voided entries last."""
    dossier_id = participant.dossier_id
    aliases = list(
        Alias.objects.visible_to(actor)
        .filter(dossier_id=dossier_id)
        .select_related("recorded_by__user", "voided_by__user")
    )
    guardians = list(
        Guardian.objects.visible_to(actor)
        .filter(dossier_id=dossier_id)
        .select_related("recorded_by__user", "voided_by__user")
    )
    return Names(
        aliases=sorted(aliases, key=lambda row: (row.is_voided, row.pk)),
        former=list(FormerName.objects.visible_to(actor).filter(dossier_id=dossier_id).order_by("-until_on", "-pk")),
        guardians=sorted(guardians, key=lambda row: (row.is_voided, row.pk)),
        lacks_guardian=is_minor(participant, today) and not any(represents(row, today) for row in guardians),
    )


def represents(row: Guardian, today: date) -> bool:
    return (
        not row.is_voided
        and (row.valid_from is None or row.valid_from <= today)
        and (row.valid_until is None or row.valid_until >= today)
    )


def list_guardians(actor: Actor, dossier_id: int, today: date) -> list[Guardian]:
    """Who represents the person today."""
    rows = Guardian.objects.visible_to(actor).standing().filter(dossier_id=dossier_id).order_by("pk")
    return [row for row in rows if represents(row, today)]


def list_links(actor: Actor, dossier_id: int) -> list[KnownLink]:
    """Questions and links of a visible file, the newest first."""
    rows = list(SamePerson.objects.visible_to(actor).filter(dossier_id=dossier_id).order_by("-asked_at", "-pk"))
    linked = [row.other_number for row in rows if row.state == LinkState.LINKED]
    opened = (
        set(Dossier.objects.visible_to(actor).filter(number__in=linked).values_list("number", flat=True))
        if linked
        else set()
    )
    return [KnownLink(row, LinkState(row.state).label, row.other_number in opened) for row in rows]


def count_link_requests(actor: Actor) -> int:
    """How many questions wait for the actor (``list_link_requests``)."""
    return SamePerson.objects.visible_to(actor).filter(state=LinkState.ASKED, is_asker=False).count()


def list_link_requests(actor: Actor) -> list[SamePerson]:
    """Questions about files that the actor sees, which wait for an answer, the oldest first."""
    rows = SamePerson.objects.visible_to(actor).filter(state=LinkState.ASKED, is_asker=False)
    return list(rows.select_related("dossier__participant").order_by("asked_at", "pk")[:REQUESTS])
