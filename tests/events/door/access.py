"""Who may stand at the door: the hosts of the event and every organiser; another member is told nothing."""

from datetime import timedelta

from events.models import Message
from tests.factories import make_event

HOSTS = {"anonymous": 302, "member": 200, "other": 404, "organiser": 200}
HOSTS_POST = {"anonymous": 302, "member": 405, "other": 404, "organiser": 405}
ORGANISERS = {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}


def hosted(member, **fields):
    event = make_event(**{"starts_in": timedelta(hours=-1), "hours": 3, **fields})
    event.hosts.add(member)
    return event


def a_hosted_event(member):
    return {"slug": hosted(member).slug}


def a_hosted_draft(member):
    return {"slug": hosted(member, state="draft").slug}


def a_message(member):
    event = hosted(member)
    message = Message.objects.create(event=event, language="nb", subject="Ta med kopp", body="Vi har kaffe.")
    return {"slug": event.slug, "pk": message.pk}


DOOR_ROWS = [
    ("event_door", a_hosted_event, HOSTS),
    ("event_door", a_hosted_draft, HOSTS),
    ("door_state", a_hosted_event, HOSTS),
    ("door_tick", a_hosted_event, HOSTS_POST),
    ("door_walk_in", a_hosted_event, HOSTS_POST),
    ("door_close", a_hosted_event, HOSTS),
    ("event_hosts", a_hosted_event, HOSTS),
    ("event_attendees", a_hosted_event, HOSTS),
    ("attendees_table", a_hosted_event, HOSTS),
    ("event_messages", a_hosted_event, HOSTS),
    ("message_new", a_hosted_event, HOSTS),
    ("message_edit", a_message, HOSTS),
    ("message_preview", a_message, HOSTS),
    ("message_mail", a_message, HOSTS),
    ("message_send", a_message, HOSTS_POST),
    ("message_test", a_message, HOSTS_POST),
    ("message_delete", a_message, HOSTS_POST),
    ("event_figures", {}, ORGANISERS),
]
