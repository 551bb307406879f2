"""Außerhalb suchen: whether somebody has a file elsewhere, and whom to ask. With a reason, counted, and recorded.

Names go by POST and stand in no address. Of a file that the reader does not see nothing is shown but whom to ask.
"""

from __future__ import annotations

from functools import partial

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.access.policies import may_open_emergency_access
from ina.access.queries import get_dossier
from ina.base import clock
from ina.base.errors import Invalid, NotVisible
from ina.cases import policies
from ina.cases.enums import LinkState, SearchReason
from ina.cases.operations.links import ask_link
from ina.cases.queries.outside import SHORTEST_REASON, Elsewhere, find_outside
from ina.web.shell.fields import GONE, pick
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.pages import lead_to, perform, show
from ina.web.shell.several import CHOSEN

PAGE = "desk/find.html"
SALT = "ina.find"
A_DAY = 86_400


class SearchForm(forms.Form):
    surname = forms.CharField(label="Familienname", max_length=120)
    given_name = forms.CharField(label="Vorname", max_length=120)
    born_on = GermanDateField(
        label="Geburtstag",
        latest=TODAY,
        required=False,
        help_text="TT.MM.JJJJ. Damit scheiden Personen gleichen Namens aus.",
    )
    reason = pick(SearchReason, "Warum Sie suchen", radio=True)
    words = forms.CharField(
        label="Der andere Grund",
        max_length=200,
        required=False,
        help_text=f"Nur bei „{SearchReason.OTHER.label}“: ein Satz, mindestens {SHORTEST_REASON} Zeichen, ohne den "
        "Namen. Er steht im Protokoll.",
    )


class AskForm(forms.Form):
    offered = forms.CharField(widget=forms.HiddenInput, required=False)
    handle = forms.ChoiceField(label="Wen Sie fragen", widget=forms.RadioSelect, error_messages=GONE)
    number = forms.CharField(label="Ihre eigene Akte dieser Person", max_length=16, help_text="zum Beispiel 2026-00417")
    because = forms.CharField(
        label="Warum Sie fragen",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Liest auch die andere Seite. Bitte nichts über den Fall, nur was für dieselbe Person spricht.",
    )

    def __init__(self, *arguments, offers=(), **options):
        super().__init__(*arguments, **options)
        self.fields["handle"].choices = self.offers = offers


def find(request: HttpRequest) -> HttpResponse:
    policies.may_search_outside(request.actor).require()
    chosen = request.POST.get(CHOSEN, "")
    if chosen == "search":
        return _search(request)
    if chosen == "ask":
        return _ask(request)
    # What was typed into the search of the own cases is taken along.
    return _answer(request, SearchForm(initial=_split(request.POST.get("q", ""))))


def _search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _answer(request, form, status=422)
    done, hits = perform(form, find_outside, actor=request.actor, now=clock.now())
    if not done:
        return _answer(request, form, status=422)
    hidden = [hit for hit in hits if not hit.number]
    ask = None
    if hidden and policies.may_ask_from_a_file(request.actor):
        offers = [(hit.handle, _whom(hit)) for hit in hidden]
        ask = AskForm(initial={"offered": signing.dumps(offers, salt=SALT)}, offers=offers, auto_id="ask_%s")
    return _answer(request, form, ask, hits=hits, searched=True)


def _ask(request: HttpRequest) -> HttpResponse:
    """Ask whether the file found is about the same person as an own one (``cases.ask_link``)."""
    policies.may_ask_from_a_file(request.actor).require()
    form = AskForm(request.POST, offers=_offers(request.POST.get("offered", "")), auto_id="ask_%s")
    if form.is_valid():
        done, row = perform(form, partial(_ask_link, request), actor=request.actor, now=clock.now())
        if done:
            here = reverse("same_person", args=[form.cleaned_data["number"].strip()])
            told = (
                "Verknüpft: Beide Akten führen Sie selbst."
                if row.state == LinkState.LINKED
                else f"Gefragt: {row.house}."
            )
            return lead_to(request, here, told)
    return _answer(request, SearchForm(), form, status=422)


def _ask_link(request: HttpRequest, *, offered: str, handle: str, number: str, because: str, actor, now):
    try:
        dossier = get_dossier(request.actor, number.strip())
    except NotVisible as error:
        raise Invalid("Eine Akte mit diesem Zeichen führen Sie nicht.", "number") from error
    return ask_link(dossier_id=dossier.pk, handle=handle, because=because, actor=actor, now=now)


def _answer(
    request: HttpRequest,
    form: forms.Form,
    ask: forms.Form | None = None,
    *,
    hits: list[Elsewhere] | None = None,
    searched: bool = False,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    context = {
        "search": form,
        "ask": ask,
        "hits": [(hit, _whom(hit)) for hit in hits or ()],
        "searched": searched,
        "may_refer": policies.may_refer_person(actor),
        "may_open_emergency": may_open_emergency_access(actor),
        "section": "case_list",
    }
    return show(request, PAGE, context, fragments=("ask",), status=status)


def _whom(hit: Elsewhere) -> str:
    return ", ".join(dict.fromkeys(part for part in (hit.ask, hit.house) if part)) or "die Koordinierungsstelle"


def _offers(text: str) -> list[tuple[str, str]]:
    """Handles and whom they stand for; empty for what this page did not offer today."""
    try:
        return [(handle, label) for handle, label in signing.loads(text, salt=SALT, max_age=A_DAY)]
    except signing.BadSignature:
        return []


def _split(text: str) -> dict[str, str]:
    """Surname first, as the list is ordered; the comma says it plainly."""
    surname, _, given_name = text.strip()[:120].partition("," if "," in text else " ")
    return {"surname": surname.strip(), "given_name": given_name.strip()}
