"""The streams of live boards, as server-sent events: an ASGI application of its own.

It stands beside Django's views because their middleware keeps a thread for each open request: 500 viewers would be 500
threads.
"""

import asyncio
import re
from io import BytesIO
from posixpath import normpath

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.db import Error
from django.urls.converters import SlugConverter

from chapter.languages import CODES
from chapter.web import HEADERS

from ..activities import kind_at
from ..drawing import shared
from .hub import hub

PREFIX = "/live/boards/"
CODE = re.compile(SlugConverter.regex)
# Often enough that no proxy closes a silent stream, and that a page can tell silence from a dead line.
PING_SECONDS = 15
RETRY = b"retry: 2000\n\n"
END = {"type": "http.response.body", "body": b""}
STREAM_HEADERS = {
    **HEADERS,
    "Content-Type": "text/event-stream; charset=utf-8",
    # `no-transform` keeps the proxy from compressing, and so from holding back what is to arrive at once.
    "Cache-Control": "no-store, no-transform",
    "X-Accel-Buffering": "no",
}


def serves(scope):
    """All that a proxy may take for /live/, which is matched in any case and after dots and doubled slashes are gone."""
    path = normpath("/" + scope["path"].lstrip("/")).lower()
    return scope["type"] == "http" and f"{path}/".startswith("/live/")


async def application(scope, receive, send):
    """A stream. 204, at which EventSource gives up, for an unknown board; 503 while the database is away.

    No body is read or kept: whoever sends one has the answer before it.
    """
    request = ASGIRequest(scope, BytesIO())
    status = _refusal(request)
    try:
        viewer = None if status else await _enter(request)
    except Error:
        status, viewer = 503, None
    if viewer is None:
        await send(_start(status or 204, {**HEADERS, "Cache-Control": "no-store"}))
        return await send(END)
    try:
        await send(_start(200, STREAM_HEADERS))
        await _until_either_ends(_gone(receive), _speak(viewer, send))
    finally:
        hub().leave(viewer)


def _refusal(request):
    try:
        request.get_host()
    except DisallowedHost:
        return 400
    if request.method != "GET":
        return 405
    if request.META.get("CONTENT_LENGTH", "0") != "0" or "HTTP_TRANSFER_ENCODING" in request.META:
        return 400
    return None if request.path_info.startswith(PREFIX) else 404


def is_streamed(view):
    """Pages beside what the room does are; which of them there are, the hub asks."""
    return view in shared.TEMPLATES or bool(view and kind_at(view))


async def _enter(request):
    code = request.path_info.removeprefix(PREFIX).rstrip("/")
    language, view = request.GET.get("lang"), request.GET.get("view")
    return CODE.fullmatch(code) and await hub().enter(
        code,
        language=language if language in CODES else settings.LANGUAGE_CODE,
        view=view if is_streamed(view) else shared.TABLE,
    )


async def _speak(viewer, send):
    await _say(send, RETRY)
    while True:
        try:
            async with asyncio.timeout(PING_SECONDS):
                frame = await viewer.next()
        except TimeoutError:
            # A comment for proxies, and the clock for the page.
            await _say(send, b": ping\nevent: ping\ndata: %d\n\n" % shared.server_now())
            continue
        if frame is None:
            return await send(END)
        await _say(send, frame.as_event())


async def _gone(receive):
    while (await receive())["type"] != "http.disconnect":
        pass


async def _until_either_ends(*coroutines):
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _say(send, body):
    await send({"type": "http.response.body", "body": body, "more_body": True})


def _start(status, headers):
    pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http.response.start", "status": status, "headers": pairs}
