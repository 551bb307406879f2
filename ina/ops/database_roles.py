"""The log-ins of the database and what each may do; the same statements for the embedded and for a foreign server.

========== ========================================================================================================
postgres   superuser of the embedded server; creates roles and databases, nothing else
ina_owner  owns database, schema and tables; migrations only
ina_app    the application: reads and writes rows that the wall (row-level security) lets through, owns nothing
ina_batch  nightly runs; tables are granted one by one in migrations
ina_eval   the evaluator's log-in; fact tables only, granted one by one in migrations
========== ========================================================================================================
"""

from collections.abc import Sequence
from typing import LiteralString

import psycopg
from psycopg import sql

from ina.ops.faults import Fault, connection_fault

OWNER, APPLICATION, BATCH, EVALUATION = ROLES = ("ina_owner", "ina_app", "ina_batch", "ina_eval")
OLDEST_SERVER = 150000

_CREATE_ROLE = """\
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN CREATE ROLE {role} LOGIN; END IF;
END $$"""

# Only a superuser may say this; elsewhere the defaults of CREATE ROLE are the same.
_PLAIN_ROLE = "ALTER ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"

_ON_DATABASE = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    f"GRANT CONNECT, TEMPORARY ON DATABASE {{database}} TO {APPLICATION}, {BATCH}",
    f"GRANT CONNECT ON DATABASE {{database}} TO {EVALUATION}",
)

_INSIDE_DATABASE = (
    f"ALTER SCHEMA public OWNER TO {OWNER}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA public TO {APPLICATION}, {BATCH}, {EVALUATION}",
    # What the owner will make from now on. TRUNCATE is missing on purpose: it would pass by every trigger and the wall.
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public"
    f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APPLICATION}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APPLICATION}",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT EXECUTE ON FUNCTIONS TO {APPLICATION}",
)


def sql_for_administrator(database: str = "ina") -> str:
    """A psql script for the administrator of a server of its own; may be run again."""
    lines = [
        "-- Konten, Datenbank und Rechte für ina. Mit psql als Verwalter/in des Servers ausführen; wiederholbar.",
        "-- Danach jedem Konto ein Passwort geben:  \\password ina_owner  \\password ina_app  \\password ina_batch",
        "-- \\password ina_eval",
        "-- und die Adressen setzen: DATABASE_URL (ina_app), DATABASE_OWNER_URL (ina_owner, nur für Migrationen),",
        "-- DATABASE_BATCH_URL (ina_batch), DATABASE_EVALUATION_URL (ina_eval).",
        "\\set ON_ERROR_STOP on",
        *(_CREATE_ROLE.format(role=role) + ";" for role in ROLES),
        "-- Wer Eigentum überträgt, muss dem Konto angehören; am Ende wird das zurückgenommen.",
        f"GRANT {OWNER} TO CURRENT_USER;",
        f"SELECT 'CREATE DATABASE {database} OWNER {OWNER} TEMPLATE template0 ENCODING ''UTF8'''"  # noqa: S608  constants
        f" WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec",
        *(statement.format(database=database) + ";" for statement in _ON_DATABASE),
        f"\\connect {database}",
        *(statement + ";" for statement in _INSIDE_DATABASE),
        f"REVOKE {OWNER} FROM CURRENT_USER;",
    ]
    return "\n".join(lines) + "\n"


def make_roles(superuser: psycopg.Connection) -> None:
    """Creates the roles, or sets their attributes right; at each start of the embedded server."""
    for role in ROLES:
        superuser.execute(_CREATE_ROLE.format(role=role))
        superuser.execute(_PLAIN_ROLE.format(role=role))


def make_database(superuser_url: str, database: str = "ina", template: str = "template0") -> None:
    """Creates a database with owner, grants and default privileges, or sets them right.

    `superuser_url` leads to any database of the server, as superuser. With `template` the new database is a clone
    (nobody may be connected to the original). Roles must exist.
    """
    name = sql.Identifier(database)
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    name, sql.Identifier(OWNER), sql.Identifier(template)
                )
            )
        for statement in _ON_DATABASE:
            connection.execute(sql.SQL(statement).format(database=name))
    with psycopg.connect(superuser_url, dbname=database, autocommit=True) as connection:
        for statement in _INSIDE_DATABASE:
            connection.execute(statement)


def drop_database(superuser_url: str, database: str) -> None:
    """Drops a database with all its rows, whoever is connected."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))


# One row: name, superuser, bypassrls, createrole, replication, tables it owns or could own.
_WHO_AM_I = """
SELECT current_user, r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolreplication,
       (SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
           AND pg_has_role(current_user, c.relowner, 'MEMBER')),
       pg_has_role(current_user, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'MEMBER')
  FROM pg_roles r WHERE r.rolname = current_user
"""


def one_row(connection: psycopg.Connection, query: LiteralString, parameters: Sequence = ()) -> tuple:
    """The row of a query that always has exactly one."""
    (row,) = connection.execute(query, parameters).fetchall()
    return row


def application_role_faults(connection: psycopg.Connection) -> list[str]:
    """Why this log-in may not serve the application: each reason would let it pass by row-level security."""
    name, superuser, bypass, create_role, replication, tables, owns_database = one_row(connection, _WHO_AM_I)
    if superuser:
        return [f"{name} ist Superuser"]
    reasons = {
        f"{name} umgeht Zeilenrechte (BYPASSRLS)": bypass,
        f"{name} darf Konten anlegen (CREATEROLE)": create_role,
        f"{name} darf den ganzen Server kopieren (REPLICATION)": replication,
        f"{name} besitzt Tabellen oder gehört zu deren Eigentümer": tables,
        f"{name} besitzt die Datenbank oder gehört zu deren Eigentümer": owns_database,
    }
    return [reason for reason, applies in reasons.items() if applies]


def check_application_role(conninfo: str, variable: str = "DATABASE_URL") -> None:
    """Logs in and refuses (Fault, one sentence) a server that is too old or a role that the walls would not stop."""
    try:
        with psycopg.connect(conninfo, connect_timeout=10, autocommit=True) as connection:
            version, reasons = connection.info.server_version, application_role_faults(connection)
    except psycopg.Error as error:
        raise connection_fault(error, conninfo, variable) from None
    if version < OLDEST_SERVER:
        raise Fault(f"{variable}: Der Server hat PostgreSQL {version // 10000}; gebraucht wird Version 15 oder neuer.")
    if reasons:
        raise Fault(
            f"{variable} taugt nicht für die Anwendung: {' und '.join(reasons)}. Gebraucht wird ein Konto wie ina_app, "
            "dem nichts gehört; das SQL dafür gibt 'script/ina database_roles' aus."
        )
