"""Who is an organiser. All are equal, and there is always one."""

from django.db import transaction

from .models import Chapter, Member


class LastOrganiser(Exception):
    """Somebody must be left who can run the chapter."""


def appoint(member):
    """Make a member an organiser."""
    Member.objects.filter(pk=member.pk).update(is_organiser=True)


@transaction.atomic
def dismiss(member):
    """Make an organiser a plain member again; raises LastOrganiser where no other active one is left.

    Locks the chapter's row, so that two organisers who dismiss each other do not both succeed.
    """
    Chapter.load()
    Chapter.objects.select_for_update().get(pk=1)
    if not Member.objects.organisers().exclude(pk=member.pk).exists():
        raise LastOrganiser
    Member.objects.filter(pk=member.pk).update(is_organiser=False)


def is_only_organiser(member):
    return member.is_organiser and not Member.objects.organisers().exclude(pk=member.pk).exists()
