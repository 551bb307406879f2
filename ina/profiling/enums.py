"""Closed vocabularies of profiling. Source: domain section 3.4."""

from enum import StrEnum


class ProfilingKind(StrEnum):
    INITIAL = "INITIAL"
    BEFORE_RELEASE = "BEFORE_RELEASE"
    AD_HOC = "AD_HOC"

    @property
    def label(self) -> str:
        return {
            "INITIAL": "erstes Profiling",
            "BEFORE_RELEASE": "Profiling vor der Entlassung",
            "AD_HOC": "Profiling aus besonderem Anlass",
        }[self.value]

    @property
    def sentence(self) -> str:
        """The label as the beginning of a line."""
        return self.label[0].upper() + self.label[1:]


class KeyGroup(StrEnum):
    """The key groups (Schlüsselgruppen) that needs and goals belong to."""

    QUALIFICATION = "QUALIFICATION"
    PERFORMANCE = "PERFORMANCE"
    MOTIVATION = "MOTIVATION"
    CIRCUMSTANCES = "CIRCUMSTANCES"

    @property
    def label(self) -> str:
        return {
            "QUALIFICATION": "Qualifikation",
            "PERFORMANCE": "Leistungsfähigkeit",
            "MOTIVATION": "Motivation",
            "CIRCUMSTANCES": "Rahmenbedingungen",
        }[self.value]


class Aspect(StrEnum):
    """What a finding is about: a strength, or a key group in which there is a need. Strengths come first."""

    STRENGTH = "STRENGTH"
    QUALIFICATION = "QUALIFICATION"
    PERFORMANCE = "PERFORMANCE"
    MOTIVATION = "MOTIVATION"
    CIRCUMSTANCES = "CIRCUMSTANCES"

    @property
    def label(self) -> str:
        return "Stärke" if self is Aspect.STRENGTH else KeyGroup(self.value).label


class Need(StrEnum):
    """Needs (Handlungsbedarfe). The codes are this house's own, no product numbers of the agencies."""

    SCHOOLING = "Q1"
    TRAINING = "Q2"
    EXPERIENCE = "Q3"
    LANGUAGE = "Q4"
    INTELLECT = "L1"
    HEALTH = "L2"
    CONDUCT = "L3"
    INITIATIVE = "M1"
    LEARNING = "M2"
    HOUSING = "R1"
    MOBILITY = "R2"
    FAMILY = "R3"
    MONEY = "R4"
    PERSONAL = "R5"

    @property
    def label(self) -> str:
        return NEED_LABELS[self]

    @property
    def key_group(self) -> KeyGroup:
        return GROUP_OF_LETTER[self.value[0]]


NEED_LABELS = {
    Need.SCHOOLING: "schulische Qualifikation",
    Need.TRAINING: "berufliche Qualifikation",
    Need.EXPERIENCE: "Berufserfahrung",
    Need.LANGUAGE: "Sprachkenntnisse",
    Need.INTELLECT: "intellektuelle Leistungsfähigkeit",
    Need.HEALTH: "gesundheitliche Leistungsfähigkeit",
    Need.CONDUCT: "Arbeits- und Sozialverhalten",
    Need.INITIATIVE: "Eigeninitiative, Arbeitshaltung",
    Need.LEARNING: "Lern- und Weiterbildungsbereitschaft",
    Need.HOUSING: "Wohnsituation",
    Need.MOBILITY: "Mobilität",
    Need.FAMILY: "familiäre Situation, Betreuung, Pflege",
    Need.MONEY: "finanzielle Situation",
    Need.PERSONAL: "persönliche Rahmenbedingungen (Papiere, Aufenthalt, Auflagen)",
}
GROUP_OF_LETTER = {
    "Q": KeyGroup.QUALIFICATION,
    "L": KeyGroup.PERFORMANCE,
    "M": KeyGroup.MOTIVATION,
    "R": KeyGroup.CIRCUMSTANCES,
}


class Severity(StrEnum):
    """How much a need stands in the way. "None" was looked at and found in order."""

    NONE = "NONE"
    PRESENT = "PRESENT"
    SEVERE = "SEVERE"

    @property
    def label(self) -> str:
        return {"NONE": "kein Bedarf", "PRESENT": "Bedarf", "SEVERE": "erheblicher Bedarf"}[self.value]


class FindingBasis(StrEnum):
    """On what a finding rests."""

    FACT = "FACT"
    SELF_REPORT = "SELF_REPORT"
    TEST = "TEST"
    OBSERVATION = "OBSERVATION"
    ASSESSMENT = "ASSESSMENT"

    @property
    def label(self) -> str:
        return {
            "FACT": "Tatsache, Nachweis",
            "SELF_REPORT": "eigene Angabe",
            "TEST": "Test",
            "OBSERVATION": "Beobachtung",
            "ASSESSMENT": "fachliche Einschätzung",
        }[self.value]
