"""``script/ina import_places FILE --as USER``: load a list of postcodes and municipalities."""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction

from ina.access.context import acting_as
from ina.base import clock
from ina.base.errors import Refused
from ina.exchange.places import Unusable, read_content, read_places
from ina.ops.answers import NOT_PERMITTED, UNUSABLE, AnsweringCommand
from ina.reference import operations


class Command(AnsweringCommand):
    help = "Lädt ein Ortsverzeichnis (CSV oder XLSX; Spalten plz, ort, ags). Dieselbe Datei noch einmal ändert nichts."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("file", type=Path, help="CSV- oder XLSX-Datei")
        parser.add_argument("--as", dest="username", required=True, help="Benutzername, in dessen Namen geladen wird")

    def handle(self, *, file, username, as_json, **options):
        actor = self.acting_person(username, as_json=as_json)
        try:
            with file.open("rb") as opened:
                places = read_places(read_content(opened))
        except OSError as error:
            self.give_up(f"Die Datei lässt sich nicht lesen: {error.strerror}.", UNUSABLE, as_json=as_json)
        except Unusable as error:
            self.give_up(str(error), UNUSABLE, as_json=as_json)
        try:
            with transaction.atomic(), acting_as(actor):
                done = operations.import_places(actor=actor, now=clock.now(), rows=places.rows)
        except Refused as error:
            self.give_up(error.message, NOT_PERMITTED, as_json=as_json)
        self.answer(
            {**asdict(done), "errors": [asdict(error) for error in places.errors]},
            [
                f"Neu: {done.added}, unverändert: {done.unchanged}, umbenannte Gemeinden: {done.renamed}, "
                f"nicht in der Datei: {done.not_in_file}, Zeilen mit Fehlern: {len(places.errors)}",
                *(f"Zeile {one.row}, {one.column}: {one.message} („{one.value}“)" for one in places.errors),
            ],
            as_json=as_json,
        )
