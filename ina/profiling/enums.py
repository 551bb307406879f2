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


class StrengthKind(StrEnum):
    PROFESSIONAL = "PROFESSIONAL"
    METHODICAL = "METHODICAL"
    SOCIAL = "SOCIAL"
    PERSONAL = "PERSONAL"

    @property
    def label(self) -> str:
        return {
            "PROFESSIONAL": "fachlich",
            "METHODICAL": "methodisch",
            "SOCIAL": "sozial",
            "PERSONAL": "persönlich",
        }[self.value]


class BiographyKind(StrEnum):
    """What a stretch of a working life was. Work and qualification inside count like those outside."""

    SCHOOL = "SCHOOL"
    TRAINING = "TRAINING"
    JOB = "JOB"
    JOB_INSIDE = "JOB_INSIDE"
    TRAINING_INSIDE = "TRAINING_INSIDE"
    UNEMPLOYED = "UNEMPLOYED"
    FAMILY = "FAMILY"
    OTHER = "OTHER"

    @property
    def label(self) -> str:
        return {
            "SCHOOL": "Schule",
            "TRAINING": "Ausbildung, Umschulung",
            "JOB": "Arbeit",
            "JOB_INSIDE": "Arbeit in Haft",
            "TRAINING_INSIDE": "Qualifizierung in Haft",
            "UNEMPLOYED": "ohne Arbeit",
            "FAMILY": "Familie, Pflege",
            "OTHER": "anderes",
        }[self.value]

    @property
    def is_experience(self) -> bool:
        """Whether its months count as experience at work."""
        return self in (BiographyKind.JOB, BiographyKind.JOB_INSIDE)


class LanguageLevel(StrEnum):
    """Common European Framework of Reference; native speakers and beginners named beside it."""

    NONE = "NONE"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "NATIVE"

    @property
    def label(self) -> str:
        return {"NONE": "einzelne Wörter", "NATIVE": "Muttersprache"}.get(self.value, self.value)


class LicenceStatus(StrEnum):
    NONE = "NONE"
    VALID = "VALID"
    WITHDRAWN = "WITHDRAWN"
    REGAINING = "REGAINING"
    MPU_NEEDED = "MPU_NEEDED"

    @property
    def label(self) -> str:
        return {
            "NONE": "kein Führerschein",
            "VALID": "gültig",
            "WITHDRAWN": "entzogen",
            "REGAINING": "wird neu erworben",
            "MPU_NEEDED": "neu nur mit MPU",
        }[self.value]


class CompetenceLevel(StrEnum):
    BASIC = "BASIC"
    SOLID = "SOLID"
    EXPERT = "EXPERT"

    @property
    def label(self) -> str:
        return {"BASIC": "Grundkenntnisse", "SOLID": "sicher", "EXPERT": "kann es anderen zeigen"}[self.value]


class EvidenceKind(StrEnum):
    """What shows a competence (domain 7.9)."""

    CERTIFICATE = "CERTIFICATE"
    WORK_SAMPLE = "WORK_SAMPLE"
    JUDGEMENT = "JUDGEMENT"
    TEST = "TEST"
    PROFILPASS = "PROFILPASS"
    PARTIAL = "PARTIAL"
    WELDING = "WELDING"
    NONE = "NONE"

    @property
    def label(self) -> str:
        return {
            "CERTIFICATE": "Zeugnis",
            "WORK_SAMPLE": "Arbeitsprobe",
            "JUDGEMENT": "Beurteilung in der Werkstatt",
            "TEST": "Test",
            "PROFILPASS": "ProfilPASS, Berufswahlpass",
            "PARTIAL": "Teilqualifikation",
            "WELDING": "Schweißerprüfung",
            "NONE": "noch kein Nachweis",
        }[self.value]
