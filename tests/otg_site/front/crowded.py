"""The site for LiveServer, with room for few bodies; `/held` says how many bytes of them it holds."""

from otg_site.front import bodies

HELD_BYTES, SHARE_BYTES = 1_500_000, 500_000
bodies.HELD_BYTES, bodies.SHARE_BYTES = HELD_BYTES, SHARE_BYTES
stores = []


class CountedStore(bodies.Store):
    def __init__(self):
        super().__init__()
        stores.append(self)


bodies.Store = CountedStore
# Makes one of the stores; gunicorn's worker makes the other, if it is ours.
from otg_site.wsgi import application as site  # noqa: E402


def application(environ, start_response):
    if environ["PATH_INFO"] != "/held":
        return site(environ, start_response)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(sum(store.held for store in stores)).encode()]
