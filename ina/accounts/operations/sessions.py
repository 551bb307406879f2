"""Sessions: remembered for the person's own page, ended at once, forgotten after a while."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from ina.accounts import policies
from ina.accounts.models import SessionRecord, User
from ina.accounts.queries import length_of
from ina.accounts.rules import device_of, network_of
from ina.accounts.tokens import session_hash
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.operation import note, operation

# The table of sessions keeps the key itself, ours its hash: the database finds the one by the other.
END = "DELETE FROM django_session WHERE encode(sha256(convert_to(session_key, 'UTF8')), 'hex') = ANY(%s)"


def begin_session(*, user: User, session_key: str, user_agent: str, address: str, now: datetime) -> SessionRecord:
    """Remember a log-in. Called by the log-in itself, which is allauth's and no operation of ours."""
    minute = now.replace(second=0, microsecond=0)
    return SessionRecord.objects.create(
        user=user,
        session_hash=session_hash(session_key),
        created_at=minute,
        last_seen_at=minute,
        device=device_of(user_agent),
        address=network_of(address),
    )


def touch_session(record_id: int, now: datetime) -> None:
    """Somebody is still there. To the minute, so that it is no clock of anybody's work."""
    minute = now.replace(second=0, microsecond=0)
    SessionRecord.objects.filter(pk=record_id).update(last_seen_at=minute)


def rekey_session(record_id: int, session_key: str) -> None:
    """A session got a new key (after a change of password) and is the same session still."""
    SessionRecord.objects.filter(pk=record_id).update(session_hash=session_hash(session_key))


def close_session(record_id: int, now: datetime) -> None:
    """Logged out, by the person or by the clock."""
    SessionRecord.objects.running().filter(pk=record_id).update(ended_at=now)


def end_sessions(user: User, *, now: datetime, but: int | None = None) -> int:
    """End all sessions of an account at once (but one record's); answers how many."""
    records = user.session_records.running().exclude(pk=but)
    hashes = list(records.values_list("session_hash", flat=True))
    records.update(ended_at=now)
    with connection.cursor() as cursor:
        cursor.execute(END, [hashes])
        return cursor.rowcount


@operation("accounts.end_session", may=policies.may_end_session, on=SessionRecord)
def end_session(record: SessionRecord, *, actor: Actor, now: datetime) -> None:
    """End one's own session on another device; its next request is a stranger's."""
    record.ended_at = now
    record.save(update_fields=["ended_at"])
    with connection.cursor() as cursor:
        cursor.execute(END, [[record.session_hash]])
    note(user=record.user_id)


@operation("accounts.forget_sessions", may=policies.may_maintain)
def forget_sessions(*, actor: Actor, now: datetime) -> int:
    """Nightly: drop records of sessions last used longer ago than the parameter says."""
    limit = now - length_of("session_record_life", day_of(now))
    forgotten, _ = SessionRecord.objects.filter(last_seen_at__lt=limit).delete()
    note(forgotten=forgotten)
    return forgotten
