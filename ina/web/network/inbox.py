"""Eingang: what was sent to one's own house, as snapshots; the answer is given there."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.audit.trail import record_read
from ina.base import clock
from ina.base.policy import allowed_if
from ina.network.queries import inbox as inbox_of
from ina.web.shell.navigation import RECEIVING
from ina.web.shell.pages import show

OPEN = "offen"


class InboxFilter(forms.Form):
    """Everything optional, nonsense is ignored."""

    q = forms.CharField(
        label="Name",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stand = forms.ChoiceField(label="Stand", required=False, choices=[("", "alle"), (OPEN, "ohne Antwort")])
    seite = forms.IntegerField(required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput)


def inbox(request: HttpRequest) -> HttpResponse:
    require_receiver(request)
    form = InboxFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    now = clock.now()
    page = inbox_of(
        request.actor,
        today=clock.day_of(now),
        unanswered=chosen.get("stand") == OPEN,
        search=chosen.get("q", ""),
        page=chosen.get("seite") or 1,
    )
    record_read(action="read.inbox", actor=request.actor, now=now, rows=len(page.rows))
    kept = {name: chosen[name] for name in ("q", "stand") if chosen.get(name)}
    return show(
        request,
        "network/inbox.html",
        {"form": form, "page": page, "query": urlencode(kept), "section": "inbox"},
        fragments=("rows",),
    )


def require_receiver(request: HttpRequest) -> None:
    allowed_if(request.actor.role in RECEIVING, "Einen Eingang hat, wer für eine Stelle von außen arbeitet.").require()
