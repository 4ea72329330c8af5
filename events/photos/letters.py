"""The letter to hosts and organisers when somebody has asked to be taken out of a photo."""

from chapter.mail import Letter, letter, page_url

from ..letters import titles_of
from ..models import Photo
from . import taking_out


@letter("photo_taken_out", unasked=False)
def photo_taken_out(delivery):
    photo = Photo.objects.hidden().select_related("event").filter(pk=delivery.object_id).first()
    if photo is None or not taking_out.is_told_of(photo, delivery):
        return None
    # Who was dismissed since the letter was queued decides nothing now.
    reader = taking_out.those_who_decide(photo.event).filter(pk=delivery.recipient.removeprefix("member:")).first()
    if reader is None:
        return None
    event, language = photo.event, reader.language
    # Without the note: a stranger's words are read on the page, and deleted there after 30 days.
    context = {
        "event": event,
        **titles_of(event, language),
        "decide_url": page_url("photo_decide", event.slug, photo.pk, language=language),
    }
    return Letter(to=reader.email, language=language, template="events/photos/mail/photo_taken_out", context=context)
