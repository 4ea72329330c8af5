"""Plain links with which a reader passes a microaction on; nothing is asked of those sites before they are tapped."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings

HASHTAG = "#mikrohandling"
MAX_TEXT = 300


class Share(NamedTuple):
    address: str
    text: str
    linkedin: str
    mastodon: str


def links(microaction) -> Share:
    address = settings.SITE_URL + microaction.get_absolute_url()
    text = f"{_shortened(microaction.words)} {HASHTAG}"
    return Share(
        address,
        text,
        f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': address})}",
        f"https://mastodonshare.com/?{urlencode({'text': text, 'url': address})}",
    )


def _shortened(words):
    words = " ".join(words.split())
    return words if len(words) <= MAX_TEXT else words[: MAX_TEXT - 1].rstrip() + "…"
