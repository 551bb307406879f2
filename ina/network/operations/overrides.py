"""Two people tell somebody what no consent allows, because a life or a body is in danger; the person hears of it.

Asked by whoever leads the case, confirmed on the same day by somebody else, holding for a short time (parameter
``emergency_override``). It lets nothing out by itself: a disclosure names it as its basis (``queries.bases``).
"""

from __future__ import annotations

from datetime import date, datetime

from ina.access.enums import Compartment
from ina.access.sharing import NEVER
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.cases.operations import deadlines
from ina.cases.queries import responsible_of
from ina.network import policies
from ina.network.enums import OverrideState
from ina.network.models import Disclosure, Override
from ina.network.operations.disclosures import stop
from ina.network.operations.referrals import partner_of
from ina.network.queries.snapshots import shareable_to
from ina.reference.queries import parameter

TO_DECIDE = "network.override_to_decide"
TO_TELL = "network.override_to_tell"
WHY = "Teil einer Operation, die den Fall schon geladen hat"


@operation("network.ask_override", may=policies.may_ask_override, on=Case)
def ask_override(
    case: Case, *, actor: Actor, partner_key: str, compartments: Compartment, danger: str, now: datetime
) -> Override:
    """Ask for a second person. Nothing may go out yet.

    Invalid: no partner, no danger told, compartments that never leave or that the actor does not see.
    """
    today = day_of(now)
    partner = partner_of(partner_key, today)
    if len(danger.strip()) < 20:
        raise Invalid("Bitte schreiben Sie, welche Gefahr droht und warum es nicht warten kann.", "danger")
    compartments |= Compartment.IDENTITY
    if compartments & (NEVER | ~shareable_to(actor, case.dossier_id)):
        raise Invalid("Das können Sie auch im Notfall nicht weitergeben.", "compartments")
    last = Override.objects.unscoped(because=WHY).filter(dossier_id=case.dossier_id).order_by("-number").first()
    made = Override.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        number=last.number + 1 if last else 1,
        partner=partner,
        compartments=int(compartments),
        danger=danger.strip(),
        asked_on=today,
        asked_at=now,
        asked_by_id=actor.membership_id,
    )
    _remind(case, now)
    note(number=made.number, partner=partner.pk, compartments=made.compartments)
    return made


@operation("network.confirm_override", may=policies.may_decide_override, on=Override)
def confirm_override(override: Override, *, actor: Actor, now: datetime) -> None:
    """The second person takes responsibility too. Refused after the day on which it was asked."""
    _require(override, OverrideState.ASKED, now)
    override.decided_at, override.decided_by_id = now, actor.membership_id
    override.open_until = parameter("emergency_override", on=day_of(now)).after(day_of(now))
    _keep(override, now)


@operation("network.refuse_override", may=policies.may_decide_override, on=Override)
def refuse_override(override: Override, *, actor: Actor, because: str, now: datetime) -> None:
    """The second person sees it differently; why is on record."""
    _require(override, OverrideState.ASKED, now)
    if not because.strip():
        raise Invalid("Bitte schreiben Sie, warum nicht.", "because")
    override.decided_at, override.decided_by_id = now, actor.membership_id
    override.refused_because = because.strip()[:300]
    _keep(override, now)


@operation("network.end_override", may=policies.may_end_override, on=Override)
def end_override(override: Override, *, actor: Actor, now: datetime) -> None:
    """The danger is over: what rests on it and is still open closes, what waits stays here."""
    _require(override, OverrideState.RUNNING, now)
    override.ended_at = now
    resting = Disclosure.objects.unscoped(because=WHY).filter(override=override, stopped_at=None)
    for each in resting.select_for_update(of=("self",)):
        if not each.is_posted:
            stop(each, "Die Notfall-Weitergabe ist beendet.", now)
    _keep(override, now)


@operation("network.note_override_told", may=policies.may_end_override, on=Override)
def note_override_told(override: Override, *, actor: Actor, told_on: date, told_how: str, now: datetime) -> None:
    """The person knows what was told to whom and why (Art. 14 DSGVO); ``told_how``: by whom, in which words."""
    if override.open_until is None or override.told_on is not None:
        raise Invalid("Hierüber ist niemand zu unterrichten.")
    if not override.asked_on <= told_on <= day_of(now):
        raise Invalid(f"Der Tag liegt zwischen dem {override.asked_on:%d.%m.%Y} und heute.", "told_on")
    if not told_how.strip():
        raise Invalid("Bitte schreiben Sie, wie die Person davon erfahren hat.", "told_how")
    override.told_on, override.told_how, override.told_by_id = told_on, told_how.strip()[:300], actor.membership_id
    _keep(override, now)


def _require(override: Override, state: OverrideState, now: datetime) -> None:
    found = override.state_on(day_of(now))
    if found is not state:
        raise Invalid(f"Diese Notfall-Weitergabe: {found.label}.")


def _keep(override: Override, now: datetime) -> None:
    override.version += 1
    override.save()
    _remind(override.case, now)
    note(number=override.number, state=str(override.state_on(day_of(now))))


def _remind(case: Case, now: datetime) -> None:
    """Today somebody decides; within the parameter's time the person hears of the oldest one that was confirmed."""
    today, leader = day_of(now), responsible_of(case)
    rows = list(Override.objects.unscoped(because=WHY).filter(case=case).order_by("number"))
    asked = any(row.state_on(today) is OverrideState.ASKED for row in rows)
    owed = [row for row in rows if row.open_until is not None and row.told_on is None]
    responsible = leader.membership_id if leader else None
    if asked:
        deadlines.ask_on(case, TO_DECIDE, today, responsible_id=responsible, now=now)
    else:
        deadlines.withdraw(case, TO_DECIDE, "Niemand wartet auf eine zweite Person.", now=now)
    if owed:
        first = owed[0]
        assert first.decided_at
        due = parameter("emergency_override_notice", on=today).after(day_of(first.decided_at))
        deadlines.ask_on(case, TO_TELL, due, responsible_id=responsible, now=now)
    else:
        deadlines.withdraw(case, TO_TELL, "Die Person weiß Bescheid.", now=now)
