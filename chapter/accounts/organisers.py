"""Who is an organiser. All are equal, and there is always one."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..models import Chapter, Member

# Whom is not in the log: it holds no names.
audit.describe("organiser_appointed", _("made a member an organiser"))
audit.describe("organiser_dismissed", _("made an organiser a member again"))


class LastOrganiser(Exception):
    """Somebody must be left who can run the chapter."""


@transaction.atomic
def appoint(member, *, by=None):
    """Make a member an organiser."""
    if Member.objects.filter(pk=member.pk, is_organiser=False).update(is_organiser=True):
        audit.record("organiser_appointed", by=by)


@transaction.atomic
def dismiss(member, *, by=None):
    """Make an organiser a plain member again; raises LastOrganiser where no other active one is left.

    Locks the chapter's row, so that two organisers who dismiss each other do not both succeed.
    """
    Chapter.load()
    Chapter.objects.select_for_update().get(pk=1)
    if not Member.objects.organisers().exclude(pk=member.pk).exists():
        raise LastOrganiser
    if Member.objects.filter(pk=member.pk, is_organiser=True).update(is_organiser=False):
        audit.record("organiser_dismissed", by=by)


def is_only_organiser(member):
    return member.is_organiser and not Member.objects.organisers().exclude(pk=member.pk).exists()
