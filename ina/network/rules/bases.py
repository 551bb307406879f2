"""Which law allows what to whom without a consent. Pure; the names of the bases are dated codes (``transfer_bases``).

Sources: §§ 13, 15, 33 JVollzDSG NRW, § 60 StVollzG NRW (domain 2.2, 8). To be confirmed by the data protection
officers: the table is narrow on purpose. A consent is no substitute for a power, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass

from ina.access.enums import Compartment
from ina.institutions.enums import Kind

# Specially protected (§ 33 JVollzDSG NRW), ours alone, or without any recipient outside.
NEVER_BY_LAW = Compartment.HEALTH | Compartment.CONFIDENTIAL | Compartment.INTERNAL | Compartment.ESF
PUBLIC_BODIES = frozenset({Kind.JOBCENTER, Kind.AGENCY, Kind.PROBATION, Kind.CHAMBER})


@dataclass(frozen=True)
class LegalBasis:
    """kinds: of recipients. compartments: the most that may go. justice: only while justice is responsible in law."""

    kinds: frozenset[Kind]
    compartments: Compartment
    justice: bool


C = Compartment
BASES = {
    "JVOLLZDSG_13": LegalBasis(PUBLIC_BODIES, ~NEVER_BY_LAW, justice=True),
    "JVOLLZDSG_15": LegalBasis(
        frozenset({Kind.PROVIDER, Kind.OTHER}), C.IDENTITY | C.VOCATIONAL | C.PLAN, justice=True
    ),
    "STVOLLZG_60": LegalBasis(frozenset({Kind.PROBATION}), C.IDENTITY | C.CUSTODY | C.PLAN | C.JOB, justice=False),
}


def hindered(code: str, kind: Kind, compartments: Compartment, *, justice: bool) -> str:
    """Why this basis does not carry such a passing on, in one German sentence; empty when it does.

    justice: whether the prison authority is responsible in law on that day.
    """
    basis = BASES.get(code)
    if basis is None:
        return "Diese Rechtsgrundlage gibt es nicht."
    if kind not in basis.kinds:
        return "Diese Rechtsgrundlage gilt nicht für diese Art von Stelle."
    if basis.justice and not justice:
        return "Diese Rechtsgrundlage gilt nur, solange die Justiz für die Daten verantwortlich ist."
    if compartments & ~basis.compartments:
        return "Diese Rechtsgrundlage umfasst nicht alles, was übermittelt werden soll."
    return ""
