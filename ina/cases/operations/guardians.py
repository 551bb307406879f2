"""Who signs with or for the person."""

from __future__ import annotations

from datetime import date, datetime

from ina.access.models import Dossier
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.base.operation import operation
from ina.cases import policies
from ina.cases.models import Guardian, Participant
from ina.cases.queries import is_minor

WHY = "Teil einer Operation, die die Akte schon als sichtbar geladen hat"


@operation("cases.add_guardian", may=policies.may_add_guardian, on=Participant)
def add_guardian(
    participant: Participant,
    *,
    actor: Actor,
    name: str,
    relation: str,
    contact: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    now: datetime,
) -> Guardian:
    """A parent of a minor (§ 1629 BGB), a guardian, somebody appointed by court (Betreuung, § 1814 BGB)."""
    guardian = Guardian(
        dossier_id=participant.dossier_id,
        name=name.strip(),
        relation=relation.strip(),
        contact=contact.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    if valid_from and valid_until and valid_until < valid_from:
        raise Invalid("Das Ende liegt vor dem Anfang.", "valid_until")
    guardian.clean_fields(exclude=["dossier", "recorded_by"])
    guardian.save(force_insert=True)
    return guardian


def require_guardian(dossier: Dossier, on: date, signed: str) -> None:
    """For ``access.operations.consents``: nobody under age consents alone (Art. 8 GDPR, § 107 BGB)."""
    person = Participant.objects.unscoped(because=WHY).filter(dossier=dossier).first()
    if person is not None and not signed and is_minor(person, on):
        raise Invalid(
            "Bei Minderjährigen unterschreibt die gesetzliche Vertretung mit. Bitte nennen Sie ihren Namen.", "guardian"
        )


@operation("cases.void_guardian", may=policies.may_void_guardian, on=Guardian)
def void_guardian(guardian: Guardian, *, actor: Actor, because: str, now: datetime) -> None:
    """The entry was wrong. It stays visible, struck through, and counts no longer."""
    if not because.strip():
        raise Invalid("Bitte sagen Sie, warum der Eintrag falsch war.", "because")
    guardian.voided_at, guardian.voided_by_id, guardian.voided_because = now, actor.membership_id, because.strip()
    guardian.version += 1
    guardian.clean_fields(exclude=["dossier", "recorded_by", "voided_by"])
    guardian.save()
