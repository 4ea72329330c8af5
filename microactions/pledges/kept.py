"""Right after a microaction was written the page celebrates it: a mark in the address says so, for a quarter of an hour.

Nobody else can make one, so that no link celebrates what its reader did not write.
"""

from django.core import signing

SALT = "microactions.kept"
SECONDS = 15 * 60


def mark(place: str, *ids: int) -> str:
    """For the address of the page that follows. `place` keeps the marks of several kinds of page apart."""
    return signing.dumps(ids, salt=f"{SALT}.{place}")


def marked(place: str, mark: str) -> list[int]:
    """The ids of a mark; empty for one that is old or not ours."""
    try:
        return signing.loads(mark, salt=f"{SALT}.{place}", max_age=SECONDS)
    except signing.BadSignature:
        return []
