"""Running cases are taken over from a spreadsheet at go-live, dated as they were, by the same steps as any other case.

What the sheet does not say (who talked to the person when, which text they signed) is marked as taken over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ina.access.context import acting_as
from ina.access.enums import ConsentPurpose
from ina.access.operations.consents import add_consent
from ina.access.queries import actor_for
from ina.accounts.models import Membership
from ina.agenda.operations.items import add_item
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.events import publish
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import Act, ListPurpose, RowState, State
from ina.cases.events import PersonAdmitted, ReleaseConfirmed
from ina.cases.models import Case, FirstTalk, InformationGiven, PrisonListImport, PrisonListRow
from ina.cases.operations import deadlines
from ina.cases.operations.consequences import record_act
from ina.cases.operations.prison_lists import (
    ListedPerson,
    add_further_claims,
    chunks_not_known,
    done_with,
    mark,
    new_list,
    stage_rows,
)
from ina.cases.operations.referrals import Opening, open_cases
from ina.cases.queries.lists import who_may_lead
from ina.reference.queries import parameter

REMARK = "übernommen"
SOURCE = "EXTERNAL"  # code of referral_sources: who once proposed the person is not in the sheet
WAITING_REASON = "OTHER"  # code of waiting_reasons
DAYS = ("referred_on", "admitted_on", "participation_on", "data_use_on", "released_on")


@dataclass(frozen=True, kw_only=True)
class RunningCase(ListedPerson):
    """One running case: where it stands (SCREENING, WAITING, ADMITTED or AFTERCARE), since when, who leads it.

    responsible_id: the position of a case manager. tasks: what is still to be done, with the day if one is known.
    """

    state: State
    referred_on: date
    admitted_on: date | None = None
    participation_on: date | None = None
    data_use_on: date | None = None
    released_on: date | None = None
    responsible_id: int
    tasks: tuple[tuple[str, date | None], ...] = ()

    def stored(self) -> dict:
        days = {name: day.isoformat() for name in DAYS if (day := getattr(self, name))}
        tasks = [[text, due.isoformat() if due else None] for text, due in self.tasks]
        running = {"state": str(self.state), "responsible_id": self.responsible_id, "tasks": tasks, **days}
        return super().stored() | {"running": running}

    @classmethod
    def restored(cls, row: PrisonListRow) -> RunningCase:
        listed, running = ListedPerson.restored(row), row.data["running"]
        return cls(
            row=row.row,
            person=listed.person,
            releases=listed.releases,
            state=State(running["state"]),
            responsible_id=running["responsible_id"],
            tasks=tuple((text, date.fromisoformat(due) if due else None) for text, due in running["tasks"]),
            **{name: date.fromisoformat(running[name]) for name in DAYS if name in running},
        )


@operation("cases.stage_running_cases", may=policies.may_take_over)
def stage_running_cases(
    *, actor: Actor, prison_id: int, file_name: str, people: Sequence[RunningCase], counts: dict, now: datetime
) -> PrisonListImport:
    """Keep the rows of a sheet of running cases until somebody has ticked which are taken over."""
    prison_list = new_list(actor, prison_id, file_name, ListPurpose.TAKE_OVER, now)
    stage_rows(prison_list, actor, people, counts, now)
    return prison_list


@operation("cases.take_over_cases", may=policies.may_use_import, on=PrisonListImport)
def take_over_cases(
    prison_list: PrisonListImport, *, actor: Actor, rows: Sequence[int] | None, now: datetime
) -> list[Case]:
    """Open files for the ticked rows (None: all that are new), with acts, consents, dates and tasks as in the sheet.

    Somebody whose Buchnummer is known meanwhile is left out. A team lead names case managers of the team, a case
    manager only themself. All or nothing. Publishes PersonReferred, PersonAdmitted, ReleaseConfirmed.
    """
    if prison_list.purpose != ListPurpose.TAKE_OVER:
        raise Invalid("Diese Datei ist eine Gefangenenliste, keine Liste laufender Fälle.")
    if rows is not None and not rows:
        raise Invalid("Bitte kreuzen Sie mindestens einen Fall an.", "rows")
    leading = {lead.pk: lead for lead in who_may_lead(actor, day_of(now))}
    cases: list[Case] = []
    for waiting in chunks_not_known(prison_list, actor, rows):
        cases += [_take_over(prison_list, RunningCase.restored(row), leading, actor, now) for row in waiting]
        mark(waiting, RowState.REFERRED)
    note(taken_over=len(cases), dossiers=[case.dossier_id for case in cases])
    done_with(prison_list)
    return cases


def _take_over(
    prison_list: PrisonListImport, running: RunningCase, leading: Mapping[int, Membership], actor: Actor, now: datetime
) -> Case:
    lead = leading.get(running.responsible_id)
    if lead is None:
        raise Invalid(f"Zeile {running.row}: Wer den Fall führen soll, arbeitet nicht (mehr) in Ihrem Team.", "rows")
    opening = Opening(1, running.referred_on, SOURCE, REMARK)
    case = open_cases(lead, [running.person], prison_list.prison_id, opening, now)[0]
    add_further_claims([case], [running], running.referred_on, actor.membership_id, now)
    if running.state is State.WAITING:
        today = day_of(now)
        again = parameter("admission_decision_deadline", on=today).after(today)
        record_act(
            case, actor, Act.WAITLISTED, running.referred_on, now, reason=WAITING_REASON, remark=REMARK, until=again
        )
    if running.admitted_on:
        _admit(case, running, running.admitted_on, lead, actor, now)
    if running.released_on:
        record_act(case, actor, Act.RELEASE_CONFIRMED, running.released_on, now, remark=REMARK)
        publish(ReleaseConfirmed(dossier_id=case.dossier_id, case_id=case.pk))
    _add_tasks(case, running, lead, now)
    return case


def _admit(case: Case, running: RunningCase, on: date, lead: Membership, actor: Actor, now: datetime) -> None:
    """The gates of an admission were passed on paper, at the latest on its day."""
    FirstTalk.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        held_on=on,
        held_by=lead,
        place=REMARK,
        informed=True,
        told_voluntary=True,
        recorded_at=now,
    )
    InformationGiven.objects.create(
        dossier_id=case.dossier_id, case=case, given_on=on, sheet_version=REMARK, given_by=lead, recorded_at=now
    )
    for purpose, given_on in (
        (ConsentPurpose.PARTICIPATION, running.participation_on),
        (ConsentPurpose.DATA_USE, running.data_use_on),
    ):
        add_consent(
            dossier=case.dossier,
            membership_id=actor.membership_id,
            purpose=purpose,
            given_on=given_on or on,
            text_version=REMARK,
            on_paper=True,
            now=now,
        )
    deadlines.done(case, "cases.first_talk", on, now=now, by=lead.pk)
    record_act(case, actor, Act.ADMITTED, on, now, remark=REMARK)
    publish(PersonAdmitted(dossier_id=case.dossier_id, case_id=case.pk))


def _add_tasks(case: Case, running: RunningCase, lead: Membership, now: datetime) -> None:
    """They are the lead's own, in whose name they are entered; one without a day asks at once."""
    if not running.tasks:
        return
    own = actor_for(lead)
    with acting_as(own):
        for title, due_on in running.tasks:
            add_item(
                actor=own,
                dossier_id=case.dossier_id,
                case_number=case.number,
                title=title,
                detail=REMARK,
                due_on=due_on or day_of(now),
                responsible_id=lead.pk,
                now=now,
            )
