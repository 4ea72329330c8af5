"""What the privacy page and the code of conduct need to know of the chapter, asked for on the desk until it is filled in."""

from ..models import Chapter
from ..panels import panel


@panel("desk later", template="chapter/pages/_blanks_on_desk.html", order=160)
def pages_have_blanks(subject, request):
    blanks = Chapter.load().blanks
    return {"blanks": blanks} if blanks else None
