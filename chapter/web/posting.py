"""What forms share, and those about an address that anybody may type (ADR 0041)."""

import secrets
import time
from contextlib import contextmanager
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import QueryDict
from django.views.decorators.http import require_http_methods

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def blurs_time(view):
    """Of an answer about an address that was typed: nearly the same work whoever is asked about, and what is left of a
    difference drowns in a pause of a random length. Also where the answer is a refusal. Never inside a transaction."""

    @wraps(view)
    def blurred(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        finally:
            if request.method == "POST":
                time.sleep(settings.BLUR_SECONDS * secrets.randbelow(100_000) / 100_000)

    return blurred


@contextmanager
def undone_if(is_in_vain):
    """Undo at the end what is written inside, or keep it: the same statements either way. Inside a transaction."""
    before = transaction.savepoint()
    yield
    end = transaction.savepoint_rollback if is_in_vain else transaction.savepoint_commit
    end(before)


def say_stored(request, sentence) -> None:
    """A message of success after which the browser forgets its draft of what was sent (`static/js/editor/stored.js`)."""
    messages.success(request, sentence, extra_tags="stored")


def posted(request) -> QueryDict | None:
    """The data of a form, None unless it was posted. Never `request.POST or None`: an empty POST must bind too."""
    return request.POST if request.method == "POST" else None
