"""The roles of the database, the grants between them, and the refusal of a role that could see too much.

On the embedded cluster's socket the operating system's user may be any role: the roles stop mistakes there, not a
process that has been taken over. A site that needs more names a database by URL, with passwords or certificates.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from watchward.foundation.database.home import DatabaseRefused

if TYPE_CHECKING:
    import psycopg

OWNER = "ww_owner"
LOGINS: dict[str, str] = {
    "owner": "ww_migrator",
    "app": "ww_app",
    "worker": "ww_worker",
    "auditor": "ww_auditor",
    "sealer": "ww_sealer",
    "portal": "ww_portal",
}
"""The role with which a process of each kind connects."""

OLDEST = 160_000
"""PostgreSQL 16: the first with GRANT ... WITH INHERIT FALSE, SET TRUE."""

LOCK = 0x77_61_74_63_68  # an advisory lock of this application, for those who provision at once

GRANTS = """
GRANT USAGE ON SCHEMA public TO ww_app, ww_worker, ww_auditor, ww_sealer, ww_portal;
ALTER DEFAULT PRIVILEGES FOR ROLE ww_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ww_app, ww_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE ww_owner IN SCHEMA public GRANT USAGE ON SEQUENCES TO ww_app, ww_worker;
ALTER DEFAULT PRIVILEGES FOR ROLE ww_owner IN SCHEMA public GRANT SELECT ON TABLES TO ww_auditor;
"""

RANGE_OF_IDENTIFIERS = "CREATE TYPE public.uuidrange AS RANGE (subtype = uuid)"
"""Exclusion by identifier without the contrib module btree_gist: `uuidrange(p, p, '[]') WITH &&`."""


def provision(administrator: str, name: str, passwords: Mapping[str, str] | None = None) -> None:
    """Make the roles and the database with its grants, as far as they are not there; safe from many processes at once.

    `administrator` is the conninfo of a role that may create roles and databases, or of the owner of a database in
    which the roles have been made. `passwords` by role name are set where a role cannot sign in with them.

    Raises DatabaseRefused when the server is older than PostgreSQL 16 or the administrator may not do what is missing.
    """
    import psycopg
    from psycopg.conninfo import make_conninfo

    try:
        with psycopg.connect(administrator, autocommit=True) as connection:
            if connection.info.server_version < OLDEST:
                major = connection.info.server_version // 10_000
                raise DatabaseRefused(f"The database server is PostgreSQL {major}; 16 is the oldest that works.")
            connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # falls with the connection
            _make_roles(connection)
            for role, password in (passwords or {}).items():
                _set_password(connection, make_conninfo(administrator), role, password)
            _make_database(connection, name)
            grant_connecting(connection, name)
            with psycopg.connect(make_conninfo(administrator, dbname=name), autocommit=True) as inside:
                _grant(inside)
    except psycopg.errors.InsufficientPrivilege as refused:
        raise DatabaseRefused(
            f"The database's administrator may not make what is missing: {refused}. It needs CREATEROLE and CREATEDB, "
            f"or an empty database {name!r} of its own and the roles {OWNER}, {', '.join(LOGINS.values())}."
        ) from refused


def _make_roles(connection: psycopg.Connection[Any]) -> None:
    from psycopg import sql

    there = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'ww\\_%'")}
    if OWNER not in there:
        connection.execute("CREATE ROLE ww_owner NOLOGIN")
    for role in LOGINS.values():
        if role not in there:
            inherit = sql.SQL("NOINHERIT" if role == LOGINS["owner"] else "INHERIT")
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN {}").format(sql.Identifier(role), inherit))
    member = "SELECT FROM pg_auth_members WHERE roleid = 'ww_owner'::regrole AND member = {} AND set_option"
    if not connection.execute(sql.SQL(member).format(sql.SQL("'ww_migrator'::regrole"))).fetchone():
        connection.execute("GRANT ww_owner TO ww_migrator WITH INHERIT FALSE, SET TRUE")
    me = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    if me and not me[0] and not connection.execute(sql.SQL(member).format(sql.SQL("current_user::regrole"))).fetchone():
        connection.execute("GRANT ww_owner TO CURRENT_USER WITH INHERIT FALSE, SET TRUE")


def _set_password(connection: psycopg.Connection[Any], administrator: str, role: str, password: str) -> None:
    """Set a role's password unless it signs in with it already; only the verifier goes over the line."""
    import psycopg
    from psycopg import sql
    from psycopg.conninfo import make_conninfo

    try:
        psycopg.connect(make_conninfo(administrator, user=role, password=password)).close()
    except psycopg.OperationalError:
        verifier = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
        connection.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), sql.Literal(verifier)))


def _make_database(connection: psycopg.Connection[Any], name: str) -> None:
    from psycopg import sql

    found = connection.execute(
        "SELECT pg_encoding_to_char(encoding), pg_get_userbyid(datdba) = %s FROM pg_database WHERE datname = %s",
        [OWNER, name],
    ).fetchone()
    if found is None:
        collation = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"  # text sorts alike on every server
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' {}").format(
                sql.Identifier(name),
                sql.Identifier(OWNER),
                sql.SQL(collation if connection.info.server_version >= 170_000 else ""),
            )
        )
    elif found[0] != "UTF8":
        raise DatabaseRefused(f"The database {name!r} is encoded in {found[0]}; it must be UTF8.")


def grant_connecting(connection: psycopg.Connection[Any], name: str) -> None:
    """Let only our roles connect to a database, and only those that stage bulk work make temporary tables in it."""
    from psycopg import sql

    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(sql.SQL("GRANT CREATE, CONNECT, TEMPORARY ON DATABASE {} TO ww_owner").format(database))
    connection.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO ww_app, ww_worker").format(database))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO ww_migrator, ww_auditor, ww_sealer, ww_portal").format(database)
    )


def _grant(inside: psycopg.Connection[Any]) -> None:
    ours = """
        SELECT pg_get_userbyid(nspowner) = 'ww_owner', pg_get_userbyid(datdba) = 'ww_owner'
        FROM pg_namespace, pg_database WHERE nspname = 'public' AND datname = current_database()
    """
    schema_is_ours, database_is_ours = inside.execute(ours).fetchone() or (False, False)
    if not schema_is_ours:
        if database_is_ours:
            inside.execute("SET ROLE ww_owner")  # the schema belongs to the database's owner, whoever that is
        inside.execute("ALTER SCHEMA public OWNER TO ww_owner")
    inside.execute("SET ROLE ww_owner")
    inside.execute(GRANTS)
    if inside.execute("SELECT to_regtype('public.uuidrange') IS NULL").fetchone() == (True,):
        inside.execute(RANGE_OF_IDENTIFIERS)


def refuse_privileged_role(connection: Any, role: str | None = None) -> None:
    """Refuse to go on with a database role that row-level security would not bind.

    `connection` is Django's; `role` is what this process is (WATCHWARD_ROLE unless given).

    Raises DatabaseRefused for a superuser, a role with BYPASSRLS, and, unless the process is the owner's, a role that
    owns tables or may become one that does.
    """
    role = role or os.environ.get("WATCHWARD_ROLE", "app")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT current_user, session_user,
                bool_or(rolsuper), bool_or(rolbypassrls),
                bool_or(EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid AND relkind IN ('r', 'p')
                                AND relpersistence <> 't')),
                bool_or(EXISTS (SELECT FROM pg_roles AS owner WHERE owner.rolname = 'ww_owner'
                                AND pg_has_role(pg_roles.oid, owner.oid, 'MEMBER')))
            FROM pg_roles WHERE rolname IN (current_user, session_user)
            """
        )
        current, session, superuser, bypasses, owns, may_own = cursor.fetchone()
    name = current if current == session else f"{session} acting as {current}"
    if superuser:
        raise DatabaseRefused(f"The database role {name} is a superuser, whom row-level security does not bind.")
    if bypasses:
        raise DatabaseRefused(f"The database role {name} has BYPASSRLS, so row-level security does not bind it.")
    if role != "owner" and owns:
        raise DatabaseRefused(f"The database role {name} owns tables, and this process ({role}) must not.")
    if role != "owner" and may_own:
        raise DatabaseRefused(f"The database role {name} may become {OWNER}, and this process ({role}) must not.")
