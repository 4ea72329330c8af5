"""News of meetups: a new one, and one that will not take place as told."""

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from chapter.mail import Attachment, page_url
from chapter.text import dates
from events import audit, calendars
from events.letters import titles_of
from events.models import Event, Rsvp

from ..models import Announcement, Follower, FollowerQuerySet
from . import actions
from .sources import Item, Subject, source

NEW, OFF = "meetup", "meetup_off"
OFF_STATES = [Event.State.CANCELLED, Event.State.POSTPONED]


def followers_of(event_id: int) -> FollowerQuerySet:
    # An event may be deleted once it is a draft again.
    event = Event.objects.select_related("venue").filter(pk=event_id).first()
    return Follower.objects.interested_in(event) if event else Follower.objects.none()


def to_tell(event_id: int) -> Subject | None:
    event = Event.objects.for_tickets().filter(pk=event_id).first()
    if event is None or not event.is_open:
        return None
    text = event.wording
    return Subject(text.title if text else event.slug, text.language if text else "", event.get_absolute_url())


@source(NEW, template="followers/announcing/mail/_meetup.txt", readers=followers_of, subject=to_tell)
def new_meetup(event_id: int, follower: Follower) -> Item | None:
    event = _event(event_id)
    if event is None or not event.is_open:
        return None
    entry = Attachment(
        f"{event.slug}.ics", calendars.event_ics(event, language=follower.language), "text/calendar; method=PUBLISH"
    )
    facts = _facts(event, follower)
    subject = format_html("{}, {}", facts["title"], dates.short_date(event.local_start))
    return Item(subject, {**facts, **_ways(event, follower)}, (entry,))


def _told_followers(event_id):
    # Who has a seat, or waits for one, gets the event's own mail.
    told = Follower.objects.filter(news__announcement__kind=NEW, news__announcement__object_id=event_id)
    told = told.exclude(news__digest=None)
    holding = Rsvp.objects.holding().filter(event=event_id)
    members = holding.exclude(member=None).values("member")
    return told.exclude(member__in=members).exclude(email__in=holding.exclude(email="").values("email"))


@source(OFF, template="followers/announcing/mail/_meetup_off.txt", readers=_told_followers, is_urgent=True)
def meetup_off(event_id: int, follower: Follower) -> Item | None:
    event = _event(event_id)
    if event is None or event.state not in OFF_STATES:
        return None
    facts = _facts(event, follower)
    said = _("Cancelled: {title}") if event.is_cancelled else _("Postponed: {title}")
    return Item(format_html(said, title=facts["title"]), facts)


def _event(event_id):
    return Event.objects.with_seats().select_related("venue").filter(pk=event_id).first()


def _facts(event, follower):
    language = follower.language
    url = page_url("event", event.slug, language=language)
    return {"event": event, "event_url": url, **titles_of(event, language)}


def _ways(event, follower):
    return {"rsvp_url": page_url("follow_rsvp", follower.token, event.slug, language=follower.language)}


def call_off() -> None:
    """Tell of announced meetups that will not take place, once; one that nobody was told of yet is just not told."""
    rows = Announcement.objects.filter(kind=NEW, stopped_at=None)
    events = Event.objects.exclude(state=Event.State.PUBLISHED).filter(pk__in=rows.values("object_id"))
    for event in events.filter(ends_at__gt=timezone.now()):
        _call_off(event, rows.get(object_id=event.pk))


@transaction.atomic
def _call_off(event, announcement):
    actions.stop(announcement.pk, by=None, about=audit.title_of(event))
    if announcement.spread_at and event.state in OFF_STATES:
        now = timezone.now()
        Announcement.objects.get_or_create(kind=OFF, object_id=event.pk, defaults={"due_at": now, "is_urgent": True})
