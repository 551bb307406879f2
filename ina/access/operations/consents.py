"""What the person allowed: recorded, and withdrawn with effect at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from ina.access import policies
from ina.access.enums import Basis, Channel, ConsentPurpose
from ina.access.events import ConsentWithdrawn
from ina.access.models import Consent, Dossier
from ina.access.operations import grants
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.institutions.models import Institution

# Whether a consent of this day is signed by everybody it needs: dossier, day, who signed with the person. Raises
# Invalid. Filled in ``apps.ready`` by modules that know the person.
Signatures = Callable[[Dossier, date, str], None]
_signatures: list[Signatures] = []


def register_signatures(check: Signatures) -> None:
    if check not in _signatures:
        _signatures.append(check)


@operation("access.record_consent", may=policies.may_record_consent, on=Dossier)
def record_consent(
    dossier: Dossier,
    *,
    actor: Actor,
    purpose: ConsentPurpose,
    given_on: date,
    text_version: str,
    on_paper: bool,
    language: str = "de",
    interpreter: str = "",
    guardian: str = "",
    recipient_id: int | None = None,
    now: datetime,
) -> Consent:
    """A consent that the person gave on a day. One running consent per purpose (and recipient, where there is one).

    Raises Invalid: a day in the future, a recipient that is missing, unknown or not asked for, no signature of the
    legal representative of a minor.
    """
    if given_on > day_of(now):
        raise Invalid("Das Datum der Einwilligung liegt in der Zukunft.", "given_on")
    if purpose.needs_recipient != (recipient_id is not None):
        raise Invalid(
            "Bitte nennen Sie die Stelle, für die diese Einwilligung gilt."
            if purpose.needs_recipient
            else "Diese Einwilligung gilt nicht für eine einzelne Stelle.",
            "recipient",
        )
    if recipient_id is not None and not Institution.objects.filter(pk=recipient_id).exists():
        raise Invalid("Diese Stelle gibt es nicht.", "recipient")
    for check in _signatures:
        check(dossier, given_on, guardian.strip())
    note(purpose=str(purpose), recipient=recipient_id)
    return add_consent(
        dossier=dossier,
        membership_id=actor.membership_id,
        purpose=purpose,
        given_on=given_on,
        text_version=text_version,
        on_paper=on_paper,
        language=language,
        interpreter=interpreter,
        guardian=guardian,
        recipient_id=recipient_id,
        now=now,
    )


def add_consent(
    *,
    dossier,
    membership_id,
    purpose,
    given_on,
    text_version,
    on_paper,
    language="de",
    interpreter="",
    guardian="",
    recipient_id=None,
    now,
) -> Consent:
    """The row itself; for operations of modules above that record several things at once (admission)."""
    consent = Consent(
        dossier=dossier,
        purpose=str(purpose),
        given_on=given_on,
        text_version=text_version,
        on_paper=on_paper,
        language=language,
        interpreter=interpreter.strip(),
        guardian=guardian.strip(),
        recipient_id=recipient_id,
        recorded_at=now,
        recorded_by_id=membership_id,
    )
    consent.validate_constraints()
    consent.save(force_insert=True)
    return consent


@operation("access.withdraw_consent", may=policies.may_withdraw_consent, on=Consent)
def withdraw_consent(consent: Consent, *, actor: Actor, withdrawn_on: date, channel: Channel, now: datetime) -> None:
    """The person takes a consent back, by whatever channel. Every grant that rests on it ends now.

    The row stays: it is the evidence that there was a consent (Art. 7 GDPR). Publishes ConsentWithdrawn.
    """
    if withdrawn_on > day_of(now):
        raise Invalid("Das Datum des Widerrufs liegt in der Zukunft.", "withdrawn_on")
    if withdrawn_on < consent.given_on:
        raise Invalid("Der Widerruf liegt vor der Einwilligung.", "withdrawn_on")
    consent.withdrawn_on = withdrawn_on
    consent.withdrawn_by_channel = str(channel)
    consent.withdrawal_recorded_at = now
    consent.version += 1
    consent.save()
    closed = grants.close(at=now, dossier_id=consent.dossier_id, basis=Basis.CONSENT, basis_id=consent.pk)
    note(purpose=consent.purpose, grants_closed=closed)
    publish(ConsentWithdrawn(dossier_id=consent.dossier_id, consent_id=consent.pk, purpose=consent.purpose))


@operation("access.void_consent", may=policies.may_void_consent, on=Consent)
def void_consent(consent: Consent, *, actor: Actor, because: str, now: datetime) -> None:
    """This consent was entered by mistake: it was never given. Every grant that rests on it ends now.

    It stays visible, struck through. An admission that rests on it stays as well: whoever voids decides on it.
    """
    if not because.strip():
        raise Invalid("Bitte begründen Sie das.", "because")
    consent.voided_at = now
    consent.voided_by_id = actor.membership_id
    consent.voided_because = because.strip()
    consent.version += 1
    consent.clean_fields(exclude=["dossier", "recipient", "recorded_by", "voided_by"])
    consent.save()
    closed = grants.close(at=now, dossier_id=consent.dossier_id, basis=Basis.CONSENT, basis_id=consent.pk)
    note(purpose=consent.purpose, grants_closed=closed)
