"""Protokoll: the data protection officer searches the trail for one check, with its reason.

The search goes by POST: what was looked for stands in no address and no history. It is itself recorded before the
answer, with the dossier and the account in the details: in the column they would show the check to those checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from ina.access.queries import dossier_numbered
from ina.accounts.crypto import decrypt, encrypt
from ina.accounts.queries import user_id_named
from ina.audit import policies, queries
from ina.audit.labels import GROUPS
from ina.audit.notable import NOTABLE
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import NotVisible, Refused
from ina.base.periods import ONE_DAY
from ina.exchange.trail import trail_csv
from ina.reference.queries import parameter
from ina.web.audit.lines import Line, beginning, readable
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.pages import show
from ina.web.shell.streams import Stream

TEMPLATE = "audit/audit_log.html"
DEFAULT_PERIOD = timedelta(days=7)
# So many lines of a file are read at once.
AT_ONCE = 500
PLACE = re.compile(r"(.+)\|(\d+)")


class CheckForm(forms.Form):
    """What a check asks for. A number or a name that does not exist is said here, before anything is searched."""

    reason = forms.CharField(
        label="Anlass der Prüfung",
        min_length=5,
        max_length=300,
        help_text="Zum Beispiel „Beschwerde vom 12.11., Az. 4/26“. Der Anlass wird mit der Suche protokolliert.",
    )
    number = forms.CharField(label="Aktenzeichen", max_length=20, required=False)
    username = forms.CharField(
        label="Benutzername",
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    group = forms.ChoiceField(
        label="Vorgänge",
        choices=[("", "alle"), *((key, group.label) for key, group in GROUPS.items())],
        required=False,
    )
    notable = forms.ChoiceField(
        label="Nur",
        choices=[("", "alles"), *((key, notable.label) for key, notable in NOTABLE.items())],
        required=False,
    )
    since = GermanDateField(label="von", latest=TODAY, help_text="")
    until = GermanDateField(label="bis", latest=TODAY, help_text="")

    def __init__(self, data=None, *, kept_since: date, **options):
        super().__init__(data, **options)
        self.fields["since"].earliest = kept_since

    def narrowing(self) -> list[forms.BoundField]:
        """All but the reason, in one line."""
        return [bound for bound in self.visible_fields() if bound.name != "reason"]

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
class Answer:
    lines: tuple[Line, ...]
    next_place: str


def audit_log(request: HttpRequest) -> HttpResponse:
    policies.may_search_trail(request.actor).require()
    now = clock.now()
    context: dict = {"answer": None, "first": True, **_kept(now)}
    kept_since = context["kept_since"]
    if request.method != "POST":
        form = CheckForm(initial=_proposed(request.GET, clock.day_of(now)), kept_since=kept_since)
        return show(request, TEMPLATE, {**context, "form": form})
    form = CheckForm(request.POST, kept_since=kept_since)
    if not form.is_valid():
        return show(request, TEMPLATE, {**context, "form": form}, status=422)
    place = request.POST.get("ab", "")
    after = _unsealed(place)
    record_search("search.trail", request.actor, form.cleaned_data, now, continued=after is not None)
    page = queries.search_trail(request.actor, **asked_of(form.cleaned_data), after=after)
    answer = Answer(readable(page.lines), _sealed(page.next) if page.next else "")
    return show(request, TEMPLATE, {**context, "form": form, "first": not place, "answer": answer})


@require_POST
def audit_csv(request: HttpRequest) -> HttpResponseBase:
    """All lines of a search as a file, for the file of the check; recorded with its reason as an export."""
    policies.may_search_trail(request.actor).require()
    now = clock.now()
    form = CheckForm(request.POST, kept_since=_kept(now)["kept_since"])
    if not form.is_valid():
        return show(request, TEMPLATE, {"answer": None, "first": True, **_kept(now), "form": form}, status=422)
    asked = form.cleaned_data
    record_search("export.trail", request.actor, asked, now)
    return Stream(
        request.actor,
        lambda: trail_csv(_all_lines(request.actor, asked)),
        name=f"protokoll-{clock.day_of(now)}.csv",
    )


def record_search(action: str, actor, asked: dict, now: datetime, **details) -> None:
    """Before the answer, with dossier and account in the details: in the column they would warn those checked."""
    record_read(
        action=action,
        actor=actor,
        now=now,
        reason=asked["reason"],
        dossier=asked["number"],
        account=asked["username"],
        group=asked["group"],
        notable=asked["notable"],
        since=asked["since"],
        until=asked["until"],
        **details,
    )


def asked_of(asked: dict) -> dict:
    """What ``search_trail`` takes from a filled form."""
    return {
        "since": beginning(asked["since"]),
        "before": beginning(asked["until"] + ONE_DAY),
        "dossier_id": asked["number"],
        "user_id": asked["username"],
        "prefixes": GROUPS[asked["group"]].prefixes if asked["group"] else (),
        "notable": NOTABLE[asked["notable"]] if asked["notable"] else None,
    }


def _all_lines(actor, asked: dict) -> Iterator[Line]:
    after = None
    while True:
        page = queries.search_trail(actor, **asked_of(asked), after=after, size=AT_ONCE)
        yield from readable(page.lines)
        after = page.next
        if after is None:
            return


def _kept(now: datetime) -> dict:
    """How far the trail goes back, and the dated rule behind it."""
    today = clock.day_of(now)
    kept_for = parameter("retention_log", on=today)
    return {"kept_for": kept_for, "kept_since": kept_for.before(today), "section": "audit_log"}


def _proposed(given, today: date) -> dict:
    """What a link of the figures proposes; nonsense is left out."""
    proposed = {"since": today - DEFAULT_PERIOD, "until": today}
    for name, key in (("von", "since"), ("bis", "until")):
        with suppress(ValueError):
            proposed[key] = date.fromisoformat(given.get(name, ""))
    return {**proposed, "notable": given.get("nur", "") if given.get("nur") in NOTABLE else ""}


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
