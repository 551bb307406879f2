"""Writing the trail.

Operations are recorded on their own connection and in their own transaction: undone together. What was *seen* is
recorded on the second connection ``log`` before the answer, so that a failure of the request cannot hide it.
Rows are inserted without RETURNING: their writer need not be allowed to read them (architecture, T9).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.db import connections, models

from ina.base.actor import Actor

INSERT = """
INSERT INTO audit_entry (at, action, actor, user_id, membership_id, dossier_id, subject, reason, details)
SELECT %s::timestamptz, %s, %s, %s::bigint, %s::bigint, dossier, %s, %s, %s::jsonb FROM unnest(%s::bigint[]) dossier
"""


def record_operation(*, name: str, actor: Actor, now: datetime, subject, details: dict) -> None:
    """Called by ``base.operation`` inside the transaction of the operation.

    An operation that touches other dossiers than its subject's notes their ids as ``dossiers`` (or the one as
    ``dossier``): each gets a line of its own, so that every file's log is complete.
    """
    dossier_id, label = _subject_of(subject)
    others = details.pop("dossiers", None) or [dossier_id or details.get("dossier")]
    _insert("default", now, name, actor, others, label, "", details)


def record_read(
    *, action: str, actor: Actor, now: datetime, dossier_id: int | None = None, reason: str = "", **details
) -> None:
    """Somebody sees or takes something: ``read.file``, ``search.people``, ``export.caseload`` …

    Survives the rollback of the request. ``reason`` must let the reason be derived (§ 35 JVollzDSG NRW): usually the
    basis of the grant. ``details`` carry ids, counts and codes, never the words searched for.
    """
    _insert("log", now, action, actor, [dossier_id], "", reason, details)


def record_reads(*, action: str, actor: Actor, now: datetime, reasons: Mapping[int, str], **details) -> None:
    """As ``record_read``, for a list that shows something of several files: a line for each. reasons: by dossier id."""
    for reason in sorted(set(reasons.values())):
        dossier_ids = [dossier_id for dossier_id, why in reasons.items() if why == reason]
        _insert("log", now, action, actor, dossier_ids, "", reason, details)


def _insert(alias, now, action, actor, dossiers, subject, reason, details) -> None:
    who = (actor.label, actor.user_id, actor.membership_id)
    said = (subject, reason, json.dumps(details, default=str))
    with connections[alias].cursor() as cursor:
        cursor.execute(INSERT, [now, action, *who, *said, list(dossiers)])


def _subject_of(subject) -> tuple[int | None, str]:
    if not isinstance(subject, models.Model):
        return None, ""
    dossier_id = getattr(subject, "dossier_id", None)
    if dossier_id is None and subject._meta.label == "access.Dossier":
        dossier_id = subject.pk
    return dossier_id, f"{subject._meta.label_lower}:{subject.pk}"
