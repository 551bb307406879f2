"""Konten: who may log in, and which account needs something.

What is typed into the search goes by POST and stands in no address: names must not stay in the history of a shared PC.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.accounts import administration, overview
from ina.accounts.overview import Standing
from ina.base import clock
from ina.web.shell.pages import show

KEPT = ("stand", "rolle", "stelle")


class AccountFilter(forms.Form):
    """One line of fields; everything optional, nonsense is ignored."""

    q = forms.CharField(
        label="Name, Rolle oder Einrichtung",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    stand = forms.ChoiceField(
        label="Stand", required=False, choices=[("", "alle"), *((each.value, each.label) for each in Standing)]
    )
    rolle = forms.ChoiceField(label="Rolle", required=False)
    stelle = forms.ChoiceField(label="Einrichtung", required=False)
    seite = forms.IntegerField(required=False, min_value=1, max_value=99_999, widget=forms.HiddenInput)

    def __init__(self, data=None, *, roles: list, institutions: list, **options):
        super().__init__(data, **options)
        self.fields["rolle"].choices = [("", "alle"), *roles]
        self.fields["stelle"].choices = [("", "alle"), *institutions]


def account_list(request: HttpRequest) -> HttpResponse:
    administration.require_administration(request.actor)
    now, data = clock.now(), request.POST if request.method == "POST" else request.GET
    form = AccountFilter(
        data,
        roles=administration.role_choices(request.actor),
        institutions=administration.employers(request.actor, clock.day_of(now)),
    )
    form.is_valid()
    chosen = form.cleaned_data
    search = chosen.get("q", "") if request.method == "POST" else ""
    kept = {name: chosen[name] for name in KEPT if chosen.get(name)}
    page = overview.list_accounts(
        request.actor,
        search=search,
        standing=Standing(chosen["stand"]) if chosen.get("stand") else None,
        role=chosen.get("rolle", ""),
        institution=chosen.get("stelle", ""),
        page=chosen.get("seite") or 1,
        now=now,
    )
    context = {
        "form": form,
        "page": page,
        "kept": {**kept, "q": search},
        "narrowed": bool(search or kept),
        "is_system": administration.may_name_roles(request.actor),
    }
    return show(request, "accounts/list.html", context, fragments=("konten",))
