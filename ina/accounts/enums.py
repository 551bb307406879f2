"""Closed vocabularies of accounts."""

from enum import StrEnum


class Role(StrEnum):
    """Roles of domain section 8 that may log in. Labels can be changed per installation (``RoleLabel``)."""

    CASE_MANAGER = "CASE_MANAGER"
    TEAM_LEAD = "TEAM_LEAD"
    CARRIER_ADMIN = "CARRIER_ADMIN"
    PRISON_SOCIAL = "PRISON_SOCIAL"
    PRISON_ADMIN = "PRISON_ADMIN"
    NETWORK_COORDINATOR = "NETWORK_COORDINATOR"
    CHAMBER_COORDINATOR = "CHAMBER_COORDINATOR"
    AGENCY = "AGENCY"
    PROBATION = "PROBATION"
    PROVIDER = "PROVIDER"
    PARTICIPANT = "PARTICIPANT"
    EVALUATOR = "EVALUATOR"
    MINISTRY = "MINISTRY"
    FUNDER = "FUNDER"
    STEERING = "STEERING"
    SYSTEM_ADMIN = "SYSTEM_ADMIN"
    DATA_PROTECTION = "DATA_PROTECTION"

    @property
    def label(self) -> str:
        return LABELS[self]


# What the administration of a carrier may give to its own people; every other role comes from the system's.
CARRIER_ROLES = frozenset({Role.CASE_MANAGER, Role.TEAM_LEAD, Role.CARRIER_ADMIN, Role.NETWORK_COORDINATOR})

LABELS = {
    Role.CASE_MANAGER: "Übergangsmanagement (Fallführung)",
    Role.TEAM_LEAD: "Teamleitung",
    Role.CARRIER_ADMIN: "Kontenverwaltung des Trägers",
    Role.PRISON_SOCIAL: "Sozialdienst der JVA",
    Role.PRISON_ADMIN: "Vollzugsgeschäftsstelle",
    Role.NETWORK_COORDINATOR: "Netzwerkkoordination",
    Role.CHAMBER_COORDINATOR: "Kammerkoordination",
    Role.AGENCY: "Agentur für Arbeit / Jobcenter",
    Role.PROBATION: "Bewährungshilfe",
    Role.PROVIDER: "Träger, Beratungsstelle",
    Role.PARTICIPANT: "Teilnehmer/in",
    Role.EVALUATOR: "Kriminologischer Dienst",
    Role.MINISTRY: "Ministerium der Justiz",
    Role.FUNDER: "Arbeitsministerium, ESF-Behörde",
    Role.STEERING: "Steuerung WHKT",
    Role.SYSTEM_ADMIN: "Systemadministration",
    Role.DATA_PROTECTION: "Datenschutzbeauftragte/r",
}
