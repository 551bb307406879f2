"""Emergencies: which ones a case had, and which one holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from ina.access.enums import Compartment
from ina.access.rules import labels_of
from ina.base.actor import Actor
from ina.cases.models import Case
from ina.network.enums import OverrideState
from ina.network.models.overrides import Override

OVERRIDE = "OVERRIDE"
OF_THE_CASE = "Teil einer Frage zu einem Fall, der schon geladen ist"


@dataclass(frozen=True)
class OverrideRow:
    """``mine``: the reader asked for it, so somebody else decides. ``is_told``: nothing is owed to the person."""

    id: int
    version: int
    number: int
    partner: str
    partner_key: str
    compartments: tuple[str, ...]
    danger: str
    state: OverrideState
    mine: bool
    asked_at: datetime
    asked_by: str
    decided_at: datetime | None
    decided_by: str
    refused_because: str
    open_until: date | None
    told_on: date | None
    told_how: str

    @property
    def is_told(self) -> bool:
        return self.open_until is None or self.told_on is not None


def running_override(case: Case, partner_id: int, on: date) -> Override | None:
    """The newest confirmed one for this partner that holds on a day."""
    rows = Override.objects.unscoped(because=OF_THE_CASE).filter(case=case, partner=partner_id, ended_at=None)
    return rows.filter(open_until__gte=on, asked_on__lte=on).order_by("-number").first()


def list_overrides(actor: Actor, case: Case, today: date) -> list[OverrideRow]:
    """All of a case, the newest first."""
    rows = Override.objects.visible_to(actor).filter(case=case).order_by("-number")
    rows = rows.select_related("partner", "asked_by__user", "decided_by__user")
    return [
        OverrideRow(
            id=row.pk,
            version=row.version,
            number=row.number,
            partner=row.partner.short_name,
            partner_key=row.partner.key,
            compartments=tuple(labels_of(Compartment(row.compartments))),
            danger=row.danger,
            state=row.state_on(today),
            mine=row.asked_by.user_id == actor.user_id,
            asked_at=row.asked_at,
            asked_by=row.asked_by.user.display_name,
            decided_at=row.decided_at,
            decided_by=row.decided_by.user.display_name if row.decided_by else "",
            refused_because=row.refused_because,
            open_until=row.open_until,
            told_on=row.told_on,
            told_how=row.told_how,
        )
        for row in rows
    ]
