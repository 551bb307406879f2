"""Where the reader works: what a form about a prison suggests."""

from __future__ import annotations

from django.http import HttpRequest

from ina.institutions.enums import Kind


def own_place(request: HttpRequest) -> str | None:
    """The key of the prison of the reader's position; None when they work in none."""
    membership = getattr(request, "membership", None)
    place = membership and (membership.place or membership.institution)
    return place.key if place and place.kind == Kind.PRISON else None
