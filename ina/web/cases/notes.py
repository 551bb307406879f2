"""Notizen (step 1, Beratung): what is worth keeping, each note for the readers that its author chose."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.enums import Basis
from ina.base import clock
from ina.cases.policies import may_correct_entries
from ina.monitoring import policies
from ina.monitoring.enums import NoteReaders
from ina.monitoring.operations.notes import write_note
from ina.monitoring.queries.notes import KEYS, list_notes
from ina.web.shell.fields import pick, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest


class NoteForm(forms.Form):
    readers = pick(NoteReaders, "Wer sie lesen darf", radio=True)
    noted_on = GermanDateField(label="vom", latest=TODAY)
    subject = field("monitoring.Note.subject")
    text = words("Notiz", rows=5, required=True, help_text="Bitte keine Diagnosen und nichts zur Straftat.")

    def __init__(self, *arguments, entrusted, **options):
        super().__init__(*arguments, **options)
        if not entrusted:
            self.fields["readers"].choices = [
                choice for choice in self.fields["readers"].choices if choice[0] != NoteReaders.CONFIDENTIAL
            ]


def notes(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "notes"), request.actor, clock.today()
    may = policies.may_write_note(actor, opened.case)
    entrusted = policies.may_write_confidential_note(actor, opened.case)
    return several(
        request,
        "cases/notes.html",
        {
            "note": Guide(
                partial(NoteForm, entrusted=entrusted),
                save=partial(write_note, case_id=opened.case.pk),
                done=lambda row: (
                    reverse("notes", args=[number]),
                    f"{row} gespeichert.",
                    void_newest(actor, opened, KEYS[row.readers], row.pk),
                ),
                may=may,
                initial=lambda: {"noted_on": today},
                draft=f"notiz:{number}:{opened.case.number}",
            )
        },
        {
            **head_of(opened, "contacts", today),
            "rows": [(row, KEYS[row.readers]) for row in list_notes(actor, opened.case)],
            "refusal": may.reason,
            "unentrusted": entrusted.reason if may else "",
            "may_correct": bool(may_correct_entries(actor, opened.case, Basis.DEPUTYSHIP)),
        },
    )
