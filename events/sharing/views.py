"""What other pages may show of us: a list in a frame, the same as data, how to get them, and the picture of a shared link."""

import json

from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from chapter.languages import current
from chapter.models import Chapter
from chapter.share_cards import sheet as cards

from .. import calendars
from ..models import Event
from . import card as ticket
from . import embed as embedding

SECONDS = 300


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request):
    """The next events, for a frame on anybody's page: the one page of ours that may stand in one.

    Nothing on it depends on who reads, nothing can be pressed but links, and they open in the whole window.
    """
    selection = embedding.Selection(request.GET)
    rows = selection.rows(otherwise=embedding.SHOWN)
    response = render(request, "events/sharing/embed.html", {"events": rows, "selection": selection})
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def events_json(request):
    """The next events as data that any page may fetch; `embedding.FIELDS` says what is in it. 304 for the same bytes."""
    rows = embedding.Selection(request.GET).rows(otherwise=embedding.MOST)
    content = json.dumps(
        {**_about_us(), "events": [embedding.public_json(event) for event in rows]}, ensure_ascii=False
    )
    response = HttpResponse(content, content_type="application/json")
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    response["ETag"] = calendars.etag(response.content)
    response = get_conditional_response(request, response["ETag"], None, response)
    # After that, since a 304 must say so as well.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def event_card(request, slug):
    """The picture of a link to an event; a draft has none."""
    event = get_object_or_404(Event.objects.announced().for_tickets(), slug=slug)
    return cards.answer(request, ticket.card_facts(event, Chapter.load()), ticket.draw)


@require_safe
def embed_help(request):
    """What to copy into another page, made for the events that were chosen."""
    selection = embedding.Selection(request.GET)
    chapter = Chapter.load()
    snippets = embedding.snippets(selection, chapter)
    context = {"chapter": chapter, "selection": selection, "snippets": snippets, "fields": embedding.FIELDS}
    return render(request, "events/sharing/embed_help.html", context)


def _about_us():
    url = settings.SITE_URL + reverse("events")
    return {"chapter": Chapter.load().name, "url": url, "language": current()}
