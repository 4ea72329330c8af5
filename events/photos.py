"""What hosts do with the photos of an event: add many, describe each, put them in order, delete.

Every verb locks the Event row and leaves a line in the organisers' log. Files do not roll back: a picture is stored
before the transaction of its row, and removed if that fails. Taking out is in `photo_taking_out.py`.
"""

import hashlib
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapter import audit
from chapter.fields import clean_line
from chapter.images import UPLOADS_A_DAY, UnusableImage, delete_image, store_image
from chapter.ratelimits import TooManyRequests

from .models import Photo
from .rsvp_steps import lock_event

NAME_SHOWN = 80

audit.verb("photos_added", gettext_lazy("added photos to the event"))
audit.verb("photo_described", gettext_lazy("described a photo of the event"))
audit.verb("photo_moved", gettext_lazy("changed the order of the event’s photos"))
audit.verb("photo_deleted", gettext_lazy("deleted a photo of the event"))


class Refusal(NamedTuple):
    """A file that was not taken, under the name that its sender knows, and why, in the reader's language."""

    name: str
    reason: str


class Added(NamedTuple):
    """What became of several files: the photos that are new, those that were here before, and what was refused."""

    new: list
    known: list
    refused: list


# Adding


def add_all(event, uploads, *, credit="", by):
    """Each file for itself: one that is refused stops none of the others. Costs up to 2 s a file."""
    added = Added([], [], [])
    for upload in uploads:
        try:
            photo, is_new = add(event, upload, credit=credit, by=by)
            (added.new if is_new else added.known).append(photo)
        except UnusableImage as error:
            added.refused.append(Refusal(shown_name(upload), " ".join(error.messages)))
        except TooManyRequests:
            reason = _("You have uploaded %(number)s pictures today. Go on tomorrow.") % {"number": UPLOADS_A_DAY}
            added.refused.append(Refusal(shown_name(upload), reason))
    if added.new:
        audit.record("photos_added", by=by, subject=event, about=event.slug, count=len(added.new))
    return added


def add(event, upload, *, credit="", by):
    """(photo, whether it is new): undescribed, so only the hosts see it. Raises UnusableImage and TooManyRequests."""
    digest = _digest(upload)
    if known := event.photos.filter(digest=digest).first():
        return known, False
    image = store_image(upload, alt="", is_decorative=True, credit=credit, by=by, is_listed=False)
    try:
        return _make_row(event, image, digest), True
    except IntegrityError:  # the same file, sent twice at once
        delete_image(image)
        return event.photos.get(digest=digest), False
    except BaseException:
        delete_image(image)
        raise


@transaction.atomic
def _make_row(event, image, digest):
    lock_event(event.pk)
    last = event.photos.aggregate(last=Max("position"))["last"] or 0
    return Photo.objects.create(event=event, image=image, digest=digest, position=last + 1)


def _digest(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def shown_name(upload):
    return clean_line(upload.name)[:NAME_SHOWN]


def last_credit(member):
    """The photographer that this member named last, to begin the next form with."""
    rows = member.images.filter(photo__isnull=False).exclude(credit="").order_by("-id")
    return rows.values_list("credit", flat=True).first() or ""


# One photo


@transaction.atomic
def describe(photo, *, alt, caption, credit, people_agreed, by):
    """Say what is to be seen; with the yes of the people in it, it is shown. Not one that is hidden."""
    lock_event(photo.event_id)
    photo = Photo.objects.select_related("image").get(pk=photo.pk)
    image = photo.image
    image.alt, image.caption, image.credit, image.is_decorative = alt, caption, credit, False
    image.save(update_fields=["alt", "caption", "credit", "is_decorative"])
    photo.is_described, photo.people_agreed = True, people_agreed
    photo.save(update_fields=["is_described", "people_agreed"])
    audit.record("photo_described", by=by, subject=photo.event, about=photo.event.slug)
    return photo


@transaction.atomic
def move(photo, *, up, by):
    """One place up or down among the event's photos; at the end of the row nothing happens."""
    event = lock_event(photo.event_id)
    row = list(event.photos.order_by("position", "id"))
    place = row.index(photo)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row, start=1):
        one.position = position
    Photo.objects.bulk_update(row, ["position"])
    audit.record("photo_moved", by=by, subject=event, about=event.slug)


@transaction.atomic
def delete(photo, *, by):
    """For good: the row now, the files with the commit. A post that shows it as its cover has none from now on."""
    event = lock_event(photo.event_id)
    delete_image(photo.image)
    audit.record("photo_deleted", by=by, subject=event, about=event.slug)


def delete_all(event):
    """In the transaction that deletes the event: its photos' pictures and files go too."""
    for photo in event.photos.select_related("image"):
        delete_image(photo.image)
