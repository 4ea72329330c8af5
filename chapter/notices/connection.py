"""The parameters of a connection on which a process listens."""

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

# A dead peer is noticed after 10 + 3 × 5 seconds.
KEEPALIVE = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


def params() -> dict:
    """psycopg's parameters for LISTEN_URL, or for the site's own database where it is not set."""
    own = connections[DEFAULT_DB_ALIAS]
    database = type(own)({**own.settings_dict, **settings.LISTEN_DATABASE}, alias="listen")
    # Without what only Django's synchronous cursors understand.
    unknown = {"cursor_factory", "context"}
    return {name: value for name, value in database.get_connection_params().items() if name not in unknown}
