"""Which compartments an act opens. Source: domain section 8 (matrix of roles; default deny). Pure."""

from ina.access.enums import Basis
from ina.access.enums import Compartment as C

OPENED_BY: dict[Basis, C] = {
    # The accountable case manager: everything but what needs an act of its own (offence data do not exist here).
    Basis.ASSIGNMENT: C.CASE
    | C.IDENTITY
    | C.CUSTODY
    | C.VOCATIONAL
    | C.PLAN
    | C.CONTACTS
    | C.CONFIDENTIAL
    | C.HEALTH
    | C.JOB
    | C.BENEFITS
    | C.ESF
    | C.NETWORK
    | C.CONSENT
    | C.INTERNAL,
    # No confidential notes, no health: "– unless handover".
    Basis.TEAM: C.CASE
    | C.IDENTITY
    | C.CUSTODY
    | C.VOCATIONAL
    | C.PLAN
    | C.CONTACTS
    | C.JOB
    | C.BENEFITS
    | C.ESF
    | C.NETWORK
    | C.CONSENT
    | C.INTERNAL,
    # Benefits are "–" for whoever stands in.
    Basis.DEPUTYSHIP: C.CASE
    | C.IDENTITY
    | C.CUSTODY
    | C.VOCATIONAL
    | C.PLAN
    | C.CONTACTS
    | C.JOB
    | C.ESF
    | C.NETWORK
    | C.CONSENT
    | C.INTERNAL,
    Basis.PRISON: C.CASE | C.IDENTITY | C.CUSTODY | C.VOCATIONAL | C.PLAN | C.CONTACTS | C.JOB | C.CONSENT,
    Basis.EMERGENCY: C.CASE | C.IDENTITY | C.CUSTODY | C.PLAN | C.CONTACTS | C.NETWORK | C.CONSENT,
}


def compartments_for(basis: Basis) -> C:
    """The bit mask that a grant on this basis opens. KeyError for bases that name their compartments themselves."""
    return OPENED_BY[basis]


def labels_of(mask: int) -> list[str]:
    """German labels of the compartments in a mask, in their order."""
    return [compartment.label for compartment in C if mask & compartment]
