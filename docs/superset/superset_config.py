"""Superset's settings for a lake: it reads the lake's files and nothing else, and asks no other machine."""

import os
from pathlib import Path
from threading import Lock

import duckdb
from duckdb_engine import ConnectionWrapper
from sqlalchemy import event
from sqlalchemy.pool import Pool

HOME = Path(os.environ["SUPERSET_HOME"])
SECRET_KEY = os.environ["SUPERSET_SECRET_KEY"]
SQLALCHEMY_DATABASE_URI = f"sqlite:///{HOME}/superset.db?check_same_thread=false"
PREVENT_UNSAFE_DB_CONNECTIONS = False  # Superset calls any database that is a file unsafe; see hold_to_the_lake
FAB_UPDATE_PERMS = "SUPERSET_PREPARING" in os.environ  # they are in the prepared database: 3 s less at each start

# Superset's own policy lets a browser call home and ask for maps: this one lets it ask this server only.
TALISMAN_CONFIG = {
    "content_security_policy": {
        "base-uri": ["'self'"],
        "default-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:"],
        "worker-src": ["'self'", "blob:"],
        "object-src": "'none'",
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'", "'strict-dynamic'"],
    },
    "content_security_policy_nonce_in": ["script-src"],
    "force_https": False,
    "session_cookie_secure": False,
}

_opening = Lock()


@event.listens_for(Pool, "connect")
def hold_to_the_lake(connection: object, _record: object) -> None:
    """Let a DuckDB that was opened read the folders of its lake, and nothing else of this machine.

    Two that are open at a time are one to DuckDB: the second finds it done.
    """
    if not isinstance(connection, ConnectionWrapper):
        return
    with _opening:
        cursor = connection.cursor()
        cursor.execute("SELECT path, current_setting('lock_configuration') FROM duckdb_databases() WHERE NOT internal")
        ((path, is_locked),) = cursor.fetchall()
        if not path:
            return
        lake = str(Path(path).parent).replace("'", "''")
        cursor.execute(f"SET VARIABLE lake_root = '{lake}'")  # views find it by the folder for temporary files else
        if not is_locked:
            allowed = ", ".join(f"'{lake}/{name}'" for name in ("data", "runs", "export"))
            cursor.execute(
                f"SET TimeZone = 'UTC'; SET temp_directory = ''; SET allowed_directories = [{allowed}];"
                " SET enable_external_access = false; SET lock_configuration = true"
            )


def SQL_QUERY_MUTATOR(sql: str, **_: object) -> str:  # noqa: N802 -- Superset's name
    """Let queries pass only: Superset does not take DuckDB's COPY for a statement that writes."""
    with duckdb.connect() as parser:
        for statement in parser.extract_statements(sql):
            if statement.type != duckdb.StatementType.SELECT:
                raise PermissionError("a lake answers queries only")
    return sql
