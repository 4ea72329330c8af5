"""Photos: nobody stores who is in them; the note of a person who asked to be taken out is deleted after NOTE_DAYS."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.privacy import Basis, days, earliest, register

from ..models import Photo
from .taking_out import NOTE_DAYS


def notes():
    return Photo.objects.exclude(hidden_note="")


def expire_notes():
    return notes().filter(hidden_at__lt=timezone.now() - timedelta(days=NOTE_DAYS)).update(hidden_note="")


register(
    Photo,
    what=_("Photos that you may be in, and what you wrote to be taken out of one."),
    kept=format_lazy(
        _("Until you or an organiser takes it out; what you wrote: {note}."),
        note=days(NOTE_DAYS),
    ),
    # Nobody can tell which photos a member is in, or who wrote a note.
    export=lambda member: [],
    expire=expire_notes,
    oldest=lambda: earliest(notes(), "hidden_at"),
    basis=Basis.AGREED,
)
