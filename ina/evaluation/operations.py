"""Making the facts from the files: the only write of this module, over the batch log-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connections, transaction

from ina.base.actor import Actor
from ina.base.operation import note, operation
from ina.evaluation import policies
from ina.evaluation.enums import AgeGroup
from ina.evaluation.models import FactBuild

ALIAS = "batch"
LOCK = 210_906  # one rebuild at a time; any number of our own

NEW_PSEUDONYMS = """
INSERT INTO evaluation_pseudonym (case_id, pseudonym)
SELECT a.case_id, gen_random_uuid() FROM cases_caseact a
WHERE a.act = 'ADMITTED' AND a.voided_at IS NULL
ON CONFLICT (case_id) DO NOTHING
"""
# What lost its line in the key table belongs to deleted files and stays as it is.
CLEAR = "DELETE FROM evaluation_episodefact WHERE pseudonym IN (SELECT pseudonym FROM evaluation_pseudonym)"
# Rows are stored in the order of their random pseudonyms: their place tells nothing.
FILL = """
WITH acts AS (
    SELECT case_id,
        max(happened_on) FILTER (WHERE act = 'ADMITTED') AS admitted_on,
        max(happened_on) FILTER (WHERE act = 'RELEASE_CONFIRMED') AS released_on,
        max(happened_on) FILTER (WHERE act = 'CLOSED') AS ended_on,
        coalesce(max(reason) FILTER (WHERE act = 'CLOSED'), '') AS ending_reason
    FROM cases_caseact WHERE voided_at IS NULL GROUP BY case_id
), custody AS (
    SELECT DISTINCT ON (p.case_id) p.case_id, i.key AS prison
    FROM cases_custodyperiod p JOIN institutions_institution i ON i.id = p.prison_id
    WHERE p.voided_at IS NULL ORDER BY p.case_id, p.id DESC
), outcomes AS (
    SELECT case_id,
        coalesce(max(category) FILTER (WHERE months = 0), '') AS outcome_0,
        coalesce(max(category) FILTER (WHERE months = 3), '') AS outcome_3,
        coalesce(max(category) FILTER (WHERE months = 6), '') AS outcome_6
    FROM monitoring_outcomestatus WHERE voided_at IS NULL GROUP BY case_id
)
INSERT INTO evaluation_episodefact (pseudonym, prison, age_group, sex, admitted_month, released_month, ended_month,
    ending_reason, outcome_0, outcome_3, outcome_6)
SELECT k.pseudonym, coalesce(custody.prison, ''),
    CASE WHEN acts.released_on IS NULL OR p.born_on IS NULL THEN %(age_unknown)s
         WHEN acts.released_on < p.born_on + interval '25 years' THEN %(under_25)s
         WHEN acts.released_on < p.born_on + interval '55 years' THEN %(from_25)s
         ELSE %(from_55)s END,
    p.sex,
    date_trunc('month', acts.admitted_on::timestamp)::date,
    date_trunc('month', acts.released_on::timestamp)::date,
    date_trunc('month', acts.ended_on::timestamp)::date,
    acts.ending_reason,
    coalesce(outcomes.outcome_0, ''), coalesce(outcomes.outcome_3, ''), coalesce(outcomes.outcome_6, '')
FROM evaluation_pseudonym k
JOIN cases_case c ON c.id = k.case_id
JOIN cases_participant p ON p.dossier_id = c.dossier_id
JOIN acts ON acts.case_id = k.case_id AND acts.admitted_on IS NOT NULL
LEFT JOIN custody ON custody.case_id = k.case_id
LEFT JOIN outcomes ON outcomes.case_id = k.case_id
WHERE NOT EXISTS (
    SELECT FROM reference_code e JOIN reference_codelist l ON l.id = e.list_id
    WHERE l.key = 'ending_reasons' AND e."group" = 'ERROR' AND e.code = acts.ending_reason)
ORDER BY k.pseudonym
"""
COUNT = """
SELECT (SELECT count(*) FROM evaluation_episodefact),
       (SELECT count(*) FROM evaluation_pseudonym k
        WHERE NOT EXISTS (SELECT FROM evaluation_episodefact f WHERE f.pseudonym = k.pseudonym))
"""


@dataclass(frozen=True)
class Rebuilt:
    """How many episodes the facts hold, and how many known ones they leave out (errors and duplicates)."""

    episodes: int
    left_out: int


@operation("evaluation.rebuild_facts", may=policies.may_rebuild_facts)
def rebuild_facts(*, actor: Actor, now: datetime) -> Rebuilt:
    """Make all facts anew from the files, in one transaction; readers see the old ones until then.

    Pseudonyms stay the same from run to run. Facts of deleted files stay. Safe to repeat.
    """
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true), pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(NEW_PSEUDONYMS)
        cursor.execute(CLEAR)
        cursor.execute(
            FILL,
            {
                "age_unknown": AgeGroup.UNKNOWN,
                "under_25": AgeGroup.UNDER_25,
                "from_25": AgeGroup.FROM_25_TO_54,
                "from_55": AgeGroup.FROM_55,
            },
        )
        cursor.execute(COUNT)
        rebuilt = Rebuilt(*cursor.fetchone())
        FactBuild.objects.using(ALIAS).create(finished_at=now, episodes=rebuilt.episodes, left_out=rebuilt.left_out)
    note(episodes=rebuilt.episodes, left_out=rebuilt.left_out)
    return rebuilt
