"""All papers of a case itself, made known to ``documents``. Modules above bring theirs."""

from ina.cases.documents import consent, handover, intake, sheets
from ina.documents.kinds import register_kind


def register() -> None:
    for kind in (*sheets.KINDS, *consent.KINDS, *intake.KINDS, *handover.KINDS):
        register_kind(kind)
