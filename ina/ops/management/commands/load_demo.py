"""``manage.py load_demo``: the invented people of the demo, by the real operations.

Exit 4: real people are here. Exit 5: a former loading was killed; only an empty database can be filled.
"""

import sys

from django.conf import settings
from django.core.management.base import CommandError

from ina.access.queries import only_demo_dossiers
from ina.accounts.operations.demo import only_demo_accounts
from ina.base import clock
from ina.ops.answers import AnsweringCommand
from ina.ops.demo_crew import crew
from ina.ops.demo_lives import TOTAL
from ina.ops.demo_load import Loaded, finish, how_far, load
from ina.ops.demo_logins import PASSWORD, printed

OTHERS, HALF = 4, 5
EVERY = 100


class Command(AnsweringCommand):
    help = "Lädt die erfundenen Personen der Vorführung in eine leere Datenbank."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="nur prüfen, ob hier ausschließlich Erfundene stehen")
        parser.add_argument("--people", type=int, metavar="N", help=f"nur so viele Personen statt {TOTAL}")
        parser.add_argument("--processes", type=int, metavar="N", help="so viele Prozesse nebeneinander")

    def handle(self, *, as_json, check, people, processes, **options):
        if not (only_demo_accounts() and only_demo_dossiers()):
            raise CommandError("In dieser Datenbank stehen Personen, die nicht erfunden sind.", returncode=OTHERS)
        if check:
            return
        if not settings.DEMO:
            raise CommandError("Erfundene Personen gibt es nur mit den Einstellungen der Vorführung.", returncode=3)
        found, codes = how_far(), {}
        if found is Loaded.HALF:
            raise CommandError(
                "Hier ist das Anlegen der Vorführung einmal abgebrochen. Bitte mit einer leeren Datenbank beginnen "
                "(script/demo --reset).",
                returncode=HALF,
            )
        if found is Loaded.NOTHING:
            codes = load(clock.today(), how_many=people, processes=processes or crew(), progress=self._tell)
        finish(clock.now())
        count, logins = min(people or TOTAL, TOTAL), printed(codes)
        self.answer(
            {"people": count, "logins": logins},
            [f"{count} Personen, {len(logins)} Konten. Passwort: {PASSWORD}"],
            as_json=as_json,
        )

    def _tell(self, done: int, total: int) -> None:
        """A line that counts on a terminal; elsewhere a few lines."""
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{done} von {total} Personen …" + ("\n" if done == total else ""))
        elif done == total or done % EVERY == 0:
            sys.stderr.write(f"{done} von {total} Personen …\n")
        sys.stderr.flush()
