"""From what an ASGI server says of a request to what a WSGI application reads (PEP 3333)."""

import sys
from urllib.parse import unquote_to_bytes

from .bodies import REFUSAL, UNCLEAR, Refused
from .running import Pieces

# The two headers that keep their names.
BARE = {"CONTENT_LENGTH", "CONTENT_TYPE"}
LENGTHS = (b"transfer-encoding", b"content-length")


def environ_of(scope, body, *, length, refusal=None):
    """`body` is a file with the whole body, `length` its size in bytes."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    return {
        **_headers(scope),
        "CONTENT_LENGTH": str(length),
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": scope.get("root_path", ""),
        # As it was sent: `path` is decoded already, and lossy where it is not UTF-8.
        "PATH_INFO": unquote_to_bytes(scope.get("raw_path") or scope["path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": Pieces,
        REFUSAL: refusal,
    }


def client_of(environ):
    """The address that limits count, or "": what the outermost trusted proxy saw, of IPv6 the network."""
    # Imported late, since the server loads this before Django is set up.
    from chapter.web import address_in

    return address_in(environ)


def asker_of(scope):
    client = scope.get("client") or ("", 0)
    return client_of({**_headers(scope), "REMOTE_ADDR": client[0]})


def promised_length(scope):
    """The bytes of the body that were promised: 0 without a body, None where only its end will tell. Raises Refused."""
    codings, lengths = ({value for name, value in scope["headers"] if name == key} for key in LENGTHS)
    if len(lengths) > 1 or (codings and lengths) or not all(map(bytes.isdigit, lengths)):
        raise Refused(UNCLEAR)
    return None if codings else int(*lengths)


def content_type_of(scope):
    return _headers(scope).get("CONTENT_TYPE", "")


def _headers(scope):
    found = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").upper().replace("-", "_")
        # A name with an underscore could pass for another one; and what was sent in chunks is whole by now.
        if b"_" in name or key == "TRANSFER_ENCODING":
            continue
        key = key if key in BARE else f"HTTP_{key}"
        between = "; " if key == "HTTP_COOKIE" else ","
        value = value.decode("latin-1")
        found[key] = f"{found[key]}{between}{value}" if key in found else value
    return found
