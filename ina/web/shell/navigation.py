"""What each role finds in the head of every page, in one table."""

from __future__ import annotations

from dataclasses import dataclass

from ina.accounts.enums import Role

# Roles that work with files and may therefore search for people.
WITH_FILES = frozenset({Role.CASE_MANAGER, Role.TEAM_LEAD, Role.PRISON_SOCIAL, Role.CHAMBER_COORDINATOR})
READING_FIGURES = frozenset({Role.EVALUATOR, Role.MINISTRY, Role.FUNDER, Role.STEERING})
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.CARRIER_ADMIN})
# Roles of houses outside, to which things are sent.
RECEIVING = frozenset({Role.AGENCY, Role.PROBATION, Role.PROVIDER, Role.CHAMBER_COORDINATOR})
HANDING_OVER = frozenset({Role.CASE_MANAGER, Role.TEAM_LEAD})
STAFF = frozenset(Role) - {Role.PARTICIPANT}


@dataclass(frozen=True)
class Entry:
    """One entry of the main navigation: shown to ``roles``, leads to the page named ``url_name``."""

    label: str
    url_name: str
    roles: frozenset[Role]


ENTRIES = (
    Entry("Heute", "today_page", WITH_FILES),
    Entry("Fälle", "case_list", WITH_FILES),
    Entry("Übergaben", "handovers", HANDING_OVER),
    Entry("Anfragen", "link_requests", HANDING_OVER),
    Entry("Eingang", "inbox", RECEIVING),
    Entry("Freigaben", "opened_profiles", frozenset({Role.CHAMBER_COORDINATOR})),
    Entry("Netzwerk", "offer_list", STAFF),
    Entry("Einrichtungen", "institution_list", STAFF),
    Entry("Auswertung", "evaluation", READING_FIGURES),
    Entry("Konten", "account_list", ADMINISTRATORS),
    Entry("Werte", "parameter_list", frozenset({Role.SYSTEM_ADMIN})),
    Entry("Protokoll", "audit_log", frozenset({Role.DATA_PROTECTION})),
    Entry("Zustand", "status", frozenset({Role.SYSTEM_ADMIN})),
)
# Where a role begins; whoever is not named begins at the own account.
BEGINNINGS = (
    ("today_page", WITH_FILES),
    ("evaluation", READING_FIGURES),
    ("account_list", ADMINISTRATORS),
    ("audit_log", frozenset({Role.DATA_PROTECTION})),
    ("institution_list", frozenset({Role.NETWORK_COORDINATOR})),
    ("inbox", RECEIVING),
)
OWN_ACCOUNT = "own_account"


def entries_for(role: str) -> list[Entry]:
    return [entry for entry in ENTRIES if role in entry.roles]


def beginning_of(role: str) -> str:
    """The name of the page on which somebody in this role begins."""
    return next((url_name for url_name, roles in BEGINNINGS if role in roles), OWN_ACCOUNT)
