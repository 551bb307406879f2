"""The acts of a case: admitted, declined, released, closed. Each is a dated row; nothing is overwritten."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ina.access.enums import Basis, ConsentPurpose
from ina.access.operations import grants
from ina.access.operations.consents import add_consent
from ina.access.queries import running_purposes
from ina.accounts.models import Membership
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.base.periods import period
from ina.cases import policies
from ina.cases.enums import Act, ControllerKind, Residence
from ina.cases.events import CaseClosed, PersonAdmitted, ReleaseConfirmed
from ina.cases.lifecycle import BY_ACT
from ina.cases.models import Assignment, Case, CaseAct, Controller, CustodyPeriod, Participant
from ina.cases.operations.worklist import refresh
from ina.cases.queries import last_act, released_on
from ina.reference.queries import code_labels, parameter

PART_OF_OPERATION = "der Fall selbst ist sichtbar und gesperrt"


@operation("cases.admit", may=policies.may_admit, on=Case)
def admit(
    case: Case,
    *,
    actor: Actor,
    admitted_on: date,
    participation_on: date | None,
    data_use_on: date | None,
    text_version: str,
    remark: str = "",
    now: datetime,
) -> None:
    """Take somebody in. Gate: both consents (participation, use of data), now or earlier. Publishes PersonAdmitted."""
    have = running_purposes(actor, case.dossier_id, admitted_on)
    given = {ConsentPurpose.PARTICIPATION: participation_on, ConsentPurpose.DATA_USE: data_use_on}
    for purpose, field in (
        (ConsentPurpose.PARTICIPATION, "participation_on"),
        (ConsentPurpose.DATA_USE, "data_use_on"),
    ):
        on = given[purpose]
        if purpose in have:
            continue
        if on is None:
            raise Invalid(f"Ohne Einwilligung „{purpose.label}“ ist keine Aufnahme möglich.", field)
        if on > admitted_on:
            raise Invalid("Die Einwilligung liegt nach der Aufnahme.", field)
        add_consent(
            dossier=case.dossier,
            membership_id=actor.membership_id,
            purpose=purpose,
            given_on=on,
            text_version=text_version,
            on_paper=True,
            now=now,
        )
    _record(case, actor, Act.ADMITTED, admitted_on, now, remark=remark, field="admitted_on")
    publish(PersonAdmitted(dossier_id=case.dossier_id, case_id=case.pk))


@operation("cases.waitlist", may=policies.may_waitlist, on=Case)
def waitlist(case: Case, *, actor: Actor, happened_on: date, reason: str, resubmit_on: date, now: datetime) -> None:
    """Too early or no place yet: the case comes up again on a day."""
    if not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "reason")
    if resubmit_on <= happened_on:
        raise Invalid("Die Wiedervorlage liegt nicht nach der Entscheidung.", "resubmit_on")
    _record(case, actor, Act.WAITLISTED, happened_on, now, remark=reason, until=resubmit_on)


@operation("cases.decline", may=policies.may_decline, on=Case)
def decline(case: Case, *, actor: Actor, happened_on: date, remark: str = "", now: datetime) -> None:
    """The person does not want to take part. No reason is asked; refusing has no disadvantage."""
    _record(case, actor, Act.DECLINED, happened_on, now, remark=remark)
    _end(case, happened_on, now)


@operation("cases.reject", may=policies.may_reject, on=Case)
def reject(case: Case, *, actor: Actor, happened_on: date, reason: str, now: datetime) -> None:
    """INA does not take the person in; the reason is documented (never the offence alone)."""
    if not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "reason")
    _record(case, actor, Act.REJECTED, happened_on, now, remark=reason)
    _end(case, happened_on, now)


@operation("cases.confirm_release", may=policies.may_confirm_release, on=Case)
def confirm_release(
    case: Case,
    *,
    actor: Actor,
    released_on: date,
    residence_postcode: str = "",
    residence_town: str = "",
    now: datetime,
) -> None:
    """The person has left prison: aftercare begins, six months run.

    The prison's social service reads until this day; the carrier becomes responsible in law.
    Publishes ReleaseConfirmed.
    """
    _record(case, actor, Act.RELEASE_CONFIRMED, released_on, now, field="released_on")
    CustodyPeriod.objects.unscoped(because=PART_OF_OPERATION).filter(case=case, ends_on=None).update(
        ends_on=released_on
    )
    grants.close(at=now, dossier_id=case.dossier_id, basis=Basis.PRISON)
    membership = Membership.objects.select_related("institution").get(pk=actor.membership_id)
    current = Controller.objects.unscoped(because=PART_OF_OPERATION).filter(case=case, period__upper_inf=True).first()
    if current is not None and current.period.lower < released_on:
        current.period = period(current.period.lower, _day_before(released_on))
        current.save(update_fields=["period"])
        kind = ControllerKind.JUSTICE if membership.institution.is_justice else ControllerKind.CARRIER
        Controller.objects.create(
            dossier_id=case.dossier_id,
            case=case,
            kind=kind,
            institution=membership.institution,
            period=period(released_on),
        )
    if residence_postcode or residence_town:
        participant = Participant.objects.visible_to(actor).get(dossier_id=case.dossier_id)
        participant.residence_postcode = residence_postcode
        participant.residence_town = residence_town
        participant.residence_state = Residence.CONFIRMED
        participant.version += 1
        participant.clean_fields(exclude=["dossier"])
        participant.save()
    refresh(case)
    publish(ReleaseConfirmed(dossier_id=case.dossier_id, case_id=case.pk))


@operation("cases.pause", may=policies.may_pause, on=Case)
def pause(case: Case, *, actor: Actor, happened_on: date, reason: str, until: date, now: datetime) -> None:
    """Aftercare rests (therapy, hospital, short custody), at most as long as the dated parameter allows."""
    latest = parameter("pause_max", on=happened_on).after(happened_on)
    if not happened_on < until <= latest:
        raise Invalid(f"Die Nachsorge ruht längstens bis {latest:%d.%m.%Y}.", "until")
    if not reason.strip():
        raise Invalid("Bitte nennen Sie den Grund.", "reason")
    _record(case, actor, Act.PAUSED, happened_on, now, remark=reason, until=until)


@operation("cases.resume", may=policies.may_resume, on=Case)
def resume(case: Case, *, actor: Actor, happened_on: date, now: datetime) -> None:
    """Aftercare goes on."""
    _record(case, actor, Act.RESUMED, happened_on, now)


@operation("cases.close", may=policies.may_close_case, on=Case)
def close_case(case: Case, *, actor: Actor, closed_on: date, reason: str, remark: str = "", now: datetime) -> None:
    """End the case with a reason of the catalogue (domain 9.4). Publishes CaseClosed.

    A regular end needs the confirmed release and the full duration of aftercare (dated parameter).
    """
    if reason not in code_labels("ending_reasons", on=closed_on):
        raise Invalid("Bitte wählen Sie einen Grund.", "reason")
    if reason.startswith("REGULAR_"):
        released = released_on(case)
        if released is None:
            raise Invalid("Ein reguläres Ende gibt es erst nach der Entlassung.", "reason")
        due = parameter("aftercare_duration", on=released).after(released)
        if closed_on < due:
            raise Invalid(f"Die Nachsorge läuft bis {due:%d.%m.%Y}; vorher endet der Fall nicht regulär.", "closed_on")
    note(reason=reason)
    _record(case, actor, Act.CLOSED, closed_on, now, reason=reason, remark=remark, field="closed_on")
    _end(case, closed_on, now)
    publish(CaseClosed(dossier_id=case.dossier_id, case_id=case.pk, reason=reason))


def _record(case, actor, act: Act, on: date, now, *, reason="", remark="", until=None, field="happened_on") -> None:
    """Store the act. It cannot lie in the future nor before the last one."""
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
    )
    case.version += 1
    case.save(update_fields=["version"])
    refresh(case)
    note(act=str(act), on=str(on), state=str(BY_ACT[act].target))


def _end(case: Case, on: date, now: datetime) -> None:
    """Nobody new sees an ended case: the prison keeps nothing; team and who was accountable read on."""
    for assignment in Assignment.objects.unscoped(because=PART_OF_OPERATION).filter(case=case, period__upper_inf=True):
        assignment.period = period(assignment.period.lower, max(on, assignment.period.lower))
        assignment.save(update_fields=["period"])
    grants.close(at=now, dossier_id=case.dossier_id, basis=Basis.PRISON)


def _day_before(day: date) -> date:
    return day - timedelta(days=1)
