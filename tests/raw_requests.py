"""Requests as bytes, for what no client library sends: half of a form, a byte now and then."""

import socket
from contextlib import closing
from urllib.parse import urlencode

CSRF = "a" * 32
EDGE = "edge-of-a-part"


class Raw:
    """A form that somebody with a session sends; `head` and `body` are what goes over the wire."""

    def __init__(self, server, path, *, session, body, content_type):
        self.port = server.port
        self.head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: http://127.0.0.1:{server.port}\r\n"
            f"Cookie: session={session}; csrftoken={CSRF}\r\nX-CSRFToken: {CSRF}\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        ).encode()
        self.body = body

    def send(self, up_to=None):
        """Send so many bytes of the body and no more; (status, page), or None where the line is just closed."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=30)) as line:
            line.sendall(self.head + self.body[:up_to])
            line.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: line.recv(65536), b""))
        head, _, page = answer.partition(b"\r\n\r\n")
        return (int(head.split()[1]), page.decode()) if answer else None

    def hang_up(self, up_to):
        """Send so many bytes of the body, and be gone."""
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=30)) as line:
            line.sendall(self.head + self.body[:up_to])


def form(server, path, fields, *, session):
    body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}).encode()
    return Raw(server, path, session=session, body=body, content_type="application/x-www-form-urlencoded")


def multipart(server, path, fields, *, files=(), session):
    """`files` are (name of the field, bytes of a picture)."""
    texts = {"csrfmiddlewaretoken": CSRF, **fields}
    parts = [
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in texts.items()
    ]
    for number, (name, content) in enumerate(files):
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="{number}.jpg"\r\n'
        parts.append(f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + content + b"\r\n")
    body = b"".join(parts) + f"--{EDGE}--\r\n".encode()
    return Raw(server, path, session=session, body=body, content_type=f"multipart/form-data; boundary={EDGE}")


def chunked(request, *, size=500):
    """The same form in chunks, without a promise of its length."""
    pieces = [request.body[start : start + size] for start in range(0, len(request.body), size)]
    request.body = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    promise = next(line for line in request.head.split(b"\r\n") if line.startswith(b"Content-Length"))
    request.head = request.head.replace(promise, b"Transfer-Encoding: chunked")
    return request
