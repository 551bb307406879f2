"""Drafting, signing, changing and ending agreements with partners."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.institutions.models import Institution
from ina.network import policies
from ina.network.models import Agreement, PartnerContact
from ina.network.operations.entering import fill, in_future, next_number

TERM = frozenset({"starts_on", "ends_on", "notice_months", "renews_months"})
EDITABLE = TERM | {
    *("subject", "target_group", "services", "referral_route", "costs", "data_rules", "reporting", "evaluation"),
    "contact_id",
}


@operation("network.draft_agreement", may=policies.may_keep_directory)
def draft_agreement(*, actor: Actor, now: datetime, institution_key: str, **fields: Any) -> Agreement:
    """Write down what is to be signed. fields: any of ``EDITABLE``. Invalid: a term that cannot be."""
    partner = Institution.objects.filter(key=institution_key).first()
    if partner is None:
        raise Invalid("Diese Stelle gibt es nicht.")
    row = Agreement(
        institution=partner,
        house_id=actor.institution_id,  # type: ignore[attr-defined]
        number=next_number(Agreement),
    )
    _fill(row, fields)
    row.save()
    note(number=row.number)
    return row


@operation("network.correct_agreement", may=policies.may_edit_row, on=Agreement)
def correct_agreement(row: Agreement, *, actor: Actor, now: datetime, **fields: Any) -> Agreement:
    """Change what is entered. What was signed keeps its term: another term is another agreement."""
    before = {name: getattr(row, name) for name in TERM}
    row.version += 1
    _fill(row, fields)
    changed = [name for name, value in before.items() if getattr(row, name) != value]
    if row.signed_on is not None and changed:
        raise Invalid("Die Laufzeit ist unterschrieben. Eine andere steht in einer neuen Vereinbarung.", changed[0])
    row.save()
    return row


@operation("network.sign_agreement", may=policies.may_edit_row, on=Agreement)
def sign_agreement(row: Agreement, *, actor: Actor, now: datetime, signed_on: date) -> Agreement:
    """Both sides have signed."""
    if row.signed_on is not None:
        raise Invalid("Diese Vereinbarung ist schon unterschrieben.")
    in_future(signed_on, day_of(now), "signed_on")
    row.version += 1
    row.signed_on = signed_on
    row.save()
    return row


@operation("network.terminate_agreement", may=policies.may_edit_row, on=Agreement)
def terminate_agreement(
    row: Agreement, *, actor: Actor, now: datetime, terminated_to: date | None, because: str = ""
) -> Agreement:
    """Notice was given, by either side, or both agreed on an end; without a day the notice is taken back."""
    if row.signed_on is None:
        raise Invalid("Was nicht unterschrieben ist, wird nicht gekündigt.")
    if terminated_to is not None and terminated_to < row.starts_on:
        raise Invalid(f"Die Vereinbarung gilt erst ab dem {row.starts_on:%d.%m.%Y}.", "terminated_to")
    if terminated_to is not None and not because.strip():
        raise Invalid("Bitte schreiben Sie, wer kündigt und warum.", "because")
    row.version += 1
    row.terminated_to, row.terminated_because = terminated_to, because.strip() if terminated_to else ""
    row.save()
    return row


def _fill(row: Agreement, fields: dict[str, Any]) -> None:
    fill(row, fields, EDITABLE)
    if row.contact_id and not PartnerContact.objects.filter(pk=row.contact_id, institution=row.institution_id).exists():
        raise Invalid("Diese Person gehört nicht zu der Stelle.", "contact_id")
    row.full_clean()
