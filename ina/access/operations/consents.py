"""What the person allowed: recorded, and withdrawn with effect at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from ina.access import policies
from ina.access.enums import Basis, Channel, Compartment, ConsentPurpose, Direction
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


# What happens in the same transaction when a consent no longer holds (withdrawn, voided, replaced) or a new one was
# recorded: links are closed, what waits is stopped, tasks appear. Filled in ``apps.ready``.
Effect = Callable[[Consent, datetime], None]
_endings: list[Effect] = []
_beginnings: list[Effect] = []


def on_consent_end(effect: Effect) -> None:
    if effect not in _endings:
        _endings.append(effect)


def on_consent(effect: Effect) -> None:
    if effect not in _beginnings:
        _beginnings.append(effect)


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
    categories: Compartment | None = None,
    aim: str = "",
    direction: Direction | None = None,
    beyond_release: bool = False,
    expires_on: date | None = None,
    now: datetime,
) -> Consent:
    """A consent that the person gave on a day. One running consent per purpose (and recipient, where there is one).

    A newer sheet to share with the same recipient takes the place of the older one, and so does any after an expiry.
    ``categories``, ``aim``, ``direction``: the scope, for purposes that have one. Raises Invalid: a day in the future,
    a recipient that is missing, unknown or not asked for, a scope that is missing, an end before the beginning, no
    signature of the legal representative of a minor.
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
    if expires_on is not None and expires_on < given_on:
        raise Invalid("Die Einwilligung endet, bevor sie beginnt.", "expires_on")
    if purpose.needs_scope:
        _require_scope(categories, aim, direction)
    else:
        categories, aim, direction, beyond_release = None, "", None, False
    for check in _signatures:
        check(dossier, given_on, guardian.strip())
    older = _take_place_of(dossier, purpose, recipient_id, given_on, now)
    note(purpose=str(purpose), recipient=recipient_id)
    consent = add_consent(
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
        scope={
            "categories": int(categories or 0),
            "aim": aim.strip(),
            "direction": str(direction or ""),
            "beyond_release": beyond_release,
            "expires_on": expires_on,
        },
        replaces=older,
        now=now,
    )
    if older is not None:
        _end(older, now)
    for effect in _beginnings:
        effect(consent, now)
    return consent


def _require_scope(categories: Compartment | None, aim: str, direction: Direction | None) -> None:
    if not categories:
        raise Invalid("Bitte wählen Sie, welche Angaben gemeint sind.", "categories")
    if not aim.strip():
        raise Invalid("Bitte schreiben Sie, wozu.", "aim")
    if direction is None:
        raise Invalid("Bitte wählen Sie die Richtung.", "direction")


def _take_place_of(
    dossier: Dossier, purpose: ConsentPurpose, recipient_id: int | None, given_on: date, now: datetime
) -> Consent | None:
    """The older sheet for the same recipient that makes room for a new one."""
    if recipient_id is None:
        return None
    rows = Consent.objects.unscoped(because="Teil einer Operation, die die Akte schon geladen hat").standing()
    older = (
        rows.select_for_update()
        .filter(dossier=dossier, purpose=str(purpose), recipient_id=recipient_id)
        .filter(withdrawn_on=None, replaced_by=None)
        .first()
    )
    if older is None or not (purpose.needs_scope or not older.runs_on(day_of(now))):
        return None
    if given_on < older.given_on:
        raise Invalid(f"Für diese Stelle gilt schon das neuere Blatt vom {older.given_on:%d.%m.%Y}.", "given_on")
    return older


def _end(consent: Consent, now: datetime) -> int:
    """Every grant that rests on it ends now, and whatever else rests on it; answers the number of grants."""
    closed = grants.close(at=now, dossier_id=consent.dossier_id, basis=Basis.CONSENT, basis_id=consent.pk)
    for effect in _endings:
        effect(consent, now)
    return closed


def lapse(consent: Consent, now: datetime) -> None:
    """The gate ended it, or another rule: what rests on it ends now. Part of an operation; the sheet itself stays."""
    _end(consent, now)


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
    scope=None,
    replaces=None,
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
        **(scope or {}),
    )
    consent.clean_fields(exclude=["dossier", "recipient", "recorded_by", "voided_by", "text_version"])
    if replaces is not None:
        # It stands aside in the same transaction: for an instant it points at itself, then at the new sheet.
        replaces.replaced_by_id = replaces.pk
        replaces.save(update_fields=["replaced_by"])
    consent.validate_constraints()
    consent.save(force_insert=True)
    if replaces is not None:
        replaces.replaced_by = consent
        replaces.version += 1
        replaces.save(update_fields=["replaced_by", "version"])
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
    closed = _end(consent, now)
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
    rows = Consent.objects.unscoped(because="Das Blatt, an dessen Stelle ein irrtümliches trat, gilt wieder")
    rows.filter(dossier_id=consent.dossier_id, replaced_by=consent).update(replaced_by=None)
    closed = _end(consent, now)
    note(purpose=consent.purpose, grants_closed=closed)
