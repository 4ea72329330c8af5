"""The letter to those who run an event: somebody asked to be taken out of a photo."""

from chapter.mail import Letter, letter, page_url
from chapter.models import Member

from ..models import Photo
from . import taking_out as photo_taking_out


@letter("photo_taken_out")
def photo_taken_out(delivery):
    """Without the note: a stranger's words are read on the page, and forgotten there after 30 days."""
    photo = Photo.objects.hidden().select_related("event").filter(pk=delivery.object_id).first()
    reader = Member.objects.filter(pk=delivery.recipient.removeprefix("member:"), is_active=True).first()
    if photo is None or reader is None or not photo_taking_out.is_told_of(photo, delivery):
        return None
    return _letter(photo, reader)


def _letter(photo, reader):
    event, language = photo.event, reader.language
    wording = event.wording_in(language)
    context = {
        "event": event,
        "title": wording.title if wording else event.slug,
        "decide_url": page_url("photo_decide", event.slug, photo.pk, language=language),
    }
    return Letter(to=reader.email, language=language, template="events/photos/mail/photo_taken_out", context=context)
