"""An uploaded list as the operations take it: the people in it, and what is to be said of the file."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from ina.base.actor import Actor
from ina.cases.enums import State
from ina.cases.operations.prison_lists import ListedPerson
from ina.cases.operations.take_over import RunningCase
from ina.cases.queries.lists import who_may_lead
from ina.exchange.cells import inert, squeezed
from ina.exchange.people import Problem
from ina.exchange.prison_list import PrisonListFile, read_prison_list
from ina.exchange.running_cases import RunningCase as RunningRow
from ina.exchange.running_cases import RunningCasesFile, RunningState, read_running_cases

# Errors kept with a list; whoever has more of them has another problem than rows.
KEPT_ERRORS = 10_000
STATES = {
    RunningState.REFERRED: State.SCREENING,
    RunningState.WAITING: State.WAITING,
    RunningState.ADMITTED: State.ADMITTED,
    RunningState.AFTERCARE: State.AFTERCARE,
}


@dataclass(frozen=True)
class ReadList:
    """The rows that can be used, and ``counts`` for whoever looks: numbers, errors, columns that were not read."""

    people: Sequence[Any]
    counts: dict[str, Any]


def read_list(content: bytes, prison, today: date) -> ReadList:
    """The prison's list of prisoners. ``prison``: the institution. Raises Unusable."""
    found = read_prison_list(content, prison_names=(prison.name, prison.short_name), today=today)
    people: list[ListedPerson] = list(found.rows)
    return ReadList(people, _counts(found, len(people)))


def read_cases(content: bytes, prison, today: date, actor: Actor) -> ReadList:
    """Running cases that are to be taken over; who is named responsible must work in the team. Raises Unusable."""
    found = read_running_cases(content, prison_names=(prison.name, prison.short_name), today=today)
    leads = _Leads(actor, today)
    cases, errors = [], []
    for case in found.cases:
        try:
            cases.append(_running(case, leads.named(case.responsible)))
        except Problem as problem:
            errors.append(problem.in_row(case.row))
    return ReadList(cases, _counts(found, len(cases), errors))


class _Leads:
    """Positions by the names under which a sheet may call them."""

    def __init__(self, actor: Actor, today: date) -> None:
        self._own = actor.membership_id
        self._found: defaultdict[str, set[int]] = defaultdict(set)
        positions = who_may_lead(actor, today)
        self._ids = {position.pk for position in positions}
        for position in positions:
            name = position.user.display_name
            turned = " ".join([*name.split()[-1:], *name.split()[:-1]])
            for spelling in (position.user.username, name, turned):
                self._found[squeezed(spelling)].add(position.pk)

    def named(self, typed: str) -> int:
        """The position of whoever is named; nobody named: the actor's own. Raises Problem."""
        if not typed and self._own in self._ids:
            return self._own
        if not typed:
            raise Problem("verantwortlich", "", "Bitte nennen Sie, wer aus Ihrem Team den Fall führt.")
        found = self._found.get(squeezed(typed), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Problem("verantwortlich", typed, "So heißen mehrere in Ihrem Team. Bitte den Benutzernamen nennen.")
        raise Problem(
            "verantwortlich",
            typed,
            "Das ist niemand, für den Sie Fälle übernehmen können: Die Fallführung übernimmt nur eigene Fälle, die "
            "Teamleitung die ihres Teams.",
        )


def _running(case: RunningRow, responsible_id: int) -> RunningCase:
    began = case.referred_on or case.admitted_on
    assert began is not None, "a row without both days is an error"
    return RunningCase(
        row=case.row,
        person=case.person,
        releases=case.releases,
        state=STATES[case.state],
        referred_on=began,
        admitted_on=case.admitted_on,
        participation_on=case.participation_consent_on,
        data_use_on=case.data_consent_on,
        released_on=case.released_on,
        responsible_id=responsible_id,
        tasks=tuple((task.text, task.due) for task in case.tasks),
    )


def _counts(found: PrisonListFile | RunningCasesFile, usable: int, more: Sequence = ()) -> dict[str, Any]:
    errors = sorted([*found.errors, *more], key=lambda error: error.row)
    return {
        "read": found.read,
        "usable": usable,
        "faulty": len(errors),
        "errors": [asdict(error) for error in errors[:KEPT_ERRORS]],
        "doubled": len(found.duplicates),
        "duplicates": [asdict(error) for error in found.duplicates[:KEPT_ERRORS]],
        "elsewhere": found.elsewhere,
        "ignored": list(found.ignored_columns),
        "dropped": list(found.dropped_columns),
    }


def errors_csv(counts: dict[str, Any]) -> bytes:
    """All that is wrong with rows, for whoever mends the file; a spreadsheet computes nothing of it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";")
    writer.writerow(["Zeile", "Spalte", "Eintrag", "Was nicht stimmt"])
    for error in (*counts.get("errors", ()), *counts.get("duplicates", ())):
        writer.writerow([error["row"], inert(error["column"]), inert(error["value"]), error["message"]])
    return written.getvalue().encode("utf-8-sig")
