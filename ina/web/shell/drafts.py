"""A lost session loses nothing: what is typed into a form is kept as a draft, and the form opens with it again.

A form takes part by its ``draft`` key (``pages.guided``, ``several.Guide``). While somebody types, htmx keeps a draft
every two seconds; without script the button „Zwischenspeichern“ does. Sending the form forgets it. A draft is never
saved for anybody: it comes back into the form with the version that was read then, so whoever was faster is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.forms.utils import ErrorDict
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from ina.access import policies
from ina.access.operations.drafts import discard_draft, keep_draft
from ina.access.queries import drafts_of
from ina.base import clock
from ina.base.errors import DomainError

# Name of the hidden field that carries the key, and of the button that asks for a whole page as answer.
FIELD, BUTTON = "entwurf", "entwurf-knopf"
NOT_TYPED = frozenset({FIELD, BUTTON, "csrfmiddlewaretoken", "formular"})


@dataclass(frozen=True)
class Offer:
    """What a form says about its draft. ``saved_at``: None while there is none. ``stale``: the row changed since."""

    key: str
    saved_at: datetime | None = None
    stale: bool = False


def find(request: HttpRequest, keys: Iterable[str]) -> dict[str, Any]:
    """Drafts of the reader by key."""
    wanted = [key for key in keys if key]
    if not wanted or not policies.may_keep_drafts(request.actor):
        return {}
    return drafts_of(request.actor, wanted)


def reopen(form_class: Callable[..., forms.Form], kept, present: dict) -> forms.Form:
    """The form with what was typed, unchecked: nothing was sent yet, so nothing is wrong yet."""
    form = form_class(MultiValueDict(kept.data), initial=present)
    form.__class__ = type("Reopened", (type(form),), {"full_clean": _check_nothing})
    return form


def offer(request: HttpRequest, form: forms.Form, key: str, kept=None) -> None:
    """Let the form show that it keeps drafts, and what became of the last one."""
    if key and policies.may_keep_drafts(request.actor):
        was, now = (kept.data.get("version", [""])[0], form.initial.get("version")) if kept else ("", None)
        form.draft = Offer(key, kept and kept.saved_at, bool(was) and str(now) != was)


def forget(request: HttpRequest, key: str) -> None:
    """The form was sent and saved."""
    if key and policies.may_keep_drafts(request.actor):
        discard_draft(actor=request.actor, key=key, sent=True, now=clock.now())


def keep(request: HttpRequest) -> datetime:
    """Keep what was posted as the draft that it names; answers when. Raises Invalid."""
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    return keep_draft(actor=request.actor, key=request.POST.get(FIELD, ""), data=typed, now=clock.now()).saved_at


def rescue(request: HttpRequest) -> bool:
    """Somebody sent a form that can no longer be saved (the session is over, the screen is locked): keep it.

    Who it was is still known here; a form that is not from this application (CSRF) is left alone. Whether it was kept.
    """
    if request.method != "POST" or FIELD not in request.POST or not policies.may_keep_drafts(request.actor):
        return False
    if CsrfViewMiddleware(_answer_nothing).process_view(request, _answer_nothing, (), {}) is not None:
        return False
    try:
        keep(request)
    except DomainError:
        return False
    return True


def back_to(request: HttpRequest) -> str:
    """The page that a form stands on."""
    shown = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    if url_has_allowed_host_and_scheme(shown, allowed_hosts={request.get_host()}):
        parts = urlsplit(shown)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return reverse("today")


def then_back(request: HttpRequest, url: str) -> str:
    """``url`` (of the log-in), leading on to the page that was left."""
    asked = request.method == "GET" and not getattr(request, "htmx", False)
    page = request.get_full_path() if asked else back_to(request)
    return url if page == reverse("today") else f"{url}?{urlencode({'next': page})}"


def _answer_nothing(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _check_nothing(form: forms.Form) -> None:
    form._errors = ErrorDict()
    form.cleaned_data = {}
