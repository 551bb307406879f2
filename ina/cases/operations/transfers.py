"""A transfer (Verlegung): the person is gone within hours, files follow days later (domain 9.3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ina.access.enums import Basis
from ina.access.operations import grants
from ina.access.rules import compartments_for
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.base.periods import begin, period
from ina.cases import policies
from ina.cases.enums import ControllerKind, EventKind
from ina.cases.models import Case, Controller, CustodyPeriod, SpecialEvent
from ina.cases.operations import deadlines
from ina.cases.operations.accountability import read_on
from ina.cases.operations.consequences import WHY, settle
from ina.cases.queries import responsible_of
from ina.cases.queries.handovers import case_managers_in
from ina.institutions.enums import Kind
from ina.institutions.models import Institution
from ina.reference.queries import parameter


@operation("cases.record_transfer", may=policies.may_record_transfer, on=Case)
def record_transfer(
    case: Case,
    *,
    actor: Actor,
    on: date,
    prison_id: int,
    booking_number: str = "",
    department: str = "",
    remark: str = "",
    now: datetime,
) -> bool:
    """The person has been moved to another prison. Answers whether case managers work there, so that the case can be
    offered to one of them; else whoever leads it goes on from afar, or pauses it.

    The new prison's social service reads at once, the former one for the dated parameter ``handover_shared_reading``
    after the day of the transfer (§ 14 JVollzDSG NRW). Who leads the case does not change. Raises Invalid: a day in the
    future or before the last transfer, the same prison.
    """
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", "on")
    former = (
        CustodyPeriod.objects.visible_to(actor)
        .standing()
        .select_related("prison__holder")
        .filter(case=case)
        .order_by("pk")
        .last()
    )
    if former is None:
        raise Invalid("Zu diesem Fall ist keine Haft eingetragen.")
    if former.prison_id == prison_id:
        raise Invalid("In dieser Anstalt ist die Person schon.", "prison_id")
    prison = Institution.objects.select_related("holder").filter(pk=prison_id, kind=Kind.PRISON).first()
    if prison is None:
        raise Invalid("Bitte nennen Sie die Anstalt, in die die Person verlegt ist.", "prison_id")
    _not_before_the_last(case, former, on)
    _move(case, former, prison, on, booking_number.strip(), department.strip())
    _change_controller(case, prison, on)
    event = SpecialEvent(
        dossier_id=case.dossier_id,
        case=case,
        kind=EventKind.TRANSFERRED,
        happened_on=on,
        prison=prison,
        remark=remark.strip(),
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    event.clean_fields(exclude=["dossier", "case", "prison", "recorded_by", "voided_by"])
    event.save(force_insert=True)
    case.version += 1
    case.save(update_fields=["version"])
    settle(case, now=now)
    works_there = bool(case_managers_in(prison.pk, day_of(now)))
    leads = responsible_of(case)
    deadlines.ask_on(
        case,
        "cases.after_transfer",
        parameter("handover_acceptance", on=on).after(on),
        responsible_id=leads.membership_id if leads else None,
        now=now,
    )
    note(on=str(on), prison=prison.pk, works_there=works_there)
    # Last, as it may be the former prison's own social service that enters it.
    holder = former.prison.holder.pk
    read_on(case, holder, on, basis_id=None, now=now, mask=compartments_for(Basis.PRISON))
    grants.close(at=now, dossier_id=case.dossier_id, holder_id=holder, basis=Basis.PRISON)
    return works_there


@operation("cases.void_transfer", may=policies.may_void_transfer, on=SpecialEvent)
def void_transfer(event: SpecialEvent, *, actor: Actor, because: str, now: datetime) -> None:
    """The person was not moved, or elsewhere: the last transfer is taken back, and custody, responsibility in law, who
    reads and the list are as before. The entry and the stay that never was stay, struck through.

    A hand-over that was offered or accepted because of it is another matter and stays.
    """
    if not because.strip():
        raise Invalid("Bitte begründen Sie die Stornierung.", "because")
    case = Case.objects.visible_to(actor).select_for_update().get(pk=event.case_id)
    stays = list(
        CustodyPeriod.objects.visible_to(actor)
        .standing()
        .select_related("prison__holder")
        .filter(case=case)
        .order_by("pk")
    )
    later = SpecialEvent.objects.unscoped(because=WHY).standing().filter(case=case, kind=EventKind.TRANSFERRED)
    if later.filter(pk__gt=event.pk).exists() or len(stays) < 2 or stays[-1].prison_id != event.prison_id:
        raise Invalid("Zuerst die spätere Verlegung stornieren, dann diese.", "because")
    former, wrong = stays[-2], stays[-1]
    for row in (event, wrong):
        row.voided_at, row.voided_by_id, row.voided_because = now, actor.membership_id, because.strip()
        row.version += 1
        row.clean_fields(exclude=["dossier", "case", "prison", "recorded_by", "voided_by"])
        row.save()
    former.ends_on = None
    former.version += 1
    former.save(update_fields=["ends_on", "version"])
    _restore_controller(case, former.prison)
    case.version += 1
    case.save(update_fields=["version"])
    settle(case, now=now)
    deadlines.done(case, "cases.after_transfer", day_of(now), now=now, by=actor.membership_id)
    key = {"at": now, "dossier_id": case.dossier_id}
    grants.close(**key, holder_id=former.prison.holder.pk, basis=Basis.HANDOVER)
    note(prison=event.prison_id)
    grants.close(**key, holder_id=wrong.prison.holder.pk, basis=Basis.PRISON)


def _not_before_the_last(case: Case, former: CustodyPeriod, on: date) -> None:
    moved = SpecialEvent.objects.unscoped(because=WHY).standing().filter(case=case, kind=EventKind.TRANSFERRED)
    last = moved.order_by("happened_on").values_list("happened_on", flat=True).last()
    if last is not None and on < last:
        raise Invalid(f"Der Tag liegt vor der letzten Verlegung ({last:%d.%m.%Y}).", "on")
    if on < max(case.opened_on, former.starts_on or case.opened_on):
        raise Invalid("Der Tag liegt vor dem Beginn dieser Haftzeit im Fall.", "on")


def _move(case: Case, former: CustodyPeriod, prison: Institution, on: date, number: str, department: str) -> None:
    """What is enforced stays what it is; Buchnummer and house are new and may not be known for days."""
    former.ends_on = on
    former.version += 1
    former.save(update_fields=["ends_on", "version"])
    new = CustodyPeriod(
        dossier_id=case.dossier_id,
        case=case,
        prison=prison,
        booking_number=number,
        department=department,
        custody_kind=former.custody_kind,
        enforcement_status=former.enforcement_status,
        authority=former.authority,
        authority_reference=former.authority_reference,
        starts_on=on,
    )
    new.clean_fields(exclude=["dossier", "case", "prison", "voided_by"])
    new.save(force_insert=True)


def _change_controller(case: Case, prison: Institution, on: date) -> None:
    """Justice stays responsible in law, another prison of it from the day on."""
    last = Controller.objects.unscoped(because=WHY).filter(case=case, after_release=False).order_by("period").last()
    if last is not None and begin(last.period) >= on:
        last.delete()
    elif last is not None:
        last.period = period(begin(last.period), on - timedelta(days=1))
        last.save(update_fields=["period"])
    Controller.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        kind=ControllerKind.JUSTICE,
        institution=prison,
        period=period(max(on, case.opened_on)),
    )


def _restore_controller(case: Case, prison: Institution) -> None:
    """The prison from before the transfer goes on; a row that the transfer took the place of comes back."""
    rows = Controller.objects.unscoped(because=WHY).filter(case=case, after_release=False).order_by("period")
    *_, last = rows
    before = rows.exclude(pk=last.pk).last()
    if before is None:
        last.institution = prison
        last.save(update_fields=["institution"])
        return
    last.delete()
    before.period = period(begin(before.period))
    before.save(update_fields=["period"])
