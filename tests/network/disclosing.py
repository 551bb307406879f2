"""What tests of disclosures need: a consent to share, a disclosure, and its way to the partner."""

from datetime import date

from ina.access.enums import Compartment as C
from ina.access.enums import ConsentPurpose, Direction
from ina.access.operations.consents import record_consent
from ina.institutions.models import Institution
from ina.network import operations
from ina.network.enums import Delivery

PARTNER, AGENCY = "anbieter-beispiel", "aa-duesseldorf"
SCOPE = C.IDENTITY | C.VOCATIONAL
SIGNED = date(2026, 11, 2)


def allow(actor, made, now, *, partner=PARTNER, categories=SCOPE, purpose=ConsentPurpose.SHARING, **more):
    """The person allows the partner to be told ``categories``."""
    values = {"direction": Direction.BOTH, "aim": "Beratung", "beyond_release": True, **more}
    return record_consent(
        actor=actor,
        dossier_id=made.dossier_id,
        purpose=purpose,
        given_on=values.pop("given_on", SIGNED),
        text_version="1",
        on_paper=True,
        recipient_id=Institution.objects.get(key=partner).pk,
        categories=categories,
        now=now,
        **values,
    )


def prepare(actor, made, now, *, partner=PARTNER, delivery=Delivery.INBOX, compartments=SCOPE, **more):
    values = {"subject": "Bitte um einen Platz", "reason": "Beratung zu Schulden", **more}
    return operations.prepare_disclosure(
        actor=actor,
        case_id=made.case_id,
        partner_key=partner,
        delivery=delivery,
        compartments=compartments,
        now=now,
        **values,
    )


def send(actor, made, now, **more):
    """Prepared and released: (disclosure, what a partner with a link is told)."""
    sent = prepare(actor, made, now, **more)
    way = operations.release_disclosure(actor=actor, disclosure_id=sent.pk, now=now)
    sent.refresh_from_db()
    return sent, way
