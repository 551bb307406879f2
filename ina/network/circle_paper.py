"""„Wer mit mir arbeitet“: the visible circle as a paper for the person, in plain words.

Who works with the person and why, what may be told to whom today, and what was told (Art. 15 Abs. 1 lit. c DSGVO).
"""

from __future__ import annotations

from datetime import datetime, time

from ina.access.enums import Compartment as C
from ina.access.enums import ConsentPurpose
from ina.access.queries import list_access, list_consents
from ina.access.sharing import allowed_sentence, holds
from ina.base.clock import BERLIN, day_of
from ina.cases.documents.head import file_of, head_of
from ina.cases.queries import released_on
from ina.documents.kinds import DocumentKind, Paper, PaperRequest
from ina.network.enums import DisclosureState
from ina.network.lifecycle import RUNNING_STATES
from ina.network.queries.disclosures import list_disclosures
from ina.network.queries.overrides import OVERRIDE
from ina.network.queries.referrals import list_referrals

RIGHTS = (
    "Ich kann jedes Ja zurücknehmen: im Gespräch, am Telefon oder mit einem Zettel. Das gilt sofort.",
    "Ich kann sehen, wer meine Akte gelesen hat.",
    "Was falsch ist, wird berichtigt. Ich sage es meinem Übergangsmanagement.",
    "Ich kann mich bei der Landesbeauftragten für Datenschutz und Informationsfreiheit NRW beschweren.",
)


def circle_sheet(asked: PaperRequest) -> Paper:
    file = file_of(asked)
    # As of the end of the day: whoever came in today stands on the paper.
    now = datetime.combine(asked.today, time(23, 59), BERLIN)
    released = released_on(file.case)
    sharing = [
        each
        for each in list_consents(asked.actor, file.dossier.pk)
        if ConsentPurpose(each.purpose).needs_scope and holds(each, asked.today, released)
    ]
    sent = [
        row
        for row in list_disclosures(asked.actor, file.case)
        if row.delivered_at is not None or (row.state is DisclosureState.STOPPED and row.opened_at)
    ]
    partners = [row for row in list_referrals(asked.actor, file.case) if row.state in RUNNING_STATES and not row.voided]
    return Paper(
        title="Wer mit mir arbeitet",
        file_name=f"Kreis_{file.dossier.number}",
        data=head_of(asked, file, "Wer mit mir arbeitet", grade="Persönlich")
        | {
            "circle": [
                {
                    "name": line.name,
                    "role": line.role,
                    "why": line.basis,
                    "since": day_of(line.since).isoformat(),
                    "sees": ", ".join(line.compartments),
                }
                for line in list_access(asked.actor, file.dossier.pk, now)
                if line.running
            ],
            "partners": [
                {"name": row.partner, "purpose": row.purpose, "state": row.state.label, "since": row.since.isoformat()}
                for row in partners
            ],
            "allowed": [
                {"label": ConsentPurpose(each.purpose).label, "sentence": allowed_sentence(each)} for each in sharing
            ],
            "told": [
                {
                    "on": day_of(row.delivered_at or row.prepared_at).isoformat(),
                    "to": row.partner,
                    "what": ", ".join(row.compartments),
                    "why": "Notfall" if row.basis == OVERRIDE else "mein Ja" if row.by_consent else "Gesetz",
                    "stopped": row.state is DisclosureState.STOPPED,
                }
                for row in sent
            ],
            "rights": list(RIGHTS),
        },
    )


KIND = DocumentKind(
    key="network.circle",
    label="Wer mit mir arbeitet",
    template="network/papers/circle.typ",
    compartments=C.CASE | C.IDENTITY | C.CONSENT | C.NETWORK,
    build=circle_sheet,
    said="für die Person: wer sie begleitet, wer was sieht, wem was mitgeteilt wurde",
)
