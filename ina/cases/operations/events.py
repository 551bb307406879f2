"""Special events: entered on a day, never an act of the lifecycle. What follows is derived, and undone when voided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import EventKind, HypothesisStatus
from ina.cases.events import ReleaseDateChanged, SpecialEventRecorded
from ina.cases.models import Case, CustodyPeriod, ReleaseDateHypothesis, SpecialEvent
from ina.cases.operations.consequences import WHY, settle
from ina.cases.queries import acts_of, planning_date_of, released_on
from ina.cases.queries.events import standing_events
from ina.cases.rules.events import BY_KIND, FALLS_WITH_POSTPONED, hindrance, regime
from ina.reference.queries import code_labels, parameter

REGIME = frozenset({EventKind.OPEN_PRISON, EventKind.CLOSED_PRISON})


@operation("cases.record_event", may=policies.may_record_event, on=Case)
def record_event(
    case: Case,
    *,
    actor: Actor,
    kind: EventKind,
    happened_on: date,
    until: date | None = None,
    detail: str = "",
    remark: str = "",
    now: datetime,
) -> SpecialEvent:
    """Enter a special event of domain 9.3; which one fits and what it needs: ``rules.events``.

    A decision against the suspension of the rest drops the days that hung on it: the planning date moves to what is
    left. The state of the case never changes: whether it shall rest, a person decides (``cases.pause``). A transfer is
    refused here, it is a hand-over. Publishes SpecialEventRecorded, and ReleaseDateChanged when days fell.
    """
    event = SpecialEvent(
        dossier_id=case.dossier_id,
        case=case,
        kind=EventKind(kind),
        happened_on=happened_on,
        until=until,
        detail=detail,
        remark=remark.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    _check(event, released_on(case), now)
    event.clean_fields(exclude=["dossier", "case", "recorded_by"])
    event.before = _follow(case, EventKind(kind), happened_on, now)
    event.save(force_insert=True)
    if event.kind in REGIME:
        _house(case, event)
    case.version += 1
    case.save(update_fields=["version"])
    settle(case, now=now)
    note(kind=str(event.kind), on=str(happened_on))
    publish(SpecialEventRecorded(dossier_id=case.dossier_id, case_id=case.pk, kind=str(event.kind)))
    if event.before.get("claims"):
        note(planning_date=str(planning_date_of(case)))
        publish(ReleaseDateChanged(dossier_id=case.dossier_id, case_id=case.pk))
    return event


@operation("cases.void_event", may=policies.may_void_event, on=SpecialEvent)
def void_event(event: SpecialEvent, *, actor: Actor, because: str, now: datetime) -> None:
    """It did not happen: what it changed is as before. The entry stays and is shown struck through.

    A pause that was entered because of it is an act of its own and is voided as such.
    """
    if not because.strip():
        raise Invalid("Bitte begründen Sie die Stornierung.", "because")
    case = Case.objects.visible_to(actor).select_for_update().get(pk=event.case_id)
    event.voided_at = now
    event.voided_by_id = actor.membership_id
    event.voided_because = because.strip()
    event.version += 1
    event.clean_fields(exclude=["dossier", "case", "recorded_by", "voided_by"])
    event.save()
    claims = _restore(case, event.before.get("claims", {}))
    if event.kind in REGIME:
        _house(case, event)
    case.version += 1
    case.save(update_fields=["version"])
    settle(case, now=now)
    note(kind=event.kind)
    if claims:
        publish(ReleaseDateChanged(dossier_id=case.dossier_id, case_id=case.pk))


def check_correction(event: SpecialEvent, before: Mapping[str, Any], now: datetime) -> None:
    """A corrected event fits as a new one would. What happened before the release stays possible after it."""
    released = released_on(event.case)
    inside = BY_KIND[EventKind(event.kind)].free is False if EventKind(event.kind) in BY_KIND else None
    if inside and released is not None and event.happened_on <= released:
        released = None
    _check(event, released, now)


def event_corrected(event: SpecialEvent, case: Case, actor: Actor, now: datetime) -> None:
    """Another day may make another event the latest one."""
    if event.kind in REGIME:
        _house(case, event)
    settle(case, now=now)


def _check(event: SpecialEvent, released: date | None, now: datetime) -> None:
    happening, on = BY_KIND.get(EventKind(event.kind)), event.happened_on
    if happening is None:
        raise Invalid("Eine Verlegung tragen Sie unter „Übergabe“ ein.", "kind")
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", "happened_on")
    if on < (begun := acts_of(event.case)[0].happened_on):
        raise Invalid(f"Der Tag liegt vor dem Beginn des Falls ({begun:%d.%m.%Y}).", "happened_on")
    is_return = happening.kind is EventKind.VOLUNTARY_RETURN
    against = hindrance(
        happening,
        on=on,
        until=event.until,
        released_on=released,
        detail=event.detail,
        remark=event.remark,
        return_window=parameter("voluntary_return_window", on=on) if is_return else None,
        return_max=parameter("voluntary_return_max", on=on) if is_return else None,
    )
    if against:
        raise Invalid(*against)
    if not happening.details:
        event.detail = ""
    elif event.detail not in code_labels(happening.details, on=on):
        raise Invalid("Bitte wählen Sie einen Eintrag der Liste.", "detail")


def _follow(case: Case, kind: EventKind, on: date, now: datetime) -> dict:
    """What changes at once; answers what stood before."""
    if kind in REGIME:
        stay = _stay(case)
        return {"is_open": stay.is_open if stay else None}
    if kind is not EventKind.POSTPONED:
        return {}
    claims = {}
    rows = (
        ReleaseDateHypothesis.objects.unscoped(because=WHY).standing().filter(case=case, kind__in=FALLS_WITH_POSTPONED)
    )
    for claim in rows.exclude(status=HypothesisStatus.DROPPED).order_by("pk"):
        claims[str(claim.pk)] = claim.status
        claim.status = HypothesisStatus.DROPPED
        claim.dropped_at = now
        claim.dropped_because = f"{kind.label} am {on:%d.%m.%Y}"
        claim.version += 1
        claim.save(update_fields=["status", "dropped_at", "dropped_because", "version"])
    return {"claims": claims}


def _restore(case: Case, claims: dict[str, str]) -> bool:
    """The days that fell with the event stand again, unless somebody entered something else about them since."""
    restored = False
    for key, status in claims.items():
        rows = ReleaseDateHypothesis.objects.unscoped(because=WHY).standing().filter(case=case, pk=int(key))
        claim = rows.filter(status=HypothesisStatus.DROPPED).first()
        if claim is not None:
            claim.status, claim.dropped_at, claim.dropped_because = status, None, ""
            claim.version += 1
            claim.save(update_fields=["status", "dropped_at", "dropped_because", "version"])
            restored = True
    return restored


def _house(case: Case, event: SpecialEvent) -> None:
    """Open or closed: as the latest event says that stands; without any as it was before this one."""
    stay = _stay(case)
    if stay is None:
        return
    said = regime((row.happened_on, EventKind(row.kind)) for row in standing_events(case)).is_open
    is_open = event.before.get("is_open") if said is None else said
    if stay.is_open != is_open:
        stay.is_open = is_open
        stay.version += 1
        stay.save(update_fields=["is_open", "version"])


def _stay(case: Case) -> CustodyPeriod | None:
    return CustodyPeriod.objects.unscoped(because=WHY).standing().filter(case=case).order_by("pk").last()
