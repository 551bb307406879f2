"""One offer: for whom, when, where, how somebody is referred, and who checked it when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ina.accounts.queries import actor_names
from ina.base import clock
from ina.network import policies, queries
from ina.network.enums import OfferPhase
from ina.profiling.enums import Need
from ina.web.shell.pages import show


def offer(request: HttpRequest, offer_number: int) -> HttpResponse:
    one = queries.get_offer(offer_number)
    today = clock.today()
    context = {
        "one": one,
        "needs": [Need(code).label for code in one.needs],
        "phases": [each.label for each in OfferPhase if each.value in one.phases],
        "area": queries.area_names(one.area),
        "reasons": [each["because"] for each in one.criteria],
        "standing": queries.offer_standing(one, on=today),
        "verified_by": actor_names(filter(None, (one.verified_by,))).get(one.verified_by, ""),
        "ended": one.ends_on is not None and one.ends_on < today,
        "may_edit": policies.may_edit_offer(request.actor, one),
        "section": "offer_list",
    }
    return show(request, "network/offer.html", context)
