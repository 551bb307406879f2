"""Tables of profiling: what a profiling found, and what stays true about the person beyond it."""

from ina.profiling.models.facts import (
    BiographyEntry,
    Competence,
    LanguageSkill,
    Mobility,
    Restriction,
    TargetOccupation,
)
from ina.profiling.models.profilings import Assessment, Finding, HealthFinding, Profiling

__all__ = [
    "Assessment",
    "BiographyEntry",
    "Competence",
    "Finding",
    "HealthFinding",
    "LanguageSkill",
    "Mobility",
    "Profiling",
    "Restriction",
    "TargetOccupation",
]
