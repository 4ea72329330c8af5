"""An answer as it is kept: its bytes in each encoding, its headers, and when it ends."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

import brotli
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

MINUTE = 60
# A picture is not made smaller by it.
COMPRESSED = re.compile(r"text/|application/(?:json|xml|atom\+xml)")
# Of the content, which a 304 does not have.
ABOUT_CONTENT = {"Content-Type", "Content-Encoding", "Content-Disposition"}


@dataclass(frozen=True)
class Answer:
    bodies: dict[str, bytes]  # by encoding; "" is plain
    headers: dict[str, str]
    ends_at: float  # seconds since the epoch
    tables: frozenset[str]

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values()))

    def response(self, request) -> HttpResponse:
        """The response to this request: 304 if the reader has it already."""
        if self._is_known(request.META.get("HTTP_IF_NONE_MATCH")):
            response, headers = HttpResponseNotModified(), self._without_content()
        else:
            encoding = _best(request.META.get("HTTP_ACCEPT_ENCODING", "")[:200], *self.bodies)
            response, headers = HttpResponse(self.bodies[encoding]), self.headers
            if encoding:
                response.headers["Content-Encoding"] = encoding
        for name, value in headers.items():
            response.headers[name] = value
        return response

    def _is_known(self, condition):
        if not condition:
            return False
        ours = self.headers["ETag"].removeprefix("W/")
        return any(etag == "*" or etag.removeprefix("W/") == ours for etag in parse_etags(condition))

    def _without_content(self):
        return {name: value for name, value in self.headers.items() if name not in ABOUT_CONTENT}


def is_shared(response) -> bool:
    """Whether anybody may have this response."""
    control = response.headers.get("Cache-Control", "")
    private = "no-store" in control or "private" in control or response.cookies
    return response.status_code == 200 and not response.streaming and not private


def kept(response, *, drawn_at: float, tables) -> Answer:
    """The Answer made of a response; it ends at the first full minute after `drawn_at`."""
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = dict(response.headers.items())
    headers.pop("Content-Length", None)
    headers["ETag"] = _etag(headers.get("ETag"), response.content)
    ends_at = (drawn_at // MINUTE + 1) * MINUTE
    return Answer(_bodies(response), headers, ends_at, frozenset(tables))


def _etag(own, content):
    # A weak one, as the encodings of one answer share it.
    return f"W/{own.removeprefix('W/')}" if own else f'W/"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'


def _bodies(response):
    plain = response.content
    if not COMPRESSED.match(response.headers.get("Content-Type", "")):
        return {"": plain}
    return {"br": brotli.compress(plain, quality=5), "gzip": gzip.compress(plain, 6, mtime=0), "": plain}


@lru_cache(maxsize=512)
def _best(accepted, *there):
    """The first of our encodings that the reader takes."""
    refused = {"0", "0.0", "0.00", "0.000"}
    taken = set()
    for part in accepted.lower().split(","):
        name, _, quality = part.partition(";")
        if quality.strip().removeprefix("q=").strip() not in refused:
            taken.add(name.strip())
    return next((name for name in there if name in taken), "")
