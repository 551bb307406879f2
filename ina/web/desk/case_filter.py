"""The line of fields above a list of cases, and the views above it: read from an address, written into one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from ina.accounts.enums import Role
from ina.base.actor import Actor
from ina.cases.enums import Phase, Step
from ina.cases.lifecycle import ENDED_STATES, LABELS, OPEN_STATES
from ina.cases.queries.list_frame import Choice, ListFrame
from ina.cases.rules.narrowing import NOBODY, OPEN_PHASES, DueWhen, Narrowing, ReleaseWhen, narrowing_of

HERE: dict[str, str] = {Role.TEAM_LEAD: "Offene des Teams", Role.PRISON_SOCIAL: "Offene Fälle hier"}
GONE = "nicht mehr in Ihrer Auswahl"
PHASE_WORDS = {Phase.PREPARATION: "Vorbereitung"}


@dataclass(frozen=True)
class Field:
    """A select: name in the address, label, options as (value, words), the value chosen."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class View:
    """A view above the list."""

    label: str
    query: str
    current: bool


def address_of(wanted: Narrowing) -> str:
    """The query of an address."""
    return urlencode(wanted.as_query())


def views_of(actor: Actor, wanted: Narrowing | None, frame: ListFrame) -> list[View]:
    """Those that everybody has, those of whom the reader stands in for, and the kept ones. wanted: None is none of
    them: somebody was searched for."""
    offered = [
        (HERE.get(actor.role, "Meine offenen"), Narrowing()),
        ("Entlassung unter 90 Tagen", Narrowing(release=ReleaseWhen.WITHIN_90)),
        ("Nachsorge", Narrowing(phase=Phase.AFTERCARE)),
        ("Überfällig", Narrowing(due=DueWhen.LATE)),
        *((f"Vertretung {each.label}", Narrowing(deputy_for=each.key)) for each in frame.principals),
        ("Beendete", Narrowing(ended=True)),
        *((view.name, narrowing_of(view.query)) for view in frame.views),
    ]
    shown = replace(wanted, order=None) if wanted else None
    current = next((label for label, view in offered if replace(view, order=None) == shown), None)
    return [View(label, address_of(view), label == current) for label, view in offered]


def fields_of(actor: Actor, wanted: Narrowing, frame: ListFrame) -> tuple[list[Field], list[Field]]:
    """The fields in the first line, and those that are asked for less often."""
    states = _field("stand", "Stand", _states(wanted.ended), wanted.state)
    first, more = [], [states]
    if not wanted.ended:
        phases = ((phase.value, PHASE_WORDS.get(phase, phase.label)) for phase in OPEN_PHASES)
        steps = ((step.value, f"{place} {step.label}") for place, step in enumerate(Step, 1))
        first = [_field("phase", "Phase", phases, wanted.phase), _field("schritt", "Schritt", steps, wanted.step)]
        more.insert(0, _field("entlassung", "Entlassung", _members(ReleaseWhen), wanted.release))
    if len(frame.prisons) > 1 or wanted.prison:
        first.append(_field("anstalt", "Anstalt", _keys(frame.prisons, wanted.prison), wanted.prison))
    if not wanted.ended:
        first.append(_field("faellig", "Nächster Schritt", _members(DueWhen), wanted.due))
    if actor.role == Role.TEAM_LEAD:
        people = [*_keys(frame.colleagues, wanted.responsible), (NOBODY, "niemand")]
        first.append(_field("zustaendig", "Zuständig", people, wanted.responsible))
    return first or more, more if first else []


def words_of(actor: Actor, wanted: Narrowing, frame: ListFrame) -> str:
    """What a list is narrowed to, in words: „Phase: Nachsorge · Anstalt: Moers-Kapellen“."""
    said = ["Beendete"] if wanted.ended else []
    if wanted.deputy_for:
        names = {each.key: each.label for each in frame.principals}
        said.append(f"Vertretung {names.get(wanted.deputy_for, GONE)}")
    for fields in fields_of(actor, wanted, frame):
        for field in fields:
            if field.chosen:
                said.append(f"{field.label}: {dict(field.options).get(field.chosen, field.chosen)}")
    return " · ".join(said) or HERE.get(actor.role, "Meine offenen")


def _states(ended: bool) -> Iterable[tuple[str, str]]:
    """The phases of one state share it: the list filters by what is stored."""
    labels: dict[str, list[str]] = {}
    for (state, _), label in LABELS.items():
        if state in (ENDED_STATES if ended else OPEN_STATES):
            labels.setdefault(state.value, []).append(label)
    return ((value, ", ".join(words)) for value, words in labels.items())


def _members(vocabulary) -> Iterable[tuple[str, str]]:
    return ((member.value, member.label) for member in vocabulary)


def _keys(choices: Iterable[Choice], chosen: str) -> list[tuple[str, str]]:
    found = list({choice.key: choice.label for choice in choices}.items())
    known = {NOBODY, "", *(key for key, _ in found)}
    return found if chosen in known else [*found, (chosen, GONE)]


def _field(name: str, label: str, options: Iterable[tuple[str, str]], chosen) -> Field:
    return Field(name, label, (("", "alle"), *options), str(chosen or ""))
