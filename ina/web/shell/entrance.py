"""Who gets in: every page asks for a log-in unless its view says otherwise, and a locked screen stays locked.

Locking keeps the session and hides everything until the password is entered again: for the short way to the printer on
a shared PC. Five wrong passwords end the session.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from ina.web.shell import drafts
from ina.web.shell.pages import SeeOther

LOCKED, TRIES, BACK = "locked", "locked_tries", "locked_back"
ALLOWED_TRIES = 5
# Reachable while locked: unlocking, and leaving for good.
OPEN_VIEWS = frozenset({"unlock", "account_logout"})
# Answer a POST only: after the log-in the page of the form is shown, not they.
DRAFT_VIEWS = frozenset({"draft_keep", "draft_discard"})


class EntranceMiddleware(LoginRequiredMiddleware):
    """Log-in first (but for views marked ``login_not_required``); with a locked screen only the way to unlock it."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        locked = request.user.is_authenticated and request.session.get(LOCKED)
        if locked and request.resolver_match.view_name not in OPEN_VIEWS:
            if request.method == "GET" and not request.htmx:
                request.session[BACK] = request.get_full_path()
            drafts.rescue(request)
            return self._lead(request, reverse("unlock"))
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        login = resolve_url(self.get_login_url(view_func))
        if request.htmx:
            return HttpResponseClientRedirect(drafts.then_back(request, login))
        if request.resolver_match.view_name in DRAFT_VIEWS:
            return HttpResponseRedirect(drafts.then_back(request, login))
        return super().handle_no_permission(request, view_func)

    @staticmethod
    def _lead(request, url):
        return HttpResponseClientRedirect(url) if request.htmx else SeeOther(url)


class UnlockForm(forms.Form):
    password = forms.CharField(
        label="Passwort",
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@require_POST
def lock(request):
    """Lock the screen; what was open before is remembered and shown again after unlocking."""
    request.session[LOCKED] = True
    request.session[TRIES] = 0
    before = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}):
        request.session[BACK] = before
    return SeeOther(reverse("unlock"))


@never_cache
def unlock(request):
    """Ask for the password; the same limits as at log-in hold, and the fifth wrong one ends the session."""
    if not request.session.get(LOCKED):
        return SeeOther(reverse("today"))
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _password_fits(request, form):
            back = request.session.pop(BACK, "") or reverse("today")
            for key in (LOCKED, TRIES):
                request.session.pop(key, None)
            return SeeOther(back)
        request.session[TRIES] = request.session.get(TRIES, 0) + 1
        if request.session[TRIES] >= ALLOWED_TRIES:
            logout(request)
            return SeeOther(resolve_url("account_login"))
    return render(request, "shell/unlock.html", {"form": form}, status=422 if form.is_bound else 200)


def _password_fits(request, form: UnlockForm) -> bool:
    try:
        user = get_adapter().authenticate(
            request, username=request.user.get_username(), password=form.cleaned_data["password"]
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    if user is None or user.pk != request.user.pk:
        form.add_error("password", "Dieses Passwort stimmt nicht.")
        return False
    return True
