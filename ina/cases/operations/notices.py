"""Telling somebody outside a day of release: never without a consent or a legal basis, and always with a trace."""

from __future__ import annotations

from datetime import date, datetime

from ina.access.enums import Channel
from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.models import Case, CustodyPeriod, DateNotice, ReleaseDateHypothesis
from ina.cases.queries import claims_of
from ina.cases.queries.notices import may_be_told, release_date_consents
from ina.institutions.models import Institution
from ina.reference.queries import code_labels

WHY = "Teil einer Operation, die den Fall schon geladen hat"


@operation("cases.record_notice", may=policies.may_record_notice, on=Case)
def record_notice(
    case: Case, *, actor: Actor, institution_key: str, on: date, told_on: date, channel: Channel, now: datetime
) -> DateNotice:
    """A body was told a day of release. What allowed it is found and kept with it: the consent, else the law.

    on: the day that was told. Refused without a consent that ran on ``told_on`` or a legal basis, and for a day that
    nobody ever named.
    """
    if told_on > day_of(now):
        raise Invalid(f"Der {told_on:%d.%m.%Y} liegt in der Zukunft.", "told_on")
    if told_on < case.opened_on:
        raise Invalid(f"Der Tag liegt vor dem Zugang am {case.opened_on:%d.%m.%Y}.", "told_on")
    institution = Institution.objects.filter(key=institution_key).first()
    if institution is None:
        raise Invalid("Bitte wählen Sie eine Stelle.", "institution_key")
    if not ReleaseDateHypothesis.objects.unscoped(because=WHY).filter(case=case, on=on).exists():
        raise Invalid(f"Den {on:%d.%m.%Y} hat niemand als Entlassungstermin genannt.", "on")
    custody = CustodyPeriod.objects.unscoped(because=WHY).standing().filter(case=case).order_by("pk").last()
    may = may_be_told(
        institution,
        prison_id=custody.prison_id if custody else None,
        consents=release_date_consents(case),
        claims=claims_of(case),
        bases=code_labels("date_notice_bases", on=told_on),
        on=told_on,
    )
    if not may:
        raise Invalid(f"{institution.short_name}: {may.because}", "institution_key")
    note(institution=institution.pk, by_consent=may.consent_id is not None)
    return DateNotice.objects.create(
        dossier_id=case.dossier_id,
        case=case,
        institution=institution,
        on=on,
        told_on=told_on,
        channel=str(channel),
        consent_id=may.consent_id,
        legal_basis=may.legal_basis,
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
