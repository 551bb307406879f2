"""``script/ina rebuild_worklist``: list rows of cases, compared with the facts and mended."""

from ina.cases.operations.worklist import compare_all
from ina.ops.answers import AnsweringCommand


class Command(AnsweringCommand):
    help = "Vergleicht die Listenzeilen aller Fälle mit den Fakten und stellt richtig, was nicht stimmt."

    def handle(self, *, as_json, **options):
        wrong = compare_all()
        self.answer({"mended": wrong}, [f"Richtiggestellte Zeilen: {wrong}"], as_json=as_json)
