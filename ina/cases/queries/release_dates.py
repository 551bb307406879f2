"""Claims on the day of release: what may be said, what it would move, what was planned when, how good it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from ina.agenda.enums import Anchor
from ina.agenda.queries import Move, order_of_calls, preview_anchor
from ina.audit.models import History
from ina.base.actor import Actor
from ina.base.errors import Invalid
from ina.cases import policies
from ina.cases.enums import HypothesisKind, HypothesisStatus, Phase
from ina.cases.lifecycle import BEFORE_ADMISSION, label_of, phase_of
from ina.cases.models import Case, CustodyPeriod, Enforcement, ReleaseDateHypothesis
from ina.cases.moving import moved_elsewhere
from ina.cases.queries.acts import OF_A_VISIBLE_CASE, as_claim
from ina.cases.queries.corrections import numbered
from ina.cases.queries.file import CaseFile
from ina.cases.queries.notices import Line, list_calls
from ina.cases.rules.release import (
    ADULT_SOURCES,
    COUNTED,
    YOUTH_SOURCES,
    DateClaim,
    Possibility,
    credit_days_allowed,
    legal_end,
    planning_date,
    possible_releases,
    short_notice,
)
from ina.cases.rules.release_history import (
    PastClaim,
    Planned,
    planning_date_at,
    planning_history,
    status_while_standing,
)
from ina.cases.rules.release_warnings import warnings
from ina.institutions.enums import Specialty
from ina.institutions.models import Institution
from ina.reference.queries import known_parameters, parameter
from ina.reference.rules import add_months

Kind = HypothesisKind
FAR = 12 * 60  # months: nobody plans further ahead; a slip of the finger
# Days of the law that must follow from a stated end of sentence.
COMPUTED = frozenset({Kind.WEEKEND_HOLIDAY, Kind.URGENT, Kind.CREDIT_DAYS, Kind.CHRISTMAS_PARDON})
# Their day is no day before the end of the sentence: they are that end, come after it, or say something else.
NOT_BEFORE_END = frozenset({Kind.SENTENCE_END, Kind.FURTHER_CUSTODY, Kind.SUSPENDED, Kind.VOLUNTARY_STAY, Kind.OTHER})


# --- what may be said ----------------------------------------------------------------------------------------------


def check_claim(case: Case, new: DateClaim, standing: Sequence[DateClaim], *, asserted_on: date, today: date) -> None:
    """Raises Invalid with the field when somebody cannot have said this. standing: the other claims that count."""
    on, kind = new.on, new.kind
    if asserted_on > today:
        raise Invalid("Der Tag der Mitteilung liegt in der Zukunft.", "asserted_on")
    if kind is Kind.SUSPENDED:
        # The day since when the sentence stands still: it has begun, or there is nothing to enter yet.
        if on > today:
            raise Invalid("Eine Unterbrechung wird eingetragen, wenn sie begonnen hat.", "on")
        if on < case.opened_on:
            raise Invalid(f"Der Tag liegt vor dem Zugang am {case.opened_on:%d.%m.%Y}.", "on")
        return
    if on < today:
        raise Invalid(
            f"Der {on:%d.%m.%Y} liegt in der Vergangenheit. War die Entlassung schon? Dann „Entlassung bestätigen“.",
            "on",
        )
    if on > add_months(today, FAR):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt mehr als 60 Jahre in der Zukunft. Bitte prüfen Sie das Jahr.", "on")
    end = legal_end(standing)
    if end and on > end and kind not in NOT_BEFORE_END:
        raise Invalid(
            f"Der {on:%d.%m.%Y} liegt nach dem Strafende am {end:%d.%m.%Y}. Ist das Strafende falsch, tragen Sie "
            "zuerst das neue ein.",
            "on",
        )
    if kind in COMPUTED:
        _must_be_possible(case, new, standing, today)


def _must_be_possible(case: Case, new: DateClaim, standing: Sequence[DateClaim], today: date) -> None:
    ends = [claim.on for claim in standing if claim.kind is Kind.SENTENCE_END]
    if not ends:
        raise Invalid(
            f"„{new.kind.label}“ rechnet vom Strafende aus. Bitte tragen Sie zuerst das Strafende ein.", "kind"
        )
    enforcement = enforcement_of(case)
    days = _possible(case, standing, enforcement, today)
    offered = sorted({one.on for one in days if one.kind is new.kind})
    if new.on in offered:
        return
    if new.kind is Kind.CREDIT_DAYS and (enforcement is None or enforcement.credit_days is None):
        # Nobody has said how many there are: then only the most that the law allows can be checked.
        end = max(ends)
        begins = (enforcement and enforcement.begins_on) or case.opened_on
        most = credit_days_allowed(begins, end, _credit_days_per_year(begins, end))
        if 0 < (end - new.on).days <= most:
            return
        raise Invalid(
            f"Vom {begins:%d.%m.%Y} bis zum {end:%d.%m.%Y} sind höchstens {most} Freistellungstage möglich. "
            "Genauer geht es, wenn ihre Zahl in der Vollstreckung steht.",
            "on",
        )
    said = " oder ".join(f"{day:%d.%m.%Y}" for day in offered)
    raise Invalid(
        f"„{new.kind.label}“: möglich {'ist' if len(offered) == 1 else 'sind'} hier {said}."
        if said
        else f"„{new.kind.label}“: Zu diesem Strafende gibt es dafür keinen Tag.",
        "on",
    )


def _credit_days_per_year(begins: date, end: date):
    """What the law allows in a calendar year; where it changed during the year, the larger number (a limit)."""
    allowed = {}
    for year in range(begins.year, end.year + 1):
        values = [known_parameters(["credit_days_per_year"], on=date(year, *day)) for day in ((1, 1), (12, 31))]
        allowed[year] = max((each["credit_days_per_year"] for each in values if each), default=0)
    return lambda year: allowed[year]


def enforcement_of(case: Case) -> Enforcement | None:
    return Enforcement.objects.unscoped(because=OF_A_VISIBLE_CASE).standing().filter(case=case).first()


def possible_days(file: CaseFile, today: date) -> list[Possibility]:
    """Days that the law makes possible and that nobody has named yet, the earliest first, with reason and source."""
    standing = [as_claim(row) for row in file.hypotheses]
    named = {(claim.on, claim.kind) for claim in standing if claim.status is not HypothesisStatus.DROPPED}
    prison = file.custody.prison if file.custody else None
    days = _possible(file.case, standing, enforcement_of(file.case), today, prison)
    return [one for one in days if (one.on, one.kind) not in named]


def _possible(
    case: Case,
    standing: Sequence[DateClaim],
    enforcement: Enforcement | None,
    today: date,
    prison: Institution | None = None,
) -> list[Possibility]:
    """From each stated end of sentence, less the credit days that are known, and from each stated end less credit."""
    ends = {
        claim.on
        for claim in standing
        if claim.kind is Kind.SENTENCE_END and claim.status is not HypothesisStatus.DROPPED
    }
    shortened = {claim.on for claim in standing if claim.kind is Kind.CREDIT_DAYS and claim.status in COUNTED}
    credit = (enforcement.credit_days if enforcement else None) or 0
    sources = YOUTH_SOURCES if _is_youth(case, enforcement, prison) else ADULT_SOURCES
    found: dict[tuple[date, Kind], Possibility] = {}
    for end, days in [*((end, credit) for end in sorted(ends)), *((end, 0) for end in sorted(shortened - ends))]:
        # What holds in the winter of this end; the decree of a year may not be known yet.
        dated = known_parameters(["turn_of_year_window", "urgent_release_advance", "christmas_pardon_window"], on=end)
        for one in possible_releases(
            end,
            today=today,
            turn_of_year=dated["turn_of_year_window"],
            christmas=dated.get("christmas_pardon_window"),
            urgent=dated["urgent_release_advance"],
            credit_days=days,
            sources=sources,
        ):
            found.setdefault((one.on, one.kind), one)
    return [found[key] for key in sorted(found)]


def _is_youth(case: Case, enforcement: Enforcement | None, prison: Institution | None) -> bool:
    if enforcement is not None and enforcement.kind:
        return enforcement.kind == "YOUTH_SENTENCE"
    if prison is None:
        custody = CustodyPeriod.objects.unscoped(because=OF_A_VISIBLE_CASE).standing().filter(case=case)
        row = custody.select_related("prison").order_by("pk").last()
        prison = row.prison if row else None
    return prison is not None and prison.specialty == Specialty.YOUTH


# --- what it would move --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """What is to be entered: a claim, or none; and the row that falls away with it, or none."""

    new: DateClaim | None = None
    asserted_on: date | None = None
    without: ReleaseDateHypothesis | None = None

    def after(self, rows: Sequence[ReleaseDateHypothesis]) -> list[DateClaim]:
        """All claims as they would stand."""
        kept = [as_claim(row) for row in rows if self.without is None or row.pk != self.without.pk]
        return [*kept, self.new] if self.new else kept


@dataclass(frozen=True)
class Preview:
    """What would follow. days: how much later (negative: earlier) than planned so far; None when one is unknown.

    overdue: what would be late at once; moved: gets another day; added: asked for the first time; waiting: without a
    day until somebody names one; unchanged. short: so little time would be left that the short list holds.
    """

    old: date | None
    new: date | None
    days: int | None
    phase_old: str
    phase_new: str
    preparation_starts: date | None
    aftercare_ends: date | None
    short: bool
    overdue: tuple[Move, ...]
    moved: tuple[Move, ...]
    added: tuple[Move, ...]
    waiting: tuple[Move, ...]
    unchanged: tuple[Move, ...]
    warnings: tuple[str, ...]
    calls: tuple[Line, ...]
    version: int

    @property
    def total(self) -> int:
        return self.moving + len(self.unchanged)

    @property
    def moving(self) -> int:
        return len(self.overdue) + len(self.moved) + len(self.added) + len(self.waiting)

    @property
    def short_list(self) -> int:
        """Open items of the short list."""
        every = (*self.overdue, *self.moved, *self.added, *self.unchanged)
        return sum(move.short_list for move in every)


def moves_planning_date(file: CaseFile, change: Change) -> bool:
    return planning_date(change.after(file.hypotheses)) != file.planning_date


def preview_change(actor: Actor, file: CaseFile, change: Change, today: date) -> Preview:
    """What the change would do; nothing is stored. Raises Invalid for a claim that its operation would refuse."""
    if change.new:
        others = Change(without=change.without).after(file.hypotheses)
        asserted = change.asserted_on or today
        check_claim(file.case, change.new, others, asserted_on=asserted, today=today)
    claims = change.after(file.hypotheses)
    old, new = file.planning_date, planning_date(claims)
    dated = known_parameters(
        ["short_notice_release", "turn_of_year_window", "release_preparation_lead", "aftercare_duration"],
        on=new or today,
    )
    enforcement = enforcement_of(file.case)
    short = short_notice(new, today, dated["short_notice_release"])
    moves = () if file.state in BEFORE_ADMISSION else _moves(actor, file, new, today)
    late = tuple(move for move in moves if move.late_then and not (move.stays and move.late_now))
    rest = [move for move in moves if move not in late]
    preparation = dated["release_preparation_lead"].before(new) if new else None
    return Preview(
        old=old,
        new=new,
        days=(new - old).days if new and old else None,
        phase_old=file.label,
        phase_new=label_of(file.state, _phase(file, new, preparation, today)),
        preparation_starts=preparation,
        aftercare_ends=dated["aftercare_duration"].after(new) if new else None,
        short=short,
        overdue=late,
        moved=tuple(move for move in rest if move.was and move.will and not move.stays),
        added=tuple(move for move in rest if move.was is None and move.will),
        waiting=tuple(move for move in rest if move.will is None and move.was),
        unchanged=tuple(move for move in rest if move.stays),
        warnings=tuple(
            warnings(
                new,
                claims,
                turn_of_year=dated["turn_of_year_window"],
                born_on=file.participant.born_on,
                further_sentences=enforcement.further_sentences if enforcement else "",
            )
        ),
        calls=tuple(list_calls(actor, file, claims, old=old, new=new, short=short, today=today)),
        version=file.case.version,
    )


def _moves(actor: Actor, file: CaseFile, new: date | None, today: date) -> tuple[Move, ...]:
    of_agenda = preview_anchor(
        actor,
        dossier_id=file.dossier.pk,
        case_number=file.case.number,
        anchor=Anchor.RELEASE,
        on=new,
        today=today,
        responsible=file.responsible,
    )
    return tuple(sorted([*of_agenda, *moved_elsewhere(actor, file, new, today)], key=order_of_calls))


def _phase(file: CaseFile, new: date | None, preparation: date | None, today: date) -> Phase:
    return phase_of(file.state, new, today, preparation, released=file.released_on is not None)


def calls_of(actor: Actor, file: CaseFile, today: date) -> list[Line]:
    """Whom to call about the day that is planned for now."""
    claims = [as_claim(row) for row in file.hypotheses]
    day = file.planning_date
    short = short_notice(day, today, parameter("short_notice_release", on=day or today))
    return list_calls(actor, file, claims, old=day, new=day, short=short, today=today)


# --- what was planned when -----------------------------------------------------------------------------------------


def list_claims(actor: Actor, case: Case) -> dict[int, ReleaseDateHypothesis]:
    """Every claim there ever was by its place in the order of entry; dropped and voided ones included."""
    rows = ReleaseDateHypothesis.objects.visible_to(actor).filter(dossier_id=case.dossier_id).order_by("pk")
    own = numbered(rows.select_related("recorded_by__user", "voided_by__user"))
    return dict(enumerate((row for row in own if row.case_id == case.pk), start=1))


def planning_dates(actor: Actor, rows: Sequence[ReleaseDateHypothesis]) -> list[Planned]:
    """Since when which day was planned for, from all claims of a case (``list_claims``), the latest last."""
    return planning_history(_past_claims(actor, rows))


def planning_date_as_of(actor: Actor, case: Case, moment: datetime) -> date | None:
    """The planning date as anybody saw it at this moment: before corrections, and with what was entered by mistake."""
    rows = list(list_claims(actor, case).values())
    return planning_date_at(_past_claims(actor, rows), moment)


def _past_claims(actor: Actor, rows: Sequence[ReleaseDateHypothesis]) -> list[PastClaim]:
    """One for each time in which a row said the same: corrections end one and begin the next."""
    corrected = [row.pk for row in rows if row.corrected_because]
    former: dict[int, list[Any]] = {}
    if corrected:
        history = History.objects.visible_to(actor).filter(table="cases_releasedatehypothesis", row_id__in=corrected)
        for version in history.order_by("at", "pk"):
            former.setdefault(version.row_id, []).append(version)
    found = []
    for row in rows:
        ends = min((moment for moment in (row.dropped_at, row.voided_at) if moment), default=None)
        since = row.recorded_at
        for version in former.get(row.pk, ()):
            if since < version.at and (ends is None or version.at < ends):
                found.append(PastClaim(_as_it_was(version.old), since, version.at))
                since = version.at
        claim = DateClaim(row.on, status_while_standing(row.status, row.dropped_from), Kind(row.kind))
        found.append(PastClaim(claim, since, ends))
    return found


def _as_it_was(old: dict) -> DateClaim:
    status = status_while_standing(old["status"], old.get("dropped_from", ""))
    return DateClaim(date.fromisoformat(old["on"]), status, Kind(old["kind"]))


# --- how good it was -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ForecastRow:
    """How far the planned day was off in one prison, so many days before the release. No person is in it.

    middle: median of (actual less planned) in days, later is positive. close: share at most seven days off.
    """

    prison: str
    days_before: int
    n: int
    middle: float
    close: float


WINDOWS = (30, 90, 180)
FORECAST = """
SELECT p.short_name, f.days_before, f.n, f.middle, f.close
FROM cases_forecast_error() f JOIN institutions_institution p ON p.id = f.prison ORDER BY p.name_key, f.days_before
"""


def forecast_errors(actor: Actor) -> list[ForecastRow]:
    """By prison and window; nothing below the limit for small numbers. Raises Refused.

    The caller records the read (``record_read``) before it shows anything.
    """
    policies.may_see_forecasts(actor).require()
    with connection.cursor() as cursor:
        cursor.execute(FORECAST)
        return [ForecastRow(*row) for row in cursor.fetchall()]
