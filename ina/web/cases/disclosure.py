"""One Übermittlung: exactly what the partner reads, on which basis, and what became of it; release, letter, link."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.audit.trail import record_read
from ina.base import clock
from ina.base.errors import NotVisible
from ina.base.policy import refused
from ina.cases.queries import get_file
from ina.network import policies
from ina.network.documents import letter_of
from ina.network.enums import Delivery, DisclosureState
from ina.network.operations import post_disclosure, read_answer, release_disclosure, renew_link, stop_disclosure
from ina.network.queries import content_of, get_disclosure
from ina.web.cases.disclosures import MARKS
from ina.web.shell.files import head_of, open_file
from ina.web.shell.forms import TODAY, GermanDateField
from ina.web.shell.sent_files import answer_file
from ina.web.shell.several import Guide, several

# What is told to the partner of a link is shown once, on the page after it was made.
FRESH = "fresh_way"


class ReleaseForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)


class PostForm(forms.Form):
    on = GermanDateField(label="zur Post gegeben am", latest=TODAY)


class StopForm(forms.Form):
    because = forms.CharField(label="Warum?", max_length=300)


def disclosure(request: HttpRequest, number: str, place: int) -> HttpResponse:
    opened, actor, now = open_file(request, number, "disclosure"), request.actor, clock.now()
    row, here = get_disclosure(actor, opened.case, place), reverse("disclosure", args=[number, place])
    may = policies.may_prepare_disclosure(actor, opened.case)
    is_letter, is_link = row.delivery is Delivery.LETTER, row.delivery is Delivery.LINK

    def when(condition: bool):
        return may if condition else refused("Das ist in diesem Stand nicht möglich.")

    def shown_once(way) -> tuple[str, str]:
        if way is not None:
            request.session[FRESH] = {"of": [number, place], "address": way.address, "code": way.code}
        return here, "Freigegeben." if row.state is DisclosureState.PREPARED else "Der alte Link gilt nicht mehr."

    known = {"disclosure_id": row.id}
    guides = {
        "release": Guide(
            ReleaseForm,
            save=partial(release_disclosure, **known),
            done=shown_once,
            may=when(row.state is DisclosureState.PREPARED),
            initial=lambda: {"version": row.version},
        ),
        "post": Guide(
            PostForm,
            save=partial(post_disclosure, **known),
            done=lambda _: (here, "Eingetragen: Der Brief ist hinaus."),
            may=when(is_letter and row.state is DisclosureState.WAITING),
            initial=lambda: {"on": clock.day_of(now)},
        ),
        "renew": Guide(
            forms.Form,
            save=partial(renew_link, **known),
            done=shown_once,
            may=when(is_link and row.state is DisclosureState.DELIVERED),
        ),
        "read": Guide(
            forms.Form,
            save=partial(read_answer, **known),
            done=lambda _: (here, "Als gelesen vermerkt."),
            may=when(row.has_unread),
        ),
        "stop": Guide(
            StopForm,
            save=partial(stop_disclosure, **known),
            done=lambda _: (here, "Gestoppt. Die Stelle liest es nicht mehr."),
            may=when(row.state is not DisclosureState.STOPPED and not (is_letter and row.delivered_at)),
        ),
    }
    fresh = request.session.get(FRESH)
    if request.method == "GET" and fresh and fresh["of"] == [number, place]:
        del request.session[FRESH]
        fresh = {**fresh, "address": request.build_absolute_uri(reverse("link", args=[fresh["address"]]))}
    else:
        fresh = None
    return several(
        request,
        "cases/disclosure.html",
        guides,
        {
            **head_of(opened, "network"),
            "row": row,
            "symbol": MARKS[row.state],
            "sections": content_of(actor, row.id),
            "fresh": fresh,
            "is_letter": is_letter and row.state is not DisclosureState.STOPPED,
        },
    )


def disclosure_letter(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """The letter, set from what is kept. Only once it was released, and never after it was stopped."""
    actor, now = request.actor, clock.now()
    file = get_file(actor, number, today=clock.day_of(now))
    row = get_disclosure(actor, file.case, place)
    sections = content_of(actor, row.id)
    ready = row.state in {DisclosureState.WAITING, DisclosureState.DELIVERED}
    if sections is None or row.delivery is not Delivery.LETTER or not ready:
        raise NotVisible()
    pdf = letter_of(actor, row, sections, clock.day_of(now))
    record_read(
        action="read.paper",
        actor=actor,
        now=now,
        dossier_id=file.dossier.pk,
        reason=next(iter(file.bases), ""),
        kind="network.disclosure",
    )
    return answer_file(pdf, "application/pdf", "Brief.pdf")
