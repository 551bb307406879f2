"""One transaction and one actor per request.

Order (settings): transaction → session, user → actor → view. A failed request is rolled back as a whole; what
must survive it (that somebody looked) goes over the second connection (``audit.trail``).
"""

from __future__ import annotations

from django.db import transaction

from ina.access.context import enter
from ina.access.queries import actor_for, positions_of
from ina.accounts.queries import chosen_position
from ina.base.actor import NOBODY, Unplaced
from ina.base.clock import today
from ina.base.errors import DomainError
from ina.web.shell import errors


class TransactionMiddleware:
    """Everything below, log-in and session included, in one transaction; rolled back from status 500 on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(response, "rolls_back", False):
                transaction.set_rollback(True)
        if raised := getattr(request, "domain_error", None):
            return errors.domain_error(request, raised)
        return response


class ActorMiddleware:
    """Every request, anonymous ones too, runs as somebody: the wall sees with their eyes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = self.actor_of(request)
        # Until the transaction ends with the request; the next one enters anew, nobody's request too.
        enter(request.actor)
        return self.get_response(request)

    def process_exception(self, request, exception):
        """A domain error leaves the view: roll back first, then show the page (TransactionMiddleware does both)."""
        if isinstance(exception, DomainError):
            request.domain_error = exception
            response = errors.placeholder()
            response.rolls_back = True
            return response
        return None

    @staticmethod
    def actor_of(request):
        if not request.user.is_authenticated:
            return NOBODY
        request.positions = positions_of(request.user, today())
        membership = chosen_position(request.positions, request.session.get("membership"))
        request.membership = membership
        return actor_for(membership) if membership else Unplaced(id=request.user.pk)
