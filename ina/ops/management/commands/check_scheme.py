"""``script/ina check_scheme FILE``: whether a file of a profiling scheme can be used; if not, which line is wrong."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ina.profiling.schemes import UnusableScheme, read_file


class Command(BaseCommand):
    help = "Prüft die Datei eines Einstufungsverfahrens (TOML) und nennt die erste falsche Zeile."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *, file, **options):
        try:
            scheme = read_file(file)
        except UnusableScheme as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            f"{scheme.code}, Fassung {scheme.version}: in Ordnung. Einstufungen: {len(scheme.categories)}, "
            f"Schritte: {len(scheme.rules)}, Prüfungen: {len(scheme.expectations)}."
        )
