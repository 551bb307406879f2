"""Files about the same person: keys, the search across walls, links; and names under the ban on disclosure.

What is read here lies behind the wall of others. So the functions belong to the owner, check for whom they work, and
answer no more than a score, an opaque handle and whom to ask.
"""

from django.db import migrations, models

from ina.access.enums import Compartment
from ina.access.wall import BLOCKED, HOLDERS, condition
from ina.cases.rules import likeness

# As ``rules.likeness`` says on the day of this migration. When the table changes there, the comparison of both in
# tests/cases/test_likeness.py fails and asks for a new migration.
POSSIBLE = 55
NEW_YEAR, EQUAL, SWAPPED, ONE_DIGIT, OTHER_DAY = 25, 40, 30, 25, -40
WHOLE = 45
SURNAME, SURNAME_SOUND, OTHER, OTHER_SOUND, SURNAME_DIFFERENT = 30, 25, 22, 18, -15
GIVEN, GIVEN_PART, GIVEN_SOUND, GIVEN_DIFFERENT = 25, 20, 9, -25
SEX_DIFFERENT, PLACE_EQUAL = -10, 5
SEARCHES_AN_HOUR = 30


def sees(dossier: str, bit: Compartment) -> str:
    return f"({condition(dossier, str(int(bit)))})"


KEYS = f"""
-- Replaces the keys of these people: rows of (owner, kind, value). Keys that only a name under the ban on disclosure
-- gives are a set of their own, for those who may see that name.
CREATE FUNCTION cases_set_person_keys(dossiers bigint[], former boolean, owners bigint[], kinds text[], vals text[])
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(dossiers) d (id) WHERE NOT {sees("d.id", Compartment.IDENTITY)}
                  OR (former AND NOT {sees("d.id", Compartment.CONFIDENTIAL)})) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: may not name these people';
    END IF;
    DELETE FROM public.cases_personkey WHERE dossier_id = ANY (dossiers) AND of_former = former;
    INSERT INTO public.cases_personkey (dossier_id, kind, value, of_former)
    SELECT DISTINCT owner, kind, value, former FROM unnest(owners, kinds, vals) key (owner, kind, value)
    WHERE owner = ANY (dossiers);
END $$;
"""

FIND = f"""
-- Whom to ask about a file: who leads it, else the team, else the house.
CREATE FUNCTION cases_whom_to_ask(dossier bigint, OUT ask text, OUT house text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(u.display_name, t.name, unit.short_name), coalesce(mi.short_name, ti.short_name, unit.short_name)
    FROM public.cases_worklist w JOIN public.institutions_institution unit ON unit.id = w.unit_id
    LEFT JOIN public.accounts_membership m ON m.id = w.responsible_id AND coalesce(m.ends_on, 'infinity') >= current_date
    LEFT JOIN public.accounts_user u ON u.id = m.user_id
    LEFT JOIN public.institutions_institution mi ON mi.id = m.institution_id
    LEFT JOIN public.accounts_team t ON t.id = w.team_id
    LEFT JOIN public.institutions_institution ti ON ti.id = t.institution_id
    WHERE w.dossier_id = dossier ORDER BY w.case_number DESC LIMIT 1
$$;

-- The day itself, day and month exchanged, and each day that differs in one digit of DDMMYYYY.
CREATE FUNCTION cases_near_days(born date) RETURNS date[] LANGUAGE sql IMMUTABLE SET search_path = pg_catalog AS $$
    WITH given AS (SELECT extract(year FROM born)::int y, extract(month FROM born)::int m, extract(day FROM born)::int d),
    parts AS (SELECT y, m, n AS d FROM given, generate_series(1, 31) n
        UNION SELECT y, n, d FROM given, generate_series(1, 12) n
        UNION SELECT n, m, d FROM given, generate_series(1850, 2150) n
        UNION SELECT y, d, m FROM given WHERE d <= 12),
    days AS (SELECT make_date(y, m, 1) + (d - 1) AS day, m FROM parts)
    SELECT array_agg(DISTINCT day) FROM days, given
    WHERE extract(month FROM day) = days.m
      AND (day = born OR to_char(day, 'YYYYDDMM') = to_char(born, 'YYYYMMDD')
           OR (SELECT count(*) FROM generate_series(1, 8) i
               WHERE substr(to_char(day, 'DDMMYYYY'), i, 1) <> substr(to_char(born, 'DDMMYYYY'), i, 1)) = 1)
$$;

-- Files that may be about somebody typed in, over all walls: five at most. ``found`` only where the asker sees the
-- file anyway, and not because of a name that is hidden from them.
CREATE FUNCTION cases_find_alike(for_holder bigint, asked_at timestamptz, kinds text[], vals text[], born date,
    sex_given text, own bigint)
RETURNS TABLE (handle uuid, score integer, ask text, house text, found bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
    near date[] := CASE WHEN born IS NULL THEN '{{}}' ELSE public.cases_near_days(born) END;
    my_surname text := vals[array_position(kinds, 'SURNAME')];
    my_given text := vals[array_position(kinds, 'GIVEN')];
    my_place text := vals[array_position(kinds, 'PLACE')];
BEGIN
    IF NOT coalesce(for_holder = ANY ({HOLDERS}), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: not a holder of the caller';
    END IF;
    IF NOT (kinds && ARRAY['SURNAME', 'OTHER'] AND kinds && ARRAY['GIVEN']
            OR born IS NOT NULL AND kinds && ARRAY['SURNAME', 'OTHER', 'GIVEN']) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: a full name, or a name and the day of birth';
    END IF;
    IF (SELECT count(*) FROM public.cases_likenesshint h WHERE h.holder_id = for_holder AND h.found IS NULL
            AND h.given_at > asked_at - interval '1 hour') >= {SEARCHES_AN_HOUR} THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: too many searches';
    END IF;
    INSERT INTO public.cases_likenesshint (handle, holder_id, found, score, given_at)
    VALUES (gen_random_uuid(), for_holder, NULL, 0, asked_at);
    RETURN QUERY
    WITH typed AS MATERIALIZED (SELECT DISTINCT kind, value FROM unnest(kinds, vals) key (kind, value)),
    -- Without a day of birth on both sides surname and given name must agree; if only by sound or in part, then the
    -- place of birth as well.
    named AS MATERIALIZED (
        SELECT s.dossier_id FROM public.cases_personkey s JOIN public.cases_personkey g USING (dossier_id)
        WHERE s.kind = 'SURNAME' AND s.value = my_surname AND g.kind = 'GIVEN' AND g.value = my_given
        UNION
        SELECT p.dossier_id FROM public.cases_personkey p
        WHERE p.kind = 'PLACE' AND p.value = my_place AND my_surname IS NOT NULL AND my_given IS NOT NULL
          AND EXISTS (SELECT FROM public.cases_personkey s JOIN typed USING (kind, value)
                      WHERE s.dossier_id = p.dossier_id AND s.kind IN ('SURNAME', 'SURNAME_SOUND'))
          AND EXISTS (SELECT FROM public.cases_personkey g JOIN typed t USING (value)
                      WHERE g.dossier_id = p.dossier_id AND (g.kind = 'GIVEN' AND t.kind = 'GIVEN'
                          OR g.kind = 'GIVEN_FIRST' AND t.kind = 'GIVEN_PART'
                          OR g.kind = 'GIVEN_PART' AND t.kind = 'GIVEN_FIRST'))),
    candidates AS MATERIALIZED (
        SELECT p.dossier_id, p.born_on, p.sex FROM public.cases_participant p WHERE p.born_on = ANY (near)
        UNION ALL
        SELECT p.dossier_id, p.born_on, p.sex FROM public.cases_participant p
        WHERE (born IS NULL OR p.born_on IS NULL) AND p.dossier_id IN (SELECT dossier_id FROM named)),
    compared AS MATERIALIZED (
        SELECT k.dossier_id, k.of_former, k.kind AS theirs, t.kind AS ours
        FROM candidates c JOIN public.cases_personkey k ON k.dossier_id = c.dossier_id
        LEFT JOIN typed t ON t.value = k.value),
    -- With the names that are hidden, and without.
    shared AS MATERIALIZED (
        SELECT dossier_id, with_former,
            coalesce(bool_or(theirs = 'SURNAME' AND ours = 'SURNAME'), false) AS surname,
            coalesce(bool_or(theirs = 'SURNAME_SOUND' AND ours = 'SURNAME_SOUND'), false) AS surname_sound,
            coalesce(bool_or(theirs IN ('SURNAME', 'OTHER') AND ours IN ('SURNAME', 'OTHER')), false) AS other,
            coalesce(bool_or(theirs IN ('SURNAME_SOUND', 'OTHER_SOUND') AND ours IN ('SURNAME_SOUND', 'OTHER_SOUND')),
                false) AS other_sound,
            bool_or(theirs IN ('SURNAME', 'OTHER')) AND kinds && ARRAY['SURNAME', 'OTHER'] AS surname_known,
            coalesce(bool_or(theirs = 'GIVEN' AND ours = 'GIVEN'), false) AS given,
            coalesce(bool_or(theirs = 'GIVEN_FIRST' AND ours = 'GIVEN_PART'
                OR theirs = 'GIVEN_PART' AND ours = 'GIVEN_FIRST'), false) AS given_part,
            coalesce(bool_or(theirs = 'GIVEN_SOUND' AND ours = 'GIVEN_SOUND'), false) AS given_sound,
            bool_or(theirs = 'GIVEN') AND kinds && ARRAY['GIVEN'] AS given_known,
            coalesce(bool_or(theirs = 'WHOLE' AND ours = 'WHOLE'), false) AS whole,
            coalesce(bool_or(theirs = 'PLACE' AND ours = 'PLACE'), false) AS place
        FROM compared, (VALUES (true), (false)) variant (with_former)
        WHERE with_former OR NOT of_former GROUP BY dossier_id, with_former),
    scored AS (
        SELECT s.dossier_id, s.with_former, least(greatest(
            CASE WHEN born IS NULL OR c.born_on IS NULL THEN 0
                 WHEN c.born_on = born THEN CASE WHEN to_char(born, 'DDMM') = '0101' THEN {NEW_YEAR} ELSE {EQUAL} END
                 WHEN to_char(c.born_on, 'YYYYDDMM') = to_char(born, 'YYYYMMDD') THEN {SWAPPED}
                 WHEN c.born_on = ANY (near) THEN {ONE_DIGIT} ELSE {OTHER_DAY} END
            + greatest(CASE WHEN whole THEN {WHOLE} ELSE -100 END,
                CASE WHEN surname THEN {SURNAME} WHEN surname_sound THEN {SURNAME_SOUND} WHEN other THEN {OTHER}
                     WHEN other_sound THEN {OTHER_SOUND} WHEN surname_known THEN {SURNAME_DIFFERENT} ELSE 0 END
                + CASE WHEN NOT given_known THEN 0 WHEN given THEN {GIVEN} WHEN given_part THEN {GIVEN_PART}
                     WHEN given_sound THEN {GIVEN_SOUND} ELSE {GIVEN_DIFFERENT} END)
            + CASE WHEN 'u' NOT IN (sex_given, c.sex) AND sex_given <> c.sex THEN {SEX_DIFFERENT} ELSE 0 END
            + CASE WHEN place THEN {PLACE_EQUAL} ELSE 0 END, 0), 100) AS points
        FROM shared s JOIN candidates c USING (dossier_id)),
    hits AS (
        SELECT s.dossier_id, max(points) AS points, max(points) FILTER (WHERE NOT with_former) AS open_points
        FROM scored s JOIN public.access_dossier d ON d.id = s.dossier_id
        WHERE d.erased_at IS NULL AND d.sealed_at IS NULL AND s.dossier_id IS DISTINCT FROM own
          AND s.dossier_id <> ALL ({BLOCKED})
        GROUP BY s.dossier_id HAVING max(points) >= {POSSIBLE}
        ORDER BY max(points) DESC, s.dossier_id LIMIT 5),
    -- A name that is hidden from the asker raises no score of a file that they see.
    told AS (
        SELECT dossier_id, CASE WHEN {sees("dossier_id", Compartment.IDENTITY)}
                AND NOT {sees("dossier_id", Compartment.CONFIDENTIAL)} AND open_points >= {POSSIBLE}
                THEN open_points ELSE points END AS points,
            {sees("dossier_id", Compartment.IDENTITY)}
                AND (open_points >= {POSSIBLE} OR {sees("dossier_id", Compartment.CONFIDENTIAL)}) AS is_seen
        FROM hits),
    given_out AS (
        INSERT INTO public.cases_likenesshint (handle, holder_id, found, score, given_at)
        SELECT gen_random_uuid(), for_holder, dossier_id, points, asked_at FROM told
        RETURNING handle, found)
    SELECT g.handle, t.points, w.ask, w.house, CASE WHEN t.is_seen THEN t.dossier_id END
    FROM told t JOIN given_out g ON g.found = t.dossier_id
    LEFT JOIN LATERAL public.cases_whom_to_ask(t.dossier_id) w ON true
    ORDER BY t.points DESC, t.dossier_id;
END $$;
"""

LINKS = f"""
-- "Is your file about the same person as mine?" One row on either file. Answers the pair and the file that is asked,
-- whose id is for the trail; without a pair the handle is unknown or a link is there.
CREATE FUNCTION cases_ask_link(mine bigint, hint uuid, for_holder bigint, why text, moment timestamptz,
    OUT made uuid, OUT asked bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    likeness smallint; asker text; other text;
BEGIN
    IF NOT {sees("mine", Compartment.IDENTITY)} OR NOT coalesce(for_holder = ANY ({HOLDERS}), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: may not link this file';
    END IF;
    SELECT h.found, h.score INTO asked, likeness FROM public.cases_likenesshint h
    WHERE h.handle = hint AND h.holder_id = ANY ({HOLDERS}) AND h.found <> mine AND h.found <> ALL ({BLOCKED});
    IF asked IS NULL THEN
        RETURN;
    END IF;
    -- Two who ask each other at once: the second waits and then finds the link.
    PERFORM pg_advisory_xact_lock(hashtextextended('cases_sameperson', least(mine, asked) # greatest(mine, asked)));
    IF EXISTS (SELECT FROM public.cases_sameperson a JOIN public.cases_sameperson b USING (pair)
               WHERE a.dossier_id = mine AND b.dossier_id = asked AND a.state IN ('ASKED', 'LINKED')) THEN
        RETURN;
    END IF;
    SELECT left(concat_ws(', ', u.display_name, i.short_name), 200) INTO asker
    FROM public.access_holder h JOIN public.accounts_membership m ON m.id = h.membership_id
    JOIN public.accounts_user u ON u.id = m.user_id JOIN public.institutions_institution i ON i.id = m.institution_id
    WHERE h.id = for_holder;
    SELECT left(CASE WHEN w.ask = w.house THEN w.ask ELSE concat_ws(', ', w.ask, w.house) END, 200) INTO other
    FROM public.cases_whom_to_ask(asked) w;
    made := gen_random_uuid();
    INSERT INTO public.cases_sameperson (dossier_id, pair, is_asker, state, score, house, other_number, because,
        asked_at, answer, version)
    VALUES (mine, made, true, 'ASKED', likeness, coalesce(other, ''), '', why, moment, '', 1),
           (asked, made, false, 'ASKED', likeness, coalesce(asker, ''), '', why, moment, '', 1);
END $$;

-- Answers a question, takes it back or ends a link, on both sides at once; answers the other file, for the trail.
CREATE FUNCTION cases_settle_link(link bigint, becomes text, words text, settled_by bigint, moment timestamptz)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    mine public.cases_sameperson; theirs public.cases_sameperson;
BEGIN
    SELECT * INTO mine FROM public.cases_sameperson WHERE id = link FOR UPDATE;
    IF mine.id IS NULL OR NOT {sees("mine.dossier_id", Compartment.CASE)} THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: may not answer for this file';
    END IF;
    IF NOT (CASE becomes WHEN 'UNLINKED' THEN mine.state = 'LINKED' OR mine.state = 'ASKED' AND mine.is_asker
                        WHEN 'LINKED' THEN mine.state = 'ASKED' AND NOT mine.is_asker
                        WHEN 'REFUSED' THEN mine.state = 'ASKED' AND NOT mine.is_asker ELSE false END) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: this link is settled';
    END IF;
    SELECT * INTO theirs FROM public.cases_sameperson WHERE pair = mine.pair AND id <> mine.id FOR UPDATE;
    UPDATE public.cases_sameperson s SET state = becomes, answer = words, answered_at = moment,
        answered_by_id = settled_by, version = s.version + 1,
        other_number = CASE becomes WHEN 'LINKED' THEN (SELECT number FROM public.access_dossier
            WHERE id = CASE s.id WHEN mine.id THEN theirs.dossier_id ELSE mine.dossier_id END) ELSE s.other_number END
    WHERE s.pair = mine.pair;
    RETURN theirs.dossier_id;
END $$;

-- Written by these functions alone; locking a row needs the right to change a column of it.
REVOKE INSERT, UPDATE, DELETE ON cases_sameperson FROM ina_app;
GRANT UPDATE (version) ON cases_sameperson TO ina_app;
GRANT SELECT, DELETE ON cases_likenesshint TO ina_batch;
CREATE POLICY batch ON cases_likenesshint TO ina_batch USING (true);
"""

CONCEAL = f"""
-- History stays as it was written; only who may read it can become fewer (a name under the ban on disclosure).
CREATE OR REPLACE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        -- The owner's purge (audit_drop_before).
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' AND to_jsonb(NEW) ->> 'compartment' = '{int(Compartment.CONFIDENTIAL)}'
           AND to_jsonb(OLD) - 'compartment' = to_jsonb(NEW) - 'compartment' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'append-only: % on %', TG_OP, TG_TABLE_NAME;
END $$;

-- § 13 SBGG: what the person was called before is for whoever leads the case alone. Answers how many versions moved.
CREATE FUNCTION cases_conceal_history(dossier bigint) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    moved integer;
BEGIN
    IF NOT {sees("dossier", Compartment.CONFIDENTIAL)} THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: may not conceal the history of this file';
    END IF;
    UPDATE public.audit_history SET compartment = {int(Compartment.CONFIDENTIAL)}
    WHERE dossier_id = dossier AND table_name IN ('cases_participant', 'cases_alias')
      AND compartment <> {int(Compartment.CONFIDENTIAL)};
    GET DIAGNOSTICS moved = ROW_COUNT;
    RETURN moved;
END $$;
"""

RIGHTS = """
REVOKE ALL ON FUNCTION cases_set_person_keys(bigint[], boolean, bigint[], text[], text[]),
    cases_whom_to_ask(bigint), cases_near_days(date),
    cases_find_alike(bigint, timestamptz, text[], text[], date, text, bigint),
    cases_ask_link(bigint, uuid, bigint, text, timestamptz),
    cases_settle_link(bigint, text, text, bigint, timestamptz), cases_conceal_history(bigint) FROM PUBLIC, ina_app;
GRANT EXECUTE ON FUNCTION cases_set_person_keys(bigint[], boolean, bigint[], text[], text[]),
    cases_find_alike(bigint, timestamptz, text[], text[], date, text, bigint),
    cases_ask_link(bigint, uuid, bigint, text, timestamptz),
    cases_settle_link(bigint, text, text, bigint, timestamptz), cases_conceal_history(bigint) TO ina_app;
"""


def name_everybody(apps, schema_editor) -> None:
    """Keys of the people who are there already."""
    aliases: dict[int, list[str]] = {}
    for dossier_id, name in apps.get_model("cases", "Alias").objects.values_list("dossier_id", "name"):
        aliases.setdefault(dossier_id, []).append(name)
    key = apps.get_model("cases", "PersonKey")
    columns = ("dossier_id", "surname", "given_name", "birth_name", "birth_place")
    people = apps.get_model("cases", "Participant").objects.values_list(*columns)
    rows = []
    for dossier_id, surname, given_name, birth_name, place in people.iterator():
        keys = likeness.match_keys(surname, given_name, birth_name, aliases.get(dossier_id, ()), ())
        pairs = [(str(one.kind), one.value) for one in keys] + [("PLACE", likeness.place_key(place))]
        rows += [key(dossier_id=dossier_id, kind=kind, value=value[:160]) for kind, value in pairs if value]
    key.objects.bulk_create(rows, batch_size=5000)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_walls")]
    operations = [
        migrations.AddField("personkey", "of_former", models.BooleanField(default=False)),
        migrations.RemoveIndex("personkey", "cases_personkey_value"),
        migrations.AddIndex(
            "personkey",
            models.Index(fields=["kind", "value"], include=["dossier"], name="cases_personkey_value"),
        ),
        migrations.RemoveConstraint("personkey", "cases_personkey_once"),
        migrations.AddConstraint(
            "personkey",
            models.UniqueConstraint(fields=["dossier", "kind", "value", "of_former"], name="cases_personkey_once"),
        ),
        migrations.AlterField("likenesshint", "found", models.BigIntegerField(null=True)),
        migrations.AddIndex(
            "likenesshint", models.Index(fields=["holder", "given_at"], name="cases_hint_holder_given")
        ),
        migrations.AddIndex("participant", models.Index(fields=["born_on"], name="cases_participant_born_on")),
        migrations.AddIndex(
            "sameperson",
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state="ASKED", is_asker=False),
                name="cases_sameperson_waiting",
            ),
        ),
        migrations.RunPython(name_everybody, migrations.RunPython.noop),
        *(migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (KEYS, FIND, LINKS, CONCEAL, RIGHTS)),
    ]
