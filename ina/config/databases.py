"""The four log-ins to one database, from the environment.

=========== ============================= ===================================================
alias       variable                      may
=========== ============================= ===================================================
default     DATABASE_URL                  what the wall lets through; owns nothing
log         DATABASE_URL                  the same role on a second connection, for the trail
batch       DATABASE_BATCH_URL            nightly runs, policies of its own
facts       DATABASE_EVALUATION_URL       reads fact tables, nothing else
=========== ============================= ===================================================

With ``INA_DB_ROLE=owner`` (migrations only) the default alias is the owner's log-in, DATABASE_OWNER_URL.
"""

import os

from psycopg.conninfo import conninfo_to_dict

SESSION_OPTIONS = "-c jit=off -c timezone=UTC"
# A page or a job that asks for more than a minute is wrong; a migration may take its time.
BOUNDED = SESSION_OPTIONS + " -c statement_timeout=60000"


def one(url: str, *, options: str = BOUNDED, **extra) -> dict:
    """One entry of DATABASES from a libpq address (``postgresql://role@/name?host=…``)."""
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.get("dbname", "ina"),
        "USER": parts.get("user", ""),
        "PASSWORD": parts.get("password", ""),
        "HOST": parts.get("host", ""),
        "PORT": parts.get("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            key: value for key, value in parts.items() if key in {"sslmode", "sslrootcert", "sslcert", "sslkey"}
        }
        # Statements are bound by the client and never prepared, but for those of ``base.together``.
        | {"options": options, "prepare_threshold": 5},
        **extra,
    }


def from_environment(environ=os.environ) -> dict:
    """DATABASES for the settings; aliases whose address is missing are left out."""
    owner = environ.get("INA_DB_ROLE") == "owner"
    application = environ.get("DATABASE_URL", "postgresql://ina_app@/ina")
    databases = {
        "default": one(environ["DATABASE_OWNER_URL"], options=SESSION_OPTIONS) if owner else one(application),
        "log": one(application),
    }
    if url := environ.get("DATABASE_BATCH_URL"):
        databases["batch"] = one(url)
    if url := environ.get("DATABASE_EVALUATION_URL"):
        databases["facts"] = one(url)
    return databases
