"""The second wall: PostgreSQL row-level security from the same grants as ``visible_to``.

``wall(table, bit)`` is called in the migration that makes a table about a person. ENABLE without FORCE: the
application's role owns nothing, so it is bound; the owner's migrations are not blinded (stack T2).
The form is a scalar subquery with LIMIT 1: as EXISTS the planner would hash all grants of a reader on every query
(stack T1, measured: 0.36 against 20 ms). Somebody blocked for conflict of interest sees nothing, whatever is granted.
"""

from django.db import migrations

from ina.access.enums import Compartment

HOLDERS = "((SELECT string_to_array(nullif(current_setting('ina.holders', true), ''), ',')::bigint[])::bigint[])"
BLOCKED = (
    "((SELECT coalesce(string_to_array(nullif(current_setting('ina.blocked', true), ''), ',')::bigint[], '{}'))"
    "::bigint[])"
)


def condition(dossier: str, bit: str) -> str:
    """The condition of a policy: ``dossier`` and ``bit`` are SQL expressions over the walled table."""
    return f"""{dossier} <> ALL ({BLOCKED}) AND coalesce((SELECT true FROM access_grant g
        WHERE g.dossier_id = {dossier} AND g.holder_id = ANY ({HOLDERS})
          AND g.compartments & {bit} <> 0 AND g.valid @> now() LIMIT 1), false)"""


def wall(table: str, bit: Compartment, *, dossier: str = "dossier_id", history: bool = True) -> migrations.RunSQL:
    """The migration step that walls ``table`` for compartment ``bit`` and keeps the history of its rows."""
    clause = condition(f"{table}.{dossier}", str(int(bit)))
    sql = f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {table} TO ina_app USING ({clause}) WITH CHECK ({clause});
"""
    if history:
        sql += f"""
CREATE TRIGGER keep_history AFTER UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_write_history({int(bit)});
"""
    return migrations.RunSQL(
        sql,
        f"DROP POLICY wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; "
        f"DROP TRIGGER IF EXISTS keep_history ON {table};",
    )


def wall_by_row(table: str, column: str = "compartments") -> migrations.RunSQL:
    """Wall a table whose rows tell of several compartments: ``column`` says which, and one grant must open all of them.

    No history is kept of it: what such a row said is not of one compartment (decision 0009).
    """
    clause = f"""{table}.dossier_id <> ALL ({BLOCKED}) AND coalesce((SELECT true FROM access_grant g
        WHERE g.dossier_id = {table}.dossier_id AND g.holder_id = ANY ({HOLDERS})
          AND g.compartments & {table}.{column} = {table}.{column} AND g.valid @> now() LIMIT 1), false)"""
    return migrations.RunSQL(
        f"""
ALTER TABLE {table} ADD CONSTRAINT {table}_tells_something CHECK ({column} > 0);
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {table} TO ina_app USING ({clause}) WITH CHECK ({clause});
""",
        f"DROP POLICY wall ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
        f" ALTER TABLE {table} DROP CONSTRAINT {table}_tells_something;",
    )


def same_rights(child: str, column: str, parent: str) -> migrations.RunSQL:
    """A child row tells of the same compartments as its parent, or it would be a hole in the parent's wall.

    The parent has a unique constraint on (id, compartments).
    """
    return migrations.RunSQL(
        f"""ALTER TABLE {child} ADD CONSTRAINT {child}_{column}_same_rights
    FOREIGN KEY ({column}, compartments) REFERENCES {parent} (id, compartments) DEFERRABLE INITIALLY DEFERRED;""",
        f"ALTER TABLE {child} DROP CONSTRAINT {child}_{column}_same_rights",
    )


def same_dossier(child: str, column: str, parent: str) -> migrations.RunSQL:
    """A child row belongs to the dossier of its parent: foreign keys look past the wall (stack 2.2 no. 4)."""
    return migrations.RunSQL(
        f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = '{parent}_with_dossier') THEN
        ALTER TABLE {parent} ADD CONSTRAINT {parent}_with_dossier UNIQUE (dossier_id, id);
    END IF;
END $$;
ALTER TABLE {child} ADD CONSTRAINT {child}_{column}_same_dossier
    FOREIGN KEY (dossier_id, {column}) REFERENCES {parent} (dossier_id, id) DEFERRABLE INITIALLY DEFERRED;
""",
        f"ALTER TABLE {child} DROP CONSTRAINT {child}_{column}_same_dossier",
    )


def batch_reads(*tables: str) -> migrations.RunSQL:
    """Let the nightly log-in read these tables whole."""
    return migrations.RunSQL(
        "\n".join(
            f"GRANT SELECT ON {table} TO ina_batch;"
            f" CREATE POLICY batch ON {table} FOR SELECT TO ina_batch USING (true);"
            for table in tables
        ),
        "\n".join(f"DROP POLICY batch ON {table}; REVOKE SELECT ON {table} FROM ina_batch;" for table in tables),
    )


def holder_wall(table: str) -> migrations.RunSQL:
    """Wall a table of what somebody keeps for themselves; the nightly log-in may read and forget it."""
    return migrations.RunSQL(
        f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY wall ON {table} TO ina_app USING (holder_id = ANY ({HOLDERS})) WITH CHECK (holder_id = ANY ({HOLDERS}));
GRANT SELECT, DELETE ON {table} TO ina_batch;
CREATE POLICY batch ON {table} TO ina_batch USING (true);
""",
        f"DROP POLICY wall ON {table}; DROP POLICY batch ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;"
        f" REVOKE SELECT, DELETE ON {table} FROM ina_batch;",
    )
