"""How views answer: whole pages, fragments, and guided forms with and without htmx.

A page::

    def case_list(request):
        return show(request, "cases/list.html", {"rows": queries.list_cases(request.actor)}, fragments=("rows",))

With htmx and ``hx-target="#rows"`` the answer is the partial ``rows`` of the same template, else the whole page.

A form. The POST makes one domain call and leads on (303); what cannot be stays in the form (422); where somebody was
faster the form shows both versions (409); a refusal becomes the 403 page in the middleware::

    def add_contact(request, number):
        dossier = queries.get_dossier(request.actor, number)                      # NotVisible → 404
        return guided(
            request,
            "monitoring/contact.html",
            ContactForm,
            save=partial(operations.record_contact, dossier_id=dossier.pk),       # actor and now are added
            done=lambda contact: (reverse("file", args=[number]), f"Kontakt vom {contact.held_on:%d.%m.} gespeichert."),
            initial=lambda: {"held_on": today()},
            context={"dossier": dossier},
        )

The template holds the form as the partial ``form`` with the same element id, and writes ``{{ form }}``::

    {% partialdef form inline %}
    <form id="form" class="ina-form" method="post" novalidate hx-post="" hx-target="#form" hx-swap="outerHTML">
      {% csrf_token %}{{ form }}
      <div class="ina-row">{% submit "Speichern" %}<a class="kern-btn kern-btn--tertiary" href="…">…</a></div>
    </form>
    {% endpartialdef %}

A form that changes a row has a hidden ``version`` and its present values in ``initial`` (a callable: it is read again
when somebody was faster).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from ina.base import clock
from ina.base.errors import Conflict, Invalid
from ina.web.shell import conflict, drafts
from ina.web.shell.undo import Undo, remember

# What follows a saved form: address and message, perhaps how to take it back; or an answer of its own.
Following = tuple[str, str] | tuple[str, str, Undo | None] | HttpResponse


class SeeOther(HttpResponseRedirect):
    """After a POST: read the result there. Reloading that page repeats nothing."""

    status_code = 303


def show(
    request: HttpRequest,
    template: str,
    context: dict | None = None,
    *,
    fragments: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, or the fragment that htmx asks for: one of ``fragments``, named by the id of its target.

    ``section`` in the context marks an entry of the main navigation (its url name) on pages below it.
    """
    if fragment := wanted_fragment(request, fragments):
        request.fragment = True  # the frame's context is not needed, nor its queries
        template = f"{template}#{fragment}"
    return render(request, template, context, status=status)


def wanted_fragment(request: HttpRequest, fragments: Sequence[str]) -> str | None:
    htmx: Any = getattr(request, "htmx", None)
    if not htmx or htmx.boosted or htmx.history_restore_request:
        return None
    return htmx.target if htmx.target in fragments else None


def lead_to(request: HttpRequest, url: str, message: str = "", undo: Undo | None = None) -> HttpResponse:
    """Go on to ``url`` and say there what happened. htmx loads the whole page, so that address and focus are right.

    undo: how it is taken back, as a button beside the message.
    """
    if message:
        messages.success(request, message)
    remember(request, message, undo)
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(url)
    return SeeOther(url)


def perform(form: forms.Form, operation: Callable, **arguments: Any) -> tuple[bool, Any]:
    """Call ``operation`` with what was entered; (True, its result), or (False, None) with the reason in the form.

    Invalid goes to the field that it names, else to the head of the form. Refused, NotVisible and Conflict pass on.
    """
    try:
        return True, operation(**arguments, **form.cleaned_data)
    except Invalid as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False, None


def guided(
    request: HttpRequest,
    template: str,
    form_class: Callable[..., forms.Form],
    *,
    save: Callable,
    done: Callable[[Any], Following],
    initial: Callable[[], dict] | None = None,
    context: dict | None = None,
    fragment: str = "form",
    draft: str = "",
) -> HttpResponse:
    """One form that does one thing; see the example above.

    form_class: a form, or a callable with the same arguments (``partial(ContactForm, choices=…)``).
    save: the operation, called with actor, now and the entered fields. done: from its result the address and the
    message that follow, perhaps with an Undo, or an answer of its own. context: what else the template shows.
    fragment: name of the partial, of its element and of the form in the template. draft: the key under which what is
    typed is kept until it is sent (``shell.drafts``); empty: not kept.
    """

    def answer(form: forms.Form, status: int) -> HttpResponse:
        return show(request, template, {**(context or {}), fragment: form}, fragments=(fragment,), status=status)

    present = initial() if initial else {}
    if request.method != "POST":
        return answer(opened(request, form_class, present, draft, drafts.find(request, [draft])), 200)
    form = form_class(conflict.settle(request.POST, form_class, present), request.FILES, initial=present)
    conflict.remember_shown(form)
    drafts.offer(request, form, draft)
    now = clock.now()
    if not form.is_valid():
        return answer(form, 422)
    try:
        saved, result = perform(form, save, actor=request.actor, now=now)
    except Conflict as error:
        told = conflict.told(request.actor, error, now)
        return answer(conflict.compare(form, form_class, initial() if initial else {}, *told), 409)
    if not saved:
        return answer(form, 422)
    drafts.forget(request, draft)
    following = done(result)
    return following if isinstance(following, HttpResponse) else lead_to(request, *following)


def opened(
    request: HttpRequest, form_class: Callable[..., forms.Form], present: dict, draft: str, kept: dict
) -> forms.Form:
    """A form nobody has sent yet: with its present values, or with the draft among ``kept`` that belongs to it."""
    mine = kept.get(draft)
    form = drafts.reopen(form_class, mine, present) if mine else form_class(initial=present)
    conflict.remember_shown(form)
    drafts.offer(request, form, draft, mine)
    return form
