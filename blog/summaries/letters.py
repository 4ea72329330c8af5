"""The mail after a meetup. Its content is decided when it is sent."""

from chapter.mail import Letter, letter, page_url
from events.letters import letter_context, stop_url_of
from events.models import Rsvp

from . import after_event


@letter(after_event.KIND, unasked=False)
def after_meetup(delivery):
    rsvp = Rsvp.objects.select_related("event__venue", "member").filter(pk=delivery.object_id).first()
    if rsvp is None or not after_event.is_still_right(rsvp):
        return None
    return Letter(
        to=rsvp.person_email,
        language=rsvp.language,
        template="blog/summaries/mail/after_event",
        context={**letter_context(rsvp), **_what_came_of_it(rsvp)},
        unsubscribe_url=stop_url_of(rsvp),
    )


def _what_came_of_it(rsvp):
    # The person's own microaction, or else where to write one down.
    language, summary = rsvp.language, after_event.summary_for(rsvp)
    own = after_event.microaction_of(rsvp)
    pledge_url = f"{page_url('pledge', language=language)}?event={rsvp.event.slug}"
    return {
        "summary": summary,
        "summary_url": page_url("post", summary.slug, language=summary.language) if summary else "",
        "microaction": own,
        "action_url": page_url("microaction_manage", own.token, language=language) if own else pledge_url,
    }
