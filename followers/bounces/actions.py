"""What a mail that came back does to its follower."""

from django.db import transaction
from django.utils import timezone

from ..models import Follower

# A full mailbox is not a dead one: so many in a row are.
TIMES = 3


@transaction.atomic
def note(follower: Follower, *, is_for_good: bool) -> Follower:
    """Count a mail that came back, and write no more to a mailbox that is gone, or that refused TIMES. Locks the follower."""
    follower = Follower.objects.select_for_update(of=("self",)).get(pk=follower.pk)
    follower.bounces += 1
    if follower.paused_at is None and (is_for_good or follower.bounces >= TIMES):
        follower.paused_at = timezone.now()
    follower.save(update_fields=["bounces", "paused_at"])
    return follower
