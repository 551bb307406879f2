"""``docs/reference/lifecycle.md``, drawn from the tables that the program runs on; a test fails when it is old."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ina.cases.enums import Act, EventKind, State
from ina.cases.lifecycle import ENDED_STATES, LABELS, TRANSITIONS, Standing, after
from ina.cases.rules.endings import ENDINGS
from ina.cases.rules.events import BY_KIND
from ina.reference.seed import rows

# Where the page stands in the repository.
PAGE = Path("docs") / "reference" / "lifecycle.md"

HEAD = """# The lifecycle of a case

Drawn by `script/ina write_lifecycle` from `ina/cases/lifecycle.py`, `ina/cases/rules/endings.py`,
`ina/cases/rules/events.py` and the code lists; do not edit by hand. Sources: domain reference 9.1, 9.3, 9.4.

Stored are dated acts; where a case stands follows from those that have not been voided. A pause goes back to where it
began, so it stands twice in the picture. Custody and release preparation are one stored state: the phase follows from
the planning date. A transfer is a hand-over, no act. A wrong act is voided, and what was before holds again. Somebody
who comes back after the end gets a new case in the same file.
"""
PICTURED = (
    Standing(),
    *(Standing(state) for state in State if state is not State.PAUSED),
    Standing(State.PAUSED, State.ADMITTED),
    Standing(State.PAUSED, State.AFTERCARE),
)


def page() -> str:
    """The whole text of the page."""
    labels = {(row["list"], row["code"]): row["label"] for row in rows("codes")}
    parts = (HEAD, _picture(), _acts(), _labels(), _endings(labels), _events(labels))
    return "\n".join(part.strip() + "\n" for part in parts)


def _picture() -> str:
    lines = ["## Picture", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{_name(each)}" as {_id(each)}' for each in PICTURED if each.state is not None]
    for standing in PICTURED:
        for transition in TRANSITIONS:
            if transition.fits(standing):
                target = after(standing, transition.act)
                lines.append(f"    {_id(standing)} --> {_id(target)}: {transition.act.label}")
    lines += [f"    {_id(each)} --> [*]" for each in PICTURED if each.state in ENDED_STATES]
    return "\n".join([*lines, "```"])


def _acts() -> str:
    body = []
    for transition in TRANSITIONS:
        froms = [each for each in PICTURED if transition.fits(each)]
        targets = dict.fromkeys(_name(after(each, transition.act)) for each in froms)
        body.append(
            (
                f"{transition.act.sentence} (`{transition.act}`)",
                ", ".join(_name(each) for each in froms),
                ", ".join(targets),
                ", ".join(transition.needs) or "–",
                transition.then or "–",
            )
        )
    return "\n".join(["## Acts", "", *_table(("Act", "From", "To", "Needs", "What follows"), body)])


def _labels() -> str:
    body = [(f"`{state}`", phase.label, label) for (state, phase), label in LABELS.items()]
    return "\n".join(["## What people read", "", *_table(("State", "Phase", "Label"), body)])


def _endings(labels: Mapping[tuple[str, str], str]) -> str:
    body = []
    for ending in ENDINGS:
        conditions = [need.label for need in ending.needs]
        if ending.regular:
            conditions.append("die ganze Dauer der Nachsorge")
        elif ending.needs_release:
            conditions.append("bestätigte Entlassung")
        if ending.silent:
            conditions.append("still: kein Schreiben, keine Aufgabe, keine Nachfrage")
        states = ", ".join(str(state) for state in State if state in ending.states)
        label = labels["ending_reasons", ending.code]
        body.append((f"{label} (`{ending.code}`)", states, "; ".join(conditions) or "–"))
    return "\n".join(["## Why a case ends", "", *_table(("Reason", "In the states", "Needs"), body)])


def _events(labels: Mapping[tuple[str, str], str]) -> str:
    when = {True: "nach der Entlassung", False: "vor der Entlassung", None: "jederzeit"}
    body = []
    for kind in EventKind:
        happening = BY_KIND.get(kind)
        if happening is None:
            body.append((kind.label, "vor der Entlassung", "Übergabe", "–"))
            continue
        needs = [f"Liste `{happening.details}`"] if happening.details else []
        needs += ["bis wann"] if happening.needs_until else []
        needs += [] if happening.speaks else ["keine Bemerkung"]
        offer = f"Ruhen: {labels['pause_reasons', happening.pause]}" if happening.pause else "–"
        body.append((f"{kind.label} (`{kind}`)", when[happening.free], "; ".join(needs) or "–", offer))
    head = ("Event", "When", "Needs", "Offers")
    return "\n".join(["## Special events: none of them changes the state", "", *_table(head, body)])


def _table(head: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> list[str]:
    return [_line(head), _line(tuple("---" for _ in head)), *(_line(row) for row in body)]


def _line(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _id(standing: Standing) -> str:
    if standing.state is None:
        return "[*]"
    return f"{standing.state}_{standing.left}" if standing.left else str(standing.state)


def _name(standing: Standing) -> str:
    if standing.state is None:
        return "Beginn"
    if standing.left:
        return "ruht im Vollzug" if standing.left is State.ADMITTED else "ruht in der Nachsorge"
    return {
        State.REFERRED: Act.REFERRED.label,
        State.SCREENING: "Klärung",
        State.WAITING: "Warteliste",
        State.ADMITTED: "im Vollzug oder in Entlassungsvorbereitung",
        State.AFTERCARE: "Nachsorge",
        State.CLOSED: "beendet",
        State.DECLINED: "Teilnahme abgelehnt",
        State.REJECTED: "nicht aufgenommen",
    }[standing.state]
