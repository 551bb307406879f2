"""Besondere Ereignisse: what happened around the case, and what the page suggests after it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.enums import EventKind
from ina.cases.operations.acts import pause
from ina.cases.operations.events import record_event
from ina.cases.queries.events import closing_due, list_events, list_to_inform, offered_pause
from ina.cases.rules.events import possible_events
from ina.reference.queries import parameter
from ina.web.cases.closing import RESTS, PauseForm, choices_of, coded
from ina.web.cases.when import WhenForm
from ina.web.shell.fields import words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest

DETAILS = {EventKind.RELAXATION_ENDED: "relaxation", EventKind.REIMPRISONED: "imprisonment"}
SAID = {
    EventKind.POSTPONED: "Die Tage, die daran hingen, sind entfallen. Der Planungstermin richtet sich danach.",
    EventKind.REIMPRISONED: "Soll die Nachsorge ruhen? Dann läuft ihre Zeit nicht weiter.",
    EventKind.UNAVAILABLE: "Soll der Fall ruhen?",
    EventKind.RELAXATION_ENDED: "Absagen nach außen nennen keinen Grund, der mit der Haft zu tun hat.",
}


class EventForm(WhenForm):
    kind = coded("Ereignis")
    happened_on = GermanDateField(label="geschehen am", latest=TODAY)
    relaxation = coded("Grund", required=False, help_text="ein Stichwort; mehr gehört nicht in diese Akte")
    imprisonment = coded("Art der erneuten Haft", required=False, help_text="wenn bekannt; sonst „nicht bekannt“")
    until = GermanDateField(label="bis", required=False)
    remark = words("Bemerkung", rows=2)

    def __init__(self, *arguments, released: bool, **options):
        super().__init__(*arguments, **options)
        offered = possible_events(released=released)
        kinds = [each.kind for each in offered]
        self.fields["kind"].choices = [("", "bitte wählen"), *((str(kind), kind.label) for kind in kinds)]
        self.when = {
            "until": [str(EventKind.VOLUNTARY_RETURN)],
            "remark": [str(each.kind) for each in offered if each.speaks],
        }
        for kind, name in DETAILS.items():
            self.when[name] = [str(kind)]
            if kind not in kinds:
                del self.fields[name]
        if "relaxation" in self.fields:
            self.fields["relaxation"].choices = choices_of("relaxation_endings")
        if "imprisonment" in self.fields:
            self.fields["imprisonment"].choices = choices_of("reimprisonment_kinds")
        if released:
            longest = parameter("voluntary_return_max", on=clock.today())
            self.fields["until"].help_text = f"freiwilliger Aufenthalt, höchstens {longest} (§ 62 StVollzG NRW)"
        else:
            del self.fields["until"]

    def clean(self):
        """What is not asked for the chosen event is not sent along, whether it was hidden or not."""
        given = self.cleaned_data
        kind = given.get("kind", "")
        asked = DETAILS.get(EventKind(kind)) if kind else None
        given["detail"] = given.get(asked, "") if asked else ""
        if asked and not given["detail"]:
            self.add_error(asked, "Bitte wählen Sie.")
        for name in (*DETAILS.values(), "until", "remark"):
            if name in given and kind not in self.when[name]:
                if name == "remark" and given[name]:
                    self.add_error("remark", "Zu diesem Ereignis gehört keine Bemerkung in die Akte.")
                given[name] = None if name == "until" else ""
        for name in DETAILS.values():
            given.pop(name, None)


def case_events(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "case_events"), request.actor, clock.today()
    case, here = opened.case, reverse("case_events", args=[number])
    released = opened.released_on is not None
    may_record = policies.may_record_event(actor, case)
    offer = offered_pause(case, opened.state) if may_record else None
    return several(
        request,
        "cases/events.html",
        {
            "record": Guide(
                partial(EventForm, released=released),
                save=partial(_record, case.pk),
                done=lambda event: (
                    here,
                    _said(event),
                    void_newest(actor, opened, "besonderes", event.pk),
                ),
                may=may_record,
                initial=lambda: {"happened_on": today},
            ),
            "pause": Guide(
                partial(PauseForm, released=released),
                save=partial(pause, case_id=case.pk),
                done=lambda _: (here, RESTS, void_newest(actor, opened, "ereignis")),
                may=policies.may_pause(actor, case)
                if offer
                else refused("Es ist nichts geschehen, das dafür spricht."),
                initial=lambda: vars(offer) if offer else {},
            ),
        },
        {
            **head_of(opened, "case_events", today),
            "events": list_events(actor, case),
            "to_inform": list_to_inform(actor, case) if not released and not opened.ended_on else [],
            "since_imprisoned": closing_due(opened.acts),
            "refusal": may_record.reason,
        },
    )


def _record(case_id: int, *, detail: str, until=None, **entered):
    return record_event(case_id=case_id, detail=detail, until=until, **entered)


def _said(event) -> str:
    said = f"„{EventKind(event.kind).label}“ vom {event.happened_on:%d.%m.%Y} eingetragen."
    return f"{said}\n{SAID.get(EventKind(event.kind), '')}".strip()
