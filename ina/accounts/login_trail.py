"""What allauth does alone (log-in, password, factors) leaves its lines in the trail and in the table of sessions.

Its writes are no operations of ours. The lines go over the second connection: a failed request cannot hide them. At
log-in the request is still anonymous, hence the actor is made here.
"""

from __future__ import annotations

from allauth.account import signals as account_signals
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals as auth_signals

from ina.accounts.models import User
from ina.accounts.operations import sessions
from ina.audit.trail import record_read
from ina.base import clock
from ina.base.actor import NOBODY, Unplaced

RECORD = "session_record"
SEEN_AT = "seen_at"
FACTOR_SEEN = "factor_seen"


def on_logged_in(sender, request, user, **kwargs):
    now = clock.now()
    if request.session.session_key is None:
        request.session.save()
    address = get_adapter().get_client_ip(request) if request.META.get("REMOTE_ADDR") else ""
    record = sessions.begin_session(
        user=user,
        session_key=request.session.session_key,
        user_agent=request.META.get("HTTP_USER_AGENT", ""),
        address=address,
        now=now,
    )
    request.session[RECORD] = record.pk
    request.session[SEEN_AT] = now.timestamp()
    record_read(action="login.succeeded", actor=Unplaced(user.pk), now=now)


def on_logged_out(sender, request, user, **kwargs):
    if user is None:
        return
    now = clock.now()
    if record := request.session.get(RECORD):
        sessions.close_session(record, now)
    record_read(action="login.ended", actor=Unplaced(user.pk), now=now)


def on_login_failed(sender, credentials, request=None, **kwargs):
    """The account when there is one of this name; what was typed is never kept (it may be a password)."""
    name = credentials.get("username") or ""
    known = User.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
    record_read(action="login.failed", actor=Unplaced(known) if known else NOBODY, now=clock.now())


def on_factor_failed(sender, user, authenticator, reauthentication=False, **kwargs):
    record_read(action="login.factor_failed", actor=Unplaced(user.pk), now=clock.now(), type=str(authenticator.type))


def on_factor_used(sender, request, user, authenticator, **kwargs):
    request.session[FACTOR_SEEN] = True
    record_read(action="login.factor_used", actor=Unplaced(user.pk), now=clock.now(), type=str(authenticator.type))


def on_password_changed(sender, request, user, **kwargs):
    """Every other session ends with the old password; this one goes on under a new key."""
    now = clock.now()
    record = request.session.get(RECORD)
    if record:
        sessions.rekey_session(record, request.session.session_key)
    sessions.end_sessions(user, now=now, but=record)
    record_read(action="account.password_changed", actor=Unplaced(user.pk), now=now)


def _on_factor(action: str):
    def handler(sender, request, user, authenticator, **kwargs):
        request.session.pop(FACTOR_SEEN, None)
        record_read(action=action, actor=Unplaced(user.pk), now=clock.now(), type=str(authenticator.type))

    return handler


on_factor_added = _on_factor("account.factor_added")
on_factor_removed = _on_factor("account.factor_removed")
on_codes_printed = _on_factor("account.codes_printed")


def subscribe() -> None:
    """Called once, in ``apps.ready``."""
    auth_signals.user_logged_in.connect(on_logged_in, dispatch_uid="ina.logged_in")
    auth_signals.user_logged_out.connect(on_logged_out, dispatch_uid="ina.logged_out")
    auth_signals.user_login_failed.connect(on_login_failed, dispatch_uid="ina.login_failed")
    account_signals.password_changed.connect(on_password_changed, dispatch_uid="ina.password_changed")
    factor_signals.authentication_failed.connect(on_factor_failed, dispatch_uid="ina.factor_failed")
    factor_signals.authenticator_used.connect(on_factor_used, dispatch_uid="ina.factor_used")
    factor_signals.authenticator_added.connect(on_factor_added, dispatch_uid="ina.factor_added")
    factor_signals.authenticator_removed.connect(on_factor_removed, dispatch_uid="ina.factor_removed")
    factor_signals.authenticator_reset.connect(on_codes_printed, dispatch_uid="ina.codes_printed")
