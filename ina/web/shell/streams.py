"""Files that are made while they are sent: their length costs no memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.http import StreamingHttpResponse

from ina.access.context import acting_as
from ina.base.actor import Actor


class Stream(StreamingHttpResponse):
    """A download. ``make`` answers the pieces; what it reads, it reads with the actor's eyes.

    The request's transaction is over when the pieces are asked for, and with it what the database knew of the actor
    (stack T7): the stream has a transaction of its own and enters it anew.
    """

    def __init__(
        self, actor: Actor, make: Callable[[], Iterable[bytes]], *, name: str, kind: str = "text/csv; charset=utf-8"
    ):
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        super().__init__(_pieces(actor, make), content_type=kind, headers=headers)


def _pieces(actor: Actor, make: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    with transaction.atomic(), acting_as(actor):
        yield from make()
