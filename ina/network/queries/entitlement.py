"""What the file knows for the criteria of offers, as far as the reader sees it."""

from __future__ import annotations

from datetime import date

from ina.base.actor import Actor
from ina.cases.enums import Phase, Residence
from ina.cases.models import BenefitSituation, Enforcement, EntrySituation
from ina.cases.queries import CaseFile
from ina.network.enums import OfferPhase
from ina.network.rules.entitlement import Known
from ina.profiling.models import LanguageSkill, Mobility

GERMAN = "de"


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
