"""Arbeitskreise und Konferenzen: who belongs to them, when they met, what was agreed."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import allowed_if
from ina.network import operations, policies, queries
from ina.network.enums import GroupKind
from ina.web.shell.fields import choose, pick
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several

NO_PEOPLE = "Nichts über einzelne Teilnehmende: Das lesen alle im Netzwerk."


class GroupForm(forms.Form):
    name = field("network.WorkingGroup.name")
    kind = pick(GroupKind, "Art", radio=True)
    region = field("network.WorkingGroup.region")
    aim = field("network.WorkingGroup.aim")


class ChangeForm(GroupForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    ended_on = GermanDateField(label="letzter Tag", required=False, help_text="Leer: besteht weiter. TT.MM.JJJJ")
    leave = forms.MultipleChoiceField(
        label="gehören nicht mehr dazu", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *arguments, members, **options):
        super().__init__(*arguments, **options)
        self.fields["leave"].choices = [(one.key, one.short_name) for one in members]


class JoinForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    join = forms.CharField(
        label="Kurzzeichen der Stelle", max_length=80, help_text="steht auf der Seite der Einrichtung unter dem Namen"
    )


class MeetingForm(forms.Form):
    held_on = GermanDateField(label="am", help_text="TT.MM.JJJJ; auch ein Tag, der noch kommt")
    place = field("network.Meeting.place")
    topics = field("network.Meeting.topics", widget=forms.Textarea(attrs={"rows": 3}))
    present = forms.MultipleChoiceField(label="vertreten", required=False, widget=forms.CheckboxSelectMultiple)
    people = field(
        "network.Meeting.people",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="je Zeile Name, Funktion, Stelle",
    )
    minutes = field("network.Meeting.minutes", widget=forms.Textarea(attrs={"rows": 6}), help_text=NO_PEOPLE)

    def __init__(self, *arguments, members, **options):
        super().__init__(*arguments, **options)
        self.fields["present"].choices = [(one.key, one.short_name) for one in members]


class CorrectForm(MeetingForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class TaskForm(forms.Form):
    text = field("network.MeetingTask.text", help_text=NO_PEOPLE)
    who = field("network.MeetingTask.who")
    due_on = GermanDateField(label="bis", required=False, help_text="TT.MM.JJJJ")


class DoneForm(forms.Form):
    meetingtask_id = choose("Verabredung", numbered=True)
    done_on = GermanDateField(label="erledigt am", latest=TODAY, required=False, help_text="Leer: wieder offen")

    def __init__(self, *arguments, tasks, **options):
        super().__init__(*arguments, **options)
        self.fields["meetingtask_id"].choices = [(one.pk, f"{one.who}: {one.text}"[:100]) for one in tasks]


def group_list(request: HttpRequest) -> HttpResponse:
    may = policies.may_keep_directory(request.actor)
    return several(
        request,
        "network/group_list.html",
        {
            "found": Guide(
                GroupForm,
                save=operations.found_group,
                done=lambda one: (reverse("group", args=[one.number]), f"„{one.name}“ ist eingetragen."),
                may=may,
            )
        },
        {"rows": list(queries.list_groups()), "today": clock.today(), "section": "offer_list"},
    )


def group(request: HttpRequest, group_number: int) -> HttpResponse:
    one = queries.get_group(group_number)
    members, here = queries.members_of(one), reverse("group", args=[group_number])
    may, known = policies.may_edit_row(request.actor, one), {"workinggroup_id": one.pk}
    present = {name: getattr(one, name) for name in ("name", "kind", "region", "aim", "ended_on", "version")}
    return several(
        request,
        "network/group.html",
        {
            "hold": Guide(
                partial(MeetingForm, members=members),
                save=partial(operations.hold_meeting, **known),
                done=lambda made: (
                    reverse("meeting", args=[group_number, made.number]),
                    "Die Sitzung ist eingetragen.",
                ),
                may=may,
            ),
            "join": Guide(
                JoinForm,
                save=partial(operations.change_group, **known),
                done=lambda _: (here, "Die Stelle gehört jetzt dazu."),
                may=may,
                initial=lambda: {"version": one.version},
            ),
            "change": Guide(
                partial(ChangeForm, members=members),
                save=partial(operations.change_group, **known),
                done=lambda _: (here, "Gespeichert."),
                may=may,
                initial=lambda: present,
            ),
        },
        {
            "one": one,
            "kind": GroupKind(one.kind).label,
            "members": members,
            "meetings": queries.meetings_of(one),
            "today": clock.today(),
            "section": "offer_list",
        },
    )


def meeting(request: HttpRequest, group_number: int, meeting_number: int) -> HttpResponse:
    one, today = queries.get_group(group_number), clock.today()
    sitting = queries.get_meeting(one, meeting_number, today)
    row, here = sitting.one, reverse("meeting", args=[group_number, meeting_number])
    may, tasks = policies.may_edit_row(request.actor, one), sitting.tasks
    members = {each.pk: each for each in (*sitting.present, *queries.members_of(one))}.values()
    present = {name: getattr(row, name) for name in ("held_on", "place", "topics", "people", "minutes", "version")}
    return several(
        request,
        "network/meeting.html",
        {
            "task": Guide(
                TaskForm,
                save=partial(operations.agree_in_meeting, meeting_id=row.pk),
                done=lambda _: (here, "Die Verabredung ist eingetragen."),
                may=may,
            ),
            "settle": Guide(
                partial(DoneForm, tasks=tasks),
                save=operations.settle_meeting_task,
                done=lambda _: (here, "Eingetragen."),
                may=may if tasks else allowed_if(False, "Es gibt keine Verabredung."),
                initial=lambda: {"done_on": today},
            ),
            "correct": Guide(
                partial(CorrectForm, members=members),
                save=partial(operations.correct_meeting, meeting_id=row.pk),
                done=lambda _: (here, "Gespeichert."),
                may=may,
                initial=lambda: present | {"present": [each.key for each in sitting.present]},
            ),
        },
        {"group": one, "sitting": sitting, "row": row, "ahead": row.held_on > today, "section": "offer_list"},
    )
