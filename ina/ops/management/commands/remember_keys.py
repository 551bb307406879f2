"""``manage.py remember_keys``: run at each start. Notes the key files of a new installation; says when one is not the
one that this database knows, and then ends with 2."""

from django.db import transaction

from ina.access.context import acting_as
from ina.accounts.operations.keys import remember_keys
from ina.base import clock
from ina.base.actor import System
from ina.ops.answers import UNUSABLE, AnsweringCommand


class Command(AnsweringCommand):
    help = "Merkt sich die Prüfsummen der Schlüsseldateien, oder sagt, welche fehlt oder ausgetauscht wurde."

    def handle(self, *, as_json, **options):
        actor = System("remember_keys")
        with transaction.atomic(), acting_as(actor):
            problems = remember_keys(actor=actor, now=clock.now())
        if problems:
            self.give_up(" ".join(problem.message for problem in problems), UNUSABLE, as_json=as_json)
        self.answer({"problems": []}, ["Die Schlüssel passen zu dieser Datenbank."], as_json=as_json)
