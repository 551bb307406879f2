"""One organisation: what is entered, where it comes from, who checked it and when."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.accounts.queries import actor_names
from ina.base import clock
from ina.institutions import competence, directory, policies, queries
from ina.institutions.enums import Kind, LegalForm, Specialty
from ina.institutions.rules import standing
from ina.network.policies import may_add_offer
from ina.network.queries import contacts_of, figure_of, list_agreements, offers_of
from ina.web.institutions.told import told
from ina.web.shell.pages import show


@dataclass(frozen=True)
class Words:
    """Labels of the codes of an organisation."""

    kind: str
    legal_form: str
    specialty: str


def institution(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.get_institution(key)
    today = clock.today()
    kind = Kind(one.kind)
    covered = [each for each in competence.coverage_of(one.pk) if each.when(today) != "past"]
    served = [each for each in competence.regions_of(one.pk) if each.when(today) != "past"]
    names = actor_names(filter(None, (one.verified_by, one.verified_before_by)))
    context = {
        "one": one,
        "words": Words(
            kind=kind.label,
            legal_form=LegalForm(one.legal_form).label if one.legal_form else "",
            specialty=Specialty(one.specialty).label if one.specialty else "",
        ),
        "since": one.valid_period.lower,
        "ended": one.closed_on is not None and one.closed_on < today,
        "verified_by": names.get(one.verified_by, ""),
        "verified_before_by": names.get(one.verified_before_by, ""),
        "standing": standing(one.verified_on, one.verified_before_on, directory.stale_on(today)),
        "districts": len({each.key for each in covered}),
        "coverage": told(covered, today),
        "regions": told(served, today),
        "covers": kind in competence.OFFICES,
        "serves": kind in competence.CARRIERS,
        "may_assign": policies.may_assign_competence(request.actor, one),
        "section": "institution_list",
        "parts": queries.belonging_to(one.pk, on=today),
        "carriers": queries.carriers_of_prison(one.pk, on=today) if kind is Kind.PRISON else (),
        "offers": offers_of(one.pk, on=today),
        "figure": figure_of(one.pk),
        "contacts": contacts_of(one.pk, today),
        "agreements": list_agreements(today, one.pk),
        "may_add_offer": may_add_offer(request.actor),
        "may_edit": policies.may_edit_institution(request.actor, one),
    }
    return show(request, "institutions/institution.html", context)
