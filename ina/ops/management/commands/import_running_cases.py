"""``script/ina import_running_cases FILE --prison KEY --as USER``: running cases at go-live; ``--template``: empty."""

from ina.base import clock
from ina.cases.enums import RowState
from ina.cases.operations.prison_lists import discard_prison_list
from ina.cases.operations.take_over import stage_running_cases, take_over_cases
from ina.cases.queries import count_import_rows
from ina.exchange.lists import read_cases
from ina.exchange.running_cases import template as empty_file
from ina.ops.list_commands import ListCommand, in_words, told

LABELS = {"read": "Gelesen", "new": "übernommen", "unchanged": "schon da", "duplicates": "doppelt"}


class Command(ListCommand):
    help = (
        "Übernimmt laufende Fälle aus einer Tabelle (CSV oder XLSX). Dieselbe Datei noch einmal ändert nichts. "
        "Eine leere Vorlage: --template > vorlage.csv"
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--template", action="store_true", help="die leere Vorlage (CSV) ausgeben, sonst nichts")

    def handle(self, *, file, prison, username, dry_run, as_json, template: bool = False, **options):
        if template:
            self.stdout.write(empty_file().decode("utf-8-sig"), ending="")
            return
        actor = self.acting_person(username or "", as_json=as_json)
        institution = self.prison(prison, as_json=as_json)
        found = self.read(file, lambda content: read_cases(content, institution, clock.today(), actor), as_json=as_json)
        with self.acting(actor, dry_run=dry_run, as_json=as_json) as now:
            staged = stage_running_cases(
                actor=actor,
                now=now,
                prison_id=institution.pk,
                file_name=file.name,
                people=found.people,
                counts=found.counts,
            )
            states = count_import_rows(actor, staged)
            self.tell(f"{states[RowState.NEW]} werden übernommen …")
            take_over_cases(actor=actor, now=now, prisonlistimport_id=staged.pk, rows=None)
            discard_prison_list(actor=actor, now=now, prisonlistimport_id=staged.pk)
        document = told(
            found.counts,
            new=states[RowState.NEW],
            unchanged=states[RowState.KNOWN],
            duplicates=found.counts["doubled"] + states[RowState.DUPLICATE],
            dry_run=dry_run,
        )
        self.answer(document, in_words(document, LABELS), as_json=as_json)
