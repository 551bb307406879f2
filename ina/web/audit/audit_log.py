"""Protokoll: the data protection officer searches the trail for one check, with its reason.

The search goes by POST: what was looked for stands in no address and no history. It is itself recorded before the
answer, with the dossier and the account in the details: in the column they would show the check to those checked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.access.enums import Basis
from ina.access.queries import dossier_numbered, dossier_numbers
from ina.accounts.crypto import decrypt, encrypt
from ina.accounts.queries import display_names, position_labels, user_id_named
from ina.audit import policies, queries
from ina.audit.labels import GROUPS
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import NotVisible, Refused
from ina.base.periods import ONE_DAY
from ina.reference.queries import parameter
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.pages import show

DEFAULT_PERIOD = timedelta(days=7)
BASES = {basis.value: basis.label for basis in Basis}
PLACE = re.compile(r"(.+)\|(\d+)")


class CheckForm(forms.Form):
    """What a check asks for. A number or a name that does not exist is said here, before anything is searched."""

    reason = forms.CharField(
        label="Anlass der Prüfung",
        min_length=5,
        max_length=300,
        help_text="Zum Beispiel „Beschwerde vom 12.11., Az. 4/26“. Der Anlass wird mit der Suche protokolliert.",
    )
    number = forms.CharField(label="Akte", max_length=20, required=False, help_text="Aktenzeichen wie 2026-00417")
    username = forms.CharField(
        label="Konto",
        max_length=150,
        required=False,
        help_text="Benutzername",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    group = forms.ChoiceField(
        label="Vorgänge",
        choices=[("", "alle"), *((key, group.label) for key, group in GROUPS.items())],
        required=False,
    )
    since = GermanDateField(label="von", latest=TODAY)
    until = GermanDateField(label="bis", latest=TODAY)

    def __init__(self, data=None, *, kept_since: date, **options):
        super().__init__(data, **options)
        self.fields["since"].earliest = kept_since

    def clean_number(self) -> int | None:
        number = self.cleaned_data["number"].strip()
        found = dossier_numbered(number) if number else None
        if number and found is None:
            raise forms.ValidationError("Eine Akte mit diesem Zeichen gibt es nicht.")
        return found

    def clean_username(self) -> int | None:
        name = self.cleaned_data["username"].strip()
        found = user_id_named(name) if name else None
        if name and found is None:
            raise forms.ValidationError("Ein Konto mit diesem Benutzernamen gibt es nicht.")
        return found

    def clean(self):
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", "Das Ende liegt vor dem Anfang.")
        return cleaned


@dataclass(frozen=True)
class Line:
    """A line of the trail as it is read: who, in which position, what, in which file, why."""

    at: datetime
    who: str
    position: str
    what: str
    number: str
    reason: str


@dataclass(frozen=True)
class Answer:
    lines: tuple[Line, ...]
    next_place: str


def audit_log(request: HttpRequest) -> HttpResponse:
    policies.may_search_trail(request.actor).require()
    now = clock.now()
    today = clock.day_of(now)
    kept_since = parameter("retention_log", on=today).before(today)
    context: dict = {"answer": None, "first": True, "kept_since": kept_since}
    if request.method != "POST":
        initial = {"since": today - DEFAULT_PERIOD, "until": today}
        return show(
            request, "audit/audit_log.html", {**context, "form": CheckForm(initial=initial, kept_since=kept_since)}
        )
    form = CheckForm(request.POST, kept_since=kept_since)
    if not form.is_valid():
        return show(request, "audit/audit_log.html", {**context, "form": form}, status=422)
    place = request.POST.get("ab", "")
    context |= {"form": form, "first": not place, "answer": _search(request.actor, form.cleaned_data, place, now)}
    return show(request, "audit/audit_log.html", context)


def _search(actor, asked: dict, place: str, now: datetime) -> Answer:
    after = _unsealed(place)
    record_read(
        action="search.trail",
        actor=actor,
        now=now,
        reason=asked["reason"],
        dossier=asked["number"],
        account=asked["username"],
        group=asked["group"],
        since=asked["since"],
        until=asked["until"],
        continued=after is not None,
    )
    page = queries.search_trail(
        actor,
        since=_beginning(asked["since"]),
        before=_beginning(asked["until"] + ONE_DAY),
        dossier_id=asked["number"],
        user_id=asked["username"],
        prefixes=GROUPS[asked["group"]].prefixes if asked["group"] else (),
        after=after,
    )
    return Answer(_readable(page.lines), _sealed(page.next) if page.next else "")


def _readable(lines: tuple[queries.TrailLine, ...]) -> tuple[Line, ...]:
    names = display_names(line.user_id for line in lines if line.user_id)
    positions = position_labels(line.membership_id for line in lines if line.membership_id)
    numbers = dossier_numbers({line.dossier_id for line in lines if line.dossier_id})
    return tuple(
        Line(
            at=line.at,
            who=names.get(line.user_id, "gelöschtes Konto") if line.user_id else _without_account(line.actor),
            position=positions.get(line.membership_id, "") if line.membership_id else "",
            what=line.what,
            number=numbers.get(line.dossier_id, "gelöschte Akte") if line.dossier_id else "",
            reason=BASES.get(line.reason, line.reason),
        )
        for line in lines
    )


def _without_account(actor: str) -> str:
    return "die Anlage selbst" if actor.startswith("system:") else "nicht angemeldet"


def _beginning(day: date) -> datetime:
    """The first moment of a day in Germany."""
    return datetime.combine(day, time.min, clock.BERLIN)


def _sealed(place: queries.Place) -> str:
    return encrypt(f"{place.at.isoformat()}|{place.id}")


def _unsealed(sealed: str) -> queries.Place | None:
    if not sealed:
        return None
    try:
        match = PLACE.fullmatch(decrypt(sealed))
    except Refused as error:  # made up, or sealed by another installation
        raise NotVisible() from error
    if match is None:  # sealed for another list
        raise NotVisible()
    return queries.Place(datetime.fromisoformat(match[1]), int(match[2]))
