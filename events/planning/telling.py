"""One mail to each person, however many of the meetups that they come to an edit, or the end, of a series changes."""

from django.utils.translation import ngettext

from chapter import mail

KIND = "series_changed"


class Telling:
    """Collects in one transaction who is to hear what; `post` queues it. For verbs that hold the events' locks."""

    def __init__(self):
        self._by_person = {}

    def add(self, event, kind):
        """Note everyone who is going or waiting for a letter of this kind; the `tell` of the verbs in `changes`."""
        for rsvp in event.rsvps.holding().order_by("id"):
            self._by_person.setdefault(rsvp.person, []).append((rsvp.pk, kind, event.sequence))
        return 0

    def post(self):
        """Queue one mail for each person and return how many: about the one event, or KIND about all of theirs.

        KIND has the person's first RSVP as its object and its event's sequence, which every change raises.
        """
        batches = {}
        for (pk, kind, sequence), *others in self._by_person.values():
            batches.setdefault((KIND if others else kind, sequence), []).append(pk)
        return sum(mail.post_all(kind, ids, sequence=sequence) for (kind, sequence), ids in batches.items())


def told_in_words(count):
    """What a page says of the mails that a change has caused; empty for none."""
    text = ngettext("%(count)d person is told by mail.", "%(count)d people are told by mail.", count or 0)
    return text % {"count": count} if count else ""
