"""Limits on how often a stranger may post: one atomic statement per hit, shared by all processes."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

HIT = """
    INSERT INTO chapter_ratehit (key, count, expires_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET count = chapter_ratehit.count + 1 RETURNING count
"""


class TooManyRequests(Exception):
    """Answered with the 429 page by the middleware; `retry_after` is in seconds."""

    def __init__(self, retry_after):
        super().__init__("too many requests")
        self.retry_after = retry_after


def client_address(request):
    """The visitor's address: the entry that our outermost trusted proxy added, never one that a client can write."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        return forwarded[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")


def limit(request, scope, *, times, seconds):
    """Count one use of `scope` by this visitor; raise TooManyRequests beyond `times` in `seconds` (UTC windows)."""
    limit_key(f"address:{client_address(request)}", scope, times=times, seconds=seconds)


def limit_key(identity, scope, *, times, seconds):
    """As `limit`, for any identity, such as an e-mail address; only its daily-salted HMAC is stored."""
    now = datetime.now(UTC)
    window = int(now.timestamp()) // seconds
    ends = datetime.fromtimestamp((window + 1) * seconds, UTC)
    digest = salted_hmac(f"ratelimit:{now:%Y-%m-%d}", f"{scope}:{identity}", algorithm="sha256").hexdigest()[:40]
    if _hit(f"{scope[:20]}:{window}:{digest}", ends + timedelta(hours=1)) > times:
        raise TooManyRequests(retry_after=max(1, int((ends - now).total_seconds())))


def _hit(key, expires_at):
    with connection.cursor() as cursor:
        cursor.execute(HIT, [key, expires_at])
        return cursor.fetchone()[0]
