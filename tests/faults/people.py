"""Members who press the button, and what each of them was told."""

import http.client
import threading
import time
from contextlib import closing
from urllib.parse import urlencode

ACKNOWLEDGED, REFUSED, UNKNOWN = "acknowledged", "refused", "unknown"
CSRF = "a" * 32


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


class Person:
    """Somebody with a session, who connects anew for each request."""

    def __init__(self, site, session):
        self.site = site
        self.headers = {"Origin": site.url, "Cookie": f"session={session}; csrftoken={CSRF}"}

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, **fields):
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields})
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def send(self, path, *, file, fields):
        """A form with one picture."""
        edge = "edge-of-a-part"
        texts = {"csrfmiddlewaretoken": CSRF, **fields}
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in texts.items()]
        name, content = file
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
        body = "".join(parts).encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def _ask(self, method, path, body=None, headers=()):
        with closing(http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=40)) as connection:
            connection.request(method, path, body, {**self.headers, **dict(headers)})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read().decode())

    def sign_up(self, slug):
        """Press the button once; what the person was told of it."""
        try:
            answer = self.post(f"/nb/events/{slug}/rsvp/")
        except (OSError, http.client.HTTPException):
            return UNKNOWN, None
        if answer.status == 302 and answer.headers["Location"].endswith(f"/events/{slug}/"):
            return ACKNOWLEDGED, answer
        return REFUSED, answer


class Crowd:
    """Everybody signs up, a few at a time, spread over `seconds`; `told` has each one's answer by member id."""

    def __init__(self, site, seeded, *, seconds, threads=6):
        self.site, self.seeded, self.told = site, seeded, {}
        self._queue, self._lock = list(seeded["members"]), threading.Lock()
        self._pace = seconds / len(self._queue) * threads
        self._threads = [threading.Thread(target=self._sign_up, daemon=True) for _ in range(threads)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        for thread in self._threads:
            thread.join(120)

    def _sign_up(self):
        while member := self._next():
            begin = time.monotonic()
            outcome = Person(self.site, member["session"]).sign_up(self.seeded["slug"])
            with self._lock:
                self.told[member["id"]] = outcome
            time.sleep(max(0, self._pace - (time.monotonic() - begin)))

    def _next(self):
        with self._lock:
            return self._queue.pop() if self._queue else None

    def with_outcome(self, outcome):
        with self._lock:
            return {member: answer for member, (told, answer) in self.told.items() if told == outcome}

    def wait_for(self, count):
        """Until so many have an answer."""
        self.site.wait_until(lambda: len(self.told) >= count, f"{count} answers", seconds=120)
