"""Cases that somebody ticked in a list, by the numbers that people use, with who leads them now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ina.base.actor import Actor
from ina.cases.models import Participant, Worklist

# A list shows fifty at once; more come only from somebody who wrote the form himself.
MOST = 200


@dataclass(frozen=True)
class ChosenCase:
    """responsible_id: None while nobody leads it."""

    case_id: int
    number: str
    case_number: int
    name: str
    responsible: str
    responsible_id: int | None


def chosen_cases(actor: Actor, keys: Iterable[tuple[str, int]]) -> list[ChosenCase]:
    """keys: number of the file and of the case. Open cases that the actor sees, by name; others are left out."""
    wanted = set(list(keys)[:MOST])
    return _chosen(actor, {"dossier__number__in": {number for number, _ in wanted}}, wanted)


def cases_by_id(actor: Actor, case_ids: Iterable[int]) -> list[ChosenCase]:
    """The same, for ids that a sealed form brought back."""
    return _chosen(actor, {"case_id__in": list(case_ids)}, None)


def _chosen(actor: Actor, condition: dict, keys: set[tuple[str, int]] | None) -> list[ChosenCase]:
    rows = Worklist.objects.visible_to(actor).filter(is_open=True, **condition)
    lines = rows.select_related("dossier", "responsible__user").order_by("name_key", "case_id")
    found = [line for line in lines if keys is None or (line.dossier.number, line.case_number) in keys]
    people = Participant.objects.visible_to(actor).filter(dossier_id__in=[line.dossier_id for line in found])
    names = {person.dossier_id: person.listed_name for person in people}
    return [
        ChosenCase(
            case_id=line.case_id,
            number=line.dossier.number,
            case_number=line.case_number,
            name=names.get(line.dossier_id, ""),
            responsible=line.responsible.user.display_name if line.responsible else "",
            responsible_id=line.responsible_id,
        )
        for line in found
    ]
