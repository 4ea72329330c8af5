"""Telling the hub. What it was told last is kept, so no way to change a feed can be forgotten, and none is told twice."""

import hashlib
import logging
from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import timezone

from ..languages import CODES
from ..mail import page_url
from ..models import FeedTold
from ..transfer import fetching

logger = logging.getLogger(__name__)
SECONDS = 10


def tell(name: str, entries_of: Callable[[str], Iterable]) -> int:
    """Tell the hub of each language's feed whose entries are others than at the last time; returns of how many.

    Stops at the first that the hub does not take, which is told the next time. Takes up to SECONDS for each language:
    never inside a transaction.
    """
    count = 0
    for language in CODES if settings.WEBSUB_HUB else ():
        topic, digest = page_url(name, language=language), _digest(entries_of(language))
        if FeedTold.objects.filter(topic=topic, digest=digest).exists():
            continue
        if not _is_taken(topic):
            break
        FeedTold.objects.update_or_create(topic=topic, defaults={"digest": digest, "told_at": timezone.now()})
        count += 1
    return count


def _digest(entries):
    return hashlib.sha256(repr(list(entries)).encode()).hexdigest()


def _is_taken(topic):
    try:
        fetching.post(settings.WEBSUB_HUB, {"hub.mode": "publish", "hub.url": topic}, timeout=SECONDS)
    except fetching.FetchError as error:
        logger.warning("The hub was not told of %s: %s", topic, error)
        return False
    return True
