"""What to do where PostgreSQL does not let us prepare the database, as a sentence instead of a traceback."""

from contextlib import contextmanager

import psycopg
from django.core.management.base import CommandError
from django.db import connection

from . import limits

# Classes of SQLSTATE: it does not let us in, or has no such database.
NOT_LET_IN = ("08", "28", "3D", "53", "57")
MAY_NOT = ("42501", "3F000")
READ_ONLY = "25006"
NOT_IN_ITS_ENCODING = "22P05"


@contextmanager
def explained():
    """Turn a refusal that only an administrator of PostgreSQL can lift into a CommandError that says how."""
    try:
        yield
    except Exception as error:
        if (refusal := _refusal(error)) and (sentence := _sentence(refusal)):
            raise CommandError(sentence) from error
        raise


def _refusal(error):
    while error and not isinstance(error, psycopg.Error):
        error = error.__cause__ or error.__context__
    return error


def _sentence(refusal):
    state = refusal.sqlstate or (isinstance(refusal, psycopg.OperationalError) and NOT_LET_IN[0]) or ""
    said = refusal.diag.message_primary or str(refusal).split("\n")[0]
    if state in MAY_NOT:
        return f"{_who()} may not prepare its database ({said}). {_cure(said)} Then run prepare again."
    if state == READ_ONLY:
        return f"The database of DATABASE_URL cannot be written to ({said}). Give the address of the primary server."
    if state == NOT_IN_ITS_ENCODING:
        return f"The database of DATABASE_URL cannot hold every letter ({said}). Make one with ENCODING 'UTF8' TEMPLATE template0."
    if state.startswith(NOT_LET_IN):
        return (
            f"The database of DATABASE_URL refuses us ({said}). Check that it runs, and that DATABASE_URL is right."
        )
    return None


def _cure(said):
    role, database = _named()
    if "role" in said:
        settings = " ".join(
            f"ALTER ROLE {role} IN DATABASE {database} SET {n} = '{v}';" for n, v in limits.LIMITS.items()
        )
        return f"Let an administrator of PostgreSQL run in it: {settings}"
    return (
        f"Let an administrator of PostgreSQL run in it: GRANT USAGE, CREATE ON SCHEMA public TO {role}; and, if its tables"
        f" belong to another role: REASSIGN OWNED BY that_role TO {role};"
    )


def _who():
    return f"The role {_named()[0]} of DATABASE_URL"


def _named():
    """The role and the database, quoted for SQL."""
    known = connection.settings_dict
    return tuple(connection.ops.quote_name(known[name] or "") for name in ("USER", "NAME"))
