"""What waits for an organiser before strangers may read it: a person's first texts with links in them."""

from django.db.models import Q

from chapter import addresses

from .models import Microaction

TEXTS = ("what", "moment", "cue", "first_step", "result", "name")


def has_link(microaction) -> bool:
    return addresses.has_link(*(getattr(microaction, name) for name in TEXTS))


def is_spared(microaction) -> bool:
    """Whether its words are kept from others: a link that no organiser has seen."""
    return has_link(microaction) and not is_trusted(microaction)


def hold_if_needed(microaction) -> None:
    """Hold it, unsaved, if it is public, has a link, and no link of its person was approved before."""
    if microaction.is_shared and is_spared(microaction):
        microaction.held = True


def is_trusted(microaction) -> bool:
    if microaction.member_id:
        same = Q(member_id=microaction.member_id)
    elif microaction.email:
        same = Q(email=microaction.email)
    else:
        same = Q(pk=microaction.pk)
    return Microaction.objects.filter(same, held=False, approved_at__isnull=False).exists()
