"""What a partner answers, from its inbox or by a link, and what follows in the file.

The receiver sees one row and nothing of the dossier; what follows there (the act of the referral, the task) is done
with the eyes of whoever leads the case, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.db import connection

from ina.access.context import acting_as
from ina.access.queries import actor_for
from ina.accounts.models import Membership
from ina.base.actor import NOBODY, Actor, Person
from ina.base.clock import day_of
from ina.base.errors import Invalid, NotVisible, Refused
from ina.base.operation import note, operation
from ina.cases.operations import deadlines
from ina.network import policies, secrets
from ina.network.enums import ReferralAct, RefusalReason, Reply
from ina.network.lifecycle import may_follow
from ina.network.models import Disclosure, DisclosureAnswer
from ina.network.operations import referrals
from ina.network.queries.referrals import referral_state

RECEIVED = "der Eingang: die Wand öffnet dem Empfänger nur, was ihm zugestellt ist"
LED = "Folge einer Antwort, mit den Augen der Fallführung"
ANSWERED, NEW_LINK = "network.answer_came", "network.link_asked"
LONGEST = 2_000


@operation("network.answer_disclosure", may=policies.may_answer_disclosure)
def answer_disclosure(
    *, actor: Actor, now: datetime, token: str, reply: Reply, said: str = "", said_by: str = ""
) -> DisclosureAnswer:
    """Accept, decline, or ask something. NotVisible for what was not sent to the actor, or is no longer open to them.

    Invalid: a second yes or no, a question without words. An acceptance or refusal moves the referral on.
    """
    disclosure = (
        Disclosure.objects.unscoped(because=RECEIVED)
        .received_by(actor)
        .filter(token=token, open_until__gte=day_of(now))
        .first()
    )
    if disclosure is None:
        raise NotVisible()
    said, said_by = said.strip(), said_by.strip()
    if reply is Reply.ASK and not said:
        raise Invalid("Bitte schreiben Sie Ihre Frage.", "said")
    if len(said) > LONGEST:
        raise Invalid(f"Hier ist Platz für {LONGEST} Zeichen.", "said")
    answers = DisclosureAnswer.objects.unscoped(because=RECEIVED).filter(disclosure=disclosure)
    if reply is not Reply.ASK and answers.exclude(reply=Reply.ASK).exists():
        raise Invalid("Darauf ist schon geantwortet worden.")
    answer = DisclosureAnswer(
        dossier_id=disclosure.dossier_id,
        disclosure=disclosure,
        reply=str(reply),
        said=said,
        said_by=said_by[:120],
        answered_at=now,
    )
    answer.save(force_insert=True)
    note(disclosure=disclosure.number, reply=str(reply))
    with _as_leader(disclosure.pk) as leader:
        if leader is not None:
            _take(disclosure.pk, reply, leader, now)
    return answer


@operation("network.ask_new_link", may=policies.may_ask_new_link)
def ask_new_link(*, actor: Actor, now: datetime, address: str) -> None:
    """The button on the page of a link that is worth nothing any more. Whoever guesses learns nothing: no answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT network_ask_new_link(%s, %s)", [secrets.address_hash(address), now])
        disclosure_id = cursor.fetchone()[0]
    if disclosure_id is None:
        return
    with _as_leader(disclosure_id) as leader:
        if leader is not None:
            sent = Disclosure.objects.visible_to(leader).select_related("case").get(pk=disclosure_id)
            _ask(sent, NEW_LINK, leader, now)
            note(dossier=sent.dossier_id, disclosure=sent.number)


@operation("network.read_answer", may=policies.may_read_answer, on=Disclosure)
def read_answer(disclosure: Disclosure, *, actor: Actor, now: datetime) -> None:
    """Those who sent it have read all answers that there are; the task is done."""
    answers = DisclosureAnswer.objects.visible_to(actor).filter(disclosure=disclosure, read_at=None)
    for answer in answers:
        answer.read_at, answer.read_by_id = now, actor.membership_id
        answer.save(update_fields=["read_at", "read_by"])
    deadlines.done(disclosure.case, ANSWERED, day_of(now), now=now, by=actor.membership_id)
    note(disclosure=disclosure.number)


@contextmanager
def _as_leader(disclosure_id: int) -> Iterator[Person | None]:
    """With the eyes of whoever leads the case today; None when nobody does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT network_told_of(%s)", [disclosure_id])
        found = cursor.fetchone()[0]
    membership = Membership.objects.select_related("user").filter(pk=found, user__is_active=True).first()
    leader = actor_for(membership) if membership else None
    with acting_as(leader or NOBODY):
        yield leader


def _take(disclosure_id: int, reply: Reply, leader: Person, now: datetime) -> None:
    sent = Disclosure.objects.visible_to(leader).select_related("case", "referral", "partner").get(pk=disclosure_id)
    _ask(sent, ANSWERED, leader, now)
    if sent.referral is None or reply is Reply.ASK:
        return
    act = ReferralAct.ACCEPTED if reply is Reply.ACCEPT else ReferralAct.REFUSED
    if not may_follow(referral_state(leader, sent.referral), act):
        return
    # What does not follow (a consent that has gone) is for people to settle: the answer itself is kept.
    with suppress(Invalid, Refused):
        referrals.move_referral(
            actor=leader,
            servicereferral_id=sent.referral_id,
            act=act,
            happened_on=day_of(now),
            remark=f"Antwort der Stelle auf die Übermittlung {sent.number}",
            refused_because=RefusalReason.NOT_SAID,
            now=now,
        )


def _ask(sent: Disclosure, kind: str, leader: Person, now: datetime) -> None:
    deadlines.ask_on(sent.case, kind, day_of(now), responsible_id=leader.membership_id, now=now)
