"""A draft and every section of the intake sheet, made by their operations."""

from __future__ import annotations

from ina.access.operations.drafts import keep_draft
from ina.base.clock import day_of
from ina.cases.operations import intake


def ask_everything(actor, made, moment) -> None:
    """All six sections of a case that is open."""
    by = {"actor": actor, "case_id": made.case_id, "now": moment}
    on = {"refers_on": day_of(moment)}
    keep_draft(actor=actor, key=f"kontakt:{made.number}:1", data={"content": ["ruft morgen an"]}, now=moment)
    intake.fill_referral_sheet(**by, wish="wieder als Maler arbeiten")
    intake.fill_enforcement(**by, **on, kind="SENTENCE")
    intake.fill_entry_situation(**by, **on, school="LOWER")
    intake.fill_benefits(**by, **on, benefit_before="SGB2")
    intake.fill_health(**by, **on, consent_on=day_of(moment), limits="nicht schwer heben")
    intake.fill_esf_entry(**by, **on, household="ALONE")
