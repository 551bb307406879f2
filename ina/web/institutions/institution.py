"""One organisation: what is entered, where it comes from, who checked it and when."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from ina.accounts.queries import actor_names
from ina.base import clock
from ina.institutions import policies, queries
from ina.institutions.enums import Kind, LegalForm, Specialty
from ina.web.shell.pages import show


@dataclass(frozen=True)
class Words:
    """Labels of the codes of an organisation."""

    kind: str
    legal_form: str
    specialty: str


def _told_together(districts: tuple[queries.Related, ...]) -> list[queries.Related]:
    """Districts with the same period and source in one line."""
    together: dict[tuple, list[str]] = {}
    for one in districts:
        together.setdefault((one.since, one.until, one.source), []).append(one.name)
    return [queries.Related(", ".join(names), *shared) for shared, names in together.items()]


def institution(request: HttpRequest, key: str) -> HttpResponse:
    one = queries.get_institution(key)
    today = clock.today()
    kind = Kind(one.kind)
    districts = queries.districts_covered(one.pk, on=today)
    verified_by = actor_names([one.verified_by])[one.verified_by] if one.verified_by else ""
    context = {
        "one": one,
        "words": Words(
            kind=kind.label,
            legal_form=LegalForm(one.legal_form).label if one.legal_form else "",
            specialty=Specialty(one.specialty).label if one.specialty else "",
        ),
        "since": one.valid_period.lower,
        "ended": one.closed_on is not None and one.closed_on < today,
        "verified_by": verified_by,
        "districts": len(districts),
        "coverage": _told_together(districts),
        "regions": queries.regions_served(one.pk, on=today),
        "parts": queries.belonging_to(one.pk, on=today),
        "carriers": queries.carriers_of_prison(one.pk, on=today) if kind is Kind.PRISON else (),
        "may_edit": policies.may_edit_institution(request.actor, one),
    }
    return show(request, "institutions/institution.html", context)
