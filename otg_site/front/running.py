"""Running a WSGI application in a thread, and keeping its answer for those who read slowly."""

from tempfile import SpooledTemporaryFile

PIECE_BYTES = 64 * 1024
IN_MEMORY_BYTES = 128 * 1024


class Pieces:
    """The `wsgi.file_wrapper`: a file that need not be read before it is sent."""

    def __init__(self, file, _block_size=None):
        self.read, self.close = file.read, file.close


class Answer:
    """`first` is the first piece of the body; `next_piece` reads on, in any thread."""

    def __init__(self, status, headers, body):
        self.status = int(status.split()[0])
        self.headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        self._body = body
        self.first = self.next_piece()

    def next_piece(self):
        return self._body.read(PIECE_BYTES)

    def goes_on(self, *, after):
        return len(after) == PIECE_BYTES

    def close(self):
        self._body.close()


def run(application, environ):
    """The application's Answer, which must be closed."""
    started = []

    def start_response(status, headers, _exc_info=None):
        started[:] = [status, headers]

    body = application(environ, start_response)
    return Answer(*started, body if isinstance(body, Pieces) else _kept(body))


def _kept(body):
    kept = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115 (closed with the answer)
    try:
        for piece in body:
            kept.write(piece)
    except BaseException:
        kept.close()
        raise
    finally:
        getattr(body, "close", lambda: None)()
    kept.seek(0)
    return kept
