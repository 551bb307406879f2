"""A case changes hands: accountability, access, deadlines and list row in one breath; part of operations.

Never a day without somebody accountable and never two: the former one is until yesterday, the new one from today.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import connection

from ina.access.enums import Basis, Compartment
from ina.access.operations import grants
from ina.access.queries import has_running_grant
from ina.access.rules import compartments_for
from ina.accounts.enums import Role
from ina.accounts.models import Membership, Team
from ina.base.clock import BERLIN, day_of
from ina.base.errors import Invalid
from ina.base.periods import begin, last_day, period
from ina.cases.enums import Act, ControllerKind, State
from ina.cases.following import hands_changed
from ina.cases.models import Assignment, Case, CaseAct, Controller, Handover
from ina.cases.operations import deadlines
from ina.cases.operations.consequences import WHY, settle
from ina.cases.queries import responsible_of, state_of
from ina.reference.queries import parameter

# What is nobody's business but of whoever the person told it (§ 203 StGB, Art. 9 DSGVO): it never goes along by itself.
ENTRUSTED = Compartment.CONFIDENTIAL | Compartment.HEALTH
# What somebody needs to decide whether they can take a case on.
NARROW = Compartment.CASE | Compartment.IDENTITY | Compartment.CUSTODY
# Both read for a while after a hand-over (domain 9.3); what was entrusted to the other is not among it.
SHARED = compartments_for(Basis.ASSIGNMENT) & ~ENTRUSTED
ANSWERED = ("cases.hand_over_again", "cases.after_transfer")


def fitting_receiver(case: Case, receiver_id: int, now: datetime) -> Membership:
    """The position that the case goes to. Raises Invalid: not running, leads no cases, leads this one already, or kept
    out of the file by a conflict of interest."""
    receiver = (
        Membership.objects.select_related("user", "holder", "institution", "team__holder")
        .filter(pk=receiver_id)
        .first()
    )
    if receiver is None or receiver.role != Role.CASE_MANAGER:
        raise Invalid("Diese Person führt keine Fälle.", "receiver_id")
    if not receiver.runs_on(day_of(now)) or not receiver.user.is_active:
        raise Invalid(f"Die Stelle von {receiver.user} besteht nicht (mehr).", "receiver_id")
    leads = responsible_of(case)
    if leads is not None and leads.membership_id == receiver.pk and last_day(leads.period) is None:
        raise Invalid(f"{receiver.user} führt diesen Fall schon.", "receiver_id")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_may_receive(%s, %s)", [case.dossier_id, receiver.pk])
        if not cursor.fetchone()[0]:
            raise Invalid("Diese Person ist wegen Befangenheit von der Akte ausgeschlossen.", "receiver_id")
    return receiver


def change_hands(case: Case, handover: Handover, receiver: Membership, *, actor_membership: int, now: datetime) -> None:
    """From today ``receiver`` leads the case. Whoever acts keeps what they need to see until the last line.

    The receiver sees all but what was entrusted (unless the person agreed), the lead of the receiver's team and running
    deputies see it too. The giver reads on for the dated parameter ``handover_shared_reading``, and the giver's team
    with them when it is another one. A referral that nobody led is taken up by this.
    """
    today = day_of(now)
    giver, team = handover.giver, _team_of(case, handover)
    _let_in(case, receiver, with_confidential=handover.with_confidential, now=now)
    _assign(case, receiver, today)
    if state_of(case) is State.REFERRED:
        CaseAct.objects.create(
            dossier_id=case.dossier_id,
            case=case,
            act=Act.TAKEN_UP,
            happened_on=today,
            recorded_at=now,
            recorded_by_id=actor_membership,
        )
    case.team = receiver.team or case.team
    case.version += 1
    case.save(update_fields=["team", "version"])
    _change_controller(case, receiver, today)
    for kind in ANSWERED:
        deadlines.done(case, kind, today, now=now, by=actor_membership)
    deadlines.hand_on(case, receiver.pk, instead_of=giver.pk if giver else None)
    hands_changed(case, receiver.pk, today)
    settle(case, now=now)
    _let_go(case, handover, receiver, team, now)


def end_of_day(day: date) -> datetime:
    """The first moment that no longer belongs to the day, in Germany."""
    return datetime.combine(day + timedelta(days=1), time.min, BERLIN)


def read_on(case: Case, holder_id: int, since: date, *, basis_id: int | None, now: datetime, mask: Compartment) -> None:
    """Somebody who has handed on a case, or the prison that a person has left, reads for a while longer."""
    ends = end_of_day(parameter("handover_shared_reading", on=since).after(since))
    if ends > now:
        grants.give(
            dossier_id=case.dossier_id,
            holder_id=holder_id,
            basis=Basis.HANDOVER,
            basis_id=basis_id,
            compartments=mask,
            starts=now,
            ends=ends,
            case_number=case.number,
        )


def _team_of(case: Case, handover: Handover) -> Team | None:
    return handover.giver.team if handover.giver and handover.giver.team_id else case.team


def _let_in(case: Case, receiver: Membership, *, with_confidential: bool, now: datetime) -> None:
    give = partial(grants.give, dossier_id=case.dossier_id, starts=now, case_number=case.number)
    mask = compartments_for(Basis.ASSIGNMENT)
    give(
        holder_id=receiver.holder.pk,
        basis=Basis.ASSIGNMENT,
        compartments=mask if with_confidential else mask & ~ENTRUSTED,
    )
    team = receiver.team
    if team is not None and not has_running_grant(case.dossier_id, team.holder.pk, Basis.TEAM):
        give(holder_id=team.holder.pk, basis=Basis.TEAM)
    # Whoever stood in for the giver stands in for nobody here now.
    grants.close(at=now, dossier_id=case.dossier_id, basis=Basis.DEPUTYSHIP)
    grants.give_to_deputies(dossier_id=case.dossier_id, principal=receiver, now=now, case_number=case.number)


def _assign(case: Case, receiver: Membership, today: date) -> None:
    last = responsible_of(case)
    if last is not None:
        first, until = begin(last.period), last_day(last.period)
        if first >= today:
            last.delete()  # led it for not even a day; the history keeps the row
        elif until is None or until >= today:
            last.period = period(first, today - timedelta(days=1))
            last.save(update_fields=["period"])
    Assignment.objects.create(dossier_id=case.dossier_id, case=case, membership=receiver, period=period(today))


def _change_controller(case: Case, receiver: Membership, today: date) -> None:
    """After the release the house of whoever leads the case is responsible in law: from today another one."""
    rows = Controller.objects.unscoped(because=WHY).filter(case=case, after_release=True).order_by("period")
    last = rows.last()
    house = receiver.institution
    if last is None or last.institution_id == house.pk:
        return
    kind = ControllerKind.JUSTICE if house.is_justice else ControllerKind.CARRIER
    if begin(last.period) >= today:
        last.kind, last.institution = kind, house
        last.save(update_fields=["kind", "institution"])
        return
    last.period = period(begin(last.period), today - timedelta(days=1))
    last.save(update_fields=["period"])
    Controller.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        kind=kind,
        institution=house,
        after_release=True,
        period=period(today),
    )


def _let_go(case: Case, handover: Handover, receiver: Membership, team: Team | None, now: datetime) -> None:
    today, giver = day_of(now), handover.giver
    close = partial(grants.close, at=now, dossier_id=case.dossier_id)
    close(basis=Basis.HANDOVER, basis_id=handover.pk)
    if giver is not None:
        close(holder_id=giver.holder.pk, basis=Basis.ASSIGNMENT)
        if giver.runs_on(today):
            read_on(case, giver.holder.pk, today, basis_id=handover.pk, now=now, mask=SHARED)
    if team is not None and team.pk != receiver.team_id and receiver.team_id is not None:
        read_on(case, team.holder.pk, today, basis_id=handover.pk, now=now, mask=compartments_for(Basis.TEAM))
        close(holder_id=team.holder.pk, basis=Basis.TEAM)
