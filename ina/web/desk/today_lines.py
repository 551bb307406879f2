"""The lines of the page Heute: rows of the queries with names, words, marks and addresses. No query here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.http import urlencode

from ina.agenda.enums import ItemState
from ina.agenda.queries import DueRow, ReminderRow
from ina.agenda.queries.board import DueBoard
from ina.agenda.rules import urgency_of
from ina.cases.enums import Phase, State
from ina.cases.next_steps import shown_as
from ina.cases.queries.counts import HORIZON, UnitCount
from ina.cases.queries.desk import MOST, DeskCase, Name, Referral, StandIn, WaitingOffer
from ina.monitoring.queries import AppointmentRow
from ina.reference.rules import Duration
from ina.web.desk.release_lanes import Release, Strip, release_strip
from ina.web.desk.told import OPEN, VERBS, amount, how_urgent, stands
from ina.web.shell.dates import german_day, until
from ina.web.shell.files import EPISODE

Names = Mapping[int, Name]
# Lines of each list; further ones are behind a link.
SHOWN = MOST
PHASES = (
    (Phase.REFERRAL, "c4", "Klärung"),
    (Phase.CUSTODY, "p1", "Vollzug"),
    (Phase.PREPARATION, "p2", "Entlassungsvorbereitung"),
    (Phase.AFTERCARE, "p3", "Nachsorge"),
)


@dataclass(frozen=True)
class Line:
    """Something about a person. ``name`` leads to ``url``; ``words`` stand below, ``aside`` to the right."""

    mark: str
    name: str
    url: str
    words: str
    aside: str = ""
    state: str = ""
    answer_url: str = ""
    answer: str = ""


@dataclass(frozen=True)
class DueLine:
    """An item with the button that leads to where it is done; ``spoken`` says what the button is for."""

    row: DueRow
    mark: str
    why: str
    name: str
    file: str
    stands: str
    when: str
    late: bool
    url: str
    verb: str
    spoken: str


@dataclass(frozen=True)
class Group:
    """more: how many there are beside those shown."""

    label: str
    mark: str
    lines: list[DueLine]
    more: int = 0


@dataclass(frozen=True)
class Releases:
    """The strip, the same as lines, and how many there are in all."""

    strip: Strip
    lines: list[Line]
    total: int
    more: int


@dataclass(frozen=True)
class Segment:
    label: str
    css: str
    count: int
    x: str
    width: str


def _name(names: Names, dossier_id: int, number: str) -> str:
    """The number of the file where the person is not visible."""
    return names[dossier_id].listed if dossier_id in names else number


def file_url(number: str, case_number: int, page: str = "file") -> str:
    return f"{reverse(page, args=[number])}?{urlencode({EPISODE: case_number})}"


def releases(
    cases: list[DeskCase], names: Names, late: Counter[tuple[int, int]], *, today: date, short: Duration, total: int
) -> Releases:
    """cases: by day, of which the first have a line. short: how long before a release its shortened list holds."""
    drawn, lines = [], []
    for case in cases:
        assert case.planning_date
        overdue = late[case.dossier_id, case.case_number]
        urgency = urgency_of(ItemState.OPEN, case.due_on, None, today) if case.due_on else None
        mark, word = how_urgent(overdue, urgency)
        name = names.get(case.dossier_id, Name(case.number, case.number))
        words = f"{case.planning_date:%d.%m.}" + (f" · {word}" if overdue else "")
        drawn.append(Release(case.planning_date, name.short, words, mark))
        days = (case.planning_date - today).days
        lines.append(
            Line(
                mark=mark,
                name=name.listed,
                url=file_url(case.number, case.case_number),
                words=word,
                aside=f"{case.planning_date:%d.%m.} · {days} T" if days else "heute",
                state=case.label,
            )
        )
    strip = release_strip(
        drawn, today=today, days=HORIZON.days, short_until=short.after(today) - timedelta(days=1), total=total
    )
    return Releases(strip, lines[:SHOWN], total, max(total - SHOWN, 0))


def due_groups(
    board: DueBoard, cases: Mapping[tuple[int, int], DeskCase], names: Names, today: date, *, by_person: bool
) -> list[Group]:
    """By urgency, or by person: whoever has the most urgent item first."""
    lines = [_due_line(row, cases, names, today) for row in board.rows]
    if by_person:
        people: dict[int, list[DueLine]] = {}
        for line in lines:
            people.setdefault(line.row.dossier_id, []).append(line)
        groups = [Group(own[0].name, own[0].mark, own) for own in people.values()]
        rest = board.late_count + board.today_count + board.later_count - len(lines)
        if rest and groups:
            last = groups[-1]
            groups[-1] = Group(last.label, last.mark, last.lines, rest)
        return groups
    late, now = len(board.late), len(board.today)
    groups = [
        Group("Überfällig", "late", lines[:late], board.late_count - late),
        Group("Heute", "due", lines[late : late + now], board.today_count - now),
        Group("In den nächsten sieben Tagen", "open", lines[late + now :], board.later_count - len(board.later)),
    ]
    return [group for group in groups if group.lines]


def _due_line(row: DueRow, cases: Mapping[tuple[int, int], DeskCase], names: Names, today: date) -> DueLine:
    case = cases.get((row.dossier_id, row.case_number))
    name = _name(names, row.dossier_id, row.number)
    late = row.shown_on < today
    why = row.why if not row.for_somebody else f"{row.why} · zuständig: {row.responsible or 'noch niemand'}"
    url = (
        file_url(row.number, row.case_number, row.page)
        if row.page
        else f"{reverse('task', args=[row.number, row.place])}?{urlencode({EPISODE: row.case_number})}"
    )
    return DueLine(
        row=row,
        mark=shown_as(row.urgency),
        why=why,
        name=name,
        file=file_url(row.number, row.case_number),
        stands=stands(case, today) if case else "",
        when=until(row.shown_on, today) if row.shown_on <= today else german_day(row.shown_on, today),
        late=late,
        url=url,
        verb=VERBS.get(row.page, OPEN),
        spoken=f"{row.title}, {name}",
    )


def summary(board: DueBoard) -> str:
    """„3 überfällig · 3 heute · 3 in sieben Tagen“."""
    parts = [
        f"{'mehr als ' if board.more else ''}{count} {word}"
        for count, word in (
            (board.late_count, "überfällig"),
            (board.today_count, "heute"),
            (board.later_count, "in sieben Tagen"),
        )
        if count
    ]
    return " · ".join(parts)


def appointment_lines(rows: Iterable[AppointmentRow], names: Names) -> list[Line]:
    """``aside``: the time of day, empty without one."""
    found = []
    for row in rows:
        said = [row.title, row.where, f"mit {row.others}" if row.others else "", row.keeper if row.for_somebody else ""]
        found.append(
            Line(
                mark="",
                name=_name(names, row.dossier_id, row.number),
                url=f"{reverse('appointment', args=[row.number, row.place])}?{urlencode({EPISODE: row.case_number})}",
                words=" · ".join(part for part in said if part),
                aside=f"{row.at:%H:%M}" if row.at else "",
            )
        )
    return found


def offer_lines(offers: list[WaitingOffer], names: Names) -> list[Line]:
    return [_offer_line(offer, names) for offer in offers]


def _offer_line(offer: WaitingOffer, names: Names) -> Line:
    inbox = reverse("handovers")
    if not offer.looked:
        words = f"in Vertretung zu beantworten bis {offer.answer_by:%d.%m.}"
        return Line("due", f"Akte {offer.number}", inbox, words, answer_url=inbox, answer="Ansehen")
    name = _name(names, offer.dossier_id, offer.number)
    url = reverse("handover", args=[offer.number])
    if offer.incoming:
        words = f"kommt von {offer.giver} · angeboten {offer.offered_on:%d.%m.} · Antwort bis {offer.answer_by:%d.%m.}"
        return Line("due", name, url, words, answer_url=inbox, answer="Antworten")
    words = f"geht an {offer.receiver} · noch nicht angenommen, bis dahin bleibt die Zuständigkeit, wo sie ist"
    return Line("open", name, url, words)


def name_of(names: Names, case: DeskCase) -> str:
    return _name(names, case.dossier_id, case.number)


def unseen_lines(cases: Iterable[DeskCase]) -> list[DeskCase]:
    """Those not seen for long, the longest first."""
    return sorted((case for case in cases if case.unseen is not None), key=lambda case: -(case.unseen or 0))


def referral_lines(found: list[Referral], names: Names) -> list[Line]:
    return [
        Line(
            mark={Phase.REFERRAL: "run", Phase.ENDED: "na"}.get(each.case.phase, "done"),
            name=_name(names, each.case.dossier_id, each.case.number),
            url=file_url(each.case.number, each.case.case_number),
            words=f"gemeldet am {each.referred_on:%d.%m.%Y}",
            state=_what_became(each),
            aside=f"{each.since:%d.%m.%Y}",
        )
        for each in found
    ]


def _what_became(referral: Referral) -> str:
    case = referral.case
    if case.phase is Phase.REFERRAL and case.responsible_id is None:
        return "wartet auf Zuteilung"
    return "aufgenommen" if case.phase in (Phase.CUSTODY, Phase.PREPARATION) else case.label


def undecided(counts: Iterable[UnitCount]) -> str:
    """„3 gemeldet · 5 in Klärung · 2 auf der Warteliste“."""
    found: Counter[State] = Counter()
    for count in counts:
        found[count.state] += count.cases
    words = (
        (State.REFERRED, "wartet auf Zuteilung", "warten auf Zuteilung"),
        (State.SCREENING, "in Klärung", "in Klärung"),
        (State.WAITING, "auf der Warteliste", "auf der Warteliste"),
    )
    return " · ".join(amount(found[state], one, many) for state, one, many in words if found[state])


def plain(cases: Iterable[DeskCase], names: Names, today: date) -> list[Line]:
    """Each with where it stands."""
    return [
        Line(
            mark="unknown",
            name=_name(names, case.dossier_id, case.number),
            url=file_url(case.number, case.case_number),
            words=f"zuletzt {case.prison}" if case.released else case.prison,
            aside=stands(case, today),
        )
        for case in cases
    ]


def reminder_lines(rows: list[ReminderRow], names: Names, today: date) -> list[Line]:
    return [
        Line(
            mark="late",
            name=_name(names, row.dossier_id, row.number),
            url=file_url(row.number, row.case_number, "tasks"),
            words=f"{row.title} · zuständig: {row.responsible or 'niemand'}",
            aside=until(row.shown_on, today),
        )
        for row in rows
    ]


def phase_bar(counts: Mapping[Phase, int]) -> list[Segment]:
    total = sum(counts.get(phase, 0) for phase, _, _ in PHASES)
    found, x = [], 0.0
    for phase, css, label in PHASES:
        count = counts.get(phase, 0)
        width = count / total * 100 if total else 0.0
        found.append(Segment(label, css, count, f"{x:.2f}%", f"{width:.2f}%"))
        x += width
    return found


def standing_in(cases: list[DeskCase], stand_ins: list[StandIn]) -> str:
    """„dazu 6 in Vertretung für Bert Krüger bis 04.12.“; empty for who stands in for nobody."""
    led = Counter(case.responsible_id for case in cases)
    said = [f"{led[each.membership_id]} in Vertretung für {each.name} bis {each.ends_on:%d.%m.}" for each in stand_ins]
    return f", dazu {' und '.join(said)}" if said else ""


def open_cases(count: int) -> str:
    return amount(count, "offener Fall", "offene Fälle")
