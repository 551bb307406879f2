"""Profillagen: every combination against the procedure of domain 3.3 written down a second time, and cases by hand."""

import json
from io import StringIO
from itertools import product

import pytest
from django.core.management import CommandError, call_command

from ina.profiling.enums import KeyGroup, Severity
from ina.profiling.rules.conditions import Findings
from ina.profiling.rules.derivation import contradictions_of, derive
from ina.profiling.schemes import get_scheme

SCHEME = get_scheme("PROFILLAGEN_2009")
Q, L, M, R = KeyGroup
LEVEL = {"-": Severity.NONE, "p": Severity.PRESENT, "s": Severity.SEVERE}
WEIGHT = {Severity.NONE: 0, Severity.PRESENT: 1, Severity.SEVERE: 2}
FLAGS = ((False, False), (True, False), (False, True), (True, True))


def needs(letters: str) -> dict:
    """„p-ss“: Q present, L none, M severe, R severe."""
    return {group: LEVEL[letter] for group, letter in zip(KeyGroup, letters, strict=True)}


def by_procedure(found: Findings) -> str:
    """The procedure as prose says it; "?" for a question. Written without a look at the scheme's file."""
    if found.activation_not_required:
        return "Z"
    if found.in_work_but_needy:
        return "I"
    weights = [WEIGHT[found.of(group)] for group in (Q, L, R)]
    motivation = WEIGHT[found.of(M)]
    if sum(weights) == 0:
        return "A" if motivation else "M"
    if sorted(weights) == [0, 0, 1]:
        if found.months is None:
            return "?"
        if found.months <= 12:
            return "F"
    if found.focus is Q:
        return "E"
    if found.focus in (L, R):
        if found.direct:
            return "E"
        return "S" if found.focus is L else "U"
    all_four = [*weights, motivation]
    if sum(weight > 0 for weight in all_four) >= 3 and 2 in all_four:
        return "U"
    if found.months_to_market is not None and found.months_to_market > 12:
        return "U"
    if weights.count(max(weights)) == 1:
        leading = "QLR"[weights.index(max(weights))]
        return "E" if leading == "Q" or found.direct else {"L": "S", "R": "U"}[leading]
    if found.direct:
        return "E"
    return "?" if found.months_to_market is None else "S"


def test_every_combination():
    met = set()
    numbers = (None, 6, 7, 12, 13)
    for levels, months, to_market in product(product(Severity, repeat=4), numbers, numbers):
        for focus, direct, (needy, spared) in product((None, *KeyGroup), (False, True), FLAGS):
            found = Findings(dict(zip(KeyGroup, levels, strict=True)), months, to_market, focus, direct, needy, spared)
            derived = derive(SCHEME, found)
            assert (derived.category or "?") == by_procedure(found), found
            assert bool(derived.category) != bool(derived.question)
            assert [step.decided for step in derived.steps] == [False] * (len(derived.steps) - 1) + [True]
            met.add(derived.category or "?")
    assert met == set("MAFESUIZ?")


@pytest.mark.parametrize(
    ("letters", "more", "category"),
    [
        ("----", {"months": 3}, "M"),
        ("----", {"months": 9}, "M"),
        ("--p-", {"months": 6}, "A"),
        ("--s-", {"months": 2}, "A"),
        ("p---", {"months": 12}, "F"),
        ("-p--", {"months": 1}, "F"),
        ("---p", {"months": 12}, "F"),
        ("p-s-", {"months": 10}, "F"),
        ("p---", {"months": 13, "focus": Q}, "E"),
        ("s---", {"months": 6, "focus": Q}, "E"),
        ("p--p", {"months": 10, "focus": Q, "direct": True}, "E"),
        ("p--s", {"months": 8, "focus": R, "direct": True}, "E"),
        ("p--s", {"months": 8, "focus": R}, "U"),
        ("ps--", {"months": 14, "focus": L}, "S"),
        ("ps--", {"months": 14, "focus": L, "direct": True}, "E"),
        ("psp-", {"months": 14, "focus": L, "months_to_market": 20}, "S"),
        ("pp-s", {"months": 14}, "U"),
        ("ppp-", {"months": 14, "months_to_market": 13}, "U"),
        ("s-ps", {"months": 14, "focus": M}, "U"),
        ("-s--", {"months": 3}, "S"),
        ("---s", {"months": 3}, "U"),
        ("---s", {"months": 3, "direct": True}, "E"),
        ("pp--", {"months": 14, "months_to_market": 12}, "S"),
        ("pp--", {"months": 14}, ""),
        ("p---", {}, ""),
        ("ssss", {"focus": R, "in_work_but_needy": True}, "I"),
        ("ssss", {"focus": R, "in_work_but_needy": True, "activation_not_required": True}, "Z"),
    ],
)
def test_by_hand(letters, more, category):
    assert derive(SCHEME, Findings(needs(letters), **more)).category == category


def test_a_step_says_what_was_looked_at():
    derived = derive(SCHEME, Findings(needs("p--s"), months=8, focus=R, direct=True))
    assert [(step.number, step.met) for step in derived.steps] == [
        (number, False) for number in ("1", "2", "3", "3", "4", "4", "5")
    ] + [("5", True)]
    assert derived.deciding.why == ("Schwerpunkt: Rahmenbedingungen · direkter Weg in den ersten Arbeitsmarkt: ja")
    assert (derived.scheme, derived.version) == ("PROFILLAGEN_2009", "1")


@pytest.mark.parametrize(
    ("letters", "more", "says"),
    [
        ("----", {"months": 7}, "M und A heißen: Arbeit innerhalb von 6 Monaten. Die Prognose sagt 7 Monate."),
        ("--p-", {"months": 7}, "M und A heißen"),
        (
            "p--p",
            {"months": 1, "focus": Q, "direct": True},
            "E heißt: Arbeit in mehr als 12 Monaten. Die Prognose sagt 1 M",
        ),
        ("p--p", {"months": 14, "focus": Q}, "Der Weg führt direkt"),
        ("p---", {"months": 14, "focus": Q, "direct": True}, "Bedarf in mehreren Schlüsselgruppen"),
        ("ps--", {"focus": L, "months_to_market": 13}, "S heißt: Heranführung innerhalb von 12 Monaten"),
        ("p--s", {"focus": R, "months_to_market": 12}, "U heißt: Heranführung dauert länger"),
        ("p--s", {"focus": L}, "Der Schwerpunkt liegt auf Leistungsfähigkeit, dort ist aber kein Bedarf"),
        ("----", {"in_work_but_needy": True, "activation_not_required": True}, "Beides ist angekreuzt"),
    ],
)
def test_contradictions(letters, more, says):
    assert any(
        one.startswith(says) or says in one for one in derive(SCHEME, Findings(needs(letters), **more)).contradictions
    )


def test_what_fits_together_is_not_contradicted():
    for letters, more in (
        ("----", {"months": 6}),
        ("p---", {"months": 12, "focus": Q}),
        ("p--p", {"months": 13, "focus": Q, "direct": True}),
        ("psp-", {"months": 20, "focus": L, "months_to_market": 12}),
        ("p-ps", {"months": 20, "focus": R, "months_to_market": 13}),
    ):
        assert derive(SCHEME, Findings(needs(letters), **more)).contradictions == (), letters


def test_a_chosen_category_is_held_against_the_findings():
    assert contradictions_of(SCHEME, Findings(needs("p--p"), months=18), "F") == (
        "F heißt: Arbeit innerhalb von 12 Monaten. Die Prognose sagt 18 Monate.",
    )


def test_without_categories_nothing_is_derived():
    derived = derive(get_scheme("POTENZIALANALYSE_2023"), Findings(needs("ssss"), months=30, focus=Q))
    assert (derived.category, derived.steps, derived.contradictions) == (
        "",
        (),
        (),
    ) and "keine Einstufung" in derived.question


def test_anybody_can_check_with_the_command():
    out = StringIO()
    given = {"Q": "present", "L": "none", "M": "none", "R": "severe", "months": 8, "focus": "R", "direct": True}
    call_command("derive_category", "--scheme", "PROFILLAGEN_2009", "--json", json.dumps(given), stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["category"], answer["label"], answer["question"]) == ("E", "Entwicklungsprofil", None)
    assert answer["steps"][-1]["met"] and len(answer["contradictions"]) == 1


@pytest.mark.parametrize(
    "wrong",
    ["", "[]", '{"Q":"viel"}', '{"months":"8"}', '{"focus":"X"}', '{"direct":1}', '{"farbe":"rot"}', '{"months":-1}'],
)
def test_the_command_refuses_what_it_does_not_understand(wrong):
    with pytest.raises(CommandError):
        call_command("derive_category", "--json", wrong)
    with pytest.raises(CommandError, match="gibt es nicht"):
        call_command("derive_category", "--scheme", "X", "--json", "{}")
