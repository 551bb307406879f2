"""Live numbers of a team and of a prison: the wall looks at each row, a count of 25,000 would wait for it.

So these functions belong to the owner, count from an index alone, check for whom they count, and answer numbers only.
"""

from django.db import migrations, models

from ina.access.wall import BLOCKED, HOLDERS

TEAM = f"""
-- Open cases of a team by who leads them: by phase (as ``lifecycle.phase_of`` says on the day of this migration; the
-- preparation has begun where the release lies before ``prepared_until``); planned releases from today until
-- ``releases_until``; how many were not seen for long: the last contact (of whom nobody has met yet: the admission)
-- lies too far back.
CREATE FUNCTION cases_count_team(for_team bigint, today date, prepared_until date, releases_until date,
    early_since date, seen_early date, seen_later date)
RETURNS TABLE (responsible bigint, referral bigint, custody bigint, preparation bigint, aftercare bigint,
    releases bigint, unseen bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    blocked bigint[] := {BLOCKED};
BEGIN
    IF NOT EXISTS (SELECT FROM public.access_holder h WHERE h.team_id = for_team AND h.id = ANY ({HOLDERS})) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: not a team of the caller';
    END IF;
    RETURN QUERY
    -- Comparing text is the dearest here, so it comes last in each condition.
    SELECT c.responsible_id, c.referral, c.cases - c.referral - c.preparation - c.aftercare, c.preparation,
        c.aftercare, c.releases, c.unseen
    FROM (SELECT w.responsible_id, count(*) AS cases,
            count(*) FILTER (WHERE NOT w.is_released AND w.state NOT IN ('ADMITTED', 'PAUSED')) AS referral,
            count(*) FILTER (WHERE NOT w.is_released AND w.planning_key <= prepared_until
                AND w.state IN ('ADMITTED', 'PAUSED')) AS preparation,
            count(*) FILTER (WHERE w.is_released) AS aftercare,
            count(*) FILTER (WHERE NOT w.is_released AND w.planning_key BETWEEN today AND releases_until) AS releases,
            count(*) FILTER (WHERE coalesce(w.last_contact_on,
                    CASE WHEN w.state IN ('ADMITTED', 'AFTERCARE') THEN
                        (SELECT max(a.happened_on) FROM public.cases_caseact a
                         WHERE a.case_id = w.case_id AND a.act = 'ADMITTED' AND a.voided_at IS NULL) END)
                <= CASE WHEN w.is_released AND w.planning_key > early_since THEN seen_early ELSE seen_later END
                AND w.state IN ('ADMITTED', 'AFTERCARE')) AS unseen
          FROM public.cases_worklist w
          WHERE w.team_id = for_team AND w.is_open AND w.dossier_id <> ALL (blocked)
          GROUP BY w.responsible_id) c;
END $$;

-- Open items of the positions of a team that ask since before today.
CREATE FUNCTION cases_count_overdue(for_team bigint, today date)
RETURNS TABLE (responsible bigint, items bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    members bigint[] := ARRAY(SELECT m.id FROM public.accounts_membership m WHERE m.team_id = for_team);
BEGIN
    IF NOT EXISTS (SELECT FROM public.access_holder h WHERE h.team_id = for_team AND h.id = ANY ({HOLDERS})) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: not a team of the caller';
    END IF;
    RETURN QUERY
    SELECT late.responsible_id, late.items - coalesce(blocked.items, 0)
    FROM (SELECT i.responsible_id, count(*) AS items FROM public.agenda_item i
          WHERE i.responsible_id = ANY (members) AND i.state = 'OPEN' AND i.shown_on < today
          GROUP BY i.responsible_id) late
    LEFT JOIN (SELECT i.responsible_id, count(*) AS items FROM public.agenda_item i
               WHERE i.dossier_id = ANY ({BLOCKED}) AND i.state = 'OPEN' AND i.shown_on < today
               GROUP BY i.responsible_id) blocked USING (responsible_id);
END $$;

-- What waits in a team for an answer of somebody: standing offers, those of them that are late, offers that lapsed and
-- that nothing followed, questions whether two files are about the same person.
CREATE FUNCTION cases_count_waiting(for_team bigint, today date,
    OUT standing bigint, OUT late bigint, OUT lapsed bigint, OUT asked bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.access_holder h WHERE h.team_id = for_team AND h.id = ANY ({HOLDERS})) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: not a team of the caller';
    END IF;
    SELECT count(*) FILTER (WHERE h.state = 'OFFERED'),
        count(*) FILTER (WHERE h.state = 'OFFERED' AND h.answer_by < today),
        count(*) FILTER (WHERE h.state = 'LAPSED')
    INTO standing, late, lapsed
    FROM public.cases_handover h JOIN public.cases_worklist w ON w.case_id = h.case_id
    WHERE h.state IN ('OFFERED', 'LAPSED') AND w.team_id = for_team AND w.is_open
      AND w.dossier_id <> ALL ({BLOCKED})
      AND (h.state = 'OFFERED'
           OR NOT EXISTS (SELECT FROM public.cases_handover later WHERE later.case_id = h.case_id AND later.id > h.id));
    SELECT count(*) INTO asked FROM public.cases_sameperson s
    WHERE s.state = 'ASKED' AND NOT s.is_asker AND s.dossier_id <> ALL ({BLOCKED})
      AND EXISTS (SELECT FROM public.cases_worklist w WHERE w.dossier_id = s.dossier_id AND w.team_id = for_team);
END $$;
"""

UNIT = f"""
-- Open cases of a prison by state, and whether their preparation has begun; releases as above. undated: nobody has
-- named a day of release yet.
CREATE FUNCTION cases_count_unit(for_unit bigint, today date, prepared_until date, releases_until date)
RETURNS TABLE (state text, is_released boolean, is_prepared boolean, cases bigint, releases bigint, undated bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM public.access_holder h WHERE h.institution_id = for_unit AND h.id = ANY ({HOLDERS})) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: not the house of the caller';
    END IF;
    RETURN QUERY
    SELECT w.state::text, w.is_released, w.planning_key <= prepared_until, count(*),
        count(*) FILTER (WHERE NOT w.is_released AND w.planning_key BETWEEN today AND releases_until),
        count(*) FILTER (WHERE NOT w.is_released AND w.planning_key = DATE '9999-12-31')
    FROM public.cases_worklist w
    WHERE w.unit_id = for_unit AND w.state IN ('REFERRED', 'SCREENING', 'WAITING', 'ADMITTED', 'AFTERCARE', 'PAUSED')
      AND w.dossier_id <> ALL ({BLOCKED})
    GROUP BY w.state, w.is_released, w.planning_key <= prepared_until;
END $$;
"""

FUNCTIONS = """cases_count_team(bigint, date, date, date, date, date, date), cases_count_overdue(bigint, date),
    cases_count_waiting(bigint, date), cases_count_unit(bigint, date, date, date)"""
RIGHTS = f"""
REVOKE ALL ON FUNCTION {FUNCTIONS} FROM PUBLIC, ina_app;
GRANT EXECUTE ON FUNCTION {FUNCTIONS} TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_found"), ("agenda", "0003_next")]
    operations = [
        migrations.AddIndex(
            "worklist",
            models.Index(
                fields=["team", "responsible"],
                include=["dossier", "case", "state", "is_released", "planning_key", "last_contact_on"],
                condition=models.Q(is_open=True),
                name="cases_wl_team_counts",
            ),
        ),
        migrations.AddIndex(
            "worklist",
            models.Index(
                fields=["unit", "state", "case"],
                include=["dossier", "is_released", "planning_key"],
                name="cases_wl_unit_counts",
            ),
        ),
        migrations.RunSQL(TEAM, migrations.RunSQL.noop),
        migrations.RunSQL(UNIT, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
