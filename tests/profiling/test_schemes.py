"""Scheme files: the delivered ones are whole, a wrong one is refused with its line."""

from datetime import date
from io import StringIO
from itertools import product

import pytest
from django.core.management import CommandError, call_command

from ina.profiling.enums import KeyGroup, Severity
from ina.profiling.rules.conditions import Findings, WrongCondition, read_condition
from ina.profiling.rules.schemes import WrongScheme, read_scheme
from ina.profiling.schemes import FOLDER, UnusableScheme, all_schemes, get_scheme, read_file, schemes_on

GOOD = (FOLDER / "PROFILLAGEN_2009.toml").read_text(encoding="utf-8")
Q, L, M, R = KeyGroup


def line_of(part: str) -> int:
    """Of the delivered file, from 1."""
    return next(number for number, line in enumerate(GOOD.splitlines(), start=1) if part in line)


def test_four_schemes_are_delivered_each_with_a_source():
    assert set(all_schemes()) == {
        "POTENZIALANALYSE_2023",
        "PROFILLAGEN_2009",
        "BETREUUNGSSTUFEN_SGB2_2007",
        "KUNDENGRUPPEN_2004",
    }
    assert all(scheme.source and scheme.version for scheme in all_schemes().values())
    assert get_scheme("POTENZIALANALYSE_2023").categories == ()
    assert [one.code for one in get_scheme("PROFILLAGEN_2009").categories] == list("MAFESUIZ")


def test_a_scheme_is_offered_in_its_time_and_the_own_one_always():
    assert [one.code for one in schemes_on(date(2026, 11, 23))] == ["POTENZIALANALYSE_2023", "PROFILLAGEN_2009"]
    assert "KUNDENGRUPPEN_2004" in {one.code for one in schemes_on(date(2009, 7, 1))}


@pytest.mark.parametrize(
    ("wrong", "right", "blamed", "says"),
    [
        ('when = "in_work_but_needy"', 'when = "in_wrok"', 'when = "in_work_but_needy"', "„in_wrok“ gibt es"),
        ('when = "focus = L"', 'when = "focus = X"', 'when = "focus = L"', "Schlüsselgruppe"),
        ('when = "focus = L"', 'when = "focus ="', 'when = "focus = L"', "Schlüsselgruppe"),
        ('months <= 12"', 'months <= zwölf"', "severe(Q, L, R) = 0 and months <= 12", "Hier fehlt eine Zahl"),
        ('then = "A"', 'then = "X"', 'then = "A"', "„X“ gibt es in diesem Verfahren nicht"),
        ('of = ["F"]', 'of = ["X"]', 'of = ["F"]', "„X“ gibt es"),
        ('then = "Z"', 'than = "Z"', 'then = "Z"', "„than“ gibt es in [[rule]] nicht"),
        ('when = "always"', 'when = "direct"', 'when = "always"', "Der letzte Schritt"),
        ('code = "A"', 'code = "M"', 'code = "A"', "zweimal"),
        ("valid_from = 2009-07-01", 'valid_from = "früher"', "valid_from", "ist ein Tag"),
        ('label = "Marktprofil"', 'label = "Marktprofil', 'label = "Marktprofil"', "TOML"),
        ('label = "Marktprofil"\n', "", 'code = "M"', "fehlt „label“"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(wrong, right, blamed, says):
    assert wrong in GOOD
    with pytest.raises(WrongScheme) as caught:
        read_scheme(GOOD.replace(wrong, right, 1))
    expected = line_of(blamed) - (1 if says.startswith("fehlt") else 0)
    assert says in caught.value.message and caught.value.line == expected


def test_the_command_names_file_and_line(tmp_path):
    file = tmp_path / "eigenes.toml"
    file.write_text(GOOD.replace("severe(Q, L, R) = 0 and months <= 12", "months <= ", 1), encoding="utf-8")
    with pytest.raises(CommandError, match=rf"eigenes.toml, Zeile {line_of('and months <= 12')}: "):
        call_command("check_scheme", str(file))
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UnusableScheme, match="UTF-8"):
        read_file(file)
    with pytest.raises(CommandError, match="nicht lesen"):
        call_command("check_scheme", str(tmp_path / "fehlt.toml"))
    out = StringIO()
    call_command("check_scheme", str(FOLDER / "PROFILLAGEN_2009.toml"), stdout=out)
    assert "Fassung 1: in Ordnung" in out.getvalue()


@pytest.mark.parametrize(
    "text",
    ["", "Q", "Q = maybe", "count(Q) = 1 Q", "count() = 1", "count(Q = 1", "__import__('os')", "months = -1", "not"],
)
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(WrongCondition):
        read_condition(text)


def test_conditions_mean_what_they_say():
    found = Findings({Q: Severity.PRESENT, R: Severity.SEVERE}, months=8, focus=R)
    for text, met in {
        "Q = present": True,
        "Q >= present and R >= present": True,
        "Q = none or L = none": True,
        "count(Q, L, M, R) = 2 and severe(Q, L, M, R) = 1": True,
        "not (R = severe)": False,
        "not R = severe or direct": False,
        "months <= 8 and months >= 8 and months < 9 and not months > 8": True,
        "months_to_market <= 1000": False,
        "unknown(months_to_market) and not unknown(months)": True,
        "focus = R and heaviest = R": True,
        "focus = none": False,
        "always": True,
        "Q = none and Q = none or always": True,
        "Q = none and (Q = none or always)": False,
    }.items():
        assert read_condition(text).met(found) is met, text
    assert read_condition("months <= 8 and focus = R").facts(found) == (
        "Prognose bis zur Arbeit: 8 Monate · Schwerpunkt: Rahmenbedingungen"
    )


@pytest.mark.parametrize(
    ("needs", "heaviest"),
    [
        ({}, None),
        ({M: "SEVERE"}, None),
        ({Q: "PRESENT"}, Q),
        ({Q: "PRESENT", L: "PRESENT"}, None),
        ({Q: "PRESENT", L: "SEVERE"}, L),
    ],
)
def test_heaviest(needs, heaviest):
    assert Findings({group: Severity(level) for group, level in needs.items()}).heaviest is heaviest


def test_every_scheme_answers_every_combination():
    """One category or one question, whatever is found."""
    from ina.profiling.rules.derivation import derive

    for scheme in all_schemes().values():
        for levels in product(Severity, repeat=4):
            for months, focus in product((None, 6, 13), (None, *KeyGroup)):
                derived = derive(scheme, Findings(dict(zip(KeyGroup, levels, strict=True)), months, focus=focus))
                assert bool(derived.category) != bool(derived.question)
