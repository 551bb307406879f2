"""Schnittstellen: what comes in and goes out, by which way, and when it was last used."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.exchange.interfaces import interfaces, told
from ina.network.gateways import mail_is_on
from ina.web.shell.pages import show


def interface_list(request: HttpRequest) -> HttpResponse:
    return show(request, "shell/interface_list.html", {"rows": told(interfaces(mail_is_on=mail_is_on()))})
