"""Wer arbeitet mit der Person: everybody in full, what each sees and why; and what may be told to whom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from ina.access import queries as access
from ina.access.enums import ConsentPurpose
from ina.access.sharing import allowed_sentence, holds
from ina.base import clock
from ina.cases.queries import released_on, story_reads
from ina.web.cases.circle import circle_of
from ina.web.shell.files import head_of, open_file
from ina.web.shell.pages import show


def visible_circle(request: HttpRequest, number: str) -> HttpResponse:
    opened = open_file(request, number, "visible_circle", (*story_reads(), access.CONSENTS, access.CIRCLE))
    now = clock.now()
    today = clock.day_of(now)
    released = released_on(opened.case)
    sharing = [
        consent
        for consent in access.consents_from(opened.answers[access.CONSENTS])
        if ConsentPurpose(consent.purpose).needs_scope and holds(consent, today, released)
    ]
    return show(
        request,
        "cases/visible_circle.html",
        {
            **head_of(opened, "file", today),
            "circle": circle_of(opened, now),
            "shared": [(_label(consent), allowed_sentence(consent)) for consent in sharing],
        },
    )


def _label(consent: Any) -> str:
    return f"{ConsentPurpose(consent.purpose).label}, unterschrieben am {consent.given_on:%d.%m.%Y}"
