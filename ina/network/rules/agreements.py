"""Where an agreement stands on a day: its term, its renewals, and until when notice can be given. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ina.network.enums import AgreementState
from ina.reference.rules import add_months


@dataclass(frozen=True)
class Term:
    """As signed. Months as in ``models.agreements.Agreement``."""

    starts_on: date
    ends_on: date | None
    notice_months: int | None
    renews_months: int | None
    signed_on: date | None
    terminated_to: date | None


def end_of(term: Term, on: date) -> date | None:
    """Last day of the term that runs on a day, after its renewals; None: without end."""
    if term.terminated_to is not None:
        return term.terminated_to
    if term.ends_on is None or not term.renews_months:
        return term.ends_on
    # From the first day after each term: the last of a month stays the last of a month.
    begins, end, count = term.ends_on + timedelta(days=1), term.ends_on, 0
    while end < on:
        count += 1
        end = add_months(begins, term.renews_months * count) - timedelta(days=1)
    return end


def notice_by(term: Term, on: date) -> date | None:
    """The last day on which notice ends the running term; None: no term, no notice period, or already given."""
    end = end_of(term, on)
    if end is None or term.terminated_to is not None or term.notice_months is None:
        return None
    return add_months(end + timedelta(days=1), -term.notice_months) - timedelta(days=1)


def state_of(term: Term, on: date, lead_days: int) -> AgreementState:
    """lead_days: so long before the last day of notice, or the end, somebody should look at it."""
    if term.signed_on is None:
        return AgreementState.DRAFT
    end = end_of(term, on)
    if end is not None and end < on:
        return AgreementState.ENDED
    if on < term.starts_on:
        return AgreementState.COMING
    if term.terminated_to is not None:
        return AgreementState.TERMINATED
    decides = notice_by(term, on) if term.renews_months else end
    if decides is not None and decides - timedelta(days=lead_days) <= on <= decides:
        return AgreementState.DECIDE
    return AgreementState.RUNNING
