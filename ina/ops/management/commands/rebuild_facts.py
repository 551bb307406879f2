"""``script/ina rebuild_facts``: make the evaluator's tables anew from the files."""

from ina.base import clock
from ina.base.actor import System
from ina.evaluation.operations import rebuild_facts
from ina.ops.answers import AnsweringCommand


class Command(AnsweringCommand):
    help = "Baut die Auswertungsdaten aus den Akten neu auf (geschieht sonst jede Nacht)."

    def handle(self, *, as_json, **options):
        rebuilt = rebuild_facts(actor=System("facts"), now=clock.now())
        self.answer(
            {"episodes": rebuilt.episodes, "left_out": rebuilt.left_out},
            [
                f"{rebuilt.episodes} Teilnahmen ohne Namen bereitgestellt, "
                f"{rebuilt.left_out} als Irrtum oder doppelt ausgelassen."
            ],
            as_json=as_json,
        )
