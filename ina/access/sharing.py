"""What may be told to whom: the one question that every disclosure, link, export and queue asks of the consent ledger.

A consent to share and a release from professional secrecy are two things (domain 7.5): what is about health or in
confidential notes needs both. Legal bases other than consent are the business of whoever discloses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ina.access.enums import Compartment, ConsentPurpose, Direction
from ina.access.models import Consent
from ina.access.queries import list_consents
from ina.access.rules import labels_of
from ina.base.actor import Actor

SECRET = Compartment.HEALTH | Compartment.CONFIDENTIAL
# Never shared, whatever anybody signed: our own administration of the case, and notes among ourselves.
NEVER = Compartment.INTERNAL
NOTHING = Compartment(0)
NONE_GIVEN = "Es liegt keine Einwilligung zur Weitergabe an diese Stelle vor."
GIVING = frozenset({Direction.GIVE, Direction.BOTH})
GETTING = frozenset({Direction.GET, Direction.BOTH})


@dataclass(frozen=True)
class SharingBasis:
    """Whether something may be told to a recipient, in one German sentence.

    ``missing``: the compartments that no consent covers. ``until``: the last day of the consent, where it has one.
    """

    allowed: bool
    sentence: str
    consent_id: int | None = None
    secrecy_id: int | None = None
    missing: Compartment = NOTHING
    until: date | None = None


def sharing_basis(
    actor: Actor,
    dossier_id: int,
    recipient_id: int,
    compartments: Compartment,
    on: date,
    released_on: date | None,
    *,
    asking: bool = False,
) -> SharingBasis:
    """Whether these compartments may go to the recipient on a day, as far as the actor sees the ledger.

    ``released_on``: the confirmed day of release, None in custody: a sheet signed in custody holds beyond it only where
    it says so. ``asking``: the other direction, something is to be asked of the recipient.
    """
    return judge(list_consents(actor, dossier_id), recipient_id, compartments, on, released_on, asking=asking)


def judge(
    consents: Iterable[Consent],
    recipient_id: int,
    compartments: Compartment,
    on: date,
    released_on: date | None,
    *,
    asking: bool = False,
) -> SharingBasis:
    """``sharing_basis`` from the rows of a dossier."""
    theirs = [each for each in consents if each.recipient_id == recipient_id]
    sharing = _of(theirs, ConsentPurpose.SHARING)
    if not sharing:
        return SharingBasis(False, NONE_GIVEN, missing=compartments)
    directions = GETTING if asking else GIVING
    running = next((each for each in sharing if holds(each, on, released_on)), None)
    if running is None:
        return SharingBasis(False, _why_not(sharing[0], on, released_on), missing=compartments)
    if Direction(running.direction) not in directions:
        word = "mitzuteilen" if not asking else "zu erfragen"
        return SharingBasis(False, f"Die Einwilligung erlaubt nicht, etwas {word}.", missing=compartments)
    covered = Compartment(running.categories) & ~NEVER
    secret = compartments & SECRET
    release = None
    if secret:
        secrecy = _of(theirs, ConsentPurpose.SECRECY)
        release = next(
            (each for each in secrecy if holds(each, on, released_on) and Direction(each.direction) in directions), None
        )
        covered &= ~SECRET | (Compartment(release.categories) if release else Compartment(0))
    missing = compartments & ~covered
    if missing:
        words = ", ".join(labels_of(missing))
        unsealed = missing & SECRET and Compartment(running.categories) & missing & SECRET
        sentence = (
            f"Für „{words}“ fehlt die Entbindung von der Schweigepflicht."
            if unsealed
            else f"Die Einwilligung umfasst nicht: {words}."
        )
        return SharingBasis(False, sentence, missing=missing)
    until = min((each.expires_on for each in (running, release) if each and each.expires_on), default=None)
    return SharingBasis(
        True,
        allowed_sentence(running),
        consent_id=running.pk,
        secrecy_id=release.pk if release else None,
        until=until,
    )


def holds(consent: Consent, on: date, released_on: date | None) -> bool:
    """Whether a consent counts on a day: it runs, and one signed in custody has not ended at the gate."""
    return consent.runs_on(on) and not ended_at_gate(consent, on, released_on)


def ended_at_gate(consent: Consent, on: date, released_on: date | None) -> bool:
    """Whether the release ended it: signed before, and not said to hold beyond."""
    return (
        ConsentPurpose(consent.purpose).needs_scope
        and released_on is not None
        and released_on <= on
        and consent.given_on < released_on
        and not consent.beyond_release
    )


def allowed_sentence(consent: Consent) -> str:
    """One sentence: who may tell whom what, what for, until when."""
    what = ", ".join(labels_of(consent.categories))
    verb = {
        Direction.GIVE: "darf erhalten",
        Direction.GET: "darf uns mitteilen",
        Direction.BOTH: "und wir dürfen austauschen",
    }[Direction(consent.direction)]
    gate = "auch nach der Entlassung" if consent.beyond_release else "nur bis zur Entlassung"
    until = f"Gilt bis {consent.expires_on:%d.%m.%Y}, {gate}." if consent.expires_on else f"Gilt {gate}."
    return f"{consent.recipient} {verb}: {what}. Zweck: {consent.aim}. {until}"


def _of(consents: Iterable[Consent], purpose: ConsentPurpose) -> list[Consent]:
    found = [each for each in consents if each.purpose == purpose and not each.is_voided]
    return sorted(found, key=lambda each: (each.given_on, each.pk), reverse=True)


def _why_not(last: Consent, on: date, released_on: date | None) -> str:
    if last.withdrawn_on is not None and last.withdrawn_on <= on:
        return f"Die Einwilligung ist am {last.withdrawn_on:%d.%m.%Y} widerrufen."
    if last.given_on > on:
        return f"Die Einwilligung gilt erst ab {last.given_on:%d.%m.%Y}."
    if last.expires_on is not None and last.expires_on < on:
        return f"Die Einwilligung ist am {last.expires_on:%d.%m.%Y} abgelaufen."
    if ended_at_gate(last, on, released_on):
        return "Die Einwilligung galt nur bis zur Entlassung: Bitte neu unterschreiben lassen."
    return NONE_GIVEN
