"""Ask a public server whose address a person typed, without server-side request forgery (SSRF).

Every IP address of the host must be public; the connection goes to the IP address that was checked, not to the name
again (DNS rebinding); each redirect is checked as a new address. Size and time are limited, also for what unpacks.
Proxies of the environment are not used. Longer than 300 lines, since a guard is read as a whole.
"""

import http.client
import io
import ipaddress
import re
import socket
import ssl
import threading
import time
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_noop

from ..remarks import remark

PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9._:-]+")
MAX_REDIRECTS = 3
MAX_URL = 2000
MAX_ADDRESSES = 4
CHUNK = 64 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
# Not public, whatever this Python's own tables say; and every way to write an IPv4 address as an IPv6 one.
REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23"),
        *("2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"),
    )
]


class FetchError(Exception):
    """Nothing usable came. `code` is one of CODES; `status` is the server's, with the code "status"."""

    def __init__(self, code, *, status=None):
        said = remark(CODES[code])
        super().__init__(said.mapped(lambda one: f"{one} ({status})") if status else said)
        self.code, self.status = code, status


CODES = {
    "address": gettext_noop(
        "This isn’t the address of a web page: it should begin with https:// and have no port, name or password in it."
    ),
    "not_public": gettext_noop("This address isn’t on the public internet."),
    "unknown_host": gettext_noop("There is no server with this name."),
    "unreachable": gettext_noop("The server doesn’t answer."),
    "tls": gettext_noop("There is something wrong with the server’s certificate."),
    "slow": gettext_noop("The server took too long."),
    "too_big": gettext_noop("The server sent too much."),
    "garbled": gettext_noop("What the server sent was cut off or can’t be unpacked."),
    "redirects": gettext_noop("The address redirects too many times."),
    "status": gettext_noop("The server didn’t send the page."),
}


@dataclass(frozen=True)
class Fetched:
    """The response. `is_unchanged`: the server confirms the version of `etag`, and `body` is empty."""

    url: str
    body: bytes
    content_type: str
    etag: str
    is_unchanged: bool = False


def fetch(url: str, *, max_bytes: int, timeout: float, etag: str = "") -> Fetched:
    """GET a public http(s) address; raises FetchError.

    `max_bytes` limits both the received and the unpacked size. `timeout` is in seconds for everything together.
    """
    deadline = _Deadline(timeout)
    for _hop in range(MAX_REDIRECTS + 1):
        target = _target(url)
        answer, location = _ask(target, deadline, max_bytes=max_bytes, etag=etag)
        if location is None:
            return replace(answer, url=url)
        try:
            url = urljoin(url, location)
        except ValueError as error:
            raise FetchError("address") from error
    raise FetchError("redirects")


def post(url: str, fields: dict[str, str], *, timeout: float) -> None:
    """Send a form to a public http(s) address, which answers that it has it; raises FetchError. Follows no redirects."""
    target, deadline = _target(url), _Deadline(timeout)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with _answer(target, deadline, method="POST", body=urlencode(fields).encode(), headers=form) as response:
        if not 200 <= response.status < 300:
            raise FetchError("status", status=response.status)


class _Deadline:
    def __init__(self, seconds):
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError("slow")
        return left


@dataclass(frozen=True)
class _Target:
    scheme: str
    host: str
    port: int
    path: str


def _target(url):
    # `webcal:` is what calendars call https.
    try:
        parts = urlsplit(iri_to_uri(url.strip()))
        scheme = "https" if parts.scheme == "webcal" else parts.scheme
        host = (parts.hostname or "").encode("idna").decode()
        usual = PORTS[scheme]
        port = parts.port or usual
    except (ValueError, KeyError) as error:
        raise FetchError("address") from error
    is_usual = port == usual or _may_be_local()
    if not HOST.fullmatch(host) or "@" in parts.netloc or not is_usual or len(url) > MAX_URL:
        raise FetchError("address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return _Target(scheme, host, port, path)


def _may_be_local():
    # A server on 127.0.0.1, for tests and the demo; never in production.
    return settings.FETCH_LOCAL and settings.SITE_MODE in {"test", "demo"}


def is_public(text: str) -> bool:
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return False
    if getattr(ip, "scope_id", None) or not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    return not any(ip in network for network in REFUSED if network.version == ip.version)


def public_ips(host, port, deadline) -> list[str]:
    """The IP addresses of the host; raises FetchError if there is none, or if one is not public."""
    found = _resolved(host, port, deadline)
    if not found:
        raise FetchError("unknown_host")
    if not all(is_public(ip) or (ip == "127.0.0.1" and _may_be_local()) for ip in found):
        raise FetchError("not_public")
    return found[:MAX_ADDRESSES]


def _resolved(host, port, deadline):
    # In a thread, since the resolver takes no timeout.
    found = []
    asking = threading.Thread(target=_resolve_into, args=(found, host, port), daemon=True)
    asking.start()
    asking.join(deadline.left())
    deadline.left()
    return list(dict.fromkeys(found))


def _resolve_into(found, host, port):
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError):
        return
    found.extend(row[4][0] for row in rows)


def _ask(target, deadline, *, max_bytes, etag):
    # (response, None), or (None, where it redirects to).
    known = {"If-None-Match": etag} if etag else {}
    with _answer(target, deadline, method="GET", headers=known) as response:
        if response.status in REDIRECTS and response.getheader("Location"):
            return None, response.getheader("Location")
        return _fetched(response, max_bytes=max_bytes, etag=etag), None


@contextmanager
def _answer(target, deadline, **request):
    sock = _connected(target, deadline)
    try:
        yield _response(target, sock, deadline, **request)
    except TimeoutError as error:
        raise FetchError("slow") from error
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise FetchError("garbled") from error
    finally:
        sock.close()


def _connected(target, deadline):
    for ip in public_ips(target.host, target.port, deadline):
        try:
            # To the checked address, not to the name, which may resolve differently now.
            sock = socket.create_connection((ip, target.port), timeout=deadline.left())
        except OSError:
            continue
        return _secured(sock, target, deadline) if target.scheme == "https" else sock
    deadline.left()
    raise FetchError("unreachable")


def _secured(sock, target, deadline):
    try:
        sock.settimeout(deadline.left())
        return ssl.create_default_context().wrap_socket(sock, server_hostname=target.host)
    except TimeoutError as error:
        sock.close()
        raise FetchError("slow") from error
    except (OSError, ValueError) as error:
        sock.close()
        raise FetchError("tls") from error


def _response(target, sock, deadline, *, method, headers, body=None):
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = _Timed(sock, deadline)
    ours = {"Accept-Encoding": "gzip", "Connection": "close", "User-Agent": f"One Team Gov (+{settings.SITE_URL})"}
    host = target.host if target.port == PORTS[target.scheme] else f"{target.host}:{target.port}"
    connection.request(method, target.path, body, headers={"Host": host, **ours, **headers})
    return connection.getresponse()


def _fetched(response, *, max_bytes, etag):
    is_unchanged = bool(etag) and response.status == 304
    if response.status != 200 and not is_unchanged:
        raise FetchError("status", status=response.status)
    version = response.getheader("ETag", "")
    # Only what a column can hold and a header can send back.
    if not version or len(version) > 200 or not (version.isascii() and version.isprintable()):
        version = etag if is_unchanged else ""
    return Fetched(
        url="",
        body=b"" if is_unchanged else _body(response, max_bytes),
        content_type=response.getheader("Content-Type", ""),
        etag=version,
        is_unchanged=is_unchanged,
    )


def _body(response, max_bytes):
    body = _read(response, max_bytes)
    encoding = response.getheader("Content-Encoding", "identity").strip().lower()
    if encoding in {"", "identity"}:
        return body
    if encoding not in {"gzip", "x-gzip"}:
        raise FetchError("garbled")
    unpacking = zlib.decompressobj(wbits=31)
    try:
        plain = unpacking.decompress(body, max_bytes + 1)
    except zlib.error as error:
        raise FetchError("garbled") from error
    if len(plain) > max_bytes:
        raise FetchError("too_big")
    if not unpacking.eof:
        raise FetchError("garbled")
    return plain


def _read(response, max_bytes):
    parts, size, promised = [], 0, response.length
    while part := response.read1(CHUNK):
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            raise FetchError("too_big")
    if promised is not None and size != promised:
        raise FetchError("garbled")
    return b"".join(parts)


class _Timed:
    """A socket for http.client whose reads share one deadline, against servers that drip bytes."""

    def __init__(self, sock, deadline):
        self._sock, self._deadline = sock, deadline

    def makefile(self, *args, **kwargs):
        return io.BufferedReader(_Reads(self._sock, self._deadline))

    def sendall(self, data):
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    # http.client closes early and reads on; _answer closes the socket.
    def close(self):
        pass


class _Reads(io.RawIOBase):
    def __init__(self, sock, deadline):
        self._sock, self._deadline = sock, deadline

    def readable(self):
        return True

    def readinto(self, buffer):
        self._sock.settimeout(self._deadline.left())
        return self._sock.recv_into(buffer)
