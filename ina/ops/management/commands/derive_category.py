"""``script/ina derive_category --scheme PROFILLAGEN_2009 --json '{…}'``: check the derivation of a category by hand."""

import json

from django.core.management.base import BaseCommand, CommandError

from ina.profiling.rules.conditions import GROUPS, LEVELS, Findings
from ina.profiling.rules.derivation import derive
from ina.profiling.schemes import NATIVE, all_schemes

NUMBERS = ("months", "months_to_market")
FLAGS = ("direct", "in_work_but_needy", "activation_not_required")


class Command(BaseCommand):
    help = (
        "Leitet aus Befunden eine Einstufung ab und zeigt jeden Schritt. Befunde als JSON: Q, L, M, R (none, present, "
        "severe), months, months_to_market, focus (Q, L, M, R oder null), direct, in_work_but_needy, "
        "activation_not_required."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--scheme", default=NATIVE, help=f"Verfahren; ohne Angabe {NATIVE}")
        parser.add_argument("--json", dest="findings", required=True, help="die Befunde als JSON-Objekt")

    def handle(self, *, scheme, findings, **options):
        chosen = all_schemes().get(scheme)
        if chosen is None:
            raise CommandError(f"Ein Verfahren „{scheme}“ gibt es nicht. Bekannt sind: {', '.join(all_schemes())}.")
        derived = derive(chosen, read_findings(findings))
        category = chosen.category(derived.category)
        answer = {
            "scheme": derived.scheme,
            "version": derived.version,
            "category": derived.category or None,
            "label": category.label if category else None,
            "steps": [
                {"step": one.number, "question": one.question, "met": one.met, "why": one.why} for one in derived.steps
            ],
            "contradictions": list(derived.contradictions),
            "question": derived.question or None,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def read_findings(text: str) -> Findings:
    """Raises CommandError in German for anything that is not a description of findings."""
    try:
        given = json.loads(text)
    except ValueError as error:
        raise CommandError(f"Das ist kein JSON: {error}") from None
    if not isinstance(given, dict):
        raise CommandError("Die Befunde sind ein JSON-Objekt.")
    if unknown := sorted(set(given) - set(GROUPS) - {"focus", *NUMBERS, *FLAGS}):
        raise CommandError(f"Unbekannte Angabe: {', '.join(unknown)}.")
    needs = {}
    for letter, group in GROUPS.items():
        if given.get(letter, "none") not in LEVELS:
            raise CommandError(f"{letter} ist none, present oder severe.")
        needs[group] = LEVELS[given.get(letter, "none")]
    for name in NUMBERS:
        number = given.get(name)
        if number is not None and (type(number) is not int or not 0 <= number <= 600):
            raise CommandError(f"{name} ist eine Zahl von Monaten (0 bis 600) oder null.")
    for name in FLAGS:
        if not isinstance(given.get(name, False), bool):
            raise CommandError(f"{name} ist true oder false.")
    focus = given.get("focus") or None
    if focus is not None and focus not in GROUPS:
        raise CommandError("focus ist Q, L, M, R oder null.")
    return Findings(
        needs,
        months=given.get("months"),
        months_to_market=given.get("months_to_market"),
        focus=GROUPS[focus] if focus else None,
        direct=given.get("direct", False),
        in_work_but_needy=given.get("in_work_but_needy", False),
        activation_not_required=given.get("activation_not_required", False),
    )
