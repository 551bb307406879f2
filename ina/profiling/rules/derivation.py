"""From findings to a category, step by step, so that everybody can follow and contradict. Pure.

Never a decision about a person: what is derived can be overridden with a reason, and filters nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from ina.profiling.enums import Severity
from ina.profiling.rules.conditions import Findings, months_label
from ina.profiling.rules.schemes import Scheme


@dataclass(frozen=True)
class StepTaken:
    """One step that was looked at. decided: the derivation ended here."""

    number: str
    question: str
    met: bool
    why: str
    decided: bool = False


@dataclass(frozen=True)
class Derivation:
    """category: a code of the scheme, empty when something has to be answered first (``question``)."""

    scheme: str
    version: str
    category: str
    steps: tuple[StepTaken, ...]
    contradictions: tuple[str, ...]
    question: str = ""

    @property
    def deciding(self) -> StepTaken | None:
        return next((step for step in self.steps if step.decided), None)


def derive(scheme: Scheme, findings: Findings) -> Derivation:
    """The first step whose condition is met decides. A scheme without categories derives none and says so."""
    taken: list[StepTaken] = []
    category = question = ""
    for rule in scheme.rules:
        met = rule.when.met(findings)
        taken.append(StepTaken(rule.step, rule.question, met, rule.when.facts(findings), decided=met))
        if met:
            category, question = rule.then, rule.asks
            break
    if not scheme.categories:
        question = "Dieses Verfahren kennt keine Einstufung. Die Befunde stehen für sich."
    contradictions = (*contradictions_of(scheme, findings, category), *_loose_ends(findings))
    return Derivation(
        scheme=scheme.code,
        version=scheme.version,
        category=category,
        steps=tuple(taken),
        contradictions=contradictions if scheme.categories else (),
        question=question,
    )


def contradictions_of(scheme: Scheme, findings: Findings, category: str) -> tuple[str, ...]:
    """What a category leads one to expect and the findings do not show; for a derived and a chosen one alike."""
    return tuple(
        said_of(one.says, findings) for one in scheme.expectations if category in one.of and one.when.met(findings)
    )


def said_of(sentence: str, findings: Findings) -> str:
    """The sentence with the prognosis filled in, where it has a place for it."""
    for name in ("months", "months_to_market"):
        number = getattr(findings, name)
        sentence = sentence.replace("{" + name + "}", "unbekannt" if number is None else months_label(number))
    return sentence


def _loose_ends(findings: Findings) -> tuple[str, ...]:
    said = []
    if findings.activation_not_required and findings.in_work_but_needy:
        said.append("Beides ist angekreuzt: Aktivierung nicht erforderlich und in Arbeit. Eines davon stimmt nicht.")
    classified = not findings.activation_not_required and not findings.in_work_but_needy
    if classified and findings.focus is not None and findings.of(findings.focus) is Severity.NONE:
        said.append(f"Der Schwerpunkt liegt auf {findings.focus.label}, dort ist aber kein Bedarf eingetragen.")
    return tuple(said)
