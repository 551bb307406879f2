"""Abschluss: the case rests, goes on, or ends with a reason; somebody has died; the last of these was an error."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.errors import NotVisible
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.enums import Act, State
from ina.cases.operations.acts import close_case, pause, resume, void_act
from ina.cases.operations.deaths import record_death, withdraw_death
from ina.cases.queries import get_file
from ina.cases.queries.events import closing_due, lost_contact_on
from ina.cases.rules.endings import Need, possible_endings
from ina.reference.queries import code_choices, code_labels, parameter
from ina.web.cases.when import WhenForm
from ina.web.shell.fields import NOTHING_CHOSEN, words
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import AT_ONCE, Undo, void_newest

NEEDED_FOR = {
    Need.CUSTODY_KIND: "imprisonment",
    Need.RECIPIENT: "handed_to",
    Need.COMPLAINT_INFO: "complaint_explained",
}
UNDONE = {
    Act.CLOSED: "Das Ende war ein Irrtum",
    Act.PAUSED: "Der Fall ruht gar nicht",
    Act.RESUMED: "Der Fall ruht noch",
}

CLOSED = (
    "Der Fall ist beendet.\nOffene Fristen fragen nicht mehr; die Akte bleibt lesbar, bis sie gelöscht werden muss. "
    "Kommt die Person wieder, beginnen Sie hier einen neuen Fall."
)
RESTS = "Der Fall ruht.\nZum genannten Tag fragt eine Aufgabe, wie es weitergeht. Wieder aufnehmen geht jederzeit."


def coded(label: str, **options) -> forms.ChoiceField:
    """An entry of a code list; the form sets the choices of the day."""
    return forms.ChoiceField(label=label, error_messages=NOTHING_CHOSEN, **options)


def choices_of(code_list: str, without: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [
        ("", "bitte wählen"),
        *(each for each in code_choices(code_list, on=clock.today()) if each[0] not in without),
    ]


class CloseForm(WhenForm):
    """Reasons that fit the state; what only some of them need carries their codes (``when``)."""

    closed_on = GermanDateField(label="beendet am", latest=TODAY)
    reason = coded("Grund")
    imprisonment = coded("Art der erneuten Haft", required=False, help_text="wenn bekannt; sonst „nicht bekannt“")
    handed_to = forms.CharField(
        label="übergeben an", max_length=200, required=False, help_text="Stelle, die weitermacht"
    )
    complaint_explained = forms.BooleanField(label="Auf die Möglichkeit der Beschwerde ist hingewiesen", required=False)
    remark = words("Bemerkung")

    def __init__(self, *arguments, state: State, released: bool, **options):
        super().__init__(*arguments, **options)
        offered = [
            ending
            for ending in possible_endings(state)
            if not ending.silent and (released or not ending.needs_release)
            and not (released and ending.code == "RELEASE_UNFORESEEN_NO_AFTERCARE")
        ]  # fmt: skip
        labels = code_labels("ending_reasons", on=clock.today())
        self.fields["reason"].choices = [("", "bitte wählen")] + [
            (ending.code, labels[ending.code]) for ending in offered if ending.code in labels
        ]
        self.when = {
            name: [ending.code for ending in offered if need in ending.needs] for need, name in NEEDED_FOR.items()
        }
        for name, codes in self.when.items():
            if not codes:
                del self.fields[name]
        if "imprisonment" in self.fields:
            self.fields["imprisonment"].choices = choices_of("reimprisonment_kinds")
        asked = [labels[ending.code] for ending in offered if Need.REMARK in ending.needs and ending.code in labels]
        self.fields["remark"].help_text = f"nötig bei: {', '.join(asked)}"


class PauseForm(WhenForm):
    happened_on = GermanDateField(label="ruht seit", latest=TODAY)
    until = GermanDateField(label="voraussichtlich bis")
    reason = coded("Grund")
    imprisonment = coded("Art der erneuten Haft", required=False, help_text="wenn bekannt; sonst „nicht bekannt“")
    remark = words("Bemerkung", rows=2)

    def __init__(self, *arguments, released: bool, **options):
        super().__init__(*arguments, **options)
        self.fields["reason"].choices = choices_of(
            "pause_reasons", frozenset({"TRANSFERRED"} if released else {"REIMPRISONED"})
        )
        self.when = {"imprisonment": ["REIMPRISONED"]}
        if released:
            self.fields["imprisonment"].choices = choices_of("reimprisonment_kinds")
        else:
            del self.fields["imprisonment"]
        longest = parameter("pause_max", on=clock.today())
        self.fields["until"].help_text = f"längstens {longest}, gerechnet vom ersten Tag"


class ResumeForm(forms.Form):
    happened_on = GermanDateField(label="geht weiter seit", latest=TODAY)


class DiedForm(forms.Form):
    died_on = GermanDateField(label="verstorben am", latest=TODAY, earliest=timedelta(days=-3650))


class BecauseForm(forms.Form):
    because = forms.CharField(label="Begründung", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


def closing(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "closing"), request.actor, clock.today()
    case, last, person = opened.case, opened.acts[-1], opened.participant
    overview, here = reverse("file", args=[number]), reverse("closing", args=[number])
    released = opened.released_on is not None
    may_close = policies.may_close_case(actor, case)
    last.case, last.known_bases = case, case.known_bases
    guides = {
        "close": Guide(
            partial(CloseForm, state=opened.state, released=released),
            save=partial(close_case, case_id=case.pk),
            done=lambda _: (overview, CLOSED, void_newest(actor, opened, "ereignis")),
            may=may_close,
            initial=lambda: {"closed_on": today},
        ),
        "pause": Guide(
            partial(PauseForm, released=released),
            save=partial(pause, case_id=case.pk),
            done=lambda _: (overview, RESTS, void_newest(actor, opened, "ereignis")),
            may=policies.may_pause(actor, case),
            initial=lambda: {"happened_on": today},
        ),
        "resume": Guide(
            ResumeForm,
            save=partial(resume, case_id=case.pk),
            done=lambda _: (
                overview,
                "Der Fall geht weiter.\nSeine Fristen sind wieder im Blick.",
                void_newest(actor, opened, "ereignis"),
            ),
            may=policies.may_resume(actor, case),
            initial=lambda: {"happened_on": today},
        ),
        "died": Guide(
            DiedForm,
            save=partial(record_death, participant_id=person.pk),
            # Whoever entered it may not see the file any more: the social service reads until the end.
            done=lambda _: (
                reverse("case_list"),
                f"Eingetragen für Akte {number}.\nEs geht nichts mehr hinaus: kein Schreiben, keine Aufgabe.",
                _undo_death(actor, number, here),
            ),
            may=policies.may_record_death(actor, person),
        ),
        "alive": Guide(
            BecauseForm,
            save=partial(withdraw_death, participant_id=person.pk),
            done=lambda _: (here, "Zurückgenommen.\nAlles steht wieder wie vorher."),
            may=policies.may_withdraw_death(actor, person),
        ),
        "void": Guide(
            BecauseForm,
            save=partial(void_act, caseact_id=last.pk),
            done=lambda _: (here, "Storniert.\nEs gilt wieder, was vorher war."),
            may=policies.may_void_act(actor, last)
            if last.act in UNDONE and person.died_on is None
            else refused("Hier ist nichts zurückzunehmen."),
        ),
    }
    again = bool(policies.may_refer_again(actor, opened.dossier)) if opened.ended_on else False
    return several(
        request,
        "cases/closing.html",
        guides,
        {
            **head_of(opened, "closing", today),
            "ending": _ending(opened),
            "undone": UNDONE.get(Act(last.act), ""),
            "refusal": may_close.reason,
            # What is expected next of a case that rests is that it goes on.
            "close_kind": "secondary" if policies.may_resume(actor, case) else "primary",
            "again": reverse("case_again", args=[number]) if again else "",
            "since_imprisoned": closing_due(opened.acts),
            "attempts": lost_contact_on(case, today).why if released and may_close else "",
        },
    )


def _ending(opened) -> str:
    last = opened.acts[-1]
    if opened.ended_on is None:
        return ""
    reason = code_labels("ending_reasons", on=last.happened_on).get(last.reason, "") if last.act == Act.CLOSED else ""
    return f"Beendet am {last.happened_on:%d.%m.%Y}: {reason or Act(last.act).label}."


def _undo_death(actor, number: str, here: str) -> Undo | None:
    """For whoever leads the case; the social service does not see the file any more."""
    try:
        person = get_file(actor, number, today=clock.today()).participant
    except NotVisible:
        return None
    if not policies.may_withdraw_death(actor, person):
        return None
    return Undo(here, {"formular": "alive", "because": AT_ONCE})
