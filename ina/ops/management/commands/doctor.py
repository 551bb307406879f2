"""``script/ina doctor``: is this installation sound, and what is to do?"""

import sys

from ina.base import clock
from ina.ops import health
from ina.ops.answers import AnsweringCommand


class Command(AnsweringCommand):
    help = (
        "Prüft Versionen, Datenbank, Zeilenrechte, Schlüssel, Aufträge, Platz und Uhr. Ende 1, wenn etwas falsch ist."
    )

    def handle(self, *, as_json, **options):
        answers = health.check_all(clock.now())
        sound = health.is_sound(answers)
        self.answer({"sound": sound, "checks": answers}, _sentences(answers), as_json=as_json)
        if not sound:
            sys.exit(1)


def _sentences(answers: list[health.Check]):
    width = max(len(answer.label) for answer in answers)
    for answer in answers:
        yield f"{answer.state.label:<11} {answer.label:<{width}}  {answer.found}"
        if answer.advice:
            yield f"{'':<11} {'':<{width}}  → {answer.advice}"
