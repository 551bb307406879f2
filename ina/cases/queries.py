"""What is there: the list of cases, the file, its picture. Visible rows only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.access.models import Dossier
from ina.access.queries import NUMBER
from ina.accounts.enums import Role
from ina.accounts.models import Deputyship
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.names import sort_key, upper_bound
from ina.cases import rules
from ina.cases.enums import Act, HypothesisKind, HypothesisStatus, Phase, Sex, State
from ina.cases.lifecycle import label_of, phase_of, state_after
from ina.cases.models import (
    Assignment,
    Case,
    CaseAct,
    CustodyPeriod,
    FirstTalk,
    Participant,
    PrisonListImport,
    PrisonListRow,
    ReleaseDateHypothesis,
    Worklist,
)
from ina.cases.steps import needed_parameters
from ina.institutions.queries import CompetentOffices, competent_offices
from ina.reference.queries import KnownParameters, known_parameters, parameters

NEVER = date.fromisoformat(Worklist.NEVER)
PAGE = 50
# Counted exactly up to here: enough for any team; each row counted costs a look at the wall (8 µs, measured).
COUNT_LIMIT = 500
# What the head of a file needs, whichever parts are registered.
HEAD_PARAMETERS = {"release_preparation_lead", "aftercare_duration"}
OF_A_VISIBLE_CASE = "der Fall ist schon als sichtbar geladen"


# --- acts and what follows from them -----------------------------------------------------------------------------


def acts_of(case: Case) -> list[CaseAct]:
    """The acts that count, in their order. A case of ``get_file`` brings them along; a locked one never does."""
    known = getattr(case, "known_acts", None)
    return known if known is not None else list(_standing_acts(case))


def _standing_acts(case: Case):
    rows = CaseAct.objects.unscoped(because=OF_A_VISIBLE_CASE).filter(case=case, voided_at=None)
    return rows.order_by("happened_on", "pk")


def state_of(case: Case) -> State:
    state = state_after(Act(act.act) for act in acts_of(case))
    assert state is not None, "a case begins with its referral"
    return state


def last_act(case: Case) -> CaseAct | None:
    acts = acts_of(case)
    return acts[-1] if acts else None


def released_on(case: Case) -> date | None:
    """The confirmed day of release."""
    return next((act.happened_on for act in acts_of(case) if act.act == Act.RELEASE_CONFIRMED), None)


# --- the list -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseRow:
    """A line in a list of cases."""

    number: str
    case_number: int
    name: str
    born_on: date | None
    prison: str
    responsible: str
    state: State
    phase: Phase
    label: str
    planning_date: date | None
    last_contact_on: date | None
    preparation_starts: date | None
    aftercare_ends: date | None
    cursor: str


@dataclass(frozen=True)
class CasePage:
    """A page of the list. ``total`` is exact up to COUNT_LIMIT; ``more`` says that there are more than that."""

    rows: list[CaseRow]
    total: int
    more: bool
    next_cursor: str | None


ORDERS = {"entlassung": "planning_key", "name": "name_key"}
LINE = (
    "case_id",
    "case_number",
    "dossier_id",
    "state",
    "planning_key",
    "last_contact_on",
    "name_key",
    "unit__short_name",
    "responsible__user__display_name",
)


def list_cases(
    actor: Actor,
    *,
    today: date,
    ended: bool = False,
    state: State | None = None,
    name: str = "",
    booking_number: str = "",
    order: str = "entlassung",
    cursor: str = "",
    deputy_for: int | None = None,
) -> CasePage:
    """The cases in the actor's scope: own (and those they deputise for), the team's, or the prison's.

    order: key of ORDERS. name: beginning of surname and given name. booking_number: whole. cursor: of the last row
    before this page.
    """
    rows = _scope(actor, today, deputy_for).filter(is_open=not ended)
    if state is not None:
        rows = rows.filter(state=state)
    if key := sort_key(name.replace("\x00", "").strip()):
        rows = rows.filter(name_key__gte=key, name_key__lt=upper_bound(key))
        order = "name"  # the index that finds them gives their order
    if booking_number:
        # A Buchnummer is one of a prison: asked together, its index answers.
        rows = rows.filter(
            case__custody_periods__prison=F("unit"),
            case__custody_periods__booking_number=booking_number.replace("\x00", "").strip(),
        )
    visible = rows.visible_to(actor)
    total = visible.order_by()[: COUNT_LIMIT + 1].count()
    column = ORDERS[order]
    if cursor:
        visible = visible.after(column, *_read_cursor(column, cursor))
    # Keys first, from the list table alone; then the people of this page. Joined, planning costs more than reading.
    found = list(visible.order_by(column, "case_id").values_list(*LINE, named=True)[: PAGE + 1])
    people = _people_of(actor, [line.dossier_id for line in found[:PAGE]])
    leads = parameters(("release_preparation_lead", "aftercare_duration"), on=today)
    page = [
        _case_row(line, people[line.dossier_id], column, today, leads)
        for line in found[:PAGE]
        if line.dossier_id in people
    ]
    return CasePage(
        rows=page,
        total=min(total, COUNT_LIMIT),
        more=total > COUNT_LIMIT,
        next_cursor=page[-1].cursor if len(found) > PAGE else None,
    )


def _people_of(actor: Actor, dossier_ids: list[int]) -> dict:
    rows = Participant.objects.visible_to(actor).filter(dossier_id__in=dossier_ids)
    columns = ("dossier_id", "dossier__number", "surname", "given_name", "born_on")
    return {row.dossier_id: row for row in rows.values_list(*columns, named=True)}


def _scope(actor: Actor, today: date, deputy_for: int | None = None):
    """Narrow by an indexed column to where the actor works; the wall does the rest."""
    rows = Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung")
    if actor.role == Role.TEAM_LEAD:
        return rows.of_team(actor.team_id) if actor.team_id else rows.none()  # type: ignore[attr-defined]
    if actor.role == Role.PRISON_SOCIAL:
        return rows.of_unit(actor.institution_id)  # type: ignore[attr-defined]
    if deputy_for is not None and deputy_for in {principal.pk for principal in principals_of(actor, today)}:
        return rows.of_responsible(deputy_for)
    return rows.of_responsible(actor.membership_id)


def principals_of(actor: Actor, today: date) -> list:
    """The positions that the actor deputises for today."""
    if not getattr(actor, "deputises", False):
        return []
    running = Deputyship.objects.filter(
        deputy_id=actor.membership_id, ended_at=None, starts_on__lte=today, ends_on__gte=today
    ).select_related("principal__user")
    return [deputyship.principal for deputyship in running]


def _case_row(line, person, column: str, today: date, leads) -> CaseRow:
    planned = None if line.planning_key == NEVER else line.planning_key
    state = State(line.state)
    preparation_starts = leads["release_preparation_lead"].before(planned) if planned else None
    phase = phase_of(state, planned, today, preparation_starts)
    return CaseRow(
        number=person.dossier__number,
        case_number=line.case_number,
        name=f"{person.surname}, {person.given_name}",
        born_on=person.born_on,
        prison=line.unit__short_name,
        responsible=line.responsible__user__display_name or "",
        state=state,
        phase=phase,
        label=label_of(state, phase),
        planning_date=planned,
        last_contact_on=line.last_contact_on,
        preparation_starts=preparation_starts,
        aftercare_ends=leads["aftercare_duration"].after(planned) if planned else None,
        cursor=f"{line.case_id}~{getattr(line, column)}",
    )


def _read_cursor(column: str, cursor: str):
    """(value, case id) of the place; NotVisible when somebody made one up."""
    match = re.fullmatch(r"([0-9]{1,18})~([^\x00]{1,300})", cursor)
    if match is None:
        raise NotVisible()
    case_id, value = match.groups()
    try:
        return (date.fromisoformat(value) if column == "planning_key" else value), int(case_id)
    except ValueError as error:
        raise NotVisible() from error


# --- the file -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CaseFile:
    """Head and facts of a file, for its pages. ``aftercare_ends``: from the confirmed or the planned release.

    bases: why the reader sees the file, the widest grant first. parameters: dated values that the parts of the file
    named (``steps.register_part``), of the day of release once it is confirmed, else of today.
    """

    dossier: Dossier
    case: Case
    participant: Participant
    bases: tuple[str, ...]
    parameters: KnownParameters
    age: int | None
    sex: str
    custody: CustodyPeriod | None
    acts: list[CaseAct]
    state: State
    phase: Phase
    label: str
    planning_date: date | None
    planning_basis: ReleaseDateHypothesis | None
    preparation_starts: date | None
    legal_end: date | None
    released_on: date | None
    aftercare_ends: date | None
    responsible: str
    responsible_since: date | None
    assignments: list[Assignment]
    hypotheses: list[ReleaseDateHypothesis]
    talks: list[FirstTalk]

    @property
    def admitted_on(self) -> date | None:
        return next((act.happened_on for act in self.acts if act.act == Act.ADMITTED), None)

    @property
    def ended_on(self) -> date | None:
        return self.acts[-1].happened_on if self.phase is Phase.ENDED else None


def get_file(actor: Actor, number: str, *, today: date, case_number: int | None = None) -> CaseFile:
    """Everything the head of a file shows, of the newest case (or the numbered one). NotVisible when hidden."""
    case = _open_case(actor, number, case_number)
    participant = case.dossier.participant
    acts = list(_standing_acts(case).select_related("recorded_by__user"))
    case.known_acts = acts  # so that the policies that a page asks need no query each
    state = state_after(Act(act.act) for act in acts)
    assert state is not None
    hypotheses = list(
        ReleaseDateHypothesis.objects.visible_to(actor)
        .filter(case=case)
        .select_related("recorded_by__user")
        .order_by("on", "pk")
    )
    released = next((act.happened_on for act in acts if act.act == Act.RELEASE_CONFIRMED), None)
    planned = released or rules.planning_date(
        rules.DateClaim(row.on, HypothesisStatus(row.status)) for row in hypotheses
    )
    assignments = list(
        Assignment.objects.visible_to(actor)
        .filter(case=case)
        .select_related("membership__user")
        .order_by("period__startswith")
    )
    assignment = assignments[-1] if assignments else None
    dated = known_parameters(HEAD_PARAMETERS | needed_parameters(), on=released or today)
    preparation = dated["release_preparation_lead"].before(planned) if planned else None
    return CaseFile(
        dossier=case.dossier,
        case=case,
        participant=participant,
        bases=tuple(case.bases),
        parameters=dated,
        age=rules.age_on(participant.born_on, today) if participant.born_on else None,
        sex=Sex(participant.sex).label,
        custody=getattr(case, "custody", None),
        acts=acts,
        state=state,
        phase=(phase := phase_of(state, planned, today, preparation)),
        label=label_of(state, phase),
        planning_date=planned,
        planning_basis=next((row for row in hypotheses if row.on == planned and row.status != "DROPPED"), None),
        preparation_starts=preparation,
        legal_end=next((row.on for row in hypotheses if row.kind == HypothesisKind.SENTENCE_END), None),
        released_on=released,
        aftercare_ends=dated["aftercare_duration"].after(planned) if planned else None,
        responsible=assignment.membership.user.display_name if assignment else "",
        responsible_since=assignment.period.lower if assignment else None,
        assignments=assignments,
        hypotheses=hypotheses,
        talks=list(
            FirstTalk.objects.visible_to(actor)
            .filter(case=case)
            .select_related("held_by__user")
            .order_by("held_on", "pk")
        ),
    )


def _open_case(actor: Actor, number: str, case_number: int | None) -> Any:
    """The case with its dossier, its participant, the present custody and the reader's bases, in one query.

    Custody that the reader may not see is left out; all else must be open to them.
    """
    if not NUMBER.fullmatch(number):
        raise NotVisible()
    cases = Case.objects.visible_to(actor, Dossier, Participant).filter(dossier__number=number)
    if case_number is not None:
        cases = cases.filter(number=case_number)
    case = (
        cases.with_bases(actor)
        .bringing(actor, custody="custody_periods")
        .select_related("dossier__participant", "custody__prison")
        .order_by("-number", "-custody__pk")
        .first()
    )
    if case is None or not hasattr(case.dossier, "participant"):
        raise NotVisible()
    # For the policies that a page asks about one or the other: the same reader, the same dossier.
    known_bases = {actor.holders: frozenset(case.bases)}
    for row in (case, case.dossier, case.dossier.participant):
        row.known_bases = known_bases
    return case


def offices_for(participant: Participant, *, on: date) -> CompetentOffices:
    """Competent Jobcenter, agency and chamber: from the future residence, never from the prison."""
    return competent_offices(
        district_ags=participant.residence_district,
        postcode=participant.residence_postcode,
        place=participant.residence_town,
        on=on,
    )


# --- prison lists ---------------------------------------------------------------------------------------------------


def get_import(actor: Actor, import_id: int) -> PrisonListImport:
    """An upload of the actor's own that is still open. NotVisible else."""
    found = PrisonListImport.objects.visible_to(actor).filter(pk=import_id).select_related("prison").first()
    if found is None:
        raise NotVisible()
    return found


def list_import_rows(actor: Actor, prison_list: PrisonListImport) -> Iterable[PrisonListRow]:
    return list(PrisonListRow.objects.visible_to(actor).filter(prison_list=prison_list).order_by("row"))


def list_open_imports(actor: Actor) -> list[PrisonListImport]:
    """The actor's uploads that still wait for a decision, newest first."""
    return list(
        PrisonListImport.objects.visible_to(actor)
        .filter(finished_at=None)
        .select_related("prison")
        .order_by("-uploaded_at")[:20]
    )
