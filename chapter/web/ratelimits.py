"""Rate limits: one atomic statement per hit, shared by all processes."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from ..models import RateHit

HOUR, DAY = 60 * 60, 24 * 60 * 60
# A whole office, or everybody in the room at an unconference, shares one address.
POSTS_PER_ADDRESS = 600
# More than a person presses on the page of one secret link.
POSTS_PER_LINK = 120

HIT = """
    INSERT INTO chapter_ratehit (key, count, expires_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET count = chapter_ratehit.count + 1 RETURNING count
"""


class TooManyRequests(Exception):
    """Becomes the 429 page; `retry_after` is in seconds."""

    page = "too_many"

    def __init__(self, retry_after):
        super().__init__("too many requests")
        self.retry_after = retry_after


def client_address(request) -> str:
    """The client's address, as our outermost trusted proxy saw it; a client cannot forge it."""
    return address_in(request.META)


def address_in(environ) -> str:
    """`client_address`, before there is a request."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = forwarded[-settings.PROXY_COUNT] if 0 < settings.PROXY_COUNT <= len(forwarded) else ""
    return _household(trusted) or _household(environ.get("REMOTE_ADDR", ""))


def _household(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    # A household owns a /64 of IPv6 and may change the other half at will.
    return str(ip_network((address, 64), strict=False).network_address if address.version == 6 else address)


def limit(request, scope: str, *, times: int, seconds: int) -> None:
    """Count one use of `scope` by this member, or by a visitor's address; TooManyRequests beyond `times` per window of
    `seconds` (UTC).

    A stranger at the same address can use up a visitor's. Who came by a secret link counts by that, with `limit_key`.
    """
    user = getattr(request, "user", None)
    is_member = user is not None and user.is_authenticated
    # Not `member:`, which views count by for limits of their own.
    identity = f"poster:{user.pk}" if is_member else f"address:{client_address(request)}"
    limit_key(identity, scope, times=times, seconds=seconds)


def limit_key(identity: str, scope: str, *, times: int, seconds: int) -> int:
    """As `limit`, for any identity, such as an e-mail address; only its daily-salted HMAC is stored. Returns which use
    this is, from 1."""
    count, rest = uses(identity, scope, seconds=seconds)
    if count > times:
        raise TooManyRequests(retry_after=rest)
    return count


def uses(identity: str, scope: str, *, seconds: int) -> tuple[int, int]:
    """Count one use, and return how many there were in this window, and the seconds until the next."""
    now = datetime.now(UTC)
    key, ends = _window(identity, scope, seconds, now)
    count = _hit(key, ends + timedelta(hours=1))
    return count, max(1, int((ends - now).total_seconds()))


def give_back(identity: str, scope: str, *, seconds: int) -> None:
    """Count one use less in this window: what was counted in advance turned out to be right."""
    key, _ends = _window(identity, scope, seconds, datetime.now(UTC))
    RateHit.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def used(identity: str, scope: str, *, seconds: int) -> int:
    """How many uses there were in this window, without counting one."""
    key, _ends = _window(identity, scope, seconds, datetime.now(UTC))
    return RateHit.objects.filter(key=key).values_list("count", flat=True).first() or 0


def _window(identity, scope, seconds, now):
    window = int(now.timestamp()) // seconds
    ends = datetime.fromtimestamp((window + 1) * seconds, UTC)
    digest = salted_hmac(f"ratelimit:{now:%Y-%m-%d}", f"{scope}:{identity}", algorithm="sha256").hexdigest()[:40]
    return f"{scope[:20]}:{window}:{digest}", ends


def cache_key(key, prefix, version) -> str:
    """Django's KEY_FUNCTION: allauth's keys name client addresses, and digest mail addresses without a key."""
    return salted_hmac("chapter.cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()


def _hit(key, expires_at):
    with connection.cursor() as cursor:
        cursor.execute(HIT, [key, expires_at])
        return cursor.fetchone()[0]
