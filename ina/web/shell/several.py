"""A page with several forms, each for one act: a POST says which, and makes that one domain call.

    return several(request, "cases/consents.html", {
        "record": Guide(RecordForm, save=…, done=…, may=access.may_record_consent(actor, dossier)),
        "withdraw": Guide(WithdrawForm, save=…, done=…, may=…),
    }, context)

In the template each form is a partial with its own name, shown only when it may be sent::

    {% partialdef record inline %}
    {% include "shell/act.html" with name="record" form=record label="Eintragen" kind="primary" %}
    {% endpartialdef %}
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from ina.base.errors import NotVisible
from ina.base.policy import ALLOWED, Verdict
from ina.web.shell import drafts
from ina.web.shell.pages import Following, guided, opened, show

# Name of the hidden field that says which form was sent; no field of a form is called so.
CHOSEN = "formular"


@dataclass(frozen=True)
class Guide:
    """One form of the page: as for ``guided``, and who may. ``may`` is what the operation will ask as well."""

    form_class: Callable[..., forms.Form]
    save: Callable
    done: Callable[[Any], Following]
    may: Verdict = ALLOWED
    initial: Callable[[], dict] | None = None
    draft: str = ""


def several(
    request: HttpRequest, template: str, guides: dict[str, Guide], context: dict, *, fragments: Sequence[str] = ()
) -> HttpResponse:
    """The page with the forms that may be sent, or the answer to the one that was sent.

    fragments: parts that a GET may ask for. A form that may not be sent is None in the template; sending it
    nevertheless is Refused with the reason.
    """
    if request.method != "POST":
        return show(request, template, {**context, **_blank(request, guides)}, fragments=fragments)
    name = request.POST.get(CHOSEN, "")
    guide = guides.get(name)
    if guide is None:
        raise NotVisible()
    guide.may.require()
    others = {other: each for other, each in guides.items() if other != name}
    return guided(
        request,
        template,
        _named(name, guide),
        save=guide.save,
        done=guide.done,
        initial=guide.initial,
        context={**context, **_blank(request, others)},
        fragment=name,
        draft=guide.draft,
    )


def _blank(request: HttpRequest, guides: dict[str, Guide]) -> dict[str, forms.Form | None]:
    kept = drafts.find(request, [guide.draft for guide in guides.values() if guide.may])
    blank: dict[str, forms.Form | None] = {}
    for name, guide in guides.items():
        blank[name] = None
        if guide.may:
            present = guide.initial() if guide.initial else {}
            blank[name] = opened(request, _named(name, guide), present, guide.draft, kept)
    return blank


def _named(name: str, guide: Guide) -> Callable[..., forms.Form]:
    """The same field may stand in two forms of a page: ids carry the form's name."""
    return partial(guide.form_class, auto_id=f"{name}_%s")
