"""What a page says of itself to those who link to it: search engines, chats and networks."""

import re
from html import unescape

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import translate_url

from .. import languages
from ..share_cards import site_card

register = template.Library()

# From the second on, as it is written in our own links.
PAGE = re.compile(r"[2-9]|[1-9][0-9]{1,5}")
LOCALES = {"nb": "nb_NO", "sv": "sv_SE", "en": "en_GB"}


@register.simple_tag(takes_context=True)
def sharing(context):
    """For base.html itself, since an included template sees no blocks. Title, description, address, picture and locale of this page; None for a page that is not to be found.

    Title and description are what its template has in the blocks of these names. A view names a picture of the page's own
    as `card`: {"address", "alt"}; the others share the chapter's.
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
    """The one address of this page: without filters, in a language that its text is written in, with the page of a list."""
    if "canonical" in context:
        return context["canonical"]
    request, language = context["request"], languages.current()
    code = next((code for code in languages.FALLBACK[language] if code in _written(context)), language)
    number = request.GET.get("page", "")
    query = f"?page={number}" if PAGE.fullmatch(number) else ""
    return settings.SITE_URL + translate_url(request.path, code) + query


def _written(context):
    return context.get("page_languages", languages.CODES)


def _block(context, name):
    """The text of a block of this page, as a reader sees it."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return " ".join(unescape(block.nodelist.render(context)).split()) if block else ""
