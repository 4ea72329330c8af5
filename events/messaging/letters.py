"""The letter that carries a host's message. The object is the RSVP, the sequence the message."""

from django.conf import settings

from chapter.fields import clean_line
from chapter.mail import Letter, in_language, letter, page_url
from chapter.models import Member

from ..access import may_run
from ..letters import PARTICIPANTS, titles_of
from ..models import Message, Rsvp
from . import actions


@letter(actions.KIND, unasked=False)
def event_message(delivery):
    message = Message.objects.select_related("event__venue").filter(pk=delivery.sequence).first()
    rsvp = Rsvp.objects.select_related("member").filter(pk=delivery.object_id).first()
    # A person who left, or got a seat since, is not in the audience any more.
    if not (message and rsvp and message.sent_at and actions.is_for(message, rsvp)):
        return None
    manage_url = page_url("rsvp", rsvp.token, language=rsvp.language)
    return letter_of(message, to=rsvp.person_email, language=rsvp.language, manage_url=manage_url)


@letter(actions.TEST, unasked=False)
def event_message_test(delivery):
    """To the host who writes it: the same mail, with the event's page in place of a reader's own link."""
    message = Message.objects.select_related("event__venue").filter(pk=delivery.object_id).first()
    member = Member.objects.filter(pk=delivery.recipient.removeprefix("member:"), is_active=True).first()
    if not (message and member and may_run(member, message.event)):
        return None
    address = page_url("event", message.event.slug, language=member.language)
    return letter_of(message, to=member.email, language=member.language, manage_url=address)


def letter_of(message, *, to, language, manage_url) -> Letter:
    """The message, framed in the reader's language by which event it is about and why it comes."""
    event = message.event
    context = {
        "event": event,
        **titles_of(event, language),
        "message": message,
        "language": language,
        "message_subject": in_language(clean_line(message.subject), message.language),
        # A mail has no site around it: links to our own pages need their whole address.
        "body": message.body.replace("](/", f"]({settings.SITE_URL}/"),
        "manage_url": manage_url,
        "event_url": page_url("event", event.slug, language=language),
    }
    template = "events/messaging/mail/message"
    return Letter(to=to, language=language, template=template, context=context, list_name=PARTICIPANTS)
