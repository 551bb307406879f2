"""What follows from the acts of a case that stand: custody, responsibility in law, accountability, access, deadlines.

Derived anew after each act and after each correction, so that a voided act leaves nothing behind. ``record_act`` is the
one place where an act is stored.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ina.access.enums import Basis
from ina.access.operations import grants
from ina.access.queries import has_running_grant
from ina.agenda.enums import Anchor
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note
from ina.base.periods import begin as first_day_of
from ina.base.periods import last_day, period
from ina.cases.enums import Act, ControllerKind, State
from ina.cases.following import course_changed
from ina.cases.lifecycle import BEFORE_ADMISSION, ENDED_STATES
from ina.cases.models import Assignment, Case, CaseAct, Controller, CustodyPeriod, Participant
from ina.cases.operations import deadlines
from ina.cases.operations.worklist import refresh
from ina.cases.queries import aftercare_end_of, last_act, planning_date_of, standing_acts, state_of
from ina.institutions.models import Institution

DECISIONS = (Act.WAITLISTED, Act.ADMITTED)
# States that wait for a day, the act that said which, and the item that comes up then.
HELD = ((State.WAITING, Act.WAITLISTED, "cases.resubmit"), (State.PAUSED, Act.PAUSED, "cases.resume"))
ENDED = "Der Fall ist beendet."
WITHOUT_REPORT = frozenset({"DECEASED", "ERROR_OR_DUPLICATE"})
# Endings in custody that are the end of the stay as well.
LEAVES_THE_PRISON = frozenset({"DECEASED", "DEPARTED", "RELEASE_UNFORESEEN_NO_AFTERCARE", "TRANSFER_OUT_OF_REGION"})
WHY = "Teil einer Operation, die den Fall schon geladen hat"


def record_act(
    case: Case,
    actor: Actor,
    act: Act,
    on: date,
    now: datetime,
    *,
    reason: str = "",
    remark: str = "",
    until: date | None = None,
    facts: dict | None = None,
    field: str = "happened_on",
) -> None:
    """Store the act and settle what follows; part of an operation. Neither in the future nor before the last one."""
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", field)
    before = last_act(case)
    if before is not None and on < before.happened_on:
        raise Invalid(
            f"Der Tag liegt vor dem letzten Ereignis ({Act(before.act).label} am {before.happened_on:%d.%m.%Y}).", field
        )
    CaseAct.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        act=act,
        happened_on=on,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
        reason=reason,
        remark=remark.strip(),
        until=until,
        facts=facts or {},
    )
    case.version += 1
    case.save(update_fields=["version"])
    note(act=str(act), on=str(on), state=str(state_of(case)))
    settle(case, now=now)


def has_died(dossier_id: int) -> bool:
    people = Participant.objects.unscoped(because=WHY)
    return people.filter(dossier_id=dossier_id, died_on__isnull=False).exists()


def settle(case: Case, *, now: datetime) -> None:
    """Bring everything that hangs on the acts in line with them. ``case`` is loaded and locked by the operation."""
    acts = list(standing_acts(case))
    state = state_of(case)
    released = _day_of(acts, Act.RELEASE_CONFIRMED)
    ended_on = acts[-1].happened_on if state in ENDED_STATES else None
    left = ended_on if acts[-1].act == Act.CLOSED and acts[-1].reason in LEAVES_THE_PRISON else None
    custody = _custody(case, released or left)
    assignment = _assignment(case, ended_on)
    _controllers(case, released, assignment)
    _deadlines(case, acts, state, released, ended_on, assignment, now)
    course_changed(case, ended_on=ended_on, released_on=released, now=now)
    refresh(case)
    # Last of all: the social service itself may be who enters what ends its reading.
    _prison_reads(case, custody, reads=released is None and ended_on is None, now=now)


def _day_of(acts: list[CaseAct], act: Act) -> date | None:
    return next((row.happened_on for row in acts if row.act == act), None)


def _custody(case: Case, released: date | None) -> CustodyPeriod | None:
    """The present stay ends with the release or whatever else ended it, and goes on when that was an error."""
    row = CustodyPeriod.objects.unscoped(because=WHY).standing().filter(case=case).order_by("pk").last()
    if row is not None and row.ends_on != released:
        row.ends_on = released
        row.save(update_fields=["ends_on"])
    return row


def _assignment(case: Case, ended_on: date | None) -> Assignment | None:
    """Accountability ends with the case, and goes on when the end was an error."""
    row = (
        Assignment.objects.unscoped(because=WHY)
        .filter(case=case)
        .select_related("membership__institution", "membership__holder", "membership__team__holder")
        .order_by("period")
        .last()
    )
    if row is None:
        return None
    first = first_day_of(row.period)
    until = max(ended_on, first) if ended_on else None
    if last_day(row.period) != until:
        row.period = period(first, until)
        row.save(update_fields=["period"])
    return row


def _controllers(case: Case, released: date | None, assignment: Assignment | None) -> None:
    """Custody: justice. From the release on: the house of whoever leads the case (which may be justice too)."""
    rows = list(Controller.objects.unscoped(because=WHY).filter(case=case).order_by("period"))
    custody = [row for row in rows if not row.after_release]
    if not custody:
        return
    last = custody[-1]
    first = first_day_of(last.period)
    # Released on the very day of the referral: custody keeps that day, the carrier begins the next.
    begins = max(released, first + timedelta(days=1)) if released else None
    free = [row for row in rows if row.after_release]
    # Somebody else may have taken the case over after the release: only a row that would begin in custody is wrong.
    known = bool(free) and begins is not None and first_day_of(free[0].period) == begins
    if not known:
        for row in free:
            row.delete()
    until = begins - timedelta(days=1) if begins else None
    if last_day(last.period) != until:
        last.period = period(first, until)
        last.save(update_fields=["period"])
    if begins and assignment is not None and not known:
        house = assignment.membership.institution
        Controller.objects.create(
            dossier_id=case.dossier_id,
            case=case,
            kind=ControllerKind.JUSTICE if house.is_justice else ControllerKind.CARRIER,
            institution=house,
            after_release=True,
            period=period(begins),
        )


def _prison_reads(case: Case, custody: CustodyPeriod | None, *, reads: bool, now: datetime) -> None:
    """The social service of the present prison reads until the release or the end."""
    if Case.objects.unscoped(because=WHY).filter(dossier_id=case.dossier_id, number__gt=case.number).exists():
        return  # a newer case decides who reads
    if not reads:
        grants.close(at=now, dossier_id=case.dossier_id, basis=Basis.PRISON)
        return
    if custody is None:
        return
    holder = Institution.objects.select_related("holder").get(pk=custody.prison_id).holder
    if not has_running_grant(case.dossier_id, holder.pk, Basis.PRISON):
        grants.give(
            dossier_id=case.dossier_id, holder_id=holder.pk, basis=Basis.PRISON, starts=now, case_number=case.number
        )


def _deadlines(case, acts, state: State, released, ended_on, assignment, now) -> None:
    who = assignment.membership_id if assignment else None
    if ended_on is not None:
        if state is State.CLOSED:
            deadlines.done(case, "cases.close", ended_on, now=now, by=acts[-1].recorded_by_id)
        deadlines.stop(case, ENDED, now=now)
        deadlines.begin(case, {Anchor.CLOSING: ended_on}, responsible_id=who, now=now)
        # Who never took part and an error have no closing report; after a death nothing asks, whenever the case ended.
        if state is not State.CLOSED or acts[-1].reason in WITHOUT_REPORT or has_died(case.dossier_id):
            deadlines.stop(case, ENDED, now=now)
        return
    planned = None if state in BEFORE_ADMISSION else released or planning_date_of(case)
    days = {
        Anchor.CLOSING: None,
        Anchor.REFERRAL: acts[0].happened_on,
        Anchor.ADMISSION: _day_of(acts, Act.ADMITTED),
        Anchor.RELEASE: planned,
    }
    deadlines.restart(case, now=now)
    deadlines.begin(case, days, responsible_id=who, now=now)
    deadlines.free(case, released is not None, now=now)
    decided = next((act for act in acts if act.act in DECISIONS), None)
    _follow(case, "cases.decide_admission", decided, now)
    _follow(case, "cases.confirm_release", next((a for a in acts if a.act == Act.RELEASE_CONFIRMED), None), now)
    last = acts[-1]
    for held, act, kind in HELD:
        if state is held and last.until is not None:
            deadlines.ask_on(case, kind, last.until, responsible_id=who, now=now)
        elif _day_of(acts, act):
            deadlines.done(case, kind, last.happened_on, now=now, by=last.recorded_by_id)
        else:
            deadlines.withdraw(case, kind, "Die Eintragung wurde storniert.", now=now)
    if end := aftercare_end_of(case):
        deadlines.ask_on(case, "cases.close", end, responsible_id=who, now=now)
    else:
        why = "Die Nachsorge steht still." if released else "Die Entlassung ist nicht bestätigt."
        deadlines.withdraw(case, "cases.close", why, now=now)


def _follow(case: Case, kind: str, act: CaseAct | None, now: datetime) -> None:
    """An item is done since its act, open without it."""
    if act is not None:
        deadlines.done(case, kind, act.happened_on, now=now, by=act.recorded_by_id)
    else:
        deadlines.undone(case, kind, now=now)
