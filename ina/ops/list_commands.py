"""What the commands that bring lists in share: the file, the prison, who acts, one transaction, the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from ina.access.context import acting_as
from ina.base import clock
from ina.base.actor import Person
from ina.base.errors import Invalid, NotVisible, Refused
from ina.exchange.dates import NoSuchDay, event_date
from ina.exchange.lists import ReadList
from ina.exchange.tables import Unusable, read_content
from ina.institutions.enums import Kind
from ina.institutions.queries import prison_named
from ina.ops.answers import NOT_PERMITTED, UNUSABLE, AnsweringCommand


class ListCommand(AnsweringCommand):
    """A command that reads FILE for a prison in somebody's name; all of it or nothing."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, nargs="?", help="CSV- oder XLSX-Datei")
        parser.add_argument("--prison", help="Schlüssel oder Kurzname der Anstalt (script/ina list_institutions)")
        parser.add_argument("--as", dest="username", help="Benutzername, in dessen Namen eingelesen wird")
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe; nichts wird gespeichert")

    def tell(self, sentence: str) -> None:
        """Progress, for people only."""
        self.stderr.write(sentence)

    def prison(self, named: str | None, *, as_json: bool):
        """The prison by its key or short name. Gives up when there is none."""
        found = prison_named(named or "", on=clock.today())
        if found is None:
            self.give_up(
                f"Eine Anstalt „{named or ''}“ gibt es nicht. Schlüssel und Kurznamen nennt: "
                f"script/ina list_institutions --kind {Kind.PRISON}",
                UNUSABLE,
                as_json=as_json,
            )
        return found

    def read(self, file: Path | None, reader: Callable[[bytes], ReadList], *, as_json: bool) -> ReadList:
        """The rows of the file. Gives up on one that is no list."""
        if file is None:
            self.give_up("Bitte nennen Sie die Datei.", UNUSABLE, as_json=as_json)
        self.tell(f"{file.name} wird gelesen …")
        try:
            with file.open("rb") as opened:
                found = reader(read_content(opened))
        except OSError as error:
            self.give_up(f"Die Datei lässt sich nicht lesen: {error.strerror}.", UNUSABLE, as_json=as_json)
        except Unusable as error:
            self.give_up(str(error), UNUSABLE, as_json=as_json)
        self.tell(f"{found.counts['read']} Zeilen gelesen, {len(found.people)} brauchbar.")
        return found

    @contextmanager
    def acting(self, actor: Person, *, dry_run: bool, as_json: bool) -> Iterator[datetime]:
        """One transaction in the actor's name; taken back in a dry run. Gives up when the actor may not."""
        try:
            with transaction.atomic(), acting_as(actor):
                yield clock.now()
                transaction.set_rollback(dry_run)
        except Refused as error:
            self.give_up(error.message, NOT_PERMITTED, as_json=as_json)
        except (Invalid, NotVisible) as error:
            self.give_up(error.message, UNUSABLE, as_json=as_json)

    def day(self, typed: str | None, *, as_json: bool) -> date:
        """A day as people type it; today when nothing is said."""
        today = clock.today()
        if not typed:
            return today
        try:
            return event_date(typed, today=today)
        except NoSuchDay as error:
            self.give_up(f"--on {typed}: {error}", UNUSABLE, as_json=as_json)


def told(counts: dict[str, Any], **numbers: Any) -> dict[str, Any]:
    """The document of the answer: numbers first, then what is wrong with which row, then what was not read."""
    return {
        "read": counts["read"],
        **numbers,
        "elsewhere": sum(counts["elsewhere"].values()),
        "elsewhere_by_prison": counts["elsewhere"],
        "errors": counts["errors"],
        "doubled_rows": counts["duplicates"],
        "ignored_columns": counts["ignored"],
        "dropped_columns": counts["dropped"],
    }


def in_words(document: dict[str, Any], labels: dict[str, str]) -> Iterable[str]:
    """The same for people."""
    yield ", ".join(f"{label}: {document[name]}" for name, label in labels.items())
    if places := document["elsewhere_by_prison"]:
        yield "Zeilen anderer Anstalten: " + ", ".join(f"{name} ({count})" for name, count in places.items())
    for name, label in (("ignored_columns", "Nicht gelesen"), ("dropped_columns", "Sicherheitsvermerke verworfen")):
        if document[name]:
            yield f"{label}: {', '.join(document[name])}"
    for error in (*document["errors"], *document["doubled_rows"]):
        yield f"Zeile {error['row']}, {error['column']}: {error['message']} („{error['value']}“)"
    if document["dry_run"]:
        yield "Probelauf: Nichts ist gespeichert."
