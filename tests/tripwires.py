"""What must never happen in any test, caught wherever it happens: see tests/conftest.py for where each is laid."""

from __future__ import annotations

import re
import socket
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.backends.utils import CursorWrapper
from django.http import FileResponse, StreamingHttpResponse
from django.template.base import Template
from django.test import Client


class Tripwire(AssertionError):
    """A rule of the whole suite was broken."""


# --- no query while a template renders ---------------------------------------------------------------------------

_rendering: ContextVar[str] = ContextVar("rendering", default="")
tripped: list[str] = []


@contextmanager
def no_query_in_templates():
    execute, render = CursorWrapper._execute_with_wrappers, Template._render

    def guarded_execute(self, sql, params, many, executor):
        if name := _rendering.get():
            tripped.append(f"a query while {name} renders: {str(sql)[:200]}")
            raise Tripwire(tripped[-1])
        return execute(self, sql, params, many, executor)

    def guarded_render(self, context):
        token = _rendering.set(str(self.origin.template_name or "a template"))
        try:
            return render(self, context)
        finally:
            _rendering.reset(token)

    # Beneath the context processors: what the frame of a page reads is read before its template renders.
    CursorWrapper._execute_with_wrappers, Template._render = guarded_execute, guarded_render
    try:
        yield
    finally:
        CursorWrapper._execute_with_wrappers, Template._render = execute, render


# --- no way out of this machine ----------------------------------------------------------------------------------

LOOPBACK = {"localhost", "127.0.0.1", "::1", "testserver"}


@contextmanager
def no_network():
    connect, connect_ex, lookup = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(host) -> None:
        if str(host) not in LOOPBACK:
            tripped.append(f"network access to {host}")
            raise Tripwire(tripped[-1])

    def guarded_connect(self, address):
        if self.family != socket.AF_UNIX:
            refuse(address[0])
        return connect(self, address)

    def guarded_connect_ex(self, address):
        if self.family != socket.AF_UNIX:
            refuse(address[0])
        return connect_ex(self, address)

    def guarded_lookup(host, *args, **kwargs):
        if host is not None:
            refuse(host.decode() if isinstance(host, bytes) else host)
        return lookup(host, *args, **kwargs)

    socket.socket.connect, socket.socket.connect_ex = guarded_connect, guarded_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = guarded_lookup
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex = connect, connect_ex  # type: ignore[method-assign]
        socket.getaddrinfo = lookup


# --- a moment is not a day ---------------------------------------------------------------------------------------


@contextmanager
def no_moment_in_a_day():
    prepare = models.DateField.get_prep_value

    def guarded(self, value):
        if type(self) is models.DateField and isinstance(value, datetime):
            tripped.append(f"a moment given for the day {self}")
            raise Tripwire(tripped[-1])
        return prepare(self, value)

    models.DateField.get_prep_value = guarded  # type: ignore[method-assign]
    try:
        yield
    finally:
        models.DateField.get_prep_value = prepare  # type: ignore[method-assign]


# --- every answer of every test ----------------------------------------------------------------------------------

FAMILIAR = re.compile(r"(?<![\w-])(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e|er|em|en|es)?)(?![\w-])")
SPOKEN_ATTRIBUTES = ("title", "placeholder", "aria-label", "alt", "content")
LOADING_ATTRIBUTES = ("src", "href", "action", "formaction", "poster", "data")
# Elements whose address the browser follows by itself, and forms: nothing of it may leave the house.
LOADERS = {"script", "link", "img", "iframe", "form", "button", "source", "video", "audio", "object", "embed", "use"}
DATA_SCRIPTS = {"application/json", "application/ld+json"}


class Page(HTMLParser):
    """Reads a page and collects what is wrong with it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.text: list[str] = []
        self._form: dict | None = None
        self._silent = ""

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        for name, value in attributes.items():
            if name.startswith("on") or name in {"style", "hx-on"} or name.startswith("hx-on:"):
                self.faults.append(f"<{tag} {name}=…>: inline script or style")
            if name in SPOKEN_ATTRIBUTES and tag != "meta":
                self.text.append(value)
            if name in LOADING_ATTRIBUTES:
                self._check_address(tag, name, value)
        written_here = tag == "style" or (tag == "script" and not attributes.get("src"))
        if written_here and attributes.get("type") not in DATA_SCRIPTS:
            self.faults.append(f"inline <{tag}>")
        if tag in {"script", "style"}:
            self._silent = tag
        if tag == "form":
            self._form = {"posts": attributes.get("method", "get").lower() == "post", "token": False}
        if self._form and attributes.get("name") == "csrfmiddlewaretoken":
            self._form["token"] = True
        if tag in {"input", "button"} and attributes.get("type") == "submit":
            self.text.append(attributes.get("value", ""))

    def handle_endtag(self, tag):
        if tag == self._silent:
            self._silent = ""
        if tag == "form" and self._form:
            if self._form["posts"] and not self._form["token"]:
                self.faults.append("a form that posts without csrf token")
            self._form = None

    def handle_data(self, data):
        if not self._silent:
            self.text.append(data)

    def _check_address(self, tag, name, value):
        parts = urlsplit(value)
        if parts.scheme == "javascript":
            self.faults.append(f"<{tag} {name}={value}>")
        if tag in LOADERS and parts.netloc and parts.hostname not in LOOPBACK:
            self.faults.append(f"<{tag} {name}={value}>: another host")


def check_answer(response) -> None:
    """Raises Tripwire when an answer breaks a rule of every page."""
    request = response.wsgi_request
    where = f"{request.method} {request.path} ({response.status_code})"
    if request.path.startswith(settings.STATIC_URL):
        return
    user = getattr(request, "_cached_user", None)
    if user is not None and user.is_authenticated and "no-store" not in response.headers.get("Cache-Control", ""):
        raise Tripwire(f"{where}: answered to somebody who is logged in without Cache-Control: no-store")
    if response.streaming:
        if type(response) in {StreamingHttpResponse, FileResponse}:
            raise Tripwire(f"{where}: a plain {type(response).__name__} runs outside the transaction")
        return
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    content = response.content.decode()
    if (marker := settings.UNKNOWN_VARIABLE.split("%s")[0]) in content:
        at = content.index(marker)
        raise Tripwire(f"{where}: unknown variable: {content[max(0, at - 80) : at + 80]}")
    page = Page()
    page.feed(content)
    page.close()
    if page.faults:
        raise Tripwire(f"{where}: {'; '.join(page.faults)}")
    for text in page.text:
        if found := FAMILIAR.search(text):
            raise Tripwire(f"{where}: says {found.group()!r} instead of Sie: {text.strip()[:120]}")


@contextmanager
def answers_checked():
    answer = Client.request

    def checked(self, **request):
        response = answer(self, **request)
        if hasattr(response, "wsgi_request"):
            check_answer(response)
        return response

    Client.request = checked  # type: ignore[method-assign]
    try:
        yield
    finally:
        Client.request = answer  # type: ignore[method-assign]
