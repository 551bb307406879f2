"""The page behind a link: for a partner without an account, on any phone, with a code that came another way.

Neutral through and through: no name of the system, of a prison or of a person stands in address, title or the page
before the code. A GET never counts, consumes or answers anything: mail scanners open every link.
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

from ina.access.context import acting_as
from ina.base import clock
from ina.base.actor import NOBODY, Link
from ina.base.errors import Invalid, NotVisible
from ina.network.enums import Reply
from ina.network.operations import answer_disclosure, ask_new_link
from ina.network.queries import received, token_behind, try_link
from ina.network.secrets import address_hash
from ina.web.shell.door import WRONG, Door
from ina.web.shell.pages import SeeOther

DOOR = Door(key="opened_page", title="Eine Nachricht für Sie", over_template="public/link_over.html")


@login_not_required
@never_cache
@sensitive_post_parameters("code")
def link(request: HttpRequest, address: str) -> HttpResponse:
    now = clock.now()
    if not ratelimit.consume(request, app="allauth.account", action="link", limit_get=False):
        return render(request, "public/link_later.html", status=429)
    if request.method == "POST" and "new" in request.POST:
        ask_new_link(actor=NOBODY, now=now, address=address)
        return render(request, "public/link_asked.html")
    mine = _opened(request, address, now)
    if mine is not None:
        return _inside(request, address, mine, now)
    if request.method != "POST":
        state, _ = try_link(address, "", now)
        return DOOR.ask(request) if state == "shut" else DOOR.over(request)
    state, found = try_link(address, request.POST.get("code", ""), now)
    if state == "open" and found is not None:
        DOOR.let_in(request, address_hash(address), found.id, now)
        return SeeOther(reverse("link", args=[address]))
    if state in {"wrong", "shut"}:
        return DOOR.ask(request, WRONG, status=422)
    return DOOR.over(request)


def _opened(request: HttpRequest, address: str, now: datetime) -> Link | None:
    """The link that this browser opened with its code a short while ago."""
    number = DOOR.inside(request, address_hash(address), now)
    if number is None:
        return None
    state, found = try_link(address, "", now)
    return found if state == "shut" and found is not None and found.id == number else None


def _inside(request: HttpRequest, address: str, mine: Link, now: datetime) -> HttpResponse:
    error = ""
    with acting_as(mine):
        try:
            token = token_behind(mine)
            if request.method == "POST":
                error = _answer(request, mine, token, now)
                if not error:
                    return SeeOther(reverse("link", args=[address]))
            item = received(mine, token, now)
        except NotVisible:
            return DOOR.over(request)
        context = {"item": item, "error": error, "said": request.POST.get("said", "")}
        return render(request, "public/link.html", context, status=422 if error else 200)


def _answer(request: HttpRequest, mine: Link, token: str, now: datetime) -> str:
    """What is wrong with it, or nothing once it is kept."""
    reply = request.POST.get("reply", "")
    if reply not in set(Reply):
        return "Bitte wählen Sie eine Antwort."
    try:
        answer_disclosure(
            actor=mine,
            now=now,
            token=token,
            reply=Reply(reply),
            said=request.POST.get("said", ""),
            said_by=request.POST.get("said_by", ""),
        )
    except Invalid as error:
        return error.message
    return ""
