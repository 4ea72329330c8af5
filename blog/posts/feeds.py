"""One Atom feed per language, with whole posts."""

import re

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chapter.fields import clean_text
from chapter.languages import current
from chapter.models import Chapter
from chapter.page_cache import cached_page
from chapter.web import SoundAtomFeed
from chapter.websub import with_hub_links

from ..models import Post

LATEST = 20
# A tag with its attributes as the sanitiser writes them: always in double quotes.
TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s[\w-]+="[^"]*")+')
LOCAL_ADDRESS = re.compile(r'((?:href|src|srcset)="|, )/(?!/)')


class PostFeed(SoundAtomFeed):
    """Atom 1.0 with the post's HTML in `content`."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


@cached_page()
@require_safe
@with_hub_links("blog_feed")
def blog_feed(request):
    language = current()
    feed = _empty_feed(language)
    for post in _latest(language).prefetch_related("bylines"):
        feed.add_item(**_item(post))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def entries(language):
    """What tells one state of a language's feed from another."""
    return _latest(language).values_list("pk", "changed_at", "published_at")


def _latest(language):
    return Post.objects.published().filter(language=language)[:LATEST]


def absolute(html):
    """Sanitised HTML with its local addresses made absolute."""
    return TAG.sub(lambda tag: LOCAL_ADDRESS.sub(rf"\g<1>{settings.SITE_URL}/", tag[0]), html)


def _empty_feed(language):
    name = clean_text(Chapter.load().name)
    return PostFeed(
        title=_("%(chapter)s: the blog") % {"chapter": name},
        author_name=name,  # Atom requires one; this is for posts without authors
        link=settings.SITE_URL + reverse("blog"),
        feed_url=settings.SITE_URL + reverse("blog_feed"),
        description="",
        language=language,
    )


def _item(post):
    address = post.get_canonical_url()
    return {
        "title": clean_text(post.title),
        "link": address,
        "unique_id": f"tag:{settings.SITE_HOST.split(':')[0]},{post.created_at:%Y-%m-%d}:post-{post.pk}",
        "description": clean_text(post.lead),
        "content": clean_text(absolute(post.body_html)),
        "author_name": clean_text(", ".join(line.name for line in post.bylines.all())) or None,
        "pubdate": post.published_at,
        # A post that was scheduled was last changed before it was published.
        "updateddate": max(post.changed_at, post.published_at),
    }
