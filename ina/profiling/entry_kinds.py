"""What can be corrected and voided. With a profiling its findings stop counting."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from ina.cases.corrections import EntryKind, register_entry
from ina.cases.policies import may_correct
from ina.profiling.models import Finding, HealthFinding, Profiling
from ina.profiling.operations import facts, findings

RATED = ("severity", "text", "basis", "source", "own_severity", "strategy", "strategy_note")


def _checked(kind: facts.FactKind, row: Any, before: Mapping[str, Any], now: datetime) -> None:
    kind.checked(row, now)


def _fact(key: str, name: str, label: str, page: str, **codes: str) -> EntryKind:
    kind = facts.KINDS[name]
    return EntryKind(
        key=key,
        name=name,
        label=label,
        model=kind.model,
        may=may_correct,
        fields=kind.fields,
        case="",
        page=page,
        codes=codes,
        check=partial(_checked, kind),
    )


KINDS = (
    EntryKind(
        key="profiling",
        name="profiling",
        label="Profiling",
        model=Profiling,
        may=may_correct,
        fields=("held_on", "kind"),
        page="profiling",
        check=findings.check_profiling,
        after=findings.profiling_changed,
    ),
    EntryKind(
        key="feststellung",
        name="finding",
        label="Feststellung",
        model=Finding,
        may=may_correct,
        fields=("need", "severity", "text", "basis", "source"),
        case="profiling.case",
        page="profiling",
        check=findings.check_finding,
        after=findings.finding_changed,
    ),
    EntryKind(
        key="gesundheit-und-arbeit",
        name="health_finding",
        label="Gesundheit und Arbeit",
        model=HealthFinding,
        may=may_correct,
        fields=RATED,
        case="profiling.case",
        page="profiling",
        codes={"strategy": "strategies"},
        check=findings.check_health,
        after=findings.finding_changed,
    ),
    _fact("werdegang", "biography_entry", "Station im Werdegang", "profiling"),
    _fact("berufsziel", "target_occupation", "Berufsziel", "profiling"),
    _fact("sprache", "language", "Sprache", "profiling", language="languages"),
    _fact("mobilitaet", "mobility", "Mobilität", "profiling"),
    _fact("einschraenkung", "restriction", "Einschränkung", "profiling", kind="restriction_kinds"),
    _fact("kompetenz", "competence", "Kompetenz", "profiling"),
)


def register() -> None:
    for kind in KINDS:
        register_entry(kind)
