"""The way in: an invitation on paper, a password, codes to print. Opening a page changes nothing."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ina.accounts import queries
from ina.accounts.operations import invitations
from ina.accounts.rules import normalised_code, spelled_code
from ina.base import clock
from ina.base.errors import NotVisible
from ina.web.accounts.forms import InvitationCodeForm, SetPasswordForm
from ina.web.shell.pages import SeeOther, guided, lead_to

FRESH_CODES = "fresh_codes"


@login_not_required
@never_cache
def invitation_code(request):
    """Type the code from the sheet instead of the whole address."""
    form = InvitationCodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return SeeOther(reverse("invitation", args=[spelled_code(normalised_code(form.cleaned_data["code"])) or "-"]))
    return render(request, "accounts/invitation_code.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters("password", "repeated")
def invitation(request, code):
    """Set the password. Unknown, expired, revoked and used codes look the same; guesses are counted."""
    if not _guess(request, dry_run=True):
        return ratelimit.respond_429(request)
    try:
        found = queries.find_invitation(code, clock.now())
    except NotVisible:
        return _unusable(request)

    def save(*, actor, now, password):
        return invitations.accept_invitation(actor=actor, now=now, code=code, password=password)

    def done(accepted):
        if request.user.is_authenticated:
            logout(request)
        if not accepted.recovery_codes:
            return lead_to(request, reverse("account_login"), "Ihr Passwort ist gesetzt. Bitte melden Sie sich an.")
        request.session[FRESH_CODES] = {"username": accepted.username, "codes": list(accepted.recovery_codes)}
        return SeeOther(reverse("invitation_done"))

    try:
        return guided(
            request, "accounts/invitation.html", SetPasswordForm, save=save, done=done, context={"invitation": found}
        )
    except NotVisible:  # used by somebody else between the two looks
        return _unusable(request)


@login_not_required
@never_cache
def invitation_done(request):
    """Show the printed codes until the person goes on to the log-in."""
    fresh = request.session.get(FRESH_CODES)
    if request.method == "POST" or not fresh:
        request.session.pop(FRESH_CODES, None)
        return SeeOther(reverse("account_login"))
    return render(request, "accounts/invitation_done.html", {"fresh": fresh})


def _unusable(request):
    _guess(request)
    return render(request, "accounts/invitation_unusable.html", status=404)


def _guess(request, *, dry_run: bool = False) -> bool:
    return bool(ratelimit.consume(request, app="allauth.account", action="invitation", limit_get=True, dry_run=dry_run))
