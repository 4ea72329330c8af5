"""Appoint and dismiss organisers. All are equal, and at least one remains."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..models import Chapter, Member

# The log does not say whom: it holds no names.
audit.describe("organiser_appointed", _("made a member an organiser"))
audit.describe("organiser_dismissed", _("made an organiser an ordinary member again"))


class LastOrganiser(Exception):
    pass


@transaction.atomic
def appoint(member, *, by=None) -> None:
    if Member.objects.filter(pk=member.pk, is_organiser=False).update(is_organiser=True):
        audit.record("organiser_appointed", by=by)


@transaction.atomic
def dismiss(member, *, by=None) -> None:
    """Make an organiser a plain member; raises LastOrganiser if no other active one is left.

    Locks the chapter's row, so that two organisers cannot dismiss each other at once.
    """
    Chapter.load()
    Chapter.objects.select_for_update().get(pk=1)
    if not Member.objects.organisers().exclude(pk=member.pk).exists():
        raise LastOrganiser
    if Member.objects.filter(pk=member.pk, is_organiser=True).update(is_organiser=False):
        audit.record("organiser_dismissed", by=by)


def is_only_organiser(member) -> bool:
    return member.is_organiser and not Member.objects.organisers().exclude(pk=member.pk).exists()
