"""A hundred phones at a board, ten visitors a second, and four hosts who upload photos again and again."""

import http.client
import io
import itertools
import secrets
import subprocess
import sys
import threading
from collections import Counter
from contextlib import closing

from ..server import ROOT

STREAMS, VISITORS_A_SECOND, HOSTS = 100, 10, 4
EDGE = "edge-of-a-part"
CSRF = "a" * 32


def photos():
    """Four that people send: two of 48 megapixels, two of twelve, of which one is a PNG."""
    from PIL import Image

    noise = Image.frombytes("RGB", (160, 120), secrets.token_bytes(160 * 120 * 3))
    for size, kind in (((8000, 6000), "JPEG"), ((8000, 6000), "JPEG"), ((4000, 3000), "JPEG"), ((4000, 3000), "PNG")):
        content = io.BytesIO()
        picture = noise.resize(size)
        picture.quantize(64).save(content, kind) if kind == "PNG" else picture.save(content, kind, quality=85)
        yield content.getvalue()


class Load:
    """While the block runs. `statuses` counts what was answered."""

    def __init__(self, port, board, event, hosts):
        self.port, self.board, self.event, self.hosts = port, board, event, hosts
        self.statuses, self._over = Counter(), threading.Event()
        self.pages = [f"/{lang}/{path}" for lang in ("nb", "sv", "en") for path in _paths(event)]

    def __enter__(self):
        command = [sys.executable, "-m", "bench.viewers", str(self.port), self.board.code, str(STREAMS)]
        self._viewers = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        self._viewers.stdout.readline()
        jobs = [self._visitor] * VISITORS_A_SECOND
        jobs += [lambda s=session, c=content: self._host(s, c) for session, content in self.hosts]
        self._threads = [threading.Thread(target=job, daemon=True) for job in jobs]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        for thread in self._threads:
            thread.join(60)
        self._viewers.communicate("stop\n", timeout=60)
        if self._viewers.returncode:
            self.statuses["streams broke off"] += 1

    def _visitor(self):
        pages = itertools.cycle(self.pages)
        for _ in range(secrets.randbelow(len(self.pages))):
            next(pages)
        while not self._over.wait(1):
            self._count("pages", "GET", next(pages), None, {})

    def _host(self, session, photo):
        head = f'--{EDGE}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        token = f'--{EDGE}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{CSRF}\r\n'
        start, end = (token + head).encode(), f"\r\n--{EDGE}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}
        headers["Cookie"] = f"session={session}; csrftoken={CSRF}"
        while not self._over.is_set():
            # The site knows a photo again that it has; what follows the end of one is no part of it.
            body = start + photo + secrets.token_bytes(8) + end
            self._count("uploads", "POST", f"/nb/events/{self.event.slug}/photos/add/", body, headers)

    def _count(self, what, method, path, body, headers):
        own = {"Origin": f"http://127.0.0.1:{self.port}", **headers}
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
                line.request(method, path, body, own)
                answer = line.getresponse()
                answer.read()
                self.statuses[f"{what} {answer.status}"] += 1
        except (OSError, http.client.HTTPException) as error:
            self.statuses[f"{what} {type(error).__name__}"] += 1


def _paths(event):
    return ["", "events/", f"events/{event.slug}/", "events/past/", "principles/", "microactions/", "blog/", "about/"]
