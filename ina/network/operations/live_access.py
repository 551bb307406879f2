"""The chamber's coordination reads name, profile and employment as they are now, as far as the person allowed it.

Never by itself: always by a grant that rests on one signed sheet and ends with it (withdrawal, last day, gate). The
grant opens no case: of custody, dates, plan, talks and health nothing follows from it (domain 8, decision 0005). Every
other body outside receives snapshots.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from ina.access.enums import Basis, Compartment, ConsentPurpose
from ina.access.models import Consent
from ina.access.operations import grants
from ina.access.queries import has_running_grant
from ina.access.sharing import GIVING, holds
from ina.base.actor import Actor
from ina.base.clock import BERLIN, day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases.models import Case
from ina.cases.queries import released_on
from ina.institutions.enums import Kind
from ina.institutions.models import Institution
from ina.network import policies
from ina.network.queries.live_access import NEEDED, OPENED

WHY = "Teil einer Operation, die die Einwilligung schon geladen hat"


@operation("network.open_to_chamber", may=policies.may_open_to_chamber, on=Consent)
def open_to_chamber(consent: Consent, *, actor: Actor, now: datetime) -> None:
    """Open to the chamber what the sheet names of name, profile and employment, until the sheet ends.

    Invalid: another kind of recipient or of sheet, a sheet that allows only to ask or does not hold today, without name
    or without anything vocational, a profile that is open to it already.
    """
    if consent.purpose != ConsentPurpose.SHARING or consent.recipient_id is None:
        raise Invalid("Dafür braucht es eine Einwilligung zur Weitergabe.")
    if consent.direction not in GIVING:
        raise Invalid("Diese Einwilligung erlaubt nicht, der Kammer etwas mitzuteilen.")
    chamber = Institution.objects.select_related("holder").get(pk=consent.recipient_id)
    case = Case.objects.unscoped(because=WHY).filter(dossier_id=consent.dossier_id).order_by("-number").first()
    mask = Compartment(consent.categories or 0) & OPENED
    if chamber.kind != Kind.CHAMBER:
        raise Invalid("Ein Profil wird nur für die Kammer geöffnet. Andere Stellen erhalten Übermittlungen.")
    if case is None or not holds(consent, day_of(now), released_on(case)):
        raise Invalid("Diese Einwilligung gilt heute nicht.")
    if not mask & NEEDED or not mask & ~NEEDED:
        raise Invalid("Die Einwilligung muss „Person und Kontakt“ und Berufliches umfassen.")
    if has_running_grant(consent.dossier_id, chamber.holder.pk, Basis.CONSENT):
        raise Invalid("Das Profil ist für diese Kammer schon geöffnet.")
    last = consent.expires_on
    ends = datetime.combine(last + timedelta(days=1), time.min, BERLIN) if last else None
    grants.give(
        dossier_id=consent.dossier_id,
        holder_id=chamber.holder.pk,
        basis=Basis.CONSENT,
        basis_id=consent.pk,
        compartments=mask,
        purpose=consent.aim[:200],
        starts=now,
        ends=ends,
    )
    note(consent=consent.pk, compartments=int(mask))


@operation("network.close_to_chamber", may=policies.may_close_to_chamber, on=Consent)
def close_to_chamber(consent: Consent, *, actor: Actor, now: datetime) -> None:
    """Shut it again without a withdrawal: it is not needed any more."""
    closed = grants.close(at=now, dossier_id=consent.dossier_id, basis=Basis.CONSENT, basis_id=consent.pk)
    if not closed:
        raise Invalid("Das Profil ist für diese Kammer nicht geöffnet.")
    note(consent=consent.pk)
