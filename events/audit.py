"""What the organisers' log says of events: the verbs' sentences, and an event's title to name it by."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from chapter import audit

audit.describe("event_drafted", _("drafted the event"))
audit.describe("event_duplicated", _("made a new draft like the event"))
audit.describe("event_edited", _("edited the event"))
audit.describe("event_moved", _("changed the time or place of the event"))
audit.describe("event_worded", _("wrote the text in one more language for the event"))
audit.describe("event_published", _("published the event"))
audit.describe("event_redated", _("published with its new date the event"))
audit.describe("event_unpublished", _("made a draft again of the event"))
audit.describe("event_postponed", _("postponed the event"))
audit.describe("event_cancelled", _("cancelled the event"))
audit.describe("event_deleted", _("deleted the draft of the event"))
audit.describe(
    "seats_set", ngettext_lazy("set %(count)d seat for the event", "set %(count)d seats for the event", "count")
)
audit.describe("seats_unlimited", _("took away the limit of seats for the event"))
audit.describe("attendee_removed", _("took somebody off the list of the event"))
audit.describe("host_added", _("added a host to the event"))
audit.describe("host_removed", _("removed a host from the event"))
audit.describe("door_ticked", _("noted who came to the event"))
audit.describe("walk_in_added", _("added a walk-in to the event"))
audit.describe("walk_in_removed", _("took back a walk-in to the event"))
audit.describe(
    "door_closed",
    ngettext_lazy(
        "noted that %(count)d person did not come to the event",
        "noted that %(count)d people did not come to the event",
        "count",
    ),
)
audit.describe("door_reopened", _("took back who did not come to the event"))
audit.describe("message_drafted", _("drafted a message to the people of the event"))
audit.describe("message_edited", _("changed the draft of a message to the people of the event"))
audit.describe("message_deleted", _("deleted the draft of a message to the people of the event"))
audit.describe(
    "message_sent",
    ngettext_lazy("wrote to %(count)d person about the event", "wrote to %(count)d people about the event", "count"),
)
audit.describe("venue_added", _("added the venue"))
audit.describe("venue_edited", _("edited the venue"))


def title_of(subject):
    """The title of an event or a series in the language it was first written in; one query."""
    texts = list(subject.wordings.order_by("id").values_list("language", "title", "is_current"))
    now = {language: title for language, title, is_current in texts if is_current}
    return now.get(texts[0][0], subject.slug) if texts else subject.slug


def noted(name, event, *, by, count=None):
    """A line about an event, in the caller's transaction."""
    return audit.record(name, by=by, subject=event, about=title_of(event), count=count)
