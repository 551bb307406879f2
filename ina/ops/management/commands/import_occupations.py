"""``script/ina import_occupations FILE…``: load the official lists of occupations."""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from ina.access.context import acting_as
from ina.base import clock
from ina.base.actor import System
from ina.base.errors import Refused
from ina.exchange.occupations import Unusable, read_content, read_occupations
from ina.ops.answers import NOT_PERMITTED, UNUSABLE, AnsweringCommand
from ina.reference import operations


class Command(AnsweringCommand):
    help = (
        "Lädt die amtlichen Berufslisten (CSV oder XLSX): Systematik und Erläuterungen der KldB 2010, Berufe der "
        "Bundesagentur für Arbeit. Welche es ist, sagt die Kopfzeile. Dieselbe Datei noch einmal ändert nichts; ist "
        "eine Zeile falsch, wird nichts geladen."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV- oder XLSX-Datei")
        parser.add_argument("--as", dest="username", help="Benutzername, in dessen Namen; sonst die Anlage")

    def handle(self, *, files, username, as_json, **options):
        actor = self.acting_person(username, as_json=as_json) if username else System("import_occupations")
        lists = [self._read(file, as_json) for file in files]
        kinds = [one.file.kind for one in lists]
        if double := next((kind for kind in kinds if kinds.count(kind) > 1), None):
            self.give_up(f"Zwei Dateien sind dieselbe Liste: {double.label}.", UNUSABLE, as_json=as_json)
        try:
            with transaction.atomic(), acting_as(actor):
                done = operations.import_occupations(actor=actor, now=clock.now(), files=[one.file for one in lists])
        except Refused as error:
            self.give_up(error.message, NOT_PERMITTED, as_json=as_json)
        self.answer(
            {"files": [asdict(one) for one in done]},
            [
                f"{one.file} ({one.kind.label}): {one.rows} Zeilen; neu: {one.added}, geändert: {one.changed}, "
                f"unverändert: {one.unchanged}, entfallen: {one.removed}"
                for one in done
            ],
            as_json=as_json,
        )

    def _read(self, file: Path, as_json: bool):
        try:
            with file.open("rb") as opened:
                found = read_occupations(read_content(opened), file.name)
        except OSError as error:
            self.give_up(f"{file.name} lässt sich nicht lesen: {error.strerror}.", UNUSABLE, as_json=as_json)
        except Unusable as error:
            self.give_up(f"{file.name}: {error}", UNUSABLE, as_json=as_json)
        if found.errors:
            first = found.errors[0]
            count = len(found.errors)
            self.give_up(
                f"{file.name}, Zeile {first.row}{', ' + first.column if first.column else ''}: {first.message} "
                f"(„{first.value}“){f' Noch {count - 1} Zeilen sind falsch.' if count > 1 else ''} Nichts ist geladen.",
                UNUSABLE,
                as_json=as_json,
            )
        return found
