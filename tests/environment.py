"""Loaded before Django: test settings, and an embedded PostgreSQL of its own unless DATABASE_URL names another.

With several test processes the first one starts the server; the others inherit its address.
"""

import os
from pathlib import Path

import psycopg

os.environ.setdefault("SITE_MODE", "test")
# Set by `make test-everything`: nothing is asked in turn, all is asked everywhere.
EVERYTHING = bool(os.environ.get("EVERYTHING"))

from otg_site import postgres

# Not the demo's folder: this server may lose everything when the machine goes down, in exchange for a faster suite.
DATA = Path(__file__).resolve().parent.parent / ".postgres-test"
LAX = ("fsync", "synchronous_commit", "full_page_writes")


def start():
    url = postgres.start(data=DATA)
    with psycopg.connect(url, autocommit=True) as server:
        for name in LAX:
            server.execute(f"ALTER SYSTEM SET {name} = off")
        server.execute("SELECT pg_reload_conf()")
    return url


if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = start()
