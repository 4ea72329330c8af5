"""The outermost middleware: it counts every answer, also those from the page cache."""

import time

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed


class Counted:
    def __init__(self, get_response):
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        from . import numbers

        self.get_response = get_response
        self.numbers = numbers

    def __call__(self, request):
        began = time.perf_counter()
        response = self.get_response(request)
        answer = f"{response.status_code // 100}xx"
        self.numbers.REQUESTS.labels(answer).observe(time.perf_counter() - began)
        # Said by the page cache, of requests that it may answer.
        if (was_kept := getattr(request, "was_kept", None)) is not None:
            self.numbers.PAGE_STORE.labels("yes" if was_kept else "no").inc()
        return response
