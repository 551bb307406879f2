"""Search by name and by Buchnummer inside one's own lists, and the question whether there is a file elsewhere.

Only leakproof operators reach an index below the wall; arrays and the key of a Buchnummer do not. So these functions
belong to the owner and contain the wall's condition.
"""

from itertools import islice

from django.db import migrations

from ina.access.enums import Compartment
from ina.access.wall import BLOCKED, HOLDERS, batch_reads, condition
from ina.cases.rules.finding import find_keys

CHUNK = 5_000
# As ``rules.likeness.WEIGHTS`` says: surname and given name; both by sound or in part.
SAME, ALIKE = 55, 50
SEARCHES_AN_HOUR = 30


def sees(dossier: str, bit: Compartment) -> str:
    return f"({condition(dossier, str(int(bit)))})"


SCOPE = """(of_responsible IS NULL OR w.responsible_id = ANY (of_responsible))
              AND (of_unit IS NULL OR w.unit_id = of_unit) AND (of_team IS NULL OR w.team_id = of_team)"""


def with_keys(*words: str, also: str = "") -> str:
    """Cases of the scope of which each word that was asked has one of its keys. Their order is made by how well they
    fit, outside; which ones of very many is left open."""
    asked = " AND ".join(f"({word} IS NULL OR w.find_keys && {word})" for word in words)
    return f"""SELECT w.case_id, w.dossier_id, w.name_key::text, w.is_open, w.find_keys && of_others
    FROM public.cases_worklist w
    WHERE {SCOPE} AND w.is_open = ANY (opens) AND {asked} {also} AND {sees("w.dossier_id", Compartment.CASE)}
    LIMIT 6 * at_most"""


FOLD = r"""
-- As ``rules.finding.fold``, all words of a key of a list row as one.
CREATE FUNCTION cases_folded(name_key text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    regexp_replace(regexp_replace(regexp_replace(name_key, '([aou])e', '\1', 'g'), '(.)\1+', '\1', 'g'),
        '[^[:alpha:]]', '', 'g');
"""

# Keys of beginnings end at six letters: of longer words the rest must be there too, or many crowd out the few.
LONG_WORDS = """AND (long_words IS NULL OR w.find_keys && of_others OR NOT EXISTS (
        SELECT FROM unnest(long_words) word WHERE position(word IN public.cases_folded(w.name_key)) = 0))"""

FIND = f"""
-- Cases of one scope whose person is called like this: names that begin with what was typed (from low to below high);
-- where these are no more than at_most, those with an exact key of each word; then those with a similar one, and those
-- who write all words as one. A row may come more than once. ``by_other``: another name than the present one may be why.
CREATE FUNCTION cases_find(of_responsible bigint[], of_unit bigint, of_team bigint, opens boolean[], low text, high text,
    exact_1 text[], exact_2 text[], exact_3 text[], similar_1 text[], similar_2 text[], similar_3 text[], joined text[],
    long_words text[], of_others text[], at_most integer)
RETURNS TABLE (case_id bigint, dossier_id bigint, name_key text, is_open boolean, by_other boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
-- A plan for all words and scopes would suit none of them.
SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    one boolean; more integer; found integer := 0;
BEGIN
    IF num_nonnulls(of_responsible, of_unit, of_team) <> 1 THEN
        RAISE invalid_parameter_value USING MESSAGE = 'cases: a search has one scope';
    END IF;
    FOREACH one IN ARRAY opens LOOP
        -- In the order of the list's own index: no more rows are read than answered.
        RETURN QUERY SELECT w.case_id, w.dossier_id, w.name_key::text, w.is_open, false FROM public.cases_worklist w
        WHERE {SCOPE} AND w.is_open = one AND w.name_key >= low AND w.name_key < high
          AND {sees("w.dossier_id", Compartment.CASE)}
        ORDER BY w.name_key, w.case_id LIMIT at_most + 1;
        GET DIAGNOSTICS more = ROW_COUNT;
        found := found + more;
    END LOOP;
    IF found > at_most OR exact_1 IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY {with_keys("exact_1", "exact_2", "exact_3", also=LONG_WORDS)};
    GET DIAGNOSTICS more = ROW_COUNT;
    IF more > at_most THEN
        RETURN;
    END IF;
    RETURN QUERY {with_keys("similar_1", "similar_2", "similar_3")};
    IF joined IS NOT NULL THEN
        RETURN QUERY {with_keys("joined")};
    END IF;
END $$;

-- Cases of one scope by the Buchnummer of any stay that stands; spaces and capitals do not matter. Whoever does not see
-- stays in custody finds none.
CREATE FUNCTION cases_find_booked(of_responsible bigint[], of_unit bigint, of_team bigint, number text, at_most integer)
RETURNS TABLE (case_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    -- One by one and by the index of each prison; the key of a number alone has none.
    SELECT w.case_id FROM public.institutions_institution i
    CROSS JOIN LATERAL (SELECT s.case_id FROM public.cases_custodyperiod s
        WHERE s.prison_id = i.id AND public.cases_booking_key(s.booking_number) = public.cases_booking_key(number)
          AND s.voided_at IS NULL AND s.booking_number <> '' OFFSET 0) stay
    JOIN public.cases_worklist w ON w.case_id = stay.case_id
    WHERE i.kind IN ('PRISON', 'YOUTH_ARREST') AND num_nonnulls(of_responsible, of_unit, of_team) = 1 AND {SCOPE}
      AND {sees("w.dossier_id", Compartment.CASE)} AND {sees("w.dossier_id", Compartment.CUSTODY)}
    GROUP BY w.case_id ORDER BY w.case_id DESC LIMIT at_most
$$;
"""

OUTSIDE = f"""
-- Whether there is a file of somebody with this full name, over all walls: five at most. Of files that the asker does not
-- see it answers whom to ask. ``found`` is for those they see anyway, ``logged`` for the trail of each file. Names under
-- the ban on disclosure find nothing. A shielded file is told to nobody who does not see it (no handle), only logged.
CREATE FUNCTION cases_find_outside(for_holder bigint, asked_at timestamptz, kinds text[], vals text[], born date)
RETURNS TABLE (handle uuid, score integer, ask text, house text, found bigint, logged bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
#variable_conflict use_column
DECLARE
    near date[] := CASE WHEN born IS NULL THEN '{{}}' ELSE public.cases_near_days(born) END;
    my_surname text := vals[array_position(kinds, 'SURNAME')];
    my_surname_sound text := vals[array_position(kinds, 'SURNAME_SOUND')];
    my_given text := vals[array_position(kinds, 'GIVEN')];
    my_given_first text := vals[array_position(kinds, 'GIVEN_FIRST')];
BEGIN
    IF NOT coalesce(for_holder = ANY ({HOLDERS}), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: not a holder of the caller';
    END IF;
    IF my_surname IS NULL OR my_given IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: a full name';
    END IF;
    IF (SELECT count(*) FROM public.cases_likenesshint h WHERE h.holder_id = for_holder AND h.found IS NULL
            AND h.given_at > asked_at - interval '1 hour') >= {SEARCHES_AN_HOUR} THEN
        RAISE insufficient_privilege USING MESSAGE = 'cases: too many searches';
    END IF;
    INSERT INTO public.cases_likenesshint (handle, holder_id, found, score, given_at)
    VALUES (gen_random_uuid(), for_holder, NULL, 0, asked_at);
    RETURN QUERY
    WITH named AS MATERIALIZED (
        SELECT s.dossier_id, max(CASE WHEN s.kind IN ('SURNAME', 'OTHER') AND g.kind = 'GIVEN' THEN {SAME}
                                      ELSE {ALIKE} END) AS points
        FROM public.cases_personkey s JOIN public.cases_personkey g USING (dossier_id)
        WHERE NOT s.of_former AND NOT g.of_former
          AND (s.kind IN ('SURNAME', 'OTHER') AND s.value = my_surname
               OR s.kind = 'SURNAME_SOUND' AND s.value = my_surname_sound)
          AND (g.kind = 'GIVEN' AND g.value = my_given OR g.kind = 'GIVEN_PART' AND g.value = my_given_first
               OR g.kind = 'GIVEN_FIRST' AND g.value = ANY (SELECT value FROM unnest(kinds, vals) t (kind, value)
                                                            WHERE kind = 'GIVEN_PART'))
        GROUP BY s.dossier_id),
    hits AS (
        SELECT n.dossier_id, n.points, d.is_shielded, {sees("n.dossier_id", Compartment.IDENTITY)} AS is_seen
        FROM named n JOIN public.access_dossier d ON d.id = n.dossier_id
        JOIN public.cases_participant p ON p.dossier_id = n.dossier_id
        WHERE d.erased_at IS NULL AND d.sealed_at IS NULL AND n.dossier_id <> ALL ({BLOCKED})
          AND (born IS NULL OR p.born_on IS NULL OR p.born_on = ANY (near))
        ORDER BY n.points DESC, p.born_on IS NOT DISTINCT FROM born DESC, n.dossier_id LIMIT 5),
    given_out AS (
        INSERT INTO public.cases_likenesshint (handle, holder_id, found, score, given_at)
        SELECT gen_random_uuid(), for_holder, dossier_id, points, asked_at FROM hits WHERE is_seen OR NOT is_shielded
        RETURNING handle, found)
    SELECT o.handle, CASE WHEN o.handle IS NOT NULL THEN h.points END, w.ask, w.house,
        CASE WHEN h.is_seen THEN h.dossier_id END, h.dossier_id
    FROM hits h LEFT JOIN given_out o ON o.found = h.dossier_id
    LEFT JOIN LATERAL public.cases_whom_to_ask(h.dossier_id) w ON o.handle IS NOT NULL
    ORDER BY h.points DESC, h.dossier_id;
END $$;
"""

SIGNATURES = """
cases_find(bigint[], bigint, bigint, boolean[], text, text, text[], text[], text[], text[], text[], text[], text[],
    text[], text[], integer),
cases_find_booked(bigint[], bigint, bigint, text, integer),
cases_find_outside(bigint, timestamptz, text[], text[], date)
"""
RIGHTS = f"""
REVOKE ALL ON FUNCTION {SIGNATURES} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION {SIGNATURES} TO ina_app;
"""


def name_everybody(apps, schema_editor) -> None:
    """What the people who are there already are found by, some thousand at a time."""
    aliases: dict[int, list[str]] = {}
    for dossier_id, name in (
        apps.get_model("cases", "Alias").objects.filter(voided_at=None).order_by("pk").values_list("dossier_id", "name")
    ):
        aliases.setdefault(dossier_id, []).append(name)
    columns = ("birth_name", "surname", "given_name", "dossier_id")
    people = apps.get_model("cases", "Participant").objects.values_list(*columns).iterator(chunk_size=CHUNK)
    with schema_editor.connection.cursor() as cursor:
        while some := list(islice(people, CHUNK)):
            cursor.executemany(
                "UPDATE cases_worklist SET find_keys = %s WHERE dossier_id = %s",
                [
                    (find_keys(surname, given_name, [birth_name, *aliases.get(dossier_id, ())]), dossier_id)
                    for birth_name, surname, given_name, dossier_id in some
                ],
            )


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_desk_walls"), ("access", "0008_shielded")]
    operations = [
        batch_reads("cases_alias"),
        migrations.RunPython(name_everybody, migrations.RunPython.noop),
        migrations.RunSQL(FOLD, migrations.RunSQL.noop),
        migrations.RunSQL(FIND, migrations.RunSQL.noop),
        migrations.RunSQL(OUTSIDE, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
