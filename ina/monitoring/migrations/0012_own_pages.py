"""Pages of people who were released, behind an address and a code; why somebody did not come."""

import django.db.models.deletion
from django.db import migrations, models

from ina.access.enums import Compartment
from ina.access.wall import HOLDERS, same_dossier, wall

FUNCTIONS = (
    """
-- What an address and a code open. Anybody may ask, with the hashes of both; only a wrong code counts, a right one sets
-- the count back. state: over, locked, shut, wrong, open.
CREATE FUNCTION monitoring_try_own_page(looked_for text, secret text, at timestamptz, most integer)
RETURNS TABLE (page_id bigint, state text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    page public.monitoring_ownpage;
BEGIN
    SELECT * INTO page FROM public.monitoring_ownpage WHERE address_hash = looked_for AND closed_at IS NULL FOR UPDATE;
    IF page.id IS NULL THEN
        RETURN QUERY SELECT NULL::bigint, 'over'::text;
        RETURN;
    END IF;
    state := CASE
        WHEN page.tries >= most THEN 'locked'
        WHEN secret = '' THEN 'shut'
        WHEN page.secret_hash <> secret THEN 'wrong'
        ELSE 'open'
    END;
    IF state = 'wrong' THEN
        UPDATE public.monitoring_ownpage p SET tries = p.tries + 1 WHERE p.id = page.id;
    ELSIF state = 'open' THEN
        UPDATE public.monitoring_ownpage p SET tries = 0, looked_at = at WHERE p.id = page.id;
    END IF;
    RETURN QUERY SELECT page.id, state;
END $$;

-- Which case stands behind an open page, and who leads it today.
CREATE FUNCTION monitoring_behind_page(page bigint) RETURNS TABLE (case_id bigint, membership_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT p.case_id, a.membership_id
    FROM public.monitoring_ownpage p JOIN public.cases_assignment a ON a.case_id = p.case_id
    WHERE p.id = page AND p.closed_at IS NULL AND a.period @> current_date
$$;

-- The newest case of a dossier that somebody leads today; for those to whom any part of the dossier is open.
CREATE FUNCTION monitoring_led_by(dossier bigint) RETURNS TABLE (case_id bigint, membership_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT c.id, a.membership_id
    FROM public.cases_case c JOIN public.cases_assignment a ON a.case_id = c.id AND a.period @> current_date
    WHERE c.dossier_id = dossier AND EXISTS (
        SELECT 1 FROM public.access_grant g
        WHERE g.dossier_id = dossier AND g.holder_id = ANY ("""
    + HOLDERS
    + """) AND g.valid @> now()
    )
    ORDER BY c.number DESC LIMIT 1
$$;
REVOKE ALL ON FUNCTION monitoring_try_own_page(text, text, timestamptz, integer), monitoring_behind_page(bigint),
    monitoring_led_by(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION monitoring_try_own_page(text, text, timestamptz, integer), monitoring_behind_page(bigint),
    monitoring_led_by(bigint) TO ina_app;
"""
)
AWAY = """
DROP FUNCTION monitoring_try_own_page(text, text, timestamptz, integer);
DROP FUNCTION monitoring_behind_page(bigint);
DROP FUNCTION monitoring_led_by(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0012_consent_ledger"),
        ("accounts", "0003_secrecy"),
        ("cases", "0017_consent_scans"),
        ("monitoring", "0011_calendar_feeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address_hash", models.CharField(max_length=64, unique=True)),
                ("secret_hash", models.CharField(max_length=64)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("opened_at", models.DateTimeField(verbose_name="eingerichtet")),
                ("looked_at", models.DateTimeField(blank=True, null=True, verbose_name="zuletzt geöffnet")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="geschlossen")),
            ],
            options={
                "verbose_name": "eigene Seite",
                "verbose_name_plural": "eigene Seiten",
            },
        ),
        migrations.AddField(
            model_name="contact",
            name="absence",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ILL", "krank"),
                    ("WORK", "musste arbeiten"),
                    ("OFFICE", "anderer Termin bei einem Amt oder Gericht"),
                    ("PRISON", "von der Anstalt aus nicht möglich"),
                    ("TRANSPORT", "kam nicht hin (Bus, Bahn, Weg)"),
                    ("MONEY", "kein Geld für die Fahrt"),
                    ("FAMILY", "Kinder oder Familie"),
                    ("FORGOTTEN", "vergessen oder verschlafen"),
                    ("UNWILLING", "wollte nicht"),
                    ("OTHER", "anderer Grund"),
                    ("UNKNOWN", "nicht bekannt"),
                ],
                db_default="",
                default="",
                max_length=10,
                verbose_name="nicht erschienen, weil",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("absence", ""), ("outcome__in", ["EXCUSED_ABSENCE", "ABSENT"]), _connector="OR"),
                name="monitoring_contact_absence_of_somebody_absent",
                violation_error_message="Ein Grund steht nur dort, wo jemand nicht erschienen ist.",
            ),
        ),
        migrations.AddField(
            model_name="ownpage",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="own_pages", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="ownpage",
            name="dossier",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.dossier"),
        ),
        migrations.AddField(
            model_name="ownpage",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
            ),
        ),
        migrations.AddConstraint(
            model_name="ownpage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("case",), name="monitoring_own_page_one_open"
            ),
        ),
        # No history of pages: a hash that was closed must not live on in one.
        wall("monitoring_ownpage", Compartment.CONTACTS, history=False),
        same_dossier("monitoring_ownpage", "case_id", "cases_case"),
        migrations.RunSQL(FUNCTIONS, AWAY),
    ]
