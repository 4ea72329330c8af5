"""One mail per person, however many of their meetups one edit changes."""

from django.utils.translation import ngettext

from chapter import mail

KIND = "series_changed"


class Telling:
    """Collects who is mailed about what; `post` queues it. For verbs that hold the events' locks."""

    def __init__(self):
        self._by_person = {}

    def add(self, event, kind) -> int:
        """The `tell` of the verbs in `planning`: mails nobody yet, so it returns 0."""
        for rsvp in event.rsvps.holding().order_by("id"):
            self._by_person.setdefault(rsvp.person, []).append((rsvp.pk, kind, event.sequence))
        return 0

    def post(self) -> int:
        """Queue one mail per person and return how many: about the one event, or KIND about all of theirs.

        The object of KIND is the person's first RSVP, its sequence that of its event, which every change raises.
        """
        batches = {}
        for (pk, kind, sequence), *others in self._by_person.values():
            batches.setdefault((KIND if others else kind, sequence), []).append(pk)
        return sum(mail.post_all(kind, ids, sequence=sequence) for (kind, sequence), ids in batches.items())


def told_after(sentence, count) -> str:
    """`sentence`, and how many people were mailed, if any."""
    told = ngettext("We’ll email %(count)d person.", "We’ll email %(count)d people.", count or 0)
    return f"{sentence} {told % {'count': count}}" if count else str(sentence)
