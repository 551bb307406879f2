"""What the file knows for the criteria of offers, as far as the reader sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ina.base.actor import Actor
from ina.cases.enums import Phase, Residence
from ina.cases.models import BenefitSituation, Enforcement, EntrySituation
from ina.cases.queries import CaseFile
from ina.network.enums import OfferPhase
from ina.network.queries.directory import MOST, PAGE, OfferRow, WantedOffer, narrowed, told
from ina.network.rules.entitlement import Judged, Known, Verdict, judge, verdict_on
from ina.profiling.models import LanguageSkill, Mobility
from ina.reference.queries import code_labels, list_districts

GERMAN = "de"
# First what the person meets, then what nobody knows, last what they do not meet.
ORDER = (Verdict.PASSED, Verdict.UNKNOWN, Verdict.FAILED)


@dataclass(frozen=True)
class JudgedOffer:
    """An offer held against what the file knows of the person. Nothing is decided by it."""

    offer: OfferRow
    verdict: Verdict
    judged: tuple[Judged, ...]


@dataclass(frozen=True)
class JudgedPage:
    """One page of judged offers. ``counts``: of all that were found, by verdict. ``more``: than can be paged."""

    rows: tuple[JudgedOffer, ...]
    counts: Mapping[Verdict, int]
    total: int
    more: bool
    page: int
    pages: int


def judged_offers(facts: Mapping[str, Known], wanted: WantedOffer, *, on: date, page: int = 1) -> JudgedPage:
    """All offers that are wanted, judged: those that the person meets first, each lot by the name of the partner.

    SQL narrows before. Whoever finds more than ``MOST`` cannot page to the end and narrows the search. Two statements
    beside those of the names.
    """
    found = narrowed(wanted, on).order_by("institution__name_key", "institution_id", "number")
    lots: dict[Verdict, list[tuple[int, list]]] = {each: [] for each in ORDER}
    for pk, criteria in found.values_list("pk", "criteria"):
        lots[verdict_on(criteria, facts)].append((pk, criteria))
    ordered = [(pk, criteria, verdict) for verdict, lot in lots.items() for pk, criteria in lot]
    pages = max(1, -(-min(len(ordered), MOST) // PAGE))
    page = min(max(1, page), pages)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    names = names_of_codes(on)
    rows = told([pk for pk, _, _ in shown], on)
    return JudgedPage(
        rows=tuple(
            JudgedOffer(rows[pk], verdict, tuple(judge(criteria, facts, names))) for pk, criteria, verdict in shown
        ),
        counts={verdict: len(lot) for verdict, lot in lots.items()},
        total=len(ordered),
        more=len(ordered) > MOST,
        page=page,
        pages=pages,
    )


def names_of_codes(on: date) -> dict[str, dict[str, str]]:
    """The words for codes that criteria and facts name, by fact."""
    return {
        "residence_district": {one.ags: one.name for one in list_districts()},
        "benefit_before": code_labels("benefits", on=on),
        "custody_kind": code_labels("custody_kinds", on=on),
    }


def facts_of(actor: Actor, file: CaseFile, *, today: date) -> dict[str, Known]:
    """Facts about the person of a file. What is not entered, voided or hidden from the reader is left out.

    The district counts once the future residence is confirmed or in prospect; ``source`` says which. Months to the
    release are completed months; nobody released has any. Five statements.
    """
    person, dossier_id = file.participant, file.dossier.pk
    found: dict[str, Known] = {"sex": Known(file.sex, "Stammdaten")}
    if file.age is not None:
        found["age"] = Known(file.age, "Stammdaten")
    if file.phase in set(OfferPhase):
        found["phase"] = Known(file.phase.value, "Verlauf")
    if file.planning_date and file.phase in {Phase.CUSTODY, Phase.PREPARATION}:
        found["months_to_release"] = Known(
            months_until(today, file.planning_date), f"Planungstermin {file.planning_date:%d.%m.%Y}"
        )
    if person.residence_district and person.residence_state != Residence.UNKNOWN:
        state = Residence(person.residence_state).label
        found["residence_district"] = Known(person.residence_district, f"künftiger Wohnort, {state}")
    entry = EntrySituation.objects.visible_to(actor).standing().filter(case=file.case).first()
    skill = LanguageSkill.objects.visible_to(actor).standing().filter(dossier_id=dossier_id, language=GERMAN).first()
    if skill:
        found["german_level"] = Known(skill.level, "Profiling")
    elif entry and entry.german_level:
        found["german_level"] = Known(entry.german_level, str(entry))
    mobility = Mobility.objects.visible_to(actor).standing().filter(dossier_id=dossier_id).first()
    if mobility:
        found["driving_licence"] = Known(mobility.licence_status, "Profiling")
    benefits = BenefitSituation.objects.visible_to(actor).standing().filter(case=file.case).first()
    if benefits:
        found["benefit_before"] = Known(benefits.benefit_before, str(benefits))
        found["debts"] = Known(benefits.debts, str(benefits))
    enforced = Enforcement.objects.visible_to(actor).standing().filter(case=file.case).first()
    if enforced:
        found["custody_kind"] = Known(enforced.kind, "Vollstreckung")
    return found


def months_until(today: date, day: date) -> int:
    """Completed months from today to a day; 0 when it is past."""
    months = (day.year - today.year) * 12 + day.month - today.month - (day.day < today.day)
    return max(months, 0)
