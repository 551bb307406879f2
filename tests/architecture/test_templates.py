"""Templates: each is used, none is built for one place from parts that the strict policy of the browser refuses."""

import ast
import re

from tests.architecture.source import PACKAGE, files, name_of, tree

TEMPLATES = sorted(file for file in PACKAGE.glob("**/templates/**/*") if file.is_file())
# Found by Django or allauth by their names, not by ours.
LOOKED_UP_BY_NAME = re.compile(r"^(4\d\d|500)\.html$|^(account|mfa|allauth|socialaccount|usersessions)/|^django/forms/")


def short_name(file) -> str:
    return file.as_posix().split("/templates/", 1)[1]


def test_there_are_templates():
    assert len(TEMPLATES) > 5


def test_every_template_is_used():
    words: set[str] = set()
    for file in files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value.split("#")[0])
    for file in TEMPLATES:
        words |= {word.split("#")[0] for word in re.findall(r"[\"']([\w/.-]+\.\w+(?:#\w+)?)[\"']", file.read_text())}
    unused = [short_name(file) for file in TEMPLATES if short_name(file) not in words]
    assert [name for name in unused if not LOOKED_UP_BY_NAME.match(name)] == []


def test_nothing_that_the_browser_would_refuse():
    """Strict content security policy: no inline script, no inline style, no handler (law 9, stack T15)."""
    found = []
    for file in TEMPLATES:
        if file.suffix not in {".html", ".svg"}:
            continue
        text = file.read_text()
        for pattern in (
            r"<style[\s>]",
            r"\sstyle=",
            r"\son[a-z]+=",
            r"hx-on",
            r"<script(?![^>]*(?:\ssrc=|application/json))",
            r"javascript:",
        ):
            found += [f"{name_of(file)}: {hit.group().strip()}" for hit in re.finditer(pattern, text, re.I)]
    assert found == []


def test_no_template_marks_foreign_text_as_safe():
    pages = [file for file in TEMPLATES if file.suffix == ".html"]
    found = [name_of(file) for file in pages if re.search(r"\|\s*safe\b|autoescape off", file.read_text())]
    assert found == []
