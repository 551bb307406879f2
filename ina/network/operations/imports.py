"""A list of offers comes in: looked at first, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import DomainError, Invalid
from ina.base.operation import note, operation
from ina.institutions.models import Institution
from ina.network import policies
from ina.network.models import Offer
from ina.network.operations.directory import add_offer, correct_offer

MOST = 2000


@dataclass(frozen=True)
class OfferLine:
    """A row of a file. ``number``: of an offer that is to be changed; None: found by organisation and title, or new.

    ``fields``: columns of ``directory.EDITABLE`` that the file has.
    """

    row: int
    number: int | None
    institution_key: str
    title: str
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Change:
    """What a row would do. ``offer_id`` and ``version``: of the offer that it changes, None for a new one.
    changed: names of the columns that differ."""

    line: OfferLine
    offer_id: int | None
    version: int | None
    changed: tuple[str, ...]


@dataclass(frozen=True)
class ImportPlan:
    """errors: (row, sentence). ``fingerprint``: of all that would be done to what is stored now."""

    changes: tuple[Change, ...]
    errors: tuple[tuple[int, str], ...]

    @property
    def new(self) -> list[Change]:
        return [one for one in self.changes if one.offer_id is None]

    @property
    def changed(self) -> list[Change]:
        return [one for one in self.changes if one.offer_id is not None and one.changed]

    @property
    def same(self) -> list[Change]:
        return [one for one in self.changes if one.offer_id is not None and not one.changed]

    @property
    def fingerprint(self) -> str:
        said = [(one.line.row, one.offer_id, one.version, one.changed, repr(one.line)) for one in self.changes]
        return hashlib.sha256(repr((said, self.errors)).encode()).hexdigest()


def plan_import(lines: Sequence[OfferLine]) -> ImportPlan:
    """What would happen. Three statements, however many rows."""
    errors: list[tuple[int, str]] = []
    if len(lines) > MOST:
        return ImportPlan((), ((lines[MOST].row, f"Höchstens {MOST} Zeilen auf einmal. Bitte teilen Sie die Datei."),))
    keys = Institution.objects.filter(key__in={line.institution_key for line in lines}).values_list("key", "pk")
    houses = dict(keys)
    numbered = {
        one.number: one for one in Offer.objects.filter(number__in={line.number for line in lines if line.number})
    }
    named = {
        (one.institution_id, one.title): one
        for one in Offer.objects.filter(institution__in=houses.values(), title__in={line.title for line in lines})
    }
    changes: list[Change] = []
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        said, offer = _found(line, houses, numbered, named)
        twice = seen.setdefault((line.institution_key, line.title.casefold()), line.row)
        if not said and twice != line.row:
            said = f"Dasselbe Angebot steht schon in Zeile {twice}."
        if said:
            errors.append((line.row, said))
            continue
        given = {"title": line.title, **line.fields}
        differs = tuple(sorted(name for name, value in given.items() if offer and _differs(offer, name, value)))
        changes.append(Change(line, offer.pk if offer else None, offer.version if offer else None, differs))
    return ImportPlan(tuple(changes), tuple(sorted(errors)))


@operation("network.import_offers", may=policies.may_add_offer)
def import_offers(*, actor: Actor, now: datetime, lines: Sequence[OfferLine], fingerprint: str) -> ImportPlan:
    """Write all rows, or none. fingerprint: of the plan that was looked at.

    Invalid: a row that cannot be, or something stored has changed since the look.
    """
    plan = plan_import(lines)
    if plan.errors:
        raise Invalid(f"Zeile {plan.errors[0][0]}: {plan.errors[0][1]}")
    if plan.fingerprint != fingerprint:
        raise Invalid("Seit der Vorschau hat sich etwas geändert. Bitte sehen Sie die Vorschau noch einmal an.")
    for change in (*plan.new, *plan.changed):
        line = change.line
        try:
            if change.offer_id is None:
                add_offer(actor=actor, now=now, institution_key=line.institution_key, title=line.title, **line.fields)
            else:
                correct_offer(
                    actor=actor,
                    now=now,
                    offer_id=change.offer_id,
                    version=change.version,
                    title=line.title,
                    **line.fields,
                )
        except DomainError as error:
            raise Invalid(f"Zeile {line.row}: {error}") from error
    note(new=len(plan.new), changed=len(plan.changed), on=str(day_of(now)))
    return plan


def _found(line: OfferLine, houses: dict[str, int], numbered: dict, named: dict) -> tuple[str, Offer | None]:
    """(what is wrong, the offer that the row means)."""
    house = houses.get(line.institution_key)
    if house is None:
        return f"Die Stelle „{line.institution_key}“ gibt es nicht.", None
    if line.number is None:
        offer = named.get((house, line.title))
        if offer is None and not (line.fields.get("needs") and line.fields.get("phases")):
            return "Ein neues Angebot braucht „hilft bei“ und „Phasen“.", None
        return "", offer
    offer = numbered.get(line.number)
    if offer is None:
        return f"Ein Angebot mit der Nummer {line.number} gibt es nicht.", None
    if offer.institution_id != house:
        return f"Das Angebot {line.number} gehört zu einer anderen Stelle.", None
    return "", offer


def _differs(offer: Offer, name: str, value: Any) -> bool:
    stored = getattr(offer, name)
    return sorted(stored) != sorted(set(value)) if isinstance(stored, list) else stored != value
