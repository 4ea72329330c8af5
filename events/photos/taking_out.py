"""“Take me out”: a person in a photo hides it at once, without an account, and the organisers decide what follows.

The row is hidden and hosts and organisers are mailed, once, in one transaction that locks the Event; then the files
leave their address (see `chapter/pictures/withdrawing.py`). A failure on the way leaves the photo hidden.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import mail
from chapter.models import Member
from chapter.pictures import withdrawing

from .. import audit
from ..models import Event, Photo

# How long the organisers may read what the person wrote.
NOTE_DAYS = 30

audit.describe("photo_taken_out", _("hid, at someone’s request, a photo of the event"))
audit.describe("photo_shown_again", _("showed again, with consent, a photo of the event"))


def take_out(photo, *, note="") -> bool:
    """Hide a photo and mail hosts and organisers, once however often it is called.

    Returns whether the files have left their address: False if the disk refused, and a job retries.
    """
    _hide(photo, note)
    return withdrawing.hide_files(photo.image_id)


@transaction.atomic
def _hide(photo, note):
    event = Event.objects.lock(photo.event_id)
    photo = Photo.objects.shown().select_related("image").filter(pk=photo.pk).first()
    if photo is None:
        return
    photo.hidden_at, photo.hidden_note = timezone.now(), note
    photo.save(update_fields=["hidden_at", "hidden_note"])
    withdrawing.withdraw(photo.image)
    audit.record("photo_taken_out", event, by=None)
    for member in those_who_decide(event):
        mail.post("photo_taken_out", photo.pk, recipient=f"member:{member.pk}", sequence=_sequence(photo))


def those_who_decide(event) -> QuerySet:
    hosts = event.hosts.values("pk")
    return (Member.objects.organisers() | Member.objects.filter(pk__in=hosts)).filter(is_active=True).order_by("pk")


def _sequence(photo):
    # Another number for each time that it is hidden.
    return int(photo.hidden_at.timestamp()) // 60


def is_told_of(photo, delivery) -> bool:
    # Not if somebody has decided since the letter was queued, or the photo was hidden again.
    return photo.is_hidden and delivery.sequence == _sequence(photo)


@transaction.atomic
def show_again(photo, *, by) -> None:
    """Show the photo under a new address and delete the note. Locks the event. Raises OSError."""
    event = Event.objects.lock(photo.event_id)
    photo = Photo.objects.hidden().select_related("image").filter(pk=photo.pk).first()
    if photo is None:
        return
    withdrawing.bring_back(photo.image)
    photo.hidden_at, photo.hidden_note = None, ""
    photo.save(update_fields=["hidden_at", "hidden_note"])
    audit.record("photo_shown_again", event, by=by)
