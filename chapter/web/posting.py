"""What every view with a form needs: the methods it takes, and what was posted."""

from django.http import QueryDict
from django.views.decorators.http import require_http_methods

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def posted(request) -> QueryDict | None:
    """The data for a form: None unless it was posted, and bound even where nothing was filled in."""
    return request.POST if request.method == "POST" else None
