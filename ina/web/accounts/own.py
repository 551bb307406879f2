"""The own account: positions, deputies, factors, devices and sessions."""

from __future__ import annotations

from functools import partial

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ina.access.operations import deputies
from ina.accounts import queries
from ina.accounts.enums import Role
from ina.accounts.login_trail import RECORD
from ina.accounts.operations import sessions
from ina.base import clock
from ina.web.accounts.forms import DeputyForm
from ina.web.shell.pages import SeeOther, guided, lead_to


@never_cache
def own_account(request):
    """Who I am here, as what I act, with what and from where I log in."""
    return render(
        request, "accounts/own.html", {"page": _page(request), "active_membership": request.actor.membership_id}
    )


@never_cache
def own_deputies(request):
    """Who stands in for me; appoint somebody of the same role at the same institution."""
    membership = getattr(request, "membership", None)
    if membership is None or membership.role != Role.CASE_MANAGER:
        return render(request, "accounts/deputies.html", {"page": _page(request), "form": None})
    now = clock.now()
    choices = queries.deputy_choices(membership.pk, clock.day_of(now))
    return guided(
        request,
        "accounts/deputies.html",
        partial(DeputyForm, deputies=choices),
        save=partial(deputies.appoint_deputy, membership_id=membership.pk),
        done=lambda deputyship: (
            reverse("own_deputies"),
            f"Vertretung vom {deputyship.starts_on:%d.%m.%Y} bis {deputyship.ends_on:%d.%m.%Y} eingerichtet.",
        ),
        context={"page": _page(request)},
    )


@require_POST
def end_own_deputy(request):
    """End a deputyship of one's own before its time."""
    deputies.end_deputyship(actor=request.actor, now=clock.now(), deputyship_id=_number(request, "deputyship"))
    return lead_to(request, reverse("own_deputies"), "Die Vertretung ist beendet. Der Einblick endet ab sofort.")


@require_POST
def end_own_session(request):
    """End a session on another device; of the present one by logging out."""
    record = queries.own_session(request.actor, _number(request, "session"))
    if record.pk == request.session.get(RECORD):
        return SeeOther(reverse("account_logout"))
    sessions.end_session(actor=request.actor, now=clock.now(), sessionrecord_id=record.pk)
    return lead_to(request, reverse("own_account"), f"Die Sitzung auf „{record.device}“ ist beendet.")


@never_cache
def factor_setup(request):
    """Choose a second factor: printed codes (no device needed), an app, a passkey."""
    return render(request, "accounts/factor_setup.html", {"factors": queries.list_factors(request.user)})


def _page(request) -> queries.OwnPage:
    return queries.own_page(
        request.user,
        membership_id=request.actor.membership_id,
        current_record=request.session.get(RECORD),
        now=clock.now(),
    )


def _number(request, name: str) -> int:
    """A whole number of a form that pages write themselves; anything else was not made by them."""
    text = request.POST.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)
