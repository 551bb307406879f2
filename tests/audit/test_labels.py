"""Every action that can stand in the trail has a German sentence and a group to search for."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path

import ina
from ina.audit import labels
from ina.base import operation

ACTION = re.compile(r"(read|search|export|login|account|job)\.[a-z_]+")


def operations_of_all_modules() -> set[str]:
    for module in pkgutil.walk_packages(ina.__path__, "ina."):
        parts = module.name.split(".")
        if "operations" in parts or (parts[:2] == ["ina", "ops"] and "management" not in parts):
            importlib.import_module(module.name)
    return {name for name, call in operation.registry.items() if call.__module__.startswith("ina.")}


def recorded_reads() -> set[str]:
    """What is written as an action in a file that records reads."""
    found = set()
    for file in Path(ina.__file__).parent.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if "record_read" in text and file.parts[-2:] not in {("audit", "trail.py"), ("audit", "labels.py")}:
            strings = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
            found |= {one for one in strings if isinstance(one, str) and ACTION.fullmatch(one)}
    return found


def test_every_operation_has_a_sentence():
    names = operations_of_all_modules()
    assert len(names) > 50
    assert sorted(names - labels.SENTENCES.keys()) == []


def test_every_read_has_a_sentence():
    names = recorded_reads()
    assert {"read.file", "search.people", "search.trail", "login.failed", "account.codes_printed"} <= names
    assert sorted(names - labels.SENTENCES.keys()) == []


def test_every_action_can_be_searched_for_in_one_group():
    for action in labels.SENTENCES:
        holding = [key for key, group in labels.GROUPS.items() if action.startswith(group.prefixes)]
        assert len(holding) == 1, action
        assert labels.group_of(action) == holding[0]


def test_unknown_action_is_named_as_it_stands():
    assert labels.sentence("old.thing") == "Vorgang einer früheren Version: old.thing"
    assert labels.group_of("old.thing") == ""


def test_sentences_are_plain():
    for action, text in labels.SENTENCES.items():
        assert text[0].isupper() and not text.endswith("."), action
