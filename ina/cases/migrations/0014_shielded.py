"""Shielded files (prominent or otherwise known persons, relatives of staff): no search tells of them by the name alone.

Double files must still be noticed: with the day of birth a likely match is told, and whom to ask is the team's lead.
"""

from django.db import migrations

# As ``rules.likeness`` says.
LIKELY = 85

WHOM = """
-- Whom to ask about a file: who leads it, else the team, else the house. Of a shielded one the lead of the team.
CREATE OR REPLACE FUNCTION cases_whom_to_ask(dossier bigint, OUT ask text, OUT house text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT CASE WHEN d.is_shielded THEN coalesce('Leitung ' || t.name, unit.short_name)
                ELSE coalesce(u.display_name, t.name, unit.short_name) END,
           CASE WHEN d.is_shielded THEN coalesce(ti.short_name, unit.short_name)
                ELSE coalesce(mi.short_name, ti.short_name, unit.short_name) END
    FROM public.cases_worklist w JOIN public.institutions_institution unit ON unit.id = w.unit_id
    JOIN public.access_dossier d ON d.id = w.dossier_id
    LEFT JOIN public.accounts_membership m ON m.id = w.responsible_id AND coalesce(m.ends_on, 'infinity') >= current_date
    LEFT JOIN public.accounts_user u ON u.id = m.user_id
    LEFT JOIN public.institutions_institution mi ON mi.id = m.institution_id
    LEFT JOIN public.accounts_team t ON t.id = w.team_id
    LEFT JOIN public.institutions_institution ti ON ti.id = t.institution_id
    WHERE w.dossier_id = dossier ORDER BY w.case_number DESC LIMIT 1
$$;
"""

ALIKE = f"""
ALTER FUNCTION cases_find_alike(bigint, timestamptz, text[], text[], date, text, bigint) RENAME TO cases_alike;
REVOKE ALL ON FUNCTION cases_alike(bigint, timestamptz, text[], text[], date, text, bigint) FROM PUBLIC, ina_app;
-- As ``cases_alike``, for the application: of a shielded file that the asker does not see only a likely match is told.
CREATE FUNCTION cases_find_alike(for_holder bigint, asked_at timestamptz, kinds text[], vals text[], born date,
    sex_given text, own bigint)
RETURNS TABLE (handle uuid, score integer, ask text, house text, found bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    hit record; removed integer;
BEGIN
    FOR hit IN SELECT * FROM public.cases_alike(for_holder, asked_at, kinds, vals, born, sex_given, own) LOOP
        IF hit.found IS NULL AND hit.score < {LIKELY} THEN
            DELETE FROM public.cases_likenesshint h USING public.access_dossier d
            WHERE h.handle = hit.handle AND d.id = h.found AND d.is_shielded;
            GET DIAGNOSTICS removed = ROW_COUNT;
            CONTINUE WHEN removed > 0;
        END IF;
        RETURN QUERY SELECT hit.handle, hit.score, hit.ask, hit.house, hit.found;
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION cases_find_alike(bigint, timestamptz, text[], text[], date, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_find_alike(bigint, timestamptz, text[], text[], date, text, bigint) TO ina_app;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_counts"), ("access", "0010_shielded_because")]
    operations = [
        migrations.RunSQL(WHOM, migrations.RunSQL.noop),
        migrations.RunSQL(ALIKE, migrations.RunSQL.noop),
    ]
