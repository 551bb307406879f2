"""Rules of the house that can be read from the code alone."""

import ast
import re

import pytest
from django.apps import apps

from tests.architecture.source import PACKAGE, ROOT, calls, chain, files, load_operations, name_of, spoken, tree, where
from tests.tripwires import FAMILIAR

FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "common", "misc", "tools"}
# Reading the clock: the one place, and the edges that hand the moment on.
CLOCK = "ina/base/clock.py"
EDGES = re.compile(r"ina/(web|ops|api)/|ina/[a-z]+/(tasks|jobs|login_trail)\.py$")
WRITES = {"create", "update", "delete", "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Who writes outside operations: allauth writes its own tables, and tells by signals.
WRITES_ELSEWHERE: dict[str, str] = {
    "ina/accounts/adapters.py": "adapters of allauth",
    "ina/base/operation.py": "saves nothing itself",
    "ina/exchange/case_list.py": "a workbook",
}
STRING_SQL_ALLOWED = {
    "ina/access/wall.py": "the wall itself, from names in migrations",
    "ina/base/together.py": "compiled by the ORM; arguments are bound by the server",
    "ina/cases/queries/list_exports.py": "compiled by the ORM",
}


def dossier_tables() -> set[str]:
    """Names of models with a queryset that knows ``visible_to``."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("ina.") and hasattr(model._default_manager, "unscoped")
    }


def test_files_are_small():
    long = {name_of(file): n for file in files() if (n := len(file.read_text().splitlines())) > 400}
    tests = ROOT / "tests"
    long |= {name_of(file): n for file in tests.glob("**/*.py") if (n := len(file.read_text().splitlines())) > 600}
    assert long == {}


def test_no_drawer_for_everything():
    found = [name_of(file) for file in PACKAGE.glob("**/*") if file.stem in FORBIDDEN_NAMES]
    assert found == []


def test_init_files_hold_a_docstring_and_no_code():
    """A folder that stands where one file stood (models, queries, rules) may pass its names on; nothing else."""
    found = []
    for file in files("*/__init__.py"):
        body = tree(file).body
        if len(body) != 1 or ast.get_docstring(tree(file)) is None:
            found.append(name_of(file))
    for file in files("*/*/**/__init__.py"):
        body = tree(file).body
        if body and (ast.get_docstring(tree(file)) is None or not all(passes_on(node) for node in body[1:])):
            found.append(name_of(file))
    assert found == []


def passes_on(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign):
        return [ast.unparse(target) for target in node.targets] == ["__all__"]
    return isinstance(node, ast.ImportFrom)


def test_the_clock_is_read_in_one_place_and_at_the_edges():
    found = []
    for file in files():
        name = name_of(file)
        if name == CLOCK or EDGES.match(name):
            continue
        for call in calls(file):
            names = chain(call.func)
            if names[-1:] in (["now"], ["today"], ["utcnow"]) and len(names) <= 3 and not call.args:
                found.append(f"{where(file, call)} {'.'.join(names)}()")
    assert [one for one in found if not one.startswith(ALLOWED_CLOCK)] == []


# Jobs and the adapters of allauth are edges too: they are called by somebody else's code.
ALLOWED_CLOCK = ("ina/access/jobs.py", "ina/accounts/adapters.py", "ina/accounts/login_trail.py")


def test_no_column_reads_the_clock():
    found = []
    for file in files(migrations=True):
        for call in calls(file):
            for keyword in call.keywords:
                if keyword.arg in {"auto_now", "auto_now_add"} and getattr(keyword.value, "value", None) is not False:
                    found.append(where(file, call))
                if keyword.arg in {"default", "db_default"} and re.search(
                    r"\b(now|today)\b", ast.unparse(keyword.value)
                ):
                    found.append(where(file, call))
    assert found == []


def test_rows_about_people_are_read_through_visible_to_or_with_a_reason():
    """In queries and operations, policies and contributions: each chain on a table about a person says which."""
    tables, found, seen = dossier_tables(), [], 0
    for file in files():
        if file.name in {"querysets.py", "models.py"}:
            continue
        for call in calls(file):
            names = chain(call)
            if "objects" not in names[1:2] or names[0] not in tables:
                continue
            seen += 1
            if len(names) > 2 and names[2] in {"visible_to", "unscoped"}:
                continue
            if len(names) == 3 and names[2] in {"create", "bulk_create", "bulk_update"}:
                continue
            found.append(f"{where(file, call)} {'.'.join(names)}")
    assert seen > 50
    assert found == []


def test_every_reason_for_looking_past_visible_to_is_given():
    for file in files():
        for call in calls(file):
            if isinstance(call.func, ast.Attribute) and call.func.attr == "unscoped":
                assert [keyword.arg for keyword in call.keywords] == ["because"], where(file, call)


def test_tables_are_written_in_operations_and_migrations_only():
    found = []
    for file in files():
        name = name_of(file)
        if re.search(r"/operations(\.py|/)", name) or name in WRITES_ELSEWHERE:
            continue
        for call in calls(file):
            names = chain(call.func)
            written = names and names[-1] in WRITES
            if written and ("objects" in names or names[-1] == "save"):
                found.append(f"{where(file, call)} {'.'.join(names)}")
    assert [one for one in found if not any(each in one for each in (".session.", "form.save", "picture.save"))] == []


def test_no_operation_is_called_as_if_it_were_a_machine():
    """Verb and noun as staff would say it (architecture 11)."""
    registry = load_operations()
    assert len(registry) > 30
    vague = re.compile(r"\.(update|process|handle|do|perform|execute|manage|set_data)(_|$)")
    assert [name for name in registry if vague.search(name)] == []
    for file in [*files("*/operations.py"), *files("*/operations/*.py")]:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef):
                assert not re.match(r"(update|process|handle)_", node.name), where(file, node)


def test_operations_are_named_after_their_module():
    registry = load_operations()
    wrong = [name for name, call in registry.items() if call.__module__.split(".")[1] != name.split(".")[0]]
    assert wrong == []


def test_settings_of_a_connection_are_local_to_the_transaction():
    """One SET without LOCAL poisons the pool for whoever comes next (stack 2.2 no. 2)."""
    bare = re.compile(r"(?<![\w.])SET\s+(?!LOCAL|CONSTRAINTS|TRANSACTION|search_path|%)[a-z_.]+\s*(=|TO)\s", re.I)
    found = []
    for file in files(migrations=True):
        for node in ast.walk(tree(file)):
            if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            text = node.value
            if re.match(r"\s*SET\s", text) and bare.search(text):
                found.append(where(file, node))
            if re.search(r"set_config\([^)]*,\s*false\s*\)", text, re.I):
                found.append(where(file, node))
    assert found == []


def is_constant_sql(node: ast.expr) -> bool:
    """A literal, a name in capitals, or ``sql.SQL``-composed text."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if isinstance(node, ast.Name):
        return node.id.isupper()
    if isinstance(node, ast.Attribute):
        return node.attr.isupper()
    if isinstance(node, ast.JoinedStr):
        return all(
            isinstance(part, ast.Constant) or is_constant_sql(part.value)  # type: ignore[attr-defined]
            for part in node.values
        )
    if isinstance(node, ast.BinOp):
        return is_constant_sql(node.left) and is_constant_sql(node.right)
    return isinstance(node, ast.Call) and chain(node)[:2] == ["sql", "SQL"]


def test_sql_is_never_built_from_strings():
    """Whoever can send SQL passes the wall by setting other holders: so nobody's words become SQL."""
    found = []
    for file in files():
        name = name_of(file)
        if name in STRING_SQL_ALLOWED or name.startswith("ina/ops/"):
            continue
        for call in calls(file):
            if not isinstance(call.func, ast.Attribute) or not call.args:
                continue
            names = chain(call.func)
            sends = call.func.attr in {"execute", "executemany", "copy"} or names[-1] in {"raw", "RawSQL", "extra"}
            if sends and not is_constant_sql(call.args[0]):
                found.append(where(file, call))
    assert found == []


def test_streams_are_our_own():
    """A plain streaming response runs after the transaction: empty behind the wall (stack T7)."""
    found = [
        where(file, node)
        for file in files()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and chain(node.func)[-1:] in (["StreamingHttpResponse"], ["FileResponse"])
    ]
    assert found == []


def test_columns_are_read_for_forms_by_one_file():
    found = {name_of(file) for file in files() if any(chain(c.func)[-1:] == ["get_model"] for c in calls(file))}
    assert found <= {"ina/web/shell/forms.py"}


@pytest.mark.parametrize("kind", ["python", "templates", "data"])
def test_everybody_is_addressed_as_sie(kind):
    found = []
    if kind == "python":
        for file in files(migrations=True):
            found += [where(file, node) for node in spoken(file) if FAMILIAR.search(str(node.value))]
    else:
        pattern = "**/templates/**/*.*" if kind == "templates" else "*/data/*.csv"
        for file in PACKAGE.glob(pattern):
            for number, line in enumerate(file.read_text().splitlines(), 1):
                if FAMILIAR.search(re.sub(r"{%.*?%}|{{.*?}}", "", line)):
                    found.append(f"{name_of(file)}:{number}")
    assert found == []


def test_no_path_of_anybodys_machine_and_no_index_of_packages():
    place = re.compile(r"(/wor[k]/|/roo[t]/[.]|/home/\w+/|/Users/\w+/|https?://[\w.]*(pypi|index|artifactory)[\w.]*/)")
    found = []
    for folder in ("ina", "tests", "script", "docs", "requirements", "benchmarks", ".ci"):
        for file in (ROOT / folder).glob("**/*"):
            if not file.is_file() or file.suffix in {".pyc", ".woff2", ".png", ".ico", ".gz"} or "vendor" in file.parts:
                continue
            if file.name == "test_source.py":
                continue
            for number, line in enumerate(file.read_text(errors="replace").splitlines(), 1):
                if place.search(line):
                    found.append(f"{name_of(file)}:{number}")
    assert found == []
