"""The letter about several meetups of a series that changed at once: how all of the reader's are now."""

from django.db.models import Q
from django.utils import timezone

from chapter.fields import clean_line
from chapter.mail import Attachment, Letter, in_language, letter

from ..calendars import events_ics
from ..letters import letter_context
from ..models import Event, Rsvp
from ..planning import ICS_TYPE, KIND, is_overtaken


@letter(KIND, unasked=False)
def series_changed(delivery):
    first = Rsvp.objects.select_related("event__series", "member").filter(pk=delivery.object_id).first()
    rsvps = list(_coming_of(first)) if first and not is_overtaken(delivery) else []
    return _letter(first, rsvps) if rsvps else None


def _coming_of(rsvp):
    open_still = Q(event__ends_at__gt=timezone.now()) | Q(event__state=Event.State.POSTPONED)
    # A guest is an address; once it is erased, nobody.
    person = Q(member=rsvp.member) if rsvp.member else Q(member=None, email=rsvp.email) & ~Q(email="")
    rows = Rsvp.objects.holding().filter(person, open_still, event__series=rsvp.event.series_id)
    return rows.select_related("event__venue", "member").order_by("event__starts_at", "id")


def _letter(first, rsvps):
    language, series = first.language, first.event.series
    text = series.wordings.best_for(language, subject_field="series").first()
    content = events_ics(Event.objects.filter(pk__in=[rsvp.event_id for rsvp in rsvps]), language=language)
    return Letter(
        to=first.person_email,
        language=language,
        template="events/series/mail/series_changed",
        context={
            "title": in_language(clean_line(text.title), text.language) if text else series.slug,
            "reason": first.event.state_reason,
            "reason_language": first.event.reason_language,
            "is_cancelled": all(rsvp.event.is_cancelled for rsvp in rsvps),
            "rows": [letter_context(rsvp) for rsvp in rsvps],
        },
        attachments=(Attachment(f"{series.slug}.ics", content, ICS_TYPE),),
    )
