"""A page that shows a mail in a frame."""

from contextlib import suppress

from django.http import HttpResponse

from ..models import Chapter
from . import logo

# A mail is drawn as a mail program would: its own styles, no script. Its links open a window of their own.
FRAME_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src 'self' data:; form-action 'none'; frame-ancestors 'self'"
)


def framed(html: str) -> HttpResponse:
    """The HTML of a mail, for a frame: links open beside it, and the logo, a part of the mail, stands in the page."""
    html = html.replace("<head>", '<head><base target="_blank">', 1)
    image = Chapter.load().logo
    if image and logo.SOURCE in html:
        with suppress(OSError):
            html = html.replace(logo.SOURCE, logo.as_data(image.file.name), 1)
    return HttpResponse(html, headers={"Content-Security-Policy": FRAME_POLICY})
