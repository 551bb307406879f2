"""Search inside one's own lists: who is called like this, and whose Buchnummer this is. Over the walls: ``outside``.

What matches below the wall is found by functions of the database (migration 0012); how well a name fits is decided
here (``rules.finding``). Answers ids of visible cases for the list, in its order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import connection

from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.base.names import sort_key, upper_bound
from ina.cases.models import Alias, Participant
from ina.cases.rules.finding import Asked, asked, cost_of, fit

# More than a page is no answer: the page asks to search more precisely.
MOST = 50
# So many other names are compared; found by these alone are few.
MOST_OTHERS = 40
WORDS = 3
NOTHING = Asked((), (), (), ())


@dataclass(frozen=True)
class Found:
    """Visible cases in the order in which they fit, at most MOST. more: there are more than these."""

    case_ids: list[int]
    more: bool = False
    query: Asked = NOTHING
    # Other names by case, of those who were found by them.
    others: Mapping[int, Collection[str]] = field(default_factory=dict)

    def because(self, case_id: int, surname: str, given_name: str) -> str:
        """Why this person was found; empty when literally by the beginning of the surname, or by a number."""
        found = fit(self.query, surname, given_name, self.others.get(case_id, ())) if self.query else None
        return found.because if found else ""


@dataclass(frozen=True)
class _Candidate:
    case_id: int
    dossier_id: int
    name_key: str
    is_open: bool
    by_other: bool


def find_cases(actor: Actor, text: str, *, ended: bool = False, principals: Iterable[int] = ()) -> Found:
    """Cases in the actor's scope by name; open ones before ended ones, which come along.

    ended: only those. principals: positions that the actor stands in for; the caller has looked that they may.
    """
    typed = " ".join(text.replace("\x00", "").replace(",", " ").split())[:120]
    query = asked(typed)
    if not query or not actor.holders:
        return Found([])
    candidates = _candidates(actor, query, sort_key(typed), [False] if ended else [True, False], principals)
    ranked = []
    unexplained = []
    for candidate in candidates:
        cost = cost_of(query, candidate.name_key)
        if cost is not None:
            ranked.append((not candidate.is_open, cost, candidate.name_key, candidate.case_id))
        elif candidate.by_other:
            unexplained.append(candidate)
    others: dict[int, list[str]] = {}
    if unexplained:
        others = _other_names(actor, unexplained[:MOST_OTHERS])
        for candidate in unexplained[:MOST_OTHERS]:
            if found := fit(query, candidate.name_key, "", others.get(candidate.case_id, ())):
                ranked.append((not candidate.is_open, found.cost, candidate.name_key, candidate.case_id))
    case_ids = [case_id for *_, case_id in sorted(ranked)]
    return Found(case_ids[:MOST], more=len(case_ids) > MOST, query=query, others=others)


def find_booked(actor: Actor, number: str, *, principals: Iterable[int] = ()) -> Found:
    """Cases in the actor's scope by the Buchnummer of a stay, open or ended; capitals and spaces do not matter."""
    if not actor.holders:
        return Found([])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id FROM cases_find_booked(%s, %s, %s, %s, %s)",
            [*_scope(actor, principals), number.replace("\x00", "").strip()[:30], MOST + 1],
        )
        case_ids = [case_id for (case_id,) in cursor.fetchall()]
    return Found(case_ids[:MOST], more=len(case_ids) > MOST)


def _scope(actor: Actor, principals: Iterable[int]) -> tuple[list[int] | None, int | None, int | None]:
    """Responsible positions, prison, team: one of the three."""
    if actor.role == Role.TEAM_LEAD:
        return None, None, actor.team_id or 0  # type: ignore[attr-defined]
    if actor.role == Role.PRISON_SOCIAL:
        return None, actor.institution_id, None  # type: ignore[attr-defined]
    return [actor.membership_id or 0, *principals], None, None


def _candidates(actor: Actor, query: Asked, key: str, opens: list[bool], principals: Iterable[int]) -> list[_Candidate]:
    exact, similar = (_padded(each) for each in (query.exact, query.similar))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cases_find(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                *_scope(actor, principals),
                opens,
                key,
                upper_bound(key),
                *exact,
                *similar,
                list(query.joined) or None,
                query.long_words or None,
                query.of_others,
                MOST,
            ],
        )
        rows = cursor.fetchall()
    by_case: dict[int, _Candidate] = {}
    for row in rows:
        candidate = _Candidate(*row)
        if candidate.case_id not in by_case or candidate.by_other:
            by_case[candidate.case_id] = candidate
    return list(by_case.values())


def _padded(keys: tuple[tuple[str, ...], ...]) -> list[list[str] | None]:
    """The longest words narrow most; the others are compared afterwards."""
    chosen = sorted(keys, key=lambda each: -len(each[0]))[:WORDS]
    return [*(list(each) for each in chosen), *[None] * (WORDS - len(chosen))]


def _other_names(actor: Actor, candidates: list[_Candidate]) -> dict[int, list[str]]:
    """By case: birth name and aliases that the actor may see."""
    dossiers = [candidate.dossier_id for candidate in candidates]
    names: dict[int, list[str]] = {}
    born = Participant.objects.visible_to(actor).filter(dossier_id__in=dossiers).exclude(birth_name="")
    for dossier_id, name in born.values_list("dossier_id", "birth_name"):
        names.setdefault(dossier_id, []).append(name)
    aliases = Alias.objects.visible_to(actor).standing().filter(dossier_id__in=dossiers).order_by("pk")
    for dossier_id, name in aliases.values_list("dossier_id", "name"):
        names.setdefault(dossier_id, []).append(name)
    return {each.case_id: names.get(each.dossier_id, []) for each in candidates}
