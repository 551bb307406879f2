"""Namen: other names of the person, and a name that changes, with or without the ban on disclosure."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.base.policy import refused
from ina.cases import policies
from ina.cases.enums import AliasKind
from ina.cases.operations.names import add_alias, change_name, void_alias
from ina.cases.queries import get_file, names_of
from ina.web.shell.fields import choose, pick
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField, field
from ina.web.shell.several import Guide, several
from ina.web.shell.undo import void_newest


class AliasForm(forms.Form):
    kind = pick(AliasKind, "Art", radio=True)
    name = field("cases.Alias.name", help_text="„Vorname Name“ oder „Name, Vorname“")


class ChangeForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    surname = field("cases.Participant.surname")
    given_name = field("cases.Participant.given_name")
    birth_name = field("cases.Participant.birth_name")
    sex = field("cases.Participant.sex")
    on = GermanDateField(label="gilt seit", latest=TODAY)
    under_disclosure_ban = forms.BooleanField(
        label="Der alte Name darf nicht offenbart werden (§ 13 SBGG)",
        required=False,
        help_text="Den alten Namen sieht dann nur noch die Fallführung, auch in weiteren Namen und früheren Fassungen.",
    )


class VoidForm(forms.Form):
    alias = choose("Name", numbered=True)
    because = forms.CharField(label="Warum der Eintrag falsch war", max_length=300)

    def __init__(self, *arguments, standing, **options):
        super().__init__(*arguments, **options)
        self.fields["alias"].choices = [(place, row.name) for place, row in standing.items()]


def person_names(request: HttpRequest, number: str) -> HttpResponse:
    opened, actor, today = open_file(request, number, "person_names"), request.actor, clock.today()
    participant = opened.participant
    names = names_of(actor, participant, today)
    # Places in the order of entry name an alias without its key; a concealed one leaves, so the version is asked too.
    numbered = dict(enumerate(sorted(names.aliases, key=lambda row: row.pk), start=1))
    standing = {place: row for place, row in numbered.items() if policies.may_void_alias(actor, row)}
    here = reverse("person_names", args=[number])

    def present() -> dict:
        row = get_file(actor, number, today=today).participant
        return {name: getattr(row, name) for name in ("surname", "given_name", "birth_name", "sex", "version")}

    return several(
        request,
        "cases/person_names.html",
        {
            "add": Guide(
                AliasForm,
                save=partial(add_alias, participant_id=participant.pk),
                done=lambda _: (here, "Name eingetragen.", void_newest(actor, opened, "name")),
                may=policies.may_add_alias(actor, participant),
            ),
            "change": Guide(
                ChangeForm,
                save=partial(change_name, participant_id=participant.pk),
                done=lambda _: (here, "Namensänderung eingetragen."),
                may=policies.may_change_name(actor, participant),
                initial=present,
            ),
            "void": Guide(
                partial(VoidForm, standing=standing),
                save=partial(_void, standing),
                done=lambda _: (here, "Storniert. Der Eintrag bleibt durchgestrichen stehen."),
                may=policies.may_correct_participant(actor, participant)
                if standing
                else refused("Es gibt keinen weiteren Namen, der storniert werden kann."),
            ),
        },
        {**head_of(opened, "person_names"), "names": names, "kinds": _told(names.aliases)},
    )


def _told(aliases) -> list[tuple]:
    return [(row, AliasKind(row.kind).label) for row in aliases]


def _void(standing, *, alias: int, because: str, **entered):
    row = standing[alias]
    return void_alias(alias_id=row.pk, version=row.version, because=because, **entered)
