"""Who told the followers of what. No `erase`: the database forgets who it was with the account."""

from chapter.privacy import Basis, register
from chapter.privacy.registry import AS_LONG_AS_THE_ACCOUNT, HOSTS

from ..models import Announcement

register(
    Announcement,
    what=HOSTS,
    kept=AS_LONG_AS_THE_ACCOUNT,
    export=lambda member: list(
        Announcement.objects.filter(made_by=member).order_by("pk").values("kind", "object_id", "made_at")
    ),
    basis=Basis.INTEREST,
)
