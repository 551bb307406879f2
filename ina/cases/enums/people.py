"""About the person: sex, residence, other names, other files."""

from enum import StrEnum


class Sex(StrEnum):
    """As the prison list gives it; "unknown" is a value."""

    FEMALE = "w"
    MALE = "m"
    DIVERSE = "d"
    UNKNOWN = "u"

    @property
    def label(self) -> str:
        return {"w": "weiblich", "m": "männlich", "d": "divers", "u": "unbekannt"}[self.value]


class Residence(StrEnum):
    """How sure the future residence is: it decides the competent offices, never the prison does."""

    UNKNOWN = "UNKNOWN"
    CANDIDATE = "CANDIDATE"
    CONFIRMED = "CONFIRMED"

    @property
    def label(self) -> str:
        return {"UNKNOWN": "noch unbekannt", "CANDIDATE": "in Aussicht", "CONFIRMED": "gesichert"}[self.value]


class YesNo(StrEnum):
    """An answer that may be unknown: a value, not a gap."""

    YES = "YES"
    NO = "NO"
    UNKNOWN = "UNKNOWN"

    @property
    def label(self) -> str:
        return {"YES": "ja", "NO": "nein", "UNKNOWN": "nicht bekannt"}[self.value]


class AliasKind(StrEnum):
    ALIAS = "ALIAS"
    SPELLING = "SPELLING"
    FORMER = "FORMER"

    @property
    def label(self) -> str:
        return {"ALIAS": "auch bekannt als", "SPELLING": "andere Schreibweise", "FORMER": "früher"}[self.value]


class LinkState(StrEnum):
    """Whether two files are held to be about the same person."""

    ASKED = "ASKED"
    LINKED = "LINKED"
    REFUSED = "REFUSED"
    UNLINKED = "UNLINKED"

    @property
    def label(self) -> str:
        return {"ASKED": "angefragt", "LINKED": "verknüpft", "REFUSED": "verneint", "UNLINKED": "gelöst"}[self.value]
