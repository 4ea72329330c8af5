"""The middleware in front of all others: it answers from the store, or has the page drawn and keeps it."""

import time
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http.cookie import parse_cookie

from . import answers, tables
from .listener import Listener
from .marking import params_of
from .store import Store

READING = {"GET", "HEAD"}
# Whoever sends more than a filter needs is not helped by a store.
MAX_QUERY = 500
# What would make the answer another one, or no whole one. The store does it itself.
CONDITIONS = ["HTTP_ACCEPT_ENCODING", "HTTP_COOKIE", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH",
              "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE", "HTTP_ACCEPT_LANGUAGE"]  # fmt: skip
POSTED = "posted"
# Notices need some milliseconds. Until then whoever posted is answered by the database.
POSTED_SECONDS = 60


class PageCache:
    def __init__(self, get_response):
        if not settings.PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.store = Store()
        self.listener = Listener(self.store)
        self._hosts = {settings.SITE_HOST, *settings.ALLOWED_HOSTS}

    def __call__(self, request):
        key = self._key(request)
        if key is None or not self.listener.is_alive():
            return self._from_the_site(request)
        answer = self.store.get(key)
        # For whoever counts.
        request.was_kept = answer is not None
        return answer.response(request) if answer else self._draw_once(request, key)

    def _key(self, request):
        """What the answer depends on; None if it may depend on more."""
        meta = request.META
        if request.method not in READING or _has_cookies(request) or meta.get("HTTP_HOST") not in self._hosts:
            return None
        params = params_of(request.path_info)
        query = None if params is None else _query(meta.get("QUERY_STRING", ""), params)
        return None if query is None else (request.scheme, meta["HTTP_HOST"], request.path_info, query)

    def _draw_once(self, request, key):
        with self.store.drawing(key):
            answer = self.store.get(key)
            return answer.response(request) if answer else self._draw(request, key)

    def _draw(self, request, key):
        since, drawn_at, statements = self.store.moment(), time.time(), []
        asked = _take_off(request, query=key[-1])
        with connection.execute_wrapper(_noted_in(statements)):
            response = self.get_response(request)
        read = tables.read_by(statements)
        if not answers.is_shared(response) or read & tables.QUIET:
            return response
        answer = answers.kept(response, drawn_at=drawn_at, tables=read)
        self.store.put(key, answer, since=since)
        request.META.update(asked)
        return answer.response(request)

    def _from_the_site(self, request):
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400:
            response.set_cookie(
                POSTED, "1", max_age=POSTED_SECONDS, secure=settings.SECURE, httponly=True, samesite="Lax"
            )
        return response


def _has_cookies(request):
    """Whether the site may know this reader. The language's cookie says nothing at an address with a language."""
    header = request.META.get("HTTP_COOKIE")
    return bool(header) and bool(parse_cookie(header).keys() - {settings.LANGUAGE_COOKIE_NAME})


def _query(query, params):
    """The part of the query that the view reads, spelled in one way; None if it is no query of ours."""
    if not query:
        return ""
    try:
        pairs = parse_qsl(query[: MAX_QUERY + 1], keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return None
    return None if len(query) > MAX_QUERY else urlencode(sorted(pair for pair in pairs if pair[0] in params))


def _take_off(request, *, query):
    """Take from the request what the answer must not depend on; returns it."""
    request.META["QUERY_STRING"] = query
    return {name: request.META.pop(name) for name in CONDITIONS if name in request.META}


def _noted_in(statements):
    def note(execute, statement, params, many, context):
        statements.append(str(statement))
        return execute(statement, params, many, context)

    return note
