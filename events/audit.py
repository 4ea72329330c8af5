"""The organisers' log of events: the sentence of each verb, and the event's title to name it by.

Rooms and the apps above write their lines with `record`, and name verbs of their own with `describe`.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from chapter import audit
from chapter.audit import describe
from chapter.models import AuditEntry

describe("event_drafted", _("drafted the event"))
describe("event_duplicated", _("made a copy of the event"))
describe("event_edited", _("edited the event"))
describe("event_moved", _("changed the time or place of the event"))
describe("event_worded", _("added the text in another language to the event"))
describe("event_published", _("published the event"))
describe("event_redated", _("published the new date of the event"))
describe("event_unpublished", _("unpublished the event"))
describe("event_postponed", _("postponed the event"))
describe("event_cancelled", _("cancelled the event"))
describe("event_deleted", _("deleted the draft of the event"))
describe("seats_set", ngettext_lazy("set %(count)d seat for the event", "set %(count)d seats for the event", "count"))
describe("seats_unlimited", _("removed the seat limit for the event"))
describe("attendee_added", _("added someone to the list for the event"))
describe("attendee_removed", _("removed someone from the list for the event"))
describe("host_added", _("added a host to the event"))
describe("host_removed", _("removed a host from the event"))
describe("door_ticked", _("recorded who came to the event"))
describe("walk_in_added", _("added a walk-in to the event"))
describe("walk_in_removed", _("removed a walk-in from the event"))
describe(
    "door_closed",
    ngettext_lazy(
        "recorded that %(count)d person didn’t come to the event",
        "recorded that %(count)d people didn’t come to the event",
        "count",
    ),
)
describe("door_reopened", _("undid the no-show marks for the event"))
describe("message_drafted", _("drafted a message about the event"))
describe("message_tested", _("sent themselves a test of a message about the event"))
describe("message_edited", _("edited the draft of a message about the event"))
describe("message_deleted", _("deleted the draft of a message about the event"))
describe(
    "message_sent",
    ngettext_lazy("wrote to %(count)d person about the event", "wrote to %(count)d people about the event", "count"),
)
describe("venue_added", _("added the venue"))
describe("venue_edited", _("edited the venue"))


def title_of(subject) -> str:
    """The title of an event or a series in the language it was first written in; one query."""
    texts = list(subject.wordings.order_by("id").values_list("language", "title", "is_current"))
    now = {language: title for language, title, is_current in texts if is_current}
    return now.get(texts[0][0], subject.slug) if texts else subject.slug


def record(name, event, *, by, count=None) -> AuditEntry:
    return audit.record(name, by=by, subject=event, about=title_of(event), count=count)
