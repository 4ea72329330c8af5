"""What other sites show of our events: a list in a frame, the same as JSON, and the picture of a shared link."""

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
from chapter.page_cache import cached_page
from chapter.share_cards import sheet as cards

from .. import calendars
from ..models import Event
from . import card, poster
from . import embed as embedding

# How long proxies and browsers may keep the JSON.
SECONDS = 300


@cached_page("kind", "place", "series", "n")
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embed(request):
    """The next events, for a frame on anybody's page."""
    # The only page that may stand in a frame: it does not depend on the reader, and its links leave the frame.
    selection = embedding.Selection(request.GET)
    rows = selection.rows(default=embedding.SHOWN)
    response = render(request, "events/sharing/embed.html", {"events": rows, "selection": selection})
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cached_page("kind", "place", "series", "n")
@require_safe
def events_json(request):
    """The next events as JSON for any origin, with `embedding.FIELDS`; 304 for the same bytes."""
    rows = embedding.Selection(request.GET).rows(default=embedding.MOST)
    url = settings.SITE_URL + reverse("events")
    about = {"chapter": Chapter.load().name, "url": url, "language": current()}
    content = json.dumps({**about, "events": [embedding.public_json(event) for event in rows]}, ensure_ascii=False)
    response = HttpResponse(content, content_type="application/json")
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    response["ETag"] = calendars.etag(response.content)
    response = get_conditional_response(request, response["ETag"], None, response)
    # Set last, since a 304 needs them, too.
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def event_card(request, slug):
    event = get_object_or_404(Event.objects.announced().for_tickets(), slug=slug)
    return cards.answer(request, card.card_facts(event, Chapter.load()), card.draw)


@cached_page("kind", "place", "series", "n")
@require_safe
def embed_help(request):
    selection = embedding.Selection(request.GET)
    chapter = Chapter.load()
    snippets = embedding.snippets(selection, chapter)
    context = {"chapter": chapter, "selection": selection, "snippets": snippets, "fields": embedding.FIELDS}
    return render(request, "events/sharing/embed_help.html", context)


@cached_page()
@require_safe
def event_poster(request, slug):
    """A4, for a wall: when, what, where, and a code to sign up with. Not of what does not take place."""
    on = Event.objects.visible_to(request.user).filter(state__in=[Event.State.DRAFT, Event.State.PUBLISHED])
    event = get_object_or_404(on.for_tickets(), slug=slug)
    title, text = (event.wording.title, event.wording.body_text) if event.wording else (event.slug, "")
    size = poster.size_of(title, event.venue.line if event.venue else "")
    context = {
        "event": event,
        "back": event.get_absolute_url(),
        "size": size,
        "lead": poster.lead_of(text, size),
        "theme": event.themes[0] if event.themes else None,
    }
    return render(request, "events/sharing/poster.html", context)
