"""The registry of document kinds: what modules above can have written. Filled in ``apps.ready``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ina.access.enums import Compartment
from ina.base.actor import Actor
from ina.base.errors import NotVisible


@dataclass(frozen=True)
class PaperRequest:
    """Who wants the paper, about whom, on which day. ``options``: what was chosen on the page, as text."""

    actor: Actor
    dossier_id: int
    case_number: int
    today: date
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Paper:
    """What a paper says. ``title`` is its heading in lists; ``file_name`` has no ending and, on neutral papers, no
    word that betrays anything; ``data`` is what the template gets, ready for JSON."""

    title: str
    file_name: str
    data: dict[str, Any]


@dataclass(frozen=True)
class DocumentKind:
    """Something that can be written about a case.

    template: path below ``ina/``. compartments: all that the paper tells of; whoever reads it needs each of them.
    neutral: leaves the house without any trace of custody, hence goes through the leak check before it is kept. plain:
    key of the twin in plain German that the person gets, or "". said: one line on the page, when it is needed. build:
    asks queries as the actor and answers what the paper says; raises NotVisible where there is nothing to write about,
    Refused or Invalid with a sentence. long: set in the worker, since it may take more than a second. blank: can be
    printed empty, to fill in by hand (option "blank"). many: each one is a document of its own (letters), not the next
    version of the last.
    """

    key: str
    label: str
    template: str
    compartments: Compartment
    build: Callable[[PaperRequest], Paper]
    neutral: bool = False
    plain: str = ""
    said: str = ""
    blank: bool = False
    long: bool = False
    many: bool = False


_kinds: dict[str, DocumentKind] = {}


def register_kind(kind: DocumentKind) -> None:
    """Raises ValueError when the key is taken by another kind."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"documents: two kinds are called {kind.key}")


def all_kinds() -> tuple[DocumentKind, ...]:
    """In the order of registering: floor first, then module by module."""
    return tuple(_kinds.values())


def kind_of(key: str) -> DocumentKind | None:
    """None for what was uploaded, and for a kind of a former version."""
    return _kinds.get(key)


def get_kind(key: str) -> DocumentKind:
    """Raises NotVisible for a key that no module knows."""
    kind = _kinds.get(key)
    if kind is None:
        raise NotVisible()
    return kind
