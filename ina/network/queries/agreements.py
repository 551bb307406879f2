"""Agreements with partners: where each stands on a day, what wants a decision first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ina.base.errors import NotVisible
from ina.network.enums import AgreementState
from ina.network.models import Agreement
from ina.network.rules.agreements import Term, end_of, notice_by, state_of
from ina.reference.queries import parameter


@dataclass(frozen=True)
class AgreementRow:
    """``ends_on``: of the running term; ``notice_by``: the last day for notice to it."""

    one: Agreement
    state: AgreementState
    ends_on: date | None
    notice_by: date | None


ORDER = list(AgreementState)


def list_agreements(on: date, institution_id: int | None = None) -> list[AgreementRow]:
    """What wants a decision first, then drafts, then what runs by its end. Bounded by what houses sign: all of it."""
    rows = Agreement.objects.select_related("institution", "house", "contact")
    if institution_id is not None:
        rows = rows.filter(institution=institution_id)
    lead = (parameter("agreement_lead", on=on).after(on) - on).days
    found = [_row(one, on, lead) for one in rows]
    return sorted(found, key=lambda row: (ORDER.index(row.state), row.ends_on or date.max, row.one.number))


def get_agreement(number: int, on: date) -> AgreementRow:
    """Raises NotVisible."""
    found = Agreement.objects.select_related("institution", "house", "contact").filter(number=number).first()
    if found is None:
        raise NotVisible(f"Eine Vereinbarung mit der Nummer {number} gibt es nicht.")
    return _row(found, on, (parameter("agreement_lead", on=on).after(on) - on).days)


def _row(one: Agreement, on: date, lead: int) -> AgreementRow:
    term = Term(one.starts_on, one.ends_on, one.notice_months, one.renews_months, one.signed_on, one.terminated_to)
    return AgreementRow(one, state_of(term, on, lead), end_of(term, on), notice_by(term, on))
