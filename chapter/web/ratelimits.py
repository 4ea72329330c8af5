"""Limits on how often a stranger may post: one atomic statement per hit, shared by all processes."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

HOUR, DAY = 60 * 60, 24 * 60 * 60
# Many sit behind one address: a whole office, or everybody in the room at an unconference.
POSTS_PER_ADDRESS = 600

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
    """The visitor's address: the entry that our outermost trusted proxy added, never one that a client can write.

    Of an IPv6 address only the first half: the other belongs to one household, which may change it at will.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = forwarded[-settings.PROXY_COUNT] if 0 < settings.PROXY_COUNT <= len(forwarded) else ""
    return _household(trusted) or _household(request.META.get("REMOTE_ADDR", ""))


def _household(text):
    """The address that a limit counts by, or an empty text for what is no address."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network((address, 64), strict=False).network_address if address.version == 6 else address)


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
