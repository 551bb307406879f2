"""What was passed on: as the file sees it, and as the receiver does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from ina.access.enums import Compartment
from ina.access.rules import labels_of
from ina.base.actor import Actor, Link
from ina.base.clock import day_of
from ina.base.errors import NotVisible
from ina.cases.models import Case
from ina.documents.leaks import words_that_betray
from ina.network import secrets
from ina.network.enums import Delivery, DisclosureState, Reply
from ina.network.models import Disclosure, DisclosureAnswer, DisclosureContent, DisclosureLink

RECEIVED = "der Eingang: die Wand öffnet dem Empfänger nur, was ihm zugestellt ist"
PAGE = 50
# The total is counted up to here: an agency may have thousands.
MOST = 1000


@dataclass(frozen=True)
class AnswerRow:
    reply: Reply
    said: str
    said_by: str
    answered_at: datetime
    is_read: bool


@dataclass(frozen=True)
class DisclosureRow:
    """A line of the list in the file. ``id`` and ``version`` are for operations."""

    id: int
    version: int
    number: int
    partner: str
    partner_key: str
    referral: int | None
    subject: str
    reason: str
    delivery: Delivery
    state: DisclosureState
    compartments: tuple[str, ...]
    basis: str
    basis_said: str
    by_consent: bool
    sha256: str
    asks_answer: bool
    prepared_at: datetime
    prepared_by: str
    released_at: datetime | None
    delivered_at: datetime | None
    opened_at: datetime | None
    open_until: date | None
    stopped_at: datetime | None
    stopped_because: str
    problem: str
    again_at: datetime | None
    link_asked: bool
    answers: tuple[AnswerRow, ...]

    @property
    def answer(self) -> AnswerRow | None:
        """The yes or no, if there is one."""
        return next((each for each in self.answers if each.reply is not Reply.ASK), None)

    @property
    def has_unread(self) -> bool:
        return any(not each.is_read for each in self.answers)


@dataclass(frozen=True)
class ShownSection:
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Received:
    """What the receiver reads. ``sender``: the neutral name of the house, or none; ``writer``: who released it."""

    token: str
    sender: str
    writer: str
    phone: str
    subject: str
    reason: str
    delivered_at: datetime
    open_until: date
    asks_answer: bool
    name: str
    sections: tuple[ShownSection, ...]
    answers: tuple[AnswerRow, ...]

    @property
    def answer(self) -> AnswerRow | None:
        return next((each for each in self.answers if each.reply is not Reply.ASK), None)


@dataclass(frozen=True)
class Inbox:
    """One page. ``more``: there are more than ``total``, which stops at ``MOST``."""

    rows: tuple[Received, ...]
    total: int
    more: bool
    page: int
    pages: int


def list_disclosures(actor: Actor, case: Case) -> list[DisclosureRow]:
    """All of a case, the newest first. Two statements more for links and answers."""
    rows = list(_of_case(actor, case).order_by("-number"))
    ids = [row.pk for row in rows]
    answers: dict[int, list[AnswerRow]] = {}
    for each in DisclosureAnswer.objects.visible_to(actor).filter(disclosure__in=ids).order_by("answered_at", "pk"):
        answers.setdefault(each.disclosure_id, []).append(_answer(each))
    asked = set(
        DisclosureLink.objects.visible_to(actor)
        .filter(disclosure__in=ids, closed_at=None, renewal_asked_at__isnull=False)
        .values_list("disclosure_id", flat=True)
    )
    return [_row(row, tuple(answers.get(row.pk, ())), row.pk in asked) for row in rows]


def get_disclosure(actor: Actor, case: Case, number: int) -> DisclosureRow:
    """One of a case. NotVisible when hidden or absent."""
    found = next((row for row in list_disclosures(actor, case) if row.number == number), None)
    if found is None:
        raise NotVisible()
    return found


def content_of(actor: Actor, disclosure_id: int) -> tuple[ShownSection, ...] | None:
    """What it says, to those in the file who see each compartment it tells of; None for all others."""
    row = DisclosureContent.objects.visible_to(actor).filter(disclosure=disclosure_id).first()
    return _sections(row.told) if row else None


def inbox(actor: Actor, *, today: date, unanswered: bool = False, search: str = "", page: int = 1) -> Inbox:
    """What was sent to the actor's house and is open to it, the newest first. ``search``: a part of the name."""
    rows = Disclosure.objects.unscoped(because=RECEIVED).received_by(actor).filter(open_until__gte=today)
    if unanswered:
        rows = rows.filter(asks_answer=True, reply="")
    if search.strip():
        rows = rows.filter(content__told__0__lines__0__1__icontains=search.strip())
    counted = rows.order_by()[: MOST + 1].count()
    total = min(counted, MOST)
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    found = _with_sender(rows).order_by("-delivered_at", "-pk")[(page - 1) * PAGE : min(page * PAGE, MOST)]
    return Inbox(tuple(_received_all(list(found))), total, counted > MOST, page, pages)


def received(actor: Actor, token: str, now: datetime) -> Received:
    """One of them; that it was looked at is noted. NotVisible for what is not the actor's, stopped or over."""
    rows = Disclosure.objects.unscoped(because=RECEIVED).received_by(actor)
    found = _with_sender(rows.filter(token=token, open_until__gte=day_of(now))).first()
    if found is None:
        raise NotVisible()
    with connection.cursor() as cursor:
        cursor.execute("SELECT network_look_at(%s, %s)", [found.pk, now])
    return _received_all([found])[0]


def try_link(address: str, code: str, now: datetime) -> tuple[str, Link | None]:
    """(state, who may come in). state: unknown, closed, expired, locked, shut, wrong, open (migration 0006).

    ``code`` empty: a look, which changes nothing. A wrong one is counted.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, link_id FROM network_try_link(%s, %s, %s, %s)",
            [secrets.address_hash(address), secrets.code_hash(code), now, secrets.MOST_TRIES],
        )
        state, link_id = cursor.fetchone()
    return state, Link(link_id) if link_id is not None else None


def token_behind(link: Link) -> str:
    """What this link opens. NotVisible when nothing does any more."""
    found = Disclosure.objects.unscoped(because=RECEIVED).received_by(link).values_list("token", flat=True).first()
    if found is None:
        raise NotVisible()
    return found


def unread_answers(actor: Actor, case: Case) -> int:
    """How many answers of a case nobody has read."""
    return DisclosureAnswer.objects.visible_to(actor).filter(disclosure__case=case, read_at=None).count()


def _of_case(actor: Actor, case: Case) -> Any:
    return (
        Disclosure.objects.visible_to(actor)
        .filter(case=case)
        .select_related("partner", "referral")
        .annotate(by=F("prepared_by__user__display_name"))
    )


def _row(row: Any, answers: tuple[AnswerRow, ...], link_asked: bool) -> DisclosureRow:
    return DisclosureRow(
        id=row.pk,
        version=row.version,
        number=row.number,
        partner=row.partner.short_name,
        partner_key=row.partner.key,
        referral=row.referral.number if row.referral else None,
        subject=row.subject,
        reason=row.reason,
        delivery=Delivery(row.delivery),
        state=row.state,
        compartments=tuple(labels_of(Compartment(row.compartments))),
        basis=row.basis,
        basis_said=row.basis_said,
        by_consent=row.consent_id is not None,
        sha256=row.sha256,
        asks_answer=row.asks_answer,
        prepared_at=row.prepared_at,
        prepared_by=row.by,
        released_at=row.released_at,
        delivered_at=row.delivered_at,
        opened_at=row.opened_at,
        open_until=row.open_until,
        stopped_at=row.stopped_at,
        stopped_because=row.stopped_because,
        problem=row.problem,
        again_at=row.again_at,
        link_asked=link_asked,
        answers=answers,
    )


def _with_sender(rows: Any) -> Any:
    return rows.select_related("content").annotate(
        writer=F("released_by__user__display_name"),
        house=F("released_by__institution__short_name"),
        neutral_house=F("released_by__institution__neutral_name"),
        phone=F("released_by__institution__phone"),
    )


def _received_all(rows: list[Any]) -> list[Received]:
    answers: dict[int, list[AnswerRow]] = {}
    ids = [row.pk for row in rows]
    of_them = DisclosureAnswer.objects.unscoped(because=RECEIVED).filter(disclosure__in=ids)
    for each in of_them.order_by("answered_at", "pk"):
        answers.setdefault(each.disclosure_id, []).append(_answer(each))
    return [_received(row, tuple(answers.get(row.pk, ()))) for row in rows]


def _received(row: Any, answers: tuple[AnswerRow, ...]) -> Received:
    sections = _sections(row.content.told)
    # A house that betrays custody by its name and has no neutral one is not named: the person who writes is enough.
    house = row.neutral_house or ("" if words_that_betray(row.house) else row.house)
    return Received(
        token=row.token,
        sender=house,
        writer=row.writer,
        phone=row.phone if house else "",
        subject=row.subject,
        reason=row.reason,
        delivered_at=row.delivered_at,
        open_until=row.open_until,
        asks_answer=row.asks_answer,
        name=sections[0].lines[0][1],
        sections=sections,
        answers=answers,
    )


def _sections(told: list[dict]) -> tuple[ShownSection, ...]:
    return tuple(ShownSection(one["title"], tuple((name, value) for name, value in one["lines"])) for one in told)


def _answer(row: Any) -> AnswerRow:
    return AnswerRow(Reply(row.reply), row.said, row.said_by, row.answered_at, row.read_at is not None)
