"""What a consent asks of us: a withdrawal its to-dos, an end its warning, the gate its new signatures."""

from __future__ import annotations

from datetime import date, datetime

from ina.access.models import Consent
from ina.access.operations.consents import lapse
from ina.access.sharing import ended_at_gate
from ina.base.clock import day_of
from ina.cases.lifecycle import OPEN_STATES
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import released_on, responsible_of, state_of
from ina.reference.queries import parameter

WHY = "Folge einer Einwilligung, deren Akte die Operation schon geladen hat"
WITHDRAWN, EXPIRES, RENEW = "cases.consent_withdrawn", "cases.consent_expires", "cases.renew_consents"


def ended(consent: Consent, now: datetime) -> None:
    """A consent was withdrawn, voided or replaced. Of a withdrawal, whoever was told something is told as well."""
    case = _running_case(consent.dossier_id)
    if case is None:
        return
    if consent.withdrawn_on is not None and consent.recipient_id is not None:
        _ask(case, WITHDRAWN, day_of(now), now)
    _warn(case, now)


def recorded(consent: Consent, now: datetime) -> None:
    """A new sheet: the warning counts anew, and what the gate asked for may be done."""
    case = _running_case(consent.dossier_id)
    if case is None:
        return
    _warn(case, now)
    released = released_on(case)
    if released is not None and consent.given_on >= released and not lapsed(case, released, day_of(now)):
        deadlines.done(case, RENEW, consent.given_on, now=now, by=consent.recorded_by_id)


def gate_passed(case: Case, released: date, now: datetime) -> None:
    """The legal regime changes at the gate: sheets that held in custody only are signed anew or end."""
    ended_here = lapsed(case, released, max(released, day_of(now)))
    for consent in ended_here:
        lapse(consent, now)
    if ended_here:
        _ask(case, RENEW, released, now)


def lapsed(case: Case, released: date, on: date) -> list[Consent]:
    """Running sheets that the release ended and that no newer one has replaced."""
    return [each for each in _sheets(case.dossier_id) if each.runs_on(on) and ended_at_gate(each, on, released)]


def _sheets(dossier_id: int) -> list[Consent]:
    rows = Consent.objects.unscoped(because=WHY).standing()
    return list(rows.filter(dossier_id=dossier_id, withdrawn_on=None, replaced_by=None).select_related("recipient"))


def _warn(case: Case, now: datetime) -> None:
    """The next end of a running sheet asks so long before; without one, nothing asks."""
    today = day_of(now)
    ends = [each.expires_on for each in _sheets(case.dossier_id) if each.expires_on and each.expires_on >= today]
    if ends:
        _ask(case, EXPIRES, max(today, parameter("consent_expiry_warning", on=today).before(min(ends))), now)
    else:
        deadlines.withdraw(case, EXPIRES, "Keine Einwilligung läuft ab.", now=now)


def _ask(case: Case, kind: str, on: date, now: datetime) -> None:
    leader = responsible_of(case)
    deadlines.ask_on(case, kind, on, responsible_id=leader.membership_id if leader else None, now=now)


def _running_case(dossier_id: int) -> Case | None:
    case = Case.objects.unscoped(because=WHY).filter(dossier_id=dossier_id).order_by("-number").first()
    return case if case is not None and state_of(case) in OPEN_STATES else None
