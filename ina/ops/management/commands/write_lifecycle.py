"""``script/ina write_lifecycle``: draws ``docs/reference/lifecycle.md`` anew, from the tables of the program."""

from django.conf import settings

from ina.ops.answers import AnsweringCommand
from ina.ops.lifecycle_page import PAGE, page


class Command(AnsweringCommand):
    help = "Schreibt die Seite über den Lebenslauf eines Falls neu, aus den Tabellen des Programms."

    def handle(self, *, as_json, **options):
        (settings.BASE_DIR / PAGE).write_text(page(), encoding="utf-8")
        self.answer({"written": str(PAGE)}, [f"Geschrieben: {PAGE}"], as_json=as_json)
