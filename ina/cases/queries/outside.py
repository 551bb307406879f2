"""Whether somebody has a file outside of one's own cases, and whom to ask. Over the walls, so: little is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from ina.audit.trail import record_read, record_reads
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.cases.enums import SearchReason
from ina.cases.models import LikenessHint
from ina.cases.queries.people import SEARCHES_AN_HOUR, TOO_OFTEN, keys_of, numbers_of
from ina.cases.rules.finding import asked, fold
from ina.cases.rules.likeness import WEIGHTS, KeyKind, Sheet, given_words

SHORTEST_REASON = 10
ACTION = "search.outside"
SAME = WEIGHTS["SURNAME"] + WEIGHTS["GIVEN"]


@dataclass(frozen=True)
class Elsewhere:
    """A file of somebody called like this. same: the name is the same, else it only sounds or is written alike.

    number, name: only where the asker sees the file anyway. ask: the person, team or house to ask, in ``house``.
    handle: opaque, for ``ask_link``.
    """

    same: bool
    number: str
    name: str
    ask: str
    house: str
    handle: str


def find_outside(
    actor: Actor,
    *,
    surname: str,
    given_name: str,
    born_on: date | None,
    reason: SearchReason,
    words: str,
    now: datetime,
) -> list[Elsewhere]:
    """Files of people with this full name, over all walls, five at most; with a day of birth, of people born then.

    Sealed files, files from which the actor is excluded, names under the ban on disclosure, and shielded files that
    the actor does not see find nothing. The search is recorded with its reason before it answers, in the trail of each
    file that matched as well. words: the reason where none of the list fits, without the name. Raises Invalid without a
    full name or a reason, or after 30 searches in an hour (those for double files count as well).
    """
    why = _reason(reason, words, f"{surname} {given_name}")
    keys = keys_of(Sheet(surname=surname, given_name=given_name))
    kinds = {kind for kind, _ in keys}
    if not {KeyKind.SURNAME, KeyKind.GIVEN} <= kinds or not asked(surname).exact or not asked(given_name).exact:
        raise Invalid("Bitte nennen Sie Vorname und Familienname, beide ausgeschrieben.", "surname")
    holder = getattr(actor, "own_holder", None)
    if holder is None:
        return []
    recent = LikenessHint.objects.visible_to(actor).filter(
        holder_id=holder, score=0, given_at__gt=now - timedelta(hours=1)
    )
    if recent.count() >= SEARCHES_AN_HOUR:
        record_read(action=ACTION, actor=actor, now=now, reason=why, stopped=True)
        raise Invalid(TOO_OFTEN)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT handle, score, ask, house, found, logged FROM cases_find_outside(%s, %s, %s, %s, %s)",
            [holder, now, [kind for kind, _ in keys], [value for _, value in keys], born_on],
        )
        rows = cursor.fetchall()
    told = [row for row in rows if row[0] is not None]
    seen = numbers_of(actor, [found for *_, found, _ in told if found])
    record_read(action=ACTION, actor=actor, now=now, reason=why, hits=len(told), visible=len(seen))
    # Whoever leads a file learns that somebody looked for it, a shielded one too.
    record_reads(action=ACTION, actor=actor, now=now, reasons={row[-1]: why for row in rows})
    return [
        Elsewhere(
            same=score >= SAME,
            number=seen[found][0] if found in seen else "",
            name=seen[found][1] if found in seen else "",
            ask=ask or "",
            house=house or "",
            handle=str(handle),
        )
        for handle, score, ask, house, found, _ in told
    ]


def _reason(reason: SearchReason, words: str, name: str) -> str:
    """The reason as the trail keeps it, which never names the person."""
    if reason is not SearchReason.OTHER:
        return reason.label
    said = " ".join(words.split())
    if len(said) < SHORTEST_REASON:
        raise Invalid(f"Bitte nennen Sie den Grund (mindestens {SHORTEST_REASON} Zeichen).", "words")
    names = {form for word in given_words(name) if len(word) > 2 for form in (fold(word), fold(f"{word}s"))}
    if names & {fold(word) for word in given_words(said)}:
        raise Invalid("Bitte ohne den Namen: Der Grund steht im Protokoll, wonach Sie gesucht haben nicht.", "words")
    return f"{reason.label}: {said}"
