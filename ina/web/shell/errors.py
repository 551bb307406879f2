"""What people see when something does not work: what happened, what is kept, what to do next.

Anonymous readers get pages that show nothing of this application: an address that was passed on must not tell anybody
what stands behind it. Pages with the frame read positions again, outside the transaction that was rolled back.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django_htmx.http import retarget

from ina.base import clock
from ina.base.actor import NOBODY
from ina.base.errors import Conflict, DomainError, Invalid, NotVisible, Refused

log = logging.getLogger("ina.errors")
# The place above the content where messages stand (shell/base.html).
MESSAGES = "#meldungen"
STATUS = {NotVisible: 404, Refused: 403, Conflict: 409, Invalid: 422}
TITLES = {
    400: "Diese Anfrage ließ sich nicht lesen",
    403: "Das geht in Ihrer jetzigen Stelle nicht",
    404: "Diese Seite gibt es für Sie nicht",
    409: "Inzwischen hat jemand anderes gespeichert",
    422: "Diese Angabe passt nicht",
}
MESSAGES_FOR = {
    400: "Ihr Browser hat etwas geschickt, das hier nicht erwartet wurde. Es wurde nichts geändert.",
    403: "Sehen dürfen Sie das, ändern nicht. Es wurde nichts gespeichert.",
    404: (
        "Entweder stimmt die Adresse nicht, oder Sie arbeiten in Ihrer jetzigen Stelle nicht mit dieser Akte. Beides "
        "sieht hier gleich aus, damit niemand aus einer Adresse auf eine Person schließen kann."
    ),
    409: "Es wurde nichts überschrieben. Gehen Sie zurück und laden Sie die Seite neu.",
    422: "Es wurde nichts gespeichert. Gehen Sie zurück und prüfen Sie Ihre Eingabe.",
}
STALE_FORM = (
    "Dieses Formular gehört zu einer früheren Anmeldung, oder Ihr Browser nimmt keine Cookies an. Es wurde nichts "
    "gespeichert. Gehen Sie zurück, laden Sie die Seite neu und schicken Sie das Formular noch einmal ab."
)
# Shown when even the static page cannot be made, for example while the files of a new version are being copied.
LAST_RESORT = (
    '<!doctype html><html lang="de"><meta charset="utf-8"><title>Störung</title><h1>Das hat nicht geklappt</h1>'
    "<p>Diese Eingabe wurde nicht gespeichert. Bitte versuchen Sie es in einigen Minuten noch einmal.</p></html>"
)


def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The answer for an error of the domain; called when its transaction has been rolled back."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 422)
    return _page(request, status, "" if status == 404 else error.message)


def placeholder() -> HttpResponse:
    """Stands in for the answer until the transaction is rolled back; the middleware replaces it."""
    return HttpResponse(status=500)


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    return _page(request, 403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return _page(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.info("CSRF check failed: %s", reason)
    return _page(request, 403, STALE_FORM, title="Dieses Formular ist nicht mehr gültig")


def server_error(request: HttpRequest) -> HttpResponse:
    """Without database and without context processors: neither can be relied on here."""
    known = getattr(request, "actor", NOBODY) is not NOBODY
    context = {"at": clock.now(), "support": settings.SUPPORT}
    name = "shell/error_500.html" if known else "shell/error_500_public.html"
    html: str
    try:
        html = loader.render_to_string("shell/error_500_panel.html" if _by_htmx(request) else name, context)
    except Exception:
        log.exception("The page for errors could not be rendered")
        html = LAST_RESORT
    return _place(request, HttpResponse(html, status=500))


def _page(request: HttpRequest, status: int, message: str = "", title: str = "") -> HttpResponse:
    if getattr(request, "actor", NOBODY) is NOBODY:
        return render(request, "shell/error_public.html", {"status": status}, status=status)
    context = {
        "status": status,
        "title": title or TITLES[status],
        "message": message or MESSAGES_FOR[status],
        "kept": MESSAGES_FOR[status] if message and status in (409, 422) else "",
    }
    if _by_htmx(request):
        request.fragment = True
        return _place(request, render(request, "shell/error_panel.html", context, status=status))
    return render(request, "shell/error.html", context, status=status)


def _by_htmx(request: HttpRequest) -> bool:
    htmx: Any = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def _place(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What htmx asked for stays as it is; the message stands above the content."""
    if not _by_htmx(request):
        return response
    response.headers["HX-Reswap"] = "innerHTML show:window:top"
    return retarget(response, MESSAGES)
