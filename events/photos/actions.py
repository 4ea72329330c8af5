"""What hosts do with the photos of an event: add many, describe each, put them in order, delete.

Every verb locks the Event row and leaves a line in the organisers' log. Files do not roll back: a picture is stored
before the transaction of its row, and removed if that fails.
"""

import hashlib
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chapter.fields import clean_line
from chapter.pictures import UPLOADS_A_DAY, UnusableImage, delete_image, store_image, withdrawing
from chapter.web import TooManyRequests

from .. import audit
from ..models import Event, Photo

# Letters of a file's name in a message.
NAME_SHOWN = 80

audit.describe("photos_added", gettext_lazy("added photos to the event"))
audit.describe("photo_described", gettext_lazy("described a photo of the event"))
audit.describe("photo_moved", gettext_lazy("changed the order of the event’s photos"))
audit.describe("photo_deleted", gettext_lazy("deleted a photo of the event"))


class RefusedFile(NamedTuple):
    """The name of a file as it was sent, and the reason in the reader's language."""

    name: str
    reason: str


class Added(NamedTuple):
    new: list[Photo]
    known: list[Photo]
    refused: list[RefusedFile]


# Adding


def add_all(event, uploads, *, credit="", by) -> Added:
    """Add each file by itself: a refused one stops none of the others. Costs up to 2 s a file."""
    added = Added([], [], [])
    for upload in uploads:
        try:
            photo, is_new = add(event, upload, credit=credit, by=by)
            (added.new if is_new else added.known).append(photo)
        except UnusableImage as error:
            added.refused.append(RefusedFile(shown_name(upload), " ".join(error.messages)))
        except TooManyRequests:
            reason = _("You have uploaded %(number)s pictures today, which is the limit. Try again tomorrow.") % {
                "number": UPLOADS_A_DAY
            }
            added.refused.append(RefusedFile(shown_name(upload), reason))
    if added.new:
        audit.record("photos_added", event, by=by, count=len(added.new))
    return added


def add(event, upload, *, credit="", by) -> tuple[Photo, bool]:
    """(photo, whether it is new), undescribed, so only hosts see it. Raises UnusableImage, TooManyRequests."""
    digest = _digest(upload)
    if known := event.photos.filter(digest=digest).first():
        return known, False
    image = store_image(upload, alt="", is_decorative=True, credit=credit, by=by, is_listed=False)
    try:
        return _make_row(event, image, digest), True
    except IntegrityError:  # the same file, sent twice at once
        delete_image(image)
        return event.photos.get(digest=digest), False
    except BaseException:  # whatever went wrong, no file stays without its row
        delete_image(image)
        raise


@transaction.atomic
def _make_row(event, image, digest):
    Event.objects.lock(event.pk)
    last = event.photos.aggregate(last=Max("position"))["last"] or 0
    return Photo.objects.create(event=event, image=image, digest=digest, position=last + 1)


def _digest(upload):
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def shown_name(upload) -> str:
    return clean_line(upload.name)[:NAME_SHOWN]


def last_credit(member) -> str:
    rows = member.images.filter(photo__isnull=False).exclude(credit="").order_by("-id")
    return rows.values_list("credit", flat=True).first() or ""


# One photo


def describe(photo, *, people_agreed, by, **words) -> Photo:
    """Set `alt`, `caption`, `credit` and the agreement of the people in it, without which the photo is not shown.

    Taking the agreement back moves the files away from their address; giving it again moves them to a new one. Raises
    OSError if they cannot be moved.
    """
    photo = _describe(photo, people_agreed=people_agreed, by=by, **words)
    withdrawing.hide_files(photo.image_id)
    return photo


@transaction.atomic
def _describe(photo, *, alt, caption, credit, people_agreed, by):
    event = Event.objects.lock(photo.event_id)
    photo = event.photos.select_related("image").get(pk=photo.pk)
    image, was_shown = photo.image, photo.is_shown
    image.alt, image.caption, image.credit, image.is_decorative = alt, caption, credit, False
    image.save(update_fields=["alt", "caption", "credit", "is_decorative"])
    photo.is_described, photo.people_agreed = True, people_agreed
    photo.save(update_fields=["is_described", "people_agreed"])
    if was_shown and not photo.is_shown:
        withdrawing.withdraw(image)
    elif photo.is_shown and image.withdrawn_file:
        withdrawing.bring_back(image)
        image.refresh_from_db()
    audit.record("photo_described", event, by=by)
    return photo


@transaction.atomic
def move(photo, *, up, by) -> None:
    """Swap the photo with its neighbour, if there is one, and renumber the event's photos."""
    event = Event.objects.lock(photo.event_id)
    row = list(event.photos.order_by("position", "id"))
    place = row.index(photo)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row, start=1):
        one.position = position
    Photo.objects.bulk_update(row, ["position"])
    audit.record("photo_moved", event, by=by)


@transaction.atomic
def delete(photo, *, by) -> None:
    """Delete the row now and the files on commit; a post loses it as its cover."""
    event = Event.objects.lock(photo.event_id)
    delete_image(photo.image)
    audit.record("photo_deleted", event, by=by)


def delete_all(event) -> None:
    """Delete the event's pictures and files; called in the transaction that deletes the event."""
    for photo in event.photos.select_related("image"):
        delete_image(photo.image)
