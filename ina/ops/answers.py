"""How management commands answer: a sentence for people, or with ``--json`` one document on standard output.

Exit codes: 0 done (row errors are part of the answer), 2 the file is unusable, 3 not permitted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from typing import Any, NoReturn

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from ina.access.queries import actor_for
from ina.accounts.queries import active_membership
from ina.base import clock
from ina.base.actor import Person

UNUSABLE = 2
NOT_PERMITTED = 3


class AnsweringCommand(BaseCommand):
    """A command with ``--json``. Progress goes to standard error, the answer to standard output."""

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", dest="as_json", help="nur das JSON-Dokument ausgeben")

    def answer(self, document: dict[str, Any] | list, sentences: Iterable[str], *, as_json: bool) -> None:
        """Write the document, or the sentences for people."""
        if as_json:
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))
        else:
            for sentence in sentences:
                self.stdout.write(sentence)

    def give_up(self, message: str, code: int, *, as_json: bool) -> NoReturn:
        """End with this exit code; the message goes to standard error and, with ``--json``, into the document."""
        if as_json:
            self.stdout.write(json.dumps({"message": message, "errors": []}, ensure_ascii=False, indent=2))
        raise CommandError(message, returncode=code)

    def acting_person(self, username: str, *, as_json: bool) -> Person:
        """The actor behind ``--as``: the user in the position that counts today. Gives up when there is none."""
        user = get_user_model()._default_manager.filter(username__iexact=username, is_active=True).first()
        position = active_membership(user, None, clock.today()) if user else None
        if position is None:
            self.give_up(
                f"„{username}“ ist kein aktives Konto mit einer Stelle, die heute gilt.", NOT_PERMITTED, as_json=as_json
            )
        return actor_for(position)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    return str(value)
