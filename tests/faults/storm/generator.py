"""Requests that no browser sends, from a seed: the same seed and the same site give the same requests.

Each is a whole HTTP request as bytes, so that what is wrong with it reaches the server as it is.
"""

import http.client
import random
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urljoin, urlsplit

from tests.everywhere.hostile import PARAMETERS, PARTS, SCRIPT, TRUSTED, VALUES
from tests.faults.people import CSRF

FORM = "application/x-www-form-urlencoded"
EDGE = "edge-of-a-part"
METHODS = ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD", "GETT", "POST", "CONNECT", "PROPFIND")
HEADERS = (
    ("Accept-Language", "xx-yy-zz;q=9, ../../etc/passwd, no;q=0.0001," + "nn," * 200),
    ("Accept-Language", "%00\x0b"),
    ("Accept-Encoding", "gzip;q=-1, br;q=x, *"),
    ("Cookie", "session=" + "x" * 6000),
    ("Cookie", "session=../../etc; csrftoken=%00; django_language=../.."),
    ("Cookie", "messages=W1siX19qc29uX21lc3NhZ2UiLDBd:bad; session=''"),
    ("Cookie", ";;;=;=;=a=b=c;" + "a=b; " * 500),
    ("Content-Type", "multipart/form-data"),
    ("Content-Type", "multipart/form-data; boundary=" + "é" * 80),
    ("Content-Type", "text/plain; charset=klingon"),
    ("Content-Type", FORM + "; charset=utf-7"),
    ("Content-Type", "application/json"),
    ("Content-Encoding", "gzip"),
    ("Host", "evil.example.org"),
    ("Host", "127.0.0.1:99999999"),
    ("Host", "a" * 300),
    ("X-Forwarded-Host", "evil.example.org"),
    ("X-Forwarded-For", "1.2.3.4, ::1%eth0, unknown, " + "9" * 400),
    ("X-Forwarded-For", "<script>alert(1)</script>"),
    ("X-Forwarded-Proto", "gopher"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("Origin", "null"),
    ("Origin", "https://evil.example.org"),
    ("Referer", "http://[::1"),
    ("If-None-Match", '"' * 3000),
    ("If-Modified-Since", "Thu, 99 Foo 99999 99:99:99 GMT"),
    ("Range", "bytes=-99999999999999999999,0-0,5-1"),
    ("Last-Event-ID", "-1e999"),
    ("Expect", "418-teapot"),
    ("User-Agent", "Mozilla " + "(" * 5000),
)
JSONS = ("[" * 5000, '{"a":' * 3000, '{"__proto__": {"x": 1e999}}', "null", '"\\ud800"', "9" * 5000)
FILES = (
    b"",
    b"GIF89a<script>alert(1)</script>",
    b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    b"<svg onload='alert(1)'/>",
    b"\xff\xd8\xff\xe0JFIF",
)
PATIENCE_SECONDS = 15


@dataclass(frozen=True)
class Sent:
    kind: str
    who: str
    method: str
    target: str
    head: tuple
    body: bytes
    # How much of the body the request promises; None is as much as there is.
    promised: str | None = None

    def __str__(self):
        return (
            f"{self.kind} {self.who} {self.method} {self.target[:160]} {dict(self.head)!s:.300} {self.body[:160]!r}"
        )

    def as_bytes(self):
        head = [f"{self.method} {self.target} HTTP/1.1", *(f"{name}: {value}" for name, value in self.head)]
        if self.body or self.promised is not None or self.method == "POST":
            head.append(f"Content-Length: {len(self.body) if self.promised is None else self.promised}")
        return "\r\n".join(head).encode("utf-8", "surrogatepass") + b"\r\n\r\n" + self.body


class Generator:
    def __init__(self, seeded, *, host, seed):
        self.seeded, self.host, self.random = seeded, host, random.Random(seed)

    def requests(self, number):
        kinds = (self.form, self.reading, self.part, self.odd_method, self.odd_header, self.broken_body)
        for _ in range(number):
            yield self.random.choices(kinds, (45, 20, 12, 6, 10, 7))[0]()

    def form(self):
        """A valid form of which one to three fields are not; now and then by somebody else, or as a form with files."""
        form = self._any("forms")
        who = form["who"] if self.random.random() < 0.7 else self._role()
        pairs = [[quote(name), quote(value)] for name, value in form["fields"].items()]
        for _ in range(self.random.randint(0, 3)):
            pairs.append([quote(self.random.choice([*form["fields"], *TRUSTED])), self.random.choice(VALUES)])
        self.random.shuffle(pairs)
        pairs = pairs[: self.random.choice((None, None, 3))]
        if self.random.random() < 0.2:
            return self._sent("files", who, "POST", form["path"], *self._multipart(form["fields"]))
        body = "&".join(f"{name}={value}" for name, value in [["csrfmiddlewaretoken", CSRF], *pairs])
        return self._sent("form", who, "POST", form["path"], FORM, body.encode())

    def reading(self):
        _name, path = self._any("addresses")
        pairs = (
            f"{self.random.choice(PARAMETERS)}={self.random.choice(VALUES)}" for _ in range(self.random.randint(1, 6))
        )
        return self._sent(
            "reading", self._role(), self.random.choice(("GET", "GET", "HEAD")), f"{path}?{'&'.join(pairs)}"[:60_000]
        )

    def part(self):
        """Another language, another folder or another name in the middle of an address."""
        _name, path = self._any("addresses")
        parts = path.split("/")
        parts[self.random.randrange(1, len(parts))] = self.random.choice(PARTS)
        return self._sent("part", self._role(), self.random.choice(("GET", "POST")), "/".join(parts), FORM)

    def odd_method(self):
        _name, path = self._any("addresses")
        return self._sent("method", self._role(), self.random.choice(METHODS), path)

    def odd_header(self):
        _name, path = self._any("addresses")
        sent = self._sent("header", self._role(), self.random.choice(("GET", "POST")), path, FORM)
        odd = dict(self.random.sample(HEADERS, self.random.randint(1, 3)))
        kept = [(name, value) for name, value in sent.head if name not in odd]
        return Sent(sent.kind, sent.who, sent.method, sent.target, (*kept, *odd.items()), sent.body)

    def broken_body(self):
        form = self._any("forms")
        kind, body = self.random.choice(
            (
                (FORM, urlencode({"csrfmiddlewaretoken": CSRF, **form["fields"]}).encode()),
                self._multipart(form["fields"]),
            )
        )
        break_it = self.random.choice(
            (
                lambda: (kind, body[: len(body) // 2], str(len(body))),
                lambda: (kind, body, "-1"),
                lambda: (kind, body, "1e3"),
                lambda: (kind, body, f"{len(body)}, {len(body)}"),
                lambda: (kind, body, "9" * 30),
                lambda: (kind, body[: len(body) // 2], None),
                lambda: (f"multipart/form-data; boundary={EDGE}", body.replace(EDGE.encode(), b"other"), None),
                lambda: (f"multipart/form-data; boundary={EDGE}", f"--{EDGE}\r\n\r\n".encode() * 2000, None),
                lambda: (FORM, b"&".join(b"a=b" for _ in range(1500)), None),
                lambda: (FORM, bytes(self.random.randrange(256) for _ in range(600)), None),
                lambda: ("application/json", self.random.choice(JSONS).encode(), None),
                lambda: (FORM, f"credential={quote(self.random.choice(JSONS))}".encode(), None),
            )
        )
        content_type, body, promised = break_it()
        sent = self._sent("body", form["who"], "POST", form["path"], content_type, body)
        return Sent(sent.kind, sent.who, sent.method, sent.target, sent.head, body, promised)

    # Parts of these

    def _any(self, what):
        return self.random.choice(self.seeded[what])

    def _role(self):
        return self.random.choice(("visitor", *self.seeded["sessions"]))

    def _sent(self, kind, who, method, target, content_type="", body=b""):
        head = {"Host": self.host, "Origin": f"http://{self.host}", "Connection": "close"}
        # Everybody comes from somewhere else, so that what is tried is more than the limits.
        head["X-Forwarded-For"] = (
            f"10.{self.random.randrange(256)}.{self.random.randrange(256)}.{self.random.randrange(256)}"
        )
        if content_type:
            head["Content-Type"] = content_type
        if sessions := self.seeded["sessions"].get(who):
            head["Cookie"] = f"session={self.random.choice(sessions)}; csrftoken={CSRF}"
        return Sent(kind, who, method, target, tuple(head.items()), body)

    def _multipart(self, fields):
        parts = [f'--{EDGE}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{CSRF}\r\n'.encode()]
        for name, value in fields.items():
            if self.random.random() < 0.3:
                file = self.random.choice(("a.png", "../../a.html", 'a".jpg', "\x00.webp", "n" * 400))
                head = f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\nContent-Type: image/png\r\n\r\n'
                parts.append(head.encode() + self.random.choice(FILES) + b"\r\n")
            else:
                parts.append(f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
        return f"multipart/form-data; boundary={EDGE}", b"".join(parts) + f"--{EDGE}--\r\n".encode()


class Answer:
    """What came back; `status` is None where the server hung up, and 0 where nothing came in time."""

    def __init__(self, status, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body


def send(sent, port) -> Answer:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(sent.as_bytes())
            # Whoever promises more than comes has hung up.
            if sent.promised is not None:
                connection.shutdown(socket.SHUT_WR)
            return _read(connection, sent.method)
    except TimeoutError:
        return Answer(0)
    except (OSError, http.client.HTTPException):
        return Answer(None)


def _read(connection, method):
    answer = http.client.HTTPResponse(connection, method=method)
    answer.begin()
    # A board's stream has no end.
    if answer.headers.get_content_type() == "text/event-stream":
        return Answer(answer.status, answer.headers)
    return Answer(answer.status, answer.headers, answer.read())


def trouble_with(sent, answer, *, host):
    """What is wrong with an answer to something hostile, or None."""
    if answer.status == 0:
        return "no answer"
    if answer.status is None:
        return None if sent.kind in {"body", "header", "method"} else "hung up"
    if answer.status >= 500 and not (answer.status == 501 and sent.kind == "method"):
        return answer.status
    if (target := answer.headers.get("Location")) and urlsplit(
        urljoin(f"http://{host}/", target.replace("\\", "/"))
    ).netloc != host:
        return f"leads to {target}"
    if "x=1" in str(answer.headers.get("Set-Cookie", "")):
        return "a header of the sender's"
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    return "raw echo" if is_page and SCRIPT.encode() in answer.body else None
