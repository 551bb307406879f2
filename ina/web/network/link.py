"""The page behind a link: for a partner without an account, on any phone, with a code that came another way.

Neutral through and through: no name of the system, of a prison or of a person stands in address, title or the page
before the code. A GET never counts, consumes or answers anything: mail scanners open every link.
"""

from __future__ import annotations

from datetime import datetime, timedelta

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
from ina.web.shell.pages import SeeOther

OPENED = "opened_page"
OPEN_FOR = timedelta(minutes=30)


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
        return _door(request) if state == "shut" else _over(request)
    state, found = try_link(address, request.POST.get("code", ""), now)
    if state == "open" and found is not None:
        request.session[OPENED] = {"of": address_hash(address), "link": found.id, "since": now.isoformat()}
        return SeeOther(reverse("link", args=[address]))
    if state in {"wrong", "shut"}:
        return _door(request, "Dieser Code stimmt nicht. Bitte prüfen Sie ihn.", status=422)
    return _over(request)


def _opened(request: HttpRequest, address: str, now: datetime) -> Link | None:
    """The link that this browser opened with its code a short while ago."""
    kept = request.session.get(OPENED)
    if not kept or kept["of"] != address_hash(address):
        return None
    if datetime.fromisoformat(kept["since"]) + OPEN_FOR < now:
        del request.session[OPENED]
        return None
    state, found = try_link(address, "", now)
    return found if state == "shut" and found is not None and found.id == kept["link"] else None


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
            return _over(request)
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


def _door(request: HttpRequest, error: str = "", status: int = 200) -> HttpResponse:
    return render(request, "public/link_door.html", {"error": error}, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    """Unknown, expired, locked, withdrawn: the same page, so that nobody learns which."""
    return render(request, "public/link_over.html", status=404)
