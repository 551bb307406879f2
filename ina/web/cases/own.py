"""The person's own page: on any phone, behind an address and a code; nothing on the way there tells where from.

Its texts are marked for translation, so that other languages can follow.
"""

from __future__ import annotations

from datetime import datetime

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ina.base import clock
from ina.base.actor import PageOwner
from ina.base.errors import Invalid, NotVisible, Refused
from ina.monitoring.enums import CrisisTrigger
from ina.monitoring.operations import ask_for_help
from ina.monitoring.queries import behind_page, read_own, try_own_page
from ina.network.secrets import address_hash
from ina.web.shell.door import WRONG, Door
from ina.web.shell.pages import SeeOther

DOOR = Door(key="opened_own_page", title="Ihre Seite", over_template="public/own_over.html")
ASKED = "asked_for_help"
# What a person may say without many words; in words of their own.
NEEDS = (
    (CrisisTrigger.CONFLICT, "Ärger bei der Arbeit"),
    (CrisisTrigger.WANTS_TO_QUIT, "Ich will aufhören"),
    (CrisisTrigger.HOUSING, "Wohnung oder Zimmer"),
    (CrisisTrigger.DEBT, "Geld oder Schulden"),
    (CrisisTrigger.JOBCENTER, "Jobcenter"),
    (CrisisTrigger.OTHER, "etwas anderes"),
)


@login_not_required
@never_cache
@sensitive_post_parameters("code", "said")
def own_page_behind(request: HttpRequest, address: str) -> HttpResponse:
    """A GET counts and changes nothing: who looks at messages for links opens every one."""
    now = clock.now()
    if not ratelimit.consume(request, app="allauth.account", action="own", limit_get=False):
        return render(request, "public/link_later.html", status=429)
    here, hashed = SeeOther(reverse("own_page_behind", args=[address])), address_hash(address)
    number = DOOR.inside(request, hashed, now)
    if number is not None:
        state, found = try_own_page(address, "", now)
        if found is not None and found.id == number:
            return _inside(request, found, here, now)
        DOOR.leave(request)
    if request.method != "POST":
        state, found = try_own_page(address, "", now)
        return DOOR.ask(request) if state == "shut" else DOOR.over(request)
    state, found = try_own_page(address, request.POST.get("code", ""), now)
    if state == "open" and found is not None:
        DOOR.let_in(request, hashed, found.id, now)
        return here
    return DOOR.ask(request, WRONG, status=422) if state in {"wrong", "shut"} else DOOR.over(request)


def _inside(request: HttpRequest, page: PageOwner, here: HttpResponse, now: datetime) -> HttpResponse:
    error, said = "", request.POST.get("said", "")
    try:
        if request.method == "POST" and "leave" in request.POST:
            DOOR.leave(request)
            return here
        if request.method == "POST":
            error = _ask(page, request.POST.get("need", ""), said, now)
            if not error:
                request.session[ASKED] = True
                return here
        with behind_page(page) as behind:
            context = {
                "own": read_own(behind, clock.day_of(now)),
                "needs": NEEDS,
                "error": error,
                "said": said if error else "",
                "asked": request.session.pop(ASKED, False),
            }
            return render(request, "public/own.html", context, status=422 if error else 200)
    except NotVisible:
        return DOOR.over(request)


def _ask(page: PageOwner, need: str, said: str, now: datetime) -> str:
    """What is wrong with it, or nothing once it is kept."""
    if need not in {trigger for trigger, _ in NEEDS}:
        return "Bitte wählen Sie, worum es geht."
    try:
        ask_for_help(actor=page, now=now, trigger=CrisisTrigger(need), said=said)
    except (Invalid, Refused) as error:
        return error.message if isinstance(error, Invalid) else str(error)
    return ""
