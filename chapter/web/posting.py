"""What views with a form share."""

from django.contrib import messages
from django.http import QueryDict
from django.views.decorators.http import require_http_methods

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def say_stored(request, sentence) -> None:
    """A message of success after which the browser forgets its draft of what was sent (`static/js/editor/stored.js`)."""
    messages.success(request, sentence, extra_tags="stored")


def posted(request) -> QueryDict | None:
    """The data of a form, None unless it was posted. Never `request.POST or None`: an empty POST must bind too."""
    return request.POST if request.method == "POST" else None
