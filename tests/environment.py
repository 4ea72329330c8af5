"""Loaded before Django: test settings, and the embedded PostgreSQL unless DATABASE_URL names another.

With several test processes the first one starts the server; the others inherit its address.
"""

import os

os.environ.setdefault("SITE_MODE", "test")

from otg_site import postgres

postgres.use_embedded_if_unset()
