"""Auffälliges: how often what a check looks at first happened in a period, with the way to the lines. No names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.access.enums import Basis
from ina.audit import policies, queries
from ina.audit.notable import NOTABLE
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.periods import ONE_DAY
from ina.reference.queries import parameter
from ina.web.audit.lines import beginning
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.pages import show

DEFAULT_PERIOD, LONGEST = timedelta(days=29), timedelta(days=92)


class PeriodForm(forms.Form):
    """A period of three months at most: every line of it is looked at."""

    von = GermanDateField(label="von", latest=TODAY, help_text="")
    bis = GermanDateField(label="bis", latest=TODAY, help_text="")

    def __init__(self, data=None, *, kept_since: date, **options):
        super().__init__(data, **options)
        self.fields["von"].earliest = kept_since

    def clean(self):
        cleaned = super().clean() or {}
        first, last = cleaned.get("von"), cleaned.get("bis")
        if first and last and last < first:
            self.add_error("bis", "Das Ende liegt vor dem Anfang.")
        elif first and last and last - first > LONGEST:
            self.add_error("bis", "Bitte höchstens drei Monate auf einmal.")
        return cleaned


@dataclass(frozen=True)
class Figure:
    label: str
    meaning: str
    count: int
    query: str


@dataclass(frozen=True)
class Read:
    reason: str
    count: int


def audit_figures(request: HttpRequest) -> HttpResponse:
    policies.may_search_trail(request.actor).require()
    now = clock.now()
    today = clock.day_of(now)
    kept_since = parameter("retention_log", on=today).before(today)
    proposed = {"von": f"{today - DEFAULT_PERIOD:%d.%m.%Y}", "bis": f"{today:%d.%m.%Y}"}
    form = PeriodForm(
        proposed | {name: request.GET[name] for name in proposed if name in request.GET}, kept_since=kept_since
    )
    context: dict = {"form": form, "kept_since": kept_since, "section": "audit_log"}
    if not form.is_valid():
        return show(request, "audit/audit_figures.html", {**context, "figures": None}, status=422)
    first, last = form.cleaned_data["von"], form.cleaned_data["bis"]
    record_read(action="read.trail_figures", actor=request.actor, now=now, since=first, until=last)
    period = {"since": beginning(first), "before": beginning(last + ONE_DAY)}
    counts = queries.count_notable(request.actor, **period)
    unreviewed = queries.count_unreviewed_emergencies(request.actor, **period)
    bases = {basis.value: basis.label for basis in Basis}
    context |= {
        "first": first,
        "last": last,
        "figures": [
            Figure(each.label, each.meaning, counts[key], urlencode({"nur": key, "von": first, "bis": last}))
            for key, each in NOTABLE.items()
        ],
        "reads": [
            Read(bases.get(reason, reason) or "ohne Angabe", count)
            for reason, count in queries.count_reads(request.actor, **period).items()
        ],
        "unreviewed": unreviewed,
        "unreviewed_word": f"{unreviewed} davon hat die Leitung noch nicht geprüft",
    }
    return show(request, "audit/audit_figures.html", context)
