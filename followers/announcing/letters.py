"""The digest: one mail with all of a follower's news that are still true when it is made."""

from functools import partial

from django.utils import translation

from chapter.mail import Letter, letter, page_url

from .. import bounces
from ..models import Digest
from .sending import KIND
from .sources import source_of


@letter(KIND, unasked=False)
def digest(delivery):
    found = Digest.objects.select_related("follower__member").filter(pk=delivery.object_id).first()
    follower = found and found.follower
    if follower is None or follower.paused_at or not follower.is_confirmed:
        return None
    with translation.override(follower.language):
        items = _items(found, follower)
        return letter_of(items, follower) if items else None


def _items(found, follower):
    rows = found.news.filter(announcement__stopped_at=None).select_related("announcement")
    made = (item_of(row.announcement, follower) for row in rows.order_by("-announcement__is_urgent", "id"))
    return [item for item in made if item]


def item_of(announcement, follower):
    """(item, template), or None where it is not true any more, or the follower does not want to hear about it any more."""
    news = source_of(announcement.kind)
    if not news.readers(announcement.object_id).filter(pk=follower.pk).exists():
        return None
    item = news.make(announcement.object_id, follower)
    return item and (item, news.template)


def letter_of(items, follower) -> Letter:
    """In the active language, which is the follower's."""
    language = follower.language
    stop_url = page_url("follow_stop", follower.token, language=language)
    context = {
        "subject": items[0][0].subject,
        "more": len(items) - 1,
        "items": [{**item.context, "template": template} for item, template in items],
        "page": page_url("following", follower.token, language=language),
        "stop_url": stop_url,
    }
    return Letter(
        to=follower.person_email,
        language=language,
        template="followers/announcing/mail/digest",
        context=context,
        attachments=tuple(file for item, _template in items for file in item.attachments),
        unsubscribe_url=stop_url,
        list_name="news",
        return_path=bounces.return_path(follower),
        when_refused=partial(bounces.note, follower, is_for_good=True),
    )
