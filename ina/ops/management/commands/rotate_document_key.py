"""``script/ina rotate_document_key``: a new master key for the keys of the documents."""

from django.db import transaction

from ina.access.context import acting_as
from ina.accounts.operations.keys import accept_new_keys
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.actor import System
from ina.documents.rotation import rotate
from ina.ops.answers import AnsweringCommand


class Command(AnsweringCommand):
    help = "Wechselt den Hauptschlüssel der Dokumente. Die Dokumente selbst bleiben, wie sie sind."

    def handle(self, *, as_json, **options):
        actor, now = System("rotate_document_key"), clock.now()
        count = rotate()
        with transaction.atomic(), acting_as(actor):
            accept_new_keys(actor=actor, now=now)
        record_read(action="job.rotate_document_key", actor=actor, now=now, keys=count)
        self.answer(
            {"rewrapped": count},
            [
                f"Neu verpackte Schlüssel von Akten: {count}.",
                "Bitte den Ordner keys neu sichern und ina neu starten. Der alte Schlüssel liegt dort weiter, für "
                "ältere Sicherungen; wird er gelöscht, sind deren Dokumente unlesbar.",
            ],
            as_json=as_json,
        )
