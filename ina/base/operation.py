"""Every write has a name, an actor, a time and a trace, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, wraps
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from ina.base.actor import Actor
from ina.base.errors import Conflict, Invalid, NotVisible
from ina.base.policy import Verdict

# Filled by ``audit``: called with (name, actor, now, subject, details) inside the transaction of the operation.
recorders: list[Callable[..., None]] = []
# Operations by name: documentation, tests and the trail read it.
registry: dict[str, Callable] = {}
_details: ContextVar[dict | None] = ContextVar("operation_details", default=None)


def operation(name: str, *, may: Callable[..., Verdict], on: type[models.Model] | None = None):
    """Make a function an operation: loads what it changes, asks the policy, works in a transaction, leaves a trace.

    name: ``module.verb`` as the trail keeps it. may: the policy, asked as ``may(actor)`` or, with ``on``, as
    ``may(actor, row)``. on: the table of the one row that the operation changes. It is called with
    ``<table>_id=…`` and gets the row itself as its first argument: visible, locked, and with ``version=…`` compared
    ("somebody was faster"). All arguments are keyword-only; ``actor`` and ``now`` are always handed in.

    Raises NotVisible, Refused, Conflict, Invalid.
    """

    def decorate(function: Callable) -> Callable:
        @wraps(function)
        def call(*, actor: Actor, now, **arguments: Any):
            try:
                return within(actor, now, arguments)
            except IntegrityError as error:
                # Two at once: the database kept its promise, and its sentence is the constraint's.
                raise _broken_promise(error) from error

        def within(actor: Actor, now, arguments: dict):
            with transaction.atomic():
                token = _details.set({})
                try:
                    row = _load(on, actor, arguments) if on else None
                    (may(actor, row) if on else may(actor)).require()
                    if row is not None:
                        arguments = {"row": row, **arguments}
                        result = function(arguments.pop("row"), actor=actor, now=now, **arguments)
                    else:
                        result = function(actor=actor, now=now, **arguments)
                    subject = row if row is not None else result
                    details = _details.get()
                    for record in recorders if details is not None else ():
                        record(name=name, actor=actor, now=now, subject=subject, details=details)
                except ValidationError as error:
                    raise _as_invalid(error) from error
                finally:
                    _details.reset(token)
                return result

        call.operation_name = name  # type: ignore[attr-defined]
        call.policy = may  # type: ignore[attr-defined]
        if name in registry:
            raise ValueError(f"two operations are called {name}")
        registry[name] = call
        return call

    return decorate


def note(**details: Any) -> None:
    """Add ids, counts or codes to the trail of the running operation. Never names or free text about a person."""
    current = _details.get()
    if current is not None:
        current.update(details)


def untraced(*, because: str) -> None:
    """This run leaves no line in the trail, for the reason given: it repeated one that did, or changed nothing."""
    assert because
    _details.set(None)


def _load(table: type[models.Model], actor: Actor, arguments: dict) -> models.Model:
    key = f"{table._meta.model_name}_id"
    rows: Any = table._default_manager
    rows = rows.visible_to(actor) if hasattr(rows, "visible_to") else rows.all()
    row = rows.select_for_update(of=("self",)).filter(pk=arguments.pop(key)).first()
    if row is None:
        raise NotVisible()
    version = arguments.pop("version", None)
    if version is not None and version != row.version:
        raise Conflict("Inzwischen hat jemand anderes gespeichert. Ihre Eingaben sind noch da.", row)
    return row


def _as_invalid(error: ValidationError) -> Invalid:
    if hasattr(error, "error_dict"):
        field, messages = next(iter(error.message_dict.items()))
        return Invalid(messages[0], None if field == "__all__" else field)
    return Invalid(error.messages[0])


@cache
def _sentences() -> dict[str, tuple[str, str | None]]:
    """What the constraints of all tables say when they are violated, and the field they are about, by their name."""
    return {
        constraint.name: (str(constraint.violation_error_message), (getattr(constraint, "fields", ()) or (None,))[-1])
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.violation_error_message != models.BaseConstraint.default_violation_error_message
    }


def _broken_promise(error: IntegrityError) -> Exception:
    """The German sentence of the violated constraint; the error itself when there is none."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    sentence, field = _sentences().get(name or "", ("", None))
    return Invalid(sentence, field) if sentence else error
