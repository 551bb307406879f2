"""The file: everything its pages show of one case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F

from ina.access.models import Dossier
from ina.access.queries import NUMBER
from ina.base.actor import Actor
from ina.base.errors import NotVisible
from ina.base.together import Read, read_together
from ina.cases import rules
from ina.cases.enums import Act, Phase, Sex, State
from ina.cases.lifecycle import ENDED_STATES, label_of, phase_of, standing_after
from ina.cases.models import Assignment, Case, CaseAct, CustodyPeriod, FirstTalk, Participant, ReleaseDateHypothesis
from ina.cases.queries.acts import as_claim, pauses_of
from ina.cases.queries.corrections import numbered
from ina.cases.rules.endings import aftercare_end
from ina.cases.rules.release import legal_end
from ina.cases.steps import needed_lists, needed_parameters, needed_reads
from ina.institutions.queries import CompetentOffices, competent_offices
from ina.reference.queries import KnownParameters, known_on, labels_on, names_in, values_of

# What the head of a file needs, whichever parts are registered.
HEAD_PARAMETERS = {"release_preparation_lead", "aftercare_duration", "esf_follow_up"}


def _cases(given: Any) -> Any:
    """The cases of a file with its dossier, participant, custody and the reader's bases, the newest first.

    Custody that the reader may not see is left out; all else must be open to them.
    """
    return (
        Case.objects.visible_to(given.actor, Dossier, Participant)
        .filter(dossier__number=given.number)
        .with_bases(given.actor)
        .bringing(given.actor, custody="custody_periods")
        # Every case has a stay that stands; who may see none of them has no row joined here.
        .filter(custody__voided_at=None)
        .select_related("dossier__participant", "custody__prison")
        .order_by("-number", "-custody__pk")
    )


def _signed(table: Any, author: str, *order: str, **more: F) -> Read:
    """All rows of a table in the dossier of the case (entries are numbered there), with ``by`` and ``undone_by``."""
    return Read(
        lambda given: (
            table.objects.visible_to(given.actor)
            .filter(dossier_id=given.dossier_id)
            .annotate(by=F(f"{author}__user__display_name"), undone_by=F("voided_by__user__display_name"), **more)
            .order_by(*order)
        )
    )


NEWEST = Read(lambda given: _cases(given)[:1])
NUMBERED = Read(lambda given: _cases(given).filter(number=given.case_number)[:1])
ACTS = _signed(CaseAct, "recorded_by", "happened_on", "pk")
CLAIMS = _signed(ReleaseDateHypothesis, "recorded_by", "on", "pk")
TALKS = _signed(FirstTalk, "held_by", "held_on", "pk", held_as=F("held_by__role"))
ASSIGNMENTS = Read(
    lambda given: (
        Assignment.objects.visible_to(given.actor)
        .filter(case_id=given.case_id)
        .select_related("membership__user")
        .order_by("period__startswith")
    )
)
# Which day counts is known only when the acts are.
VALUES = Read(lambda given: values_of(HEAD_PARAMETERS | needed_parameters()))
TERMS = Read(lambda given: names_in(needed_lists()))


def story_reads() -> tuple[Read, ...]:
    """What a page asks along with the file to tell its story (``steps.story_of``)."""
    return (*needed_reads(), TERMS)


@dataclass(frozen=True)
class CaseFile:
    """Head and facts of a file, for its pages. ``aftercare_ends``: from the confirmed or the planned release.

    bases: why the reader sees the file, the widest grant first. parameters: dated values that the parts of the file
    named (``steps.register_part``), of the day of release once it is confirmed, else of today. answers: to what was
    asked along with the file.
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
    # Acts, claims and talks that were voided, for lists that show them. Each entry knows its ``ordinal``.
    voided: list[CaseAct | ReleaseDateHypothesis | FirstTalk]
    answers: dict[Read, list[Any]]

    def labels(self, today: date) -> dict[str, dict[str, str]]:
        """The names of codes on a day, by list and code, of the lists that the parts named (asked along: TERMS)."""
        return labels_on(self.answers[TERMS], today)

    @property
    def admitted_on(self) -> date | None:
        return next((act.happened_on for act in self.acts if act.act == Act.ADMITTED), None)

    @property
    def ended_on(self) -> date | None:
        return self.acts[-1].happened_on if self.state in ENDED_STATES else None


def get_file(
    actor: Actor, number: str, *, today: date, case_number: int | None = None, along: Iterable[Read] = ()
) -> CaseFile:
    """Everything the head of a file shows, of the newest case (or the numbered one). NotVisible when hidden.

    along: what else the page asks about this dossier and case, in the same statement.
    """
    case = _open_case(actor, number, case_number)
    participant = case.dossier.participant
    answers = read_together(
        (ACTS, CLAIMS, TALKS, ASSIGNMENTS, VALUES, *along),
        actor=actor,
        dossier_id=case.dossier_id,
        case_id=case.pk,
        case_number=case.number,
        today=today,
    )
    acts, no_acts = _standing(case, answers[ACTS])
    case.known_acts = acts  # so that the policies that a page asks need no query each
    state = standing_after(Act(act.act) for act in acts).state
    assert state is not None
    hypotheses, no_claims = _standing(case, answers[CLAIMS])
    talks, no_talks = _standing(case, answers[TALKS])
    released = next((act.happened_on for act in acts if act.act == Act.RELEASE_CONFIRMED), None)
    planned = released or rules.planning_date([as_claim(row) for row in hypotheses])
    assignments = answers[ASSIGNMENTS]
    assignment = assignments[-1] if assignments else None
    dated = known_on(answers[VALUES], released or today)
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
        phase=(phase := _phase(state, acts, planned, released, preparation, dated, today)),
        label=label_of(state, phase),
        planning_date=planned,
        planning_basis=next((row for row in hypotheses if row.on == planned and row.status != "DROPPED"), None),
        preparation_starts=preparation,
        legal_end=legal_end([as_claim(row) for row in hypotheses]),
        released_on=released,
        aftercare_ends=aftercare_end(planned, dated["aftercare_duration"], pauses_of(acts)) if planned else None,
        responsible=assignment.membership.user.display_name if assignment else "",
        responsible_since=assignment.period.lower if assignment else None,
        assignments=assignments,
        hypotheses=hypotheses,
        talks=talks,
        voided=[*no_acts, *no_claims, *no_talks],
        answers=answers,
    )


def _standing(case: Case, rows: Any) -> tuple[list, list]:
    """The rows of this case that count, and those that were voided."""
    own = [row for row in numbered(rows) if row.case_id == case.pk]
    return [row for row in own if not row.is_voided], [row for row in own if row.is_voided]


def _phase(state, acts, planned, released, preparation, dated, today) -> Phase:
    admitted = any(act.act == Act.ADMITTED for act in acts)
    follows = dated["esf_follow_up"].after(acts[-1].happened_on) if state is State.CLOSED and admitted else None
    return phase_of(state, planned, today, preparation, released=released is not None, follow_up_ends=follows)


def _open_case(actor: Actor, number: str, case_number: int | None) -> Any:
    """The case that the page is about, in one query. NotVisible when hidden or absent."""
    if not NUMBER.fullmatch(number):
        raise NotVisible()
    if case_number is None:
        found = NEWEST.rows(actor=actor, number=number)
    else:
        found = NUMBERED.rows(actor=actor, number=number, case_number=case_number)
    case = next(iter(found), None)
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
