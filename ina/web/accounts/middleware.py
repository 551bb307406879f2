"""A session ends when nobody is there, and goes nowhere before a second factor is set up where one is required."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from ina.accounts import queries
from ina.accounts.login_trail import FACTOR_SEEN, RECORD, SEEN_AT
from ina.accounts.operations.sessions import touch_session
from ina.base import clock
from ina.web.shell import drafts

MINUTE = 60
# Reachable without a second factor: setting one up (all names beginning so), confirming the password, leaving.
SETTING_UP = ("mfa_", "factor_setup")
OPEN_VIEWS = frozenset({"account_reauthenticate", "account_logout", "lock", "unlock"})


class SessionGuardMiddleware:
    """Below authentication and actor. One question to the database per minute of use, none in between."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and self._fell_asleep(request):
            return self._say_good_bye(request)
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not settings.INA_SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        name = request.resolver_match.view_name or ""
        if request.session.get(FACTOR_SEEN) or name in OPEN_VIEWS or name.startswith(SETTING_UP):
            return None
        if queries.has_second_factor(request.user):
            request.session[FACTOR_SEEN] = True
            return None
        return self._lead(request, reverse("factor_setup"))

    @staticmethod
    def _fell_asleep(request) -> bool:
        now = clock.now()
        idle = now.timestamp() - request.session.get(SEEN_AT, now.timestamp() - MINUTE)
        if idle < MINUTE:
            return False
        if idle > queries.inactivity_limit(clock.day_of(now)).total_seconds():
            return True
        request.session[SEEN_AT] = now.timestamp()
        if record := request.session.get(RECORD):
            touch_session(record, now)
        return False

    def _say_good_bye(self, request):
        limit = queries.inactivity_limit(clock.today())
        kept = drafts.rescue(request)
        logout(request)
        minutes = int(limit.total_seconds() // MINUTE)
        said = " Was Sie eingegeben haben, ist als Entwurf gesichert." if kept else ""
        messages.info(request, f"Ihre Sitzung wurde nach {minutes} Minuten ohne Eingabe beendet.{said}")
        return self._lead(request, drafts.then_back(request, resolve_url(settings.LOGIN_URL)))

    @staticmethod
    def _lead(request, url):
        return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
