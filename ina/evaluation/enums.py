"""Closed vocabularies of the evaluation."""

from enum import StrEnum


class AgeGroup(StrEnum):
    """Age on the day of release. Source of the limits: domain section 1.4 no. 5."""

    UNDER_25 = "UNDER_25"
    FROM_25_TO_54 = "FROM_25_TO_54"
    FROM_55 = "FROM_55"
    UNKNOWN = ""

    @property
    def label(self) -> str:
        return {
            "UNDER_25": "unter 25 Jahre",
            "FROM_25_TO_54": "25 bis 54 Jahre",
            "FROM_55": "ab 55 Jahre",
            "": "Alter nicht bekannt",
        }[self.value]


class StatusGroup(StrEnum):
    """What the codes of the list ``outcome_status`` count as; the list itself says which code belongs where."""

    WORK = "WORK"
    TRAINING = "TRAINING"
    MARGINAL_WORK = "MARGINAL_WORK"
    SUBSIDISED_WORK = "SUBSIDISED_WORK"
    UNEMPLOYED = "UNEMPLOYED"
    NOT_AVAILABLE = "NOT_AVAILABLE"
    REIMPRISONED = "REIMPRISONED"
    OTHER = "OTHER"
    UNKNOWN = "UNKNOWN"
    OUTSIDE = "OUTSIDE"

    @property
    def label(self) -> str:
        return {
            "WORK": "Arbeit auf dem ersten Arbeitsmarkt",
            "TRAINING": "Ausbildung oder Qualifizierung",
            "MARGINAL_WORK": "geringfügig beschäftigt",
            "SUBSIDISED_WORK": "geförderte Beschäftigung",
            "UNEMPLOYED": "arbeitslos gemeldet",
            "NOT_AVAILABLE": "Therapie, nicht erwerbsfähig, Rente oder Elternzeit",
            "REIMPRISONED": "wieder inhaftiert",
            "OTHER": "anderes",
            "UNKNOWN": "nicht bekannt",
            "OUTSIDE": "verstorben, ausgereist oder abgeschoben",
        }[self.value]
