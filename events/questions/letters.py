"""The letter that tells a host of questions that wait. It quotes none: they are read where they are answered."""

from collections import Counter

from chapter.mail import Letter, letter, page_url
from chapter.models import Member

from ..letters import titles_of
from ..models import Event
from . import actions


@letter(actions.KIND, unasked=False)
def questions_waiting(delivery):
    host = Member.objects.filter(pk=delivery.object_id, is_active=True).first()
    numbers = Counter(actions.waiting_for(host).values_list("event", flat=True)) if host else {}
    if not numbers:
        return None
    events = Event.objects.filter(pk__in=numbers).order_by("starts_at", "id")
    rows = [_row(event, numbers[event.pk], host.language) for event in events]
    context = {"rows": rows, "number": sum(numbers.values())}
    return Letter(
        to=host.email, language=host.language, template="events/questions/mail/questions_waiting", context=context
    )


def _row(event, number, language):
    url = page_url("event", event.slug, language=language)
    return {**titles_of(event, language), "number": number, "url": f"{url}#questions"}
