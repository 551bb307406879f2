"""What the page Heute shows of cases: the own ones, releases to come, referrals, offers. Visible rows only.

Each list is bounded and found by an index of its scope, so that it costs the same however many cases there are. The
questions are asked together (``base.together``) with the days of ``counts.days_of``; ``…_from`` reads their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from ina.access.models import Dossier
from ina.accounts.models import Deputyship
from ina.base.together import Read, SqlRead, one_of
from ina.cases.enums import Act, HandoverState, LinkState, Phase, State
from ina.cases.lifecycle import UNDECIDED_STATES, label_of, phase_of
from ina.cases.models import CaseAct, Handover, Participant, SamePerson, Worklist
from ina.cases.queries.counts import pace_of
from ina.cases.queries.handovers import NEVER
from ina.cases.rules.seen import unseen_days

# Lines of a list, and posts of the strip of releases.
MOST = 12
MOST_DRAWN = 40
# No caseload is larger; whoever stands in for several people reads the most urgent ones.
MOST_OWN = 500
MOST_OFFERS = 20
KEPT_FOR_DECIDED = 4
DECIDED_STATES = (State.ADMITTED, State.DECLINED, State.REJECTED)


@dataclass(frozen=True)
class DeskCase:
    """A case as Heute shows it. ``planning_date``: of the release, after it the day of the release itself;
    ``unseen``: days since the last contact when these are too many (``rules.seen``)."""

    case_id: int
    dossier_id: int
    number: str
    case_number: int
    prison: str
    responsible_id: int | None
    state: State
    phase: Phase
    planning_date: date | None
    released: bool
    due_on: date | None
    unseen: int | None

    @property
    def label(self) -> str:
        return label_of(self.state, self.phase)


@dataclass(frozen=True)
class Name:
    """Of a person, as lists and as the strip of releases show it."""

    listed: str
    short: str


@dataclass(frozen=True)
class StandIn:
    """For whom the actor stands in today, and until when."""

    membership_id: int
    name: str
    ends_on: date


@dataclass(frozen=True)
class WaitingOffer:
    """A hand-over that waits for an answer: of the actor (``incoming``), or of whoever it was offered to.

    ``looked``: whether the actor sees whose case it is; who answers for others looks first, on the page of hand-overs.
    """

    dossier_id: int
    number: str
    incoming: bool
    looked: bool
    giver: str
    receiver: str
    offered_on: date
    answer_by: date


@dataclass(frozen=True)
class Referral:
    """Somebody who came in, and what has become of it since when."""

    case: DeskCase
    referred_on: date
    since: date


STAND_INS = Read(
    lambda given: (
        Deputyship.objects.filter(
            deputy_id=given.membership_id, ended_at=None, starts_on__lte=given.today, ends_on__gte=given.today
        )
        .order_by("ends_on", "pk")
        .values_list("principal_id", "principal__user__display_name", "ends_on")
    )
)
# The keys of offers to the actor and to those for whom they answer, and how many there are.
OFFERS = SqlRead(
    "SELECT handover_id, offered_dossier_id, number, offered_on, answer_by, count(*) OVER () FROM cases_offers()"
    " WHERE state = 'OFFERED' ORDER BY answer_by, handover_id LIMIT 12"
)
# Of these and of the actor's own offers, those that they see.
OFFER_ROWS = Read(
    lambda given: (
        Handover.objects.visible_to(given.actor, Dossier)
        .filter(
            Q(giver_id=given.membership_id) | Q(offered_by_id=given.membership_id) | Q(one_of("pk", given.offers)),
            state=HandoverState.OFFERED,
        )
        .order_by("answer_by", "pk")
        .values_list(
            "pk",
            "dossier_id",
            "dossier__number",
            "giver__user__display_name",
            "offered_by__user__display_name",
            "receiver__user__display_name",
            "offered_on",
            "answer_by",
        )[:MOST_OFFERS]
    )
)
COLUMNS = (
    "case_id",
    "dossier_id",
    "dossier__number",
    "case_number",
    "unit__short_name",
    "responsible_id",
    "state",
    "is_released",
    "planning_key",
    "due_key",
)


def _listed(given, rows, *columns: str):
    return rows.visible_to(given.actor, Dossier).order_by("planning_key", "case_id").values_list(*COLUMNS, *columns)


def _rows():
    return Worklist.objects.unscoped(because="visible_to folgt auf die Eingrenzung (_listed)")


def _own(given):
    return _rows().still_open().filter(one_of("responsible_id", given.members))


def _with_last_contact(given):
    """Of whom nobody has met yet it is the admission that counts."""
    admitted = CaseAct.objects.visible_to(given.actor).standing().filter(case_id=OuterRef("case_id"), act=Act.ADMITTED)
    seen = Coalesce("last_contact_on", Subquery(admitted.values("happened_on")[:1]))
    return _listed(given, _own(given).annotate(seen_on=seen), "seen_on")[:MOST_OWN]


def _next_releases(given, rows):
    leaving = rows.still_open().released_between(given.today, given.horizon).filter(is_released=False)
    return _listed(given, leaving)[:MOST_DRAWN]


# What these positions lead; who of a team or a prison leaves first; who has no day of release; what nobody leads.
OWN = Read(_with_last_contact)
TEAM_RELEASES = Read(lambda given: _next_releases(given, _rows().of_team(given.team_id)))
UNIT_RELEASES = Read(lambda given: _next_releases(given, _rows().of_unit(given.unit_id)))
UNDATED = Read(
    lambda given: _listed(
        given, _rows().of_unit(given.unit_id).still_open().filter(planning_key=NEVER, is_released=False)
    )[:MOST]
)
UNLED = Read(
    lambda given: _listed(
        given,
        _rows()
        .of_team(given.team_id)
        .still_open()
        .filter(Q(responsible_id=None) | Q(one_of("responsible_id", given.gone))),
    )[:MOST]
)
# Cases of some files, ended ones too.
CASES = Read(lambda given: _listed(given, _rows().filter(one_of("dossier_id", given.dossiers))))
# Questions of others whether two files are about the same person, of the cases that somebody leads.
QUESTIONS = Read(
    lambda given: (
        SamePerson.objects.visible_to(given.actor)
        .filter(state=LinkState.ASKED, is_asker=False, dossier_id__in=_own(given).values("dossier_id"))
        .values_list("pk")
    )
)


def _referred(given):
    """Undecided ones and the newest decided ones apart, so that new ones do not push out an old one."""
    scope = _rows().of_unit(given.unit_id)
    parts = [scope.filter(state=state).order_by("case_id") for state in sorted(UNDECIDED_STATES)]
    parts += [scope.filter(state=state).order_by("-case_id") for state in DECIDED_STATES]
    keys = [part.visible_to(given.actor).values("case_id")[:MOST] for part in parts]
    return _listed(given, _rows().filter(case_id__in=keys[0].union(*keys[1:], all=True)))


REFERRED = Read(_referred)
# The days of the acts of some cases, the first and the last of which a list of referrals tells.
ACT_DAYS = Read(
    lambda given: (
        CaseAct.objects.visible_to(given.actor)
        .standing()
        .filter(one_of("case_id", given.cases))
        .order_by("happened_on", "pk")
        .values_list("case_id", "happened_on")
    )
)
NAMES = Read(
    lambda given: (
        Participant.objects.visible_to(given.actor)
        .filter(one_of("dossier_id", given.dossiers))
        .values_list("dossier_id", "surname", "given_name")
    )
)


def cases_from(rows: Iterable[tuple], today: date, dated: Mapping[str, Any]) -> list[DeskCase]:
    """From rows of any question about cases. dated: as for ``counts.days_of``."""
    lead, pace = dated["release_preparation_lead"], pace_of(dated)
    return [_case(row, lead, pace, today) for row in rows]


def referrals_from(cases: list[DeskCase], days: Iterable[tuple[int, date]]) -> list[Referral]:
    """The undecided ones, the oldest first; then decided ones, the newest first, for which room is kept."""
    first: dict[int, date] = {}
    last: dict[int, date] = {}
    for case_id, on in days:
        first.setdefault(case_id, on)
        last[case_id] = on
    found = [Referral(case, first[case.case_id], last[case.case_id]) for case in cases if case.case_id in first]
    undecided = [each for each in found if each.case.state in UNDECIDED_STATES]
    decided = [each for each in found if each.case.state not in UNDECIDED_STATES]
    undecided.sort(key=lambda each: each.referred_on)
    decided.sort(key=lambda each: each.since, reverse=True)
    return [*undecided[: MOST - min(len(decided), KEPT_FOR_DECIDED)], *decided][:MOST]


def names_from(rows: Iterable[tuple[int, str, str]]) -> dict[int, Name]:
    """By dossier; whoever is not visible is missing."""
    return {
        dossier_id: Name(
            listed=", ".join(part for part in (surname, given_name) if part),
            short=f"{surname}, {given_name[0]}." if surname and given_name else surname or given_name,
        )
        for dossier_id, surname, given_name in rows
    }


def offers_from(offers: Iterable[tuple], rows: Iterable[tuple]) -> list[WaitingOffer]:
    """Offers that wait for the actor, then those of the actor that nobody has answered; the most urgent first."""
    unlooked = {
        handover_id: WaitingOffer(dossier_id, number, True, False, "", "", offered_on, answer_by)
        for handover_id, dossier_id, number, offered_on, answer_by, _ in offers
    }
    found = []
    for pk, dossier_id, number, giver, offered_by, *rest in rows:
        incoming = unlooked.pop(pk, None) is not None
        found.append(WaitingOffer(dossier_id, number, incoming, True, giver or offered_by, *rest))
    return sorted([*found, *unlooked.values()], key=lambda offer: (not offer.incoming, offer.answer_by))


def _case(row, lead, pace, today: date) -> DeskCase:
    case_id, dossier_id, number, case_number, prison, responsible_id, state, released, planning, due, *seen = row
    planned, state = None if planning == NEVER else planning, State(state)
    return DeskCase(
        case_id=case_id,
        dossier_id=dossier_id,
        number=number,
        case_number=case_number,
        prison=prison,
        responsible_id=responsible_id,
        state=state,
        phase=phase_of(state, planned, today, lead.before(planned) if planned else None, released=released),
        planning_date=planned,
        released=released,
        due_on=None if due == NEVER else due,
        unseen=unseen_days(state, seen[0], released_on=planned if released else None, pace=pace, today=today)
        if seen
        else None,
    )
