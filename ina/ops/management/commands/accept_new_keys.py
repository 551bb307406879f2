"""``script/ina accept_new_keys``: the old key files are lost for good, go on with the new ones."""

from django.db import transaction

from ina.access.context import acting_as
from ina.accounts.operations.keys import accept_new_keys
from ina.base import clock
from ina.base.actor import System
from ina.ops.answers import AnsweringCommand


class Command(AnsweringCommand):
    help = "Nimmt neue Schlüsseldateien an, wenn die alten verloren sind. Unlesbare zweite Faktoren werden gelöscht."

    def handle(self, *, as_json, **options):
        actor = System("accept_new_keys")
        with transaction.atomic(), acting_as(actor):
            dropped = accept_new_keys(actor=actor, now=clock.now())
        self.answer(
            {"dropped_factors": dropped},
            [
                "Die jetzigen Schlüssel sind angenommen.",
                f"Gelöschte zweite Faktoren: {dropped}. Wer betroffen ist, richtet nach der Anmeldung einen neuen ein.",
            ],
            as_json=as_json,
        )
