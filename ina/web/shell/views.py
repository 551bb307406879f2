"""The pages that belong to no area: where somebody begins, which position they act in, the editable texts."""

from __future__ import annotations

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from ina.access.operations.drafts import discard_draft
from ina.base import clock
from ina.base.actor import NOBODY
from ina.base.errors import Invalid
from ina.reference import operations, policies, queries
from ina.reference.dated_texts import with_facts
from ina.web.shell import drafts
from ina.web.shell.forms import field
from ina.web.shell.markup import to_html
from ina.web.shell.navigation import beginning_of
from ina.web.shell.pages import SeeOther, guided, lead_to

# Address and url name of each editable page (reference.Page).
TEXT_PAGES = {
    "impressum": "imprint",
    "datenschutz": "privacy",
    "barrierefreiheit": "accessibility",
    "hilfe": "help",
    # What people sign: the wording, for everybody to read; printed from the file (web.cases.papers).
    "informationsblatt": "information_sheet",
    "teilnahmevereinbarung": "agreement_text",
    "einwilligung-teilnahme": "consent_participation_text",
    "einwilligung-daten": "consent_data_text",
    "einwilligung-gesundheit": "consent_health_text",
    "einwilligung-termin": "consent_release_text",
}


class TextPageForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = field("reference.Page.title")
    body = field("reference.Page.body", widget=forms.Textarea(attrs={"rows": 24}))


@require_GET
def today(request):
    """Everybody's first page, by role."""
    return SeeOther(reverse(beginning_of(request.actor.role)))


@require_POST
def switch_position(request):
    """Act in another of one's positions from now on; ``position`` counts them from 0, oldest first."""
    positions = getattr(request, "positions", [])
    number = request.POST.get("position", "")
    if not number.isdecimal() or int(number) >= len(positions):
        raise Invalid("Diese Stelle haben Sie heute nicht. Laden Sie die Seite neu und wählen Sie noch einmal.")
    chosen = positions[int(number)]
    request.session["membership"] = chosen.pk
    messages.info(request, f"Sie handeln jetzt für: {chosen.place or chosen.institution}.")
    return SeeOther(reverse("today"))


@require_POST
def draft_keep(request):
    """Keep what stands in a form: a line for htmx, the form again for the button."""
    saved_at = drafts.keep(request)
    if drafts.BUTTON in request.POST:
        return lead_to(request, drafts.back_to(request))
    return render(request, "shell/draft_kept.html", {"saved_at": saved_at})


@require_POST
def draft_discard(request):
    discard_draft(actor=request.actor, key=request.POST.get(drafts.FIELD, ""), now=clock.now())
    return lead_to(request, drafts.back_to(request), "Entwurf verworfen.")


@login_not_required
@require_GET
def text_page(request, slug: str):
    """Imprint, privacy, accessibility, help: readable without a log-in."""
    page = queries.get_page(slug)
    context = {
        "page": page,
        "body": to_html(with_facts(page.body, clock.today())),
        "frame": "shell/auth.html" if request.actor is NOBODY else "shell/base.html",
        "may_edit": bool(policies.may_edit_pages(request.actor)),
    }
    return render(request, "shell/text_page.html", context)


def edit_text_page(request, slug: str):
    page = queries.get_page(slug)
    policies.may_edit_pages(request.actor).require()
    address = reverse(TEXT_PAGES[slug])
    return guided(
        request,
        "shell/text_page_edit.html",
        TextPageForm,
        save=partial(operations.edit_page, page_id=page.pk),
        done=lambda saved: (address, f"Seite „{saved.title}“ gespeichert."),
        initial=lambda: _present(queries.get_page(slug)),
        context={"page": page, "address": address},
    )


@require_GET
def changelog(request):
    """What is new in this version, from CHANGELOG.md."""
    file = settings.BASE_DIR / "CHANGELOG.md"
    text = file.read_text(encoding="utf-8") if file.exists() else "Für diese Version sind keine Neuerungen verzeichnet."
    heading, _, rest = text.partition("\n")
    body = to_html(rest if heading.startswith("# ") else text)
    return render(request, "shell/changelog.html", {"body": body})


def _present(page) -> dict:
    return {"version": page.version, "title": page.title, "body": page.body}
