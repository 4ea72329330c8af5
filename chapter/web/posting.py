"""What views with a form share."""

from django.http import QueryDict
from django.views.decorators.http import require_http_methods

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def posted(request) -> QueryDict | None:
    """The data of a form, None unless it was posted. Never `request.POST or None`: an empty POST must bind too."""
    return request.POST if request.method == "POST" else None
