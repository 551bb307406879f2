"""``script/ina import_prison_list FILE --prison KEY --as USER``: all rows of a list, as the page takes ticked ones."""

from ina.base import clock
from ina.cases.enums import RowState
from ina.cases.operations.list_corrections import correct_from_list
from ina.cases.operations.prison_lists import (
    discard_prison_list,
    refer_from_list,
    stage_prison_list,
)
from ina.cases.queries import count_import_rows, list_import_rows
from ina.exchange.lists import read_list
from ina.ops.list_commands import ListCommand, in_words, told

LABELS = {
    "read": "Gelesen",
    "new": "neu gemeldet",
    "changed": "geändert",
    "unchanged": "unverändert",
    "duplicates": "doppelt",
}
NOT_YOURS = "Den Fall führt jemand anderes; nichts ist geändert."


class Command(ListCommand):
    help = (
        "Liest die Gefangenenliste einer Anstalt ein (CSV oder XLSX): Neue werden als Zugang gemeldet, eigene Akten "
        "berichtigt. Dieselbe Datei noch einmal ändert nichts."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--on", help="Tag der Meldung, zum Beispiel 23.11.2026; sonst heute")

    def handle(self, *, file, prison, username, dry_run, on, as_json, **options):
        actor = self.acting_person(username or "", as_json=as_json)
        institution = self.prison(prison, as_json=as_json)
        referred_on = self.day(on, as_json=as_json)
        found = self.read(file, lambda content: read_list(content, institution, clock.today()), as_json=as_json)
        with self.acting(actor, dry_run=dry_run, as_json=as_json) as now:
            staged = stage_prison_list(
                actor=actor,
                now=now,
                prison_id=institution.pk,
                file_name=file.name,
                people=found.people,
                counts=found.counts,
            )
            states = count_import_rows(actor, staged)
            self.tell(f"{states[RowState.NEW]} neu, {states[RowState.CHANGED]} geändert. Wird eingetragen …")
            key = {"actor": actor, "now": now, "prisonlistimport_id": staged.pk}
            refer_from_list(rows=None, referred_on=referred_on, **key)
            correct_from_list(rows=None, **key)
            left = list_import_rows(actor, staged, states=[RowState.CHANGED], size=len(found.people) or 1)
            discard_prison_list(**key)
        document = told(
            found.counts,
            new=states[RowState.NEW],
            changed=states[RowState.CHANGED],
            unchanged=states[RowState.KNOWN],
            duplicates=found.counts["doubled"] + states[RowState.DUPLICATE],
            not_applied=[{"row": row.row, "house": row.house, "message": NOT_YOURS} for row in left],
            dry_run=dry_run,
        )
        self.answer(document, in_words(document, LABELS), as_json=as_json)
