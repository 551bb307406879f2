"""``/gesund/``: for load balancers and watchdogs; says that the database answers and nothing else."""

from __future__ import annotations

from django.db import connections
from django.http import HttpResponse

from ina.ops.health import is_alive

PATH = "/gesund/"


class LivenessMiddleware:
    """Stands above the transaction: where the database is away, no view is reached."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != PATH:
            return self.get_response(request)
        alive = is_alive()
        if not alive:
            connections["default"].close()
        return HttpResponse(
            "ok" if alive else "gestört", status=200 if alive else 503, content_type="text/plain; charset=utf-8"
        )
