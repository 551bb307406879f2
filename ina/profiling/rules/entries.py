"""What fits together in a finding, and when the next profiling is due. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ina.profiling.enums import Aspect, Need, ProfilingKind, Severity


def misfit(aspect: Aspect, need: Need | None, severity: Severity) -> tuple[str, str] | None:
    """(field, German sentence) when the parts of a finding contradict each other, else None.

    A strength names no need and no severity; anything else names a need of its own key group. Health is refused: this
    table stands in the compartment that the social service and the team lead read (domain section 8).
    """
    if need is Need.HEALTH:
        return "need", "Angaben zur Gesundheit gehören in einen eigenen, enger geschützten Bereich. Hier bitte nicht."
    if aspect is Aspect.STRENGTH:
        if need is not None:
            return "need", "Zu einer Stärke gehört kein Handlungsbedarf."
        if severity is not Severity.NONE:
            return "severity", "Zu einer Stärke gehört keine Ausprägung."
        return None
    if need is None:
        return "need", "Bitte wählen Sie den Handlungsbedarf."
    if need.key_group.value != aspect.value:
        return "need", f"„{need.label}“ gehört zu {need.key_group.label}, nicht zu {aspect.label}."
    return None


def profiled_before_release(held: Iterable[tuple[ProfilingKind, date]], due_on: date) -> bool:
    """Whether closeness to work was assessed again in time: by kind, or by any profiling held from the due day on."""
    return any(kind is ProfilingKind.BEFORE_RELEASE or on >= due_on for kind, on in held)
