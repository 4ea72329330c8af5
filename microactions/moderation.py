"""What waits for an organiser before strangers may read it: a person's first texts with links in them."""

import re
import unicodedata

from django.db.models import Q

from .models import Microaction

TEXTS = ("what", "moment", "cue", "first_step", "result", "name")
ENDINGS = (
    "app|biz|blog|click|club|cn|co|com|dev|dk|eu|fi|info|io|is|link|live|me|net|no|online|org|ru|se|shop|site|store|"
    "top|uk|xyz"
)
LINK = re.compile(rf"://|\bhttps?:|\bwww\.|\b[a-z0-9-]{{2,}}\.(?:{ENDINGS})\b|\S@\S+\.\w", re.IGNORECASE)


def has_link(microaction) -> bool:
    # NFKC, since full-width letters and dots make a link as well.
    words = " \n ".join(getattr(microaction, name) for name in TEXTS)
    return bool(LINK.search(unicodedata.normalize("NFKC", words)))


def hold_if_needed(microaction) -> None:
    """Hold it, unsaved, if it is public, has a link, and no link of its person was approved before."""
    if microaction.is_shared and has_link(microaction) and not is_trusted(microaction):
        microaction.held = True


def is_trusted(microaction) -> bool:
    if microaction.member_id:
        same = Q(member_id=microaction.member_id)
    elif microaction.email:
        same = Q(email=microaction.email)
    else:
        same = Q(pk=microaction.pk)
    return Microaction.objects.filter(same, held=False, approved_at__isnull=False).exists()
