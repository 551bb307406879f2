"""``manage.py load_demo``: the invented people of the demo, by the real operations. Exit 4: real people are here."""

import sys

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from ina.access.queries import only_demo_dossiers
from ina.accounts.operations.demo import only_demo_accounts
from ina.base import clock
from ina.base.actor import System
from ina.evaluation.operations import rebuild_facts
from ina.ops import demo_walk
from ina.ops.answers import AnsweringCommand

OTHERS = 4


class Command(AnsweringCommand):
    help = "Lädt die erfundenen Personen der Vorführung in eine leere Datenbank."

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--check", action="store_true", help="nur prüfen, ob hier ausschließlich Erfundene stehen")

    def handle(self, *, as_json, check, **options):
        if not (only_demo_accounts() and only_demo_dossiers()):
            raise CommandError("In dieser Datenbank stehen Personen, die nicht erfunden sind.", returncode=OTHERS)
        if check:
            return
        if not settings.DEMO:
            raise CommandError("Erfundene Personen gibt es nur mit den Einstellungen der Vorführung.", returncode=3)
        today = clock.today()
        with transaction.atomic():
            logins = demo_walk.make_logins(today)
        sys.stderr.write("Personen und ihre Geschichten …\n")
        people = demo_walk.make_people(today)
        rebuild_facts(actor=System("facts"), now=clock.now())
        self.answer(
            {"people": people, "logins": logins},
            [f"{people} Personen, {len(logins)} Konten. Passwort: {logins[0]['password']}"],
            as_json=as_json,
        )
