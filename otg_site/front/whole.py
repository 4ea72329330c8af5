"""The same for a WSGI server, which is not ours: it may be slow, but it serves no half of a request."""

from . import bodies
from .environ import client_of

PIECE_BYTES = 64 * 1024


class OnlyWhole:
    """A WSGI application that sees only requests whose body has arrived as it was promised."""

    def __init__(self, application):
        self.application = application
        self.store = bodies.Store()

    def __call__(self, environ, start_response):
        # Pages has looked already.
        if bodies.REFUSAL in environ:
            return self.application(environ, start_response)
        try:
            body, environ[bodies.REFUSAL] = self._collected(environ), None
        except bodies.Refused as refused:
            body, environ[bodies.REFUSAL] = bodies.NoBody(), refused.why
        environ |= {"wsgi.input": body.file, "CONTENT_LENGTH": str(body.length)}
        try:
            return self.application(environ, start_response)
        finally:
            body.close()

    def _collected(self, environ):
        promised = _promised_length(environ)
        if promised == 0:
            return bodies.NoBody()
        if promised is not None and promised > bodies.MAX_BYTES:
            raise bodies.Refused(bodies.TOO_MUCH)
        body = bodies.Body(self.store, client_of(environ))
        try:
            _fill(body, environ["wsgi.input"], promised)
            body.finish(content_type=environ.get("CONTENT_TYPE", ""))
        except BaseException:
            body.close()
            raise
        return body


def _promised_length(environ):
    if environ.pop("HTTP_TRANSFER_ENCODING", ""):
        # A server that does not read chunks does not know where they end, whatever length is promised besides.
        if environ.get("wsgi.input_terminated"):
            return None
        raise bodies.Refused(bodies.UNCLEAR)
    length = environ.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _fill(body, stream, promised):
    while promised is None or body.length < promised:
        wanted = PIECE_BYTES if promised is None else min(PIECE_BYTES, promised - body.length)
        piece = _read(stream, wanted)
        if piece:
            body.add(piece)
        elif promised is None:
            return
        else:
            raise bodies.Refused(bodies.BROKE_OFF)


def _read(stream, number):
    try:
        return stream.read(number)
    except Exception as error:  # each server has its own for a client that is gone and for chunks that end too soon
        raise bodies.Refused(bodies.BROKE_OFF) from error
