"""The schemes delivered with the programme (``data/*.toml``), read once. A wrong file stops the start.

Dated like all facts of practice: a profiling keeps the scheme and the version by which its category was derived.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from ina.profiling.rules.schemes import Scheme, WrongScheme, read_scheme

FOLDER = Path(__file__).parent / "data"
# What INA worked with; new profilings begin with it (domain 3.1).
NATIVE = "PROFILLAGEN_2009"


class UnusableScheme(ValueError):
    """A scheme file that is refused. The message names file and line."""


def read_file(path: Path) -> Scheme:
    """Raises UnusableScheme: „FILE, Zeile 12: …“."""
    try:
        return read_scheme(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusableScheme(f"{path}: Die Datei lässt sich nicht lesen ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UnusableScheme(f"{path}: Die Datei ist nicht in UTF-8 geschrieben.") from None
    except WrongScheme as error:
        place = f", Zeile {error.line}" if error.line else ""
        raise UnusableScheme(f"{path}{place}: {error.message}") from None


@cache
def all_schemes() -> dict[str, Scheme]:
    """By code, the newest first. Raises UnusableScheme."""
    found = sorted((read_file(path) for path in FOLDER.glob("*.toml")), key=lambda one: one.valid_from, reverse=True)
    schemes = {scheme.code: scheme for scheme in found}
    if len(schemes) != len(found):
        raise UnusableScheme(f"{FOLDER}: Zwei Verfahren haben dasselbe Kürzel.")
    return schemes


def get_scheme(code: str) -> Scheme | None:
    return all_schemes().get(code)


def schemes_on(day: date) -> list[Scheme]:
    """What may be chosen for a profiling held on a day. INA's own way is kept, whatever agencies did with it."""
    return [scheme for scheme in all_schemes().values() if scheme.valid_on(day) or scheme.code == NATIVE]
