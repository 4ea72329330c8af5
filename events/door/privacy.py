"""Names of walk-ins: how long they are kept."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter
from chapter.privacy import Basis, days, earliest, register

from ..models import WalkIn


def expire_walk_ins():
    limit = timezone.now() - timedelta(days=Chapter.load().guests_kept_days)
    return named().filter(event__ends_at__lt=limit).update(name="")


def named():
    return WalkIn.objects.exclude(name="")


register(
    WalkIn,
    what=_("Your name, if you came without signing up and gave it."),
    kept=format_lazy(
        _("{guests} after the event."),
        guests=days(lambda: Chapter.load().guests_kept_days),
    ),
    # Nobody signs in at the door: a name alone is nobody's account.
    export=lambda member: [],
    expire=expire_walk_ins,
    oldest=lambda: earliest(named(), "created_at"),
    basis=Basis.INTEREST,
)
