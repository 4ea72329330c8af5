"""What a page tells search engines, chats and social networks about itself."""

import re
from html import unescape

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY

from .. import languages
from ..share_cards import site_card

register = template.Library()

# From the second page on, written as in our own links.
PAGE = re.compile(r"[2-9]|[1-9][0-9]{1,5}")
LOCALES = {"nb": "nb_NO", "sv": "sv_SE", "en": "en_GB"}


@register.simple_tag(takes_context=True)
def sharing(context):
    """Title, description, address, picture and locale of this page; None for a page with noindex.

    Only for base.html itself, since an included template sees no blocks: title and description are the blocks of these
    names. A view passes a picture of its own as `card`: {"address", "alt"}.
    """
    if "request" not in context or "noindex" in _block(context, "robots"):
        return None
    chapter = context["chapter"]
    return {
        "title": _block(context, "title") or chapter.name,
        "description": _block(context, "description"),
        "address": canonical_address(context),
        "card": context.get("card") or {"address": site_card.address(chapter), "alt": chapter.name},
        "locale": LOCALES[languages.current()],
        "others": [LOCALES[code] for code in _written(context) if code != languages.current()],
    }


def canonical_address(context):
    """This page's canonical address: no filters, a language its text has, the page of a list."""
    if "canonical" in context:
        return context["canonical"]
    request, language = context["request"], languages.current()
    code = next((code for code in languages.FALLBACK[language] if code in _written(context)), language)
    number = _page_of(context, request)
    query = f"?page={number}" if number else ""
    return settings.SITE_URL + languages.translated(request.path, code) + query


def _page_of(context, request):
    # A list that is paged by key knows where it is; any other one has numbers.
    if hasattr(context.get("page"), "place"):
        return context["page"].place
    number = request.GET.get("page", "")
    return number if PAGE.fullmatch(number) else ""


def _written(context):
    return context.get("page_languages", languages.CODES)


def _block(context, name):
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return " ".join(unescape(block.nodelist.render(context)).split()) if block else ""
