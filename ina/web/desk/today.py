"""Heute: what waits for the reader, at a glance. For case managers, leads of teams, the social service of a prison.

A GET without effect: what is shown as a reminder stays new until the own tasks are opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from ina.accounts.enums import Role
from ina.agenda.policies import may_see_reminders
from ina.agenda.queries import ReminderRow, board
from ina.agenda.queries.board import DueBoard, DueKeys
from ina.agenda.queries.due import reminders_from
from ina.base import clock
from ina.base.actor import Actor
from ina.base.together import Read, read_together
from ina.cases import policies
from ina.cases.enums import Phase
from ina.cases.queries import counts, desk, loads
from ina.cases.queries.counts import HORIZON, Waiting
from ina.cases.queries.desk import MOST_DRAWN, DeskCase, Referral, StandIn, WaitingOffer
from ina.cases.queries.loads import Loads
from ina.monitoring.policies import may_list_appointments
from ina.monitoring.queries import IN_HOUSE, TODAYS, AppointmentRow, appointments_from
from ina.reference.queries import known_on, values_of
from ina.web.desk import today_lines as lines
from ina.web.desk.today_lines import SHOWN, Names
from ina.web.desk.told import phase_and_place
from ina.web.shell.pages import show

DATED = Read(lambda given: values_of((*counts.PARAMETERS, *loads.PARAMETERS, "short_notice_release")))
AHEAD = timedelta(days=7)
BY_PERSON = "person"
# More positions than that are listed on the page of hand-overs.
MOST_POSITIONS = 12
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip


@dataclass
class Found:
    """All that was read for one page."""

    today: date
    dated: Mapping[str, Any]
    board: DueBoard = field(default_factory=DueBoard)
    appointments: list[AppointmentRow] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    late: Counter[tuple[int, int]] = field(default_factory=Counter)
    cases: dict[tuple[int, int], DeskCase] = field(default_factory=dict)
    open: int = 0
    own: list[DeskCase] = field(default_factory=list)
    stand_ins: list[StandIn] = field(default_factory=list)
    releases: list[DeskCase] = field(default_factory=list)
    releases_total: int = 0
    offers: list[WaitingOffer] = field(default_factory=list)
    offers_total: int = 0
    questions: int = 0
    phases: Counter[Phase] = field(default_factory=Counter)
    # Of a team.
    loads: Loads | None = None
    waiting: Waiting = field(default_factory=Waiting)
    unled: list[DeskCase] = field(default_factory=list)
    unled_total: int = 0
    told: list[ReminderRow] = field(default_factory=list)
    # Of a prison.
    undecided: str = ""
    referrals: list[Referral] = field(default_factory=list)
    undated: list[DeskCase] = field(default_factory=list)
    undated_total: int = 0

    @property
    def unseen(self) -> list[DeskCase]:
        return lines.unseen_lines(self.own)

    def has_line(self) -> list[DeskCase]:
        """Cases with a line of their own on the page."""
        return [*self.releases, *self.unseen[:SHOWN], *self.unled, *self.undated]


def today_page(request: HttpRequest) -> HttpResponse:
    actor, today = request.actor, clock.today()
    policies.may_list_cases(actor).require()
    role = Role(actor.role)
    if role not in FIRST:
        return show(request, "desk/today.html", {"title": _day(today), "told": str(_place(request)), "works": False})
    return show(request, "desk/today.html", _context(request, _read(actor, role, today)))


# What is asked first, by role: the day's parameters, and what the rest is asked with.
FIRST: dict[Role, tuple[Read, ...]] = {
    Role.CASE_MANAGER: (DATED, desk.STAND_INS, desk.OFFERS),
    Role.TEAM_LEAD: (DATED, desk.OFFERS, loads.MEMBERS, loads.STAND_INS),
    Role.PRISON_SOCIAL: (DATED,),
}
SECOND: dict[Role, tuple[Read, ...]] = {
    Role.CASE_MANAGER: (board.KEYS, TODAYS, desk.OFFER_ROWS, desk.OWN, desk.QUESTIONS),
    Role.TEAM_LEAD: (
        board.KEYS, TODAYS, desk.OFFER_ROWS, board.ESCALATED, counts.TEAM, counts.OVERDUE, counts.WAITING,
        desk.TEAM_RELEASES, desk.UNLED,
    ),
    Role.PRISON_SOCIAL: (
        board.KEYS, IN_HOUSE, counts.UNIT, desk.UNIT_RELEASES, desk.UNDATED, desk.REFERRED,
    ),
}  # fmt: skip
# Last the people and their items, once it is known whose.
LAST = (desk.NAMES, desk.CASES, board.IN_FULL, board.LATE, desk.ACT_DAYS)


def _read(actor: Actor, role: Role, today: date) -> Found:
    """Three statements, however much there is to show."""
    given: dict[str, Any] = {
        "membership_id": actor.membership_id,
        # A lead without a team leads nobody: 0 is no team.
        "team_id": getattr(actor, "team_id", None) or 0,
        "unit_id": getattr(actor, "institution_id", None),
        "today": today,
        "until": today + AHEAD,
    }
    first = read_together(FIRST[role], actor=actor, **given)
    found = Found(today, known_on(first[DATED], today))
    found.stand_ins = [StandIn(*row) for row in first.get(desk.STAND_INS, ())]
    offers, members = first.get(desk.OFFERS, []), first.get(loads.MEMBERS, [])
    gone = loads.gone_from(members, today)
    given |= counts.days_of(found.dated, today) | {
        "members": [actor.membership_id, *(each.membership_id for each in found.stand_ins)],
        "offers": [row[0] for row in offers],
        "gone": gone,
    }
    asked = SECOND[role] if role is not Role.TEAM_LEAD or given["team_id"] else LEADING_NOBODY
    second = read_together(asked, actor=actor, **given)
    found.appointments = appointments_from([*second.get(TODAYS, ()), *second.get(IN_HOUSE, ())], actor)
    if desk.OFFER_ROWS in second:
        found.offers = desk.offers_from(offers, second[desk.OFFER_ROWS])
        found.offers_total = len(found.offers) + (offers[0][5] - len(offers) if offers else 0)
    referred: list[DeskCase] = []
    if role is Role.CASE_MANAGER:
        _own(found, second, actor)
    elif role is Role.TEAM_LEAD:
        _team(found, second, first, gone)
    else:
        referred = _house(found, second)
    keys = board.keys_from(second[board.KEYS], today, SHOWN)
    given |= {
        "dossiers": sorted(_people(found, keys) | {case.dossier_id for case in referred}),
        "items": keys.shown,
        "cases": [case.case_id for case in referred],
    }
    last = read_together(LAST, actor=actor, **given)
    found.names = desk.names_from(last[desk.NAMES])
    found.cases = {
        (case.dossier_id, case.case_number): case for case in desk.cases_from(last[desk.CASES], today, found.dated)
    }
    found.board = board.board_from(keys, last[board.IN_FULL], actor, today)
    found.late = Counter(last[board.LATE])
    found.referrals = desk.referrals_from(referred, last[desk.ACT_DAYS])
    return found


LEADING_NOBODY = (board.KEYS, TODAYS, desk.OFFER_ROWS, board.ESCALATED)
Answers = Mapping[Read, list[Any]]


def _own(found: Found, answers: Answers, actor: Actor) -> None:
    found.own = desk.cases_from(answers[desk.OWN], found.today, found.dated)
    found.open = sum(case.responsible_id == actor.membership_id for case in found.own)
    leaving = [case for case in found.own if not case.released and _within(case, found.today)]
    found.releases, found.releases_total = leaving[:MOST_DRAWN], len(leaving)
    found.questions = len(answers[desk.QUESTIONS])


def _team(found: Found, answers: Answers, first: Answers, gone: list[int]) -> None:
    today, dated = found.today, found.dated
    team = counts.team_counts(answers.get(counts.TEAM, ()))
    late, members = dict(answers.get(counts.OVERDUE, ())), first[loads.MEMBERS]
    found.loads = loads.loads_from(
        members, first[loads.STAND_INS], team, late, today=today, dated=dated, most=MOST_POSITIONS
    )
    found.open = sum(each.cases for each in team)
    found.phases = counts.phases_of_team(team)
    found.releases_total = sum(each.releases for each in team)
    found.unled_total = sum(each.cases for each in team if each.responsible_id is None or each.responsible_id in gone)
    found.waiting = Waiting(*next(iter(answers.get(counts.WAITING, ())), ()))
    found.questions = found.waiting.asked
    found.releases = desk.cases_from(answers.get(desk.TEAM_RELEASES, ()), today, dated)
    found.unled = desk.cases_from(answers.get(desk.UNLED, ()), today, dated)
    found.told = reminders_from(answers[board.ESCALATED])


def _house(found: Found, answers: Answers) -> list[DeskCase]:
    """Answers the cases that may stand in the list of referrals."""
    today, dated = found.today, found.dated
    house = counts.unit_counts(answers[counts.UNIT], today)
    found.open = sum(each.cases for each in house)
    found.phases = counts.phases_of_unit(house)
    found.undecided = lines.undecided(house)
    found.releases_total = sum(each.releases for each in house)
    found.undated_total = sum(each.undated for each in house)
    found.releases = desk.cases_from(answers[desk.UNIT_RELEASES], today, dated)
    found.undated = desk.cases_from(answers[desk.UNDATED], today, dated)
    return desk.cases_from(answers[desk.REFERRED], today, dated)


def _within(case: DeskCase, today: date) -> bool:
    return case.planning_date is not None and today <= case.planning_date <= today + HORIZON


def _people(found: Found, keys: DueKeys) -> set[int]:
    """The files whose people have a line on the page."""
    owners = {row.dossier_id for row in (*found.has_line(), *found.appointments, *found.told)}
    return owners | keys.dossiers | {offer.dossier_id for offer in found.offers if offer.looked}


def _context(request: HttpRequest, found: Found) -> dict[str, Any]:
    actor, role, today, dated = request.actor, Role(request.actor.role), found.today, found.dated
    by_person = request.GET.get("ordnung") == BY_PERSON
    short = dated["short_notice_release"]
    names, unseen = found.names, found.unseen
    return {
        "title": _day(today),
        "told": _told(request, found, role),
        "works": True,
        "may_refer": policies.may_refer_person(actor),
        "may_import": policies.may_import_prison_list(actor),
        "leads": role is Role.TEAM_LEAD,
        "manages": role is Role.CASE_MANAGER,
        "house": role is Role.PRISON_SOCIAL,
        "releases": lines.releases(
            found.releases, names, found.late, today=today, short=short, total=found.releases_total
        ),
        "short": str(short),
        "due": lines.due_groups(found.board, found.cases, names, today, by_person=by_person),
        "due_said": lines.summary(found.board),
        "has_tasks": may_see_reminders(actor),
        "by_person": by_person,
        "appointments": lines.appointment_lines(found.appointments, names),
        "has_week": may_list_appointments(actor),
        "offers": lines.offer_lines(found.offers, names),
        "offers_count": found.offers_total,
        "answers": policies.may_answer_offers(actor),
        "questions": found.questions,
        "unseen": [(lines.name_of(names, case), case, phase_and_place(case)) for case in unseen[:SHOWN]],
        "unseen_more": max(len(unseen) - SHOWN, 0),
        "phases": lines.phase_bar(found.phases) if found.phases else [],
        "loads": found.loads,
        "low": dated["caseload_low"],
        "high": dated["caseload_high"],
        "waiting": found.waiting,
        "unled": lines.plain(found.unled, names, today),
        "unled_total": found.unled_total,
        "reminders": lines.reminder_lines(found.told, names, today),
        "referrals": lines.referral_lines(found.referrals, names),
        "undecided": found.undecided,
        "undated": lines.plain(found.undated, names, today),
        "undated_total": found.undated_total,
    }


def _told(request: HttpRequest, found: Found, role: Role) -> str:
    said = lines.open_cases(found.open)
    if role is Role.TEAM_LEAD:
        team = f" im {request.membership.team}" if request.membership.team else ""
        return f"{said}{team}" + (f", {found.unled_total} davon ohne Fallführung" if found.unled_total else "")
    if role is Role.PRISON_SOCIAL:
        return f"{said} · {_place(request)}"
    return said + lines.standing_in(found.own, found.stand_ins)


def _place(request: HttpRequest):
    return request.membership.place or request.membership.institution


def _day(today: date) -> str:
    return f"{WEEKDAYS[today.weekday()]}, {today.day}. {MONTHS[today.month - 1]}"
