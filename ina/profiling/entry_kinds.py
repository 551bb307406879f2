"""Profilings and findings can be corrected and voided. With a profiling its findings stop counting."""

from ina.cases.corrections import EntryKind, register_entry
from ina.cases.policies import may_correct
from ina.profiling import operations
from ina.profiling.models import Finding, Profiling

KINDS = (
    EntryKind(
        key="profiling",
        name="profiling",
        label="Profiling",
        model=Profiling,
        may=may_correct,
        fields=("held_on", "kind"),
        page="profiling",
        check=operations.check_profiling,
        after=operations.profiling_changed,
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
        check=operations.check_finding,
    ),
)


def register() -> None:
    for kind in KINDS:
        register_entry(kind)
