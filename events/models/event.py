"""Events and their texts.

Longer than 300 lines, since the queryset that says which events are listed, where and in what order, reads in one piece
beside the columns and the indexes it is about.
"""

import uuid
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import timezones
from chapter.fields import LineField, label
from chapter.models import Covered, Image, Member, acts_as_organiser
from chapter.prepared import IsOneOf, now, prepared
from chapter.wordings import BestWordings, Wording, best_wordings, wording_constraints
from principles.models import Principle, Themed, themes

from .kinds import Kind
from .photo import Photo
from .rsvp import Rsvp
from .series import Series
from .venue import Venue

MAX_CAPACITY = 100_000
PHOTO_FACTS = ("file", "width", "height", "alt", "is_decorative", "withdrawn_file")


class EventQuerySet(models.QuerySet):
    def lock(self, pk) -> "Event":
        """Lock the event's row to the end of the transaction. Raises Event.DoesNotExist."""
        return self.select_for_update(no_key=True, of=("self",)).get(pk=pk)

    def lock_with_rsvp(self, **lookup) -> tuple["Event", Rsvp]:
        """Lock the event of the RSVP that `lookup` names, then read the RSVP under that lock. Raises DoesNotExist."""
        event = self.lock(Rsvp.objects.values_list("event_id", flat=True).get(**lookup))
        return event, event.rsvps.select_related("member").get(**lookup)

    def announced(self) -> Self:
        return self.exclude(state=Event.State.DRAFT)

    def visible_to(self, user) -> Self:
        """What is announced, and the drafts that the user may run."""
        if acts_as_organiser(user):
            return self.all()
        return self.filter(~Q(state=Event.State.DRAFT) | Q(pk__in=Event.objects.run_by(user).values("pk")))

    def run_by(self, user) -> Self:
        """What the user hosts; everything for an organiser, nothing for a visitor, who may be None.

        Hosts see who comes, so they need the second factor that is asked of organisers.
        """
        return self.none() if getattr(user, "lacks_second_factor", False) else self.entrusted_to(user)

    def entrusted_to(self, user) -> Self:
        """As `run_by`, whether or not the user has a second factor: where it leads is a page that asks for one."""
        if getattr(user, "is_organiser", False):
            return self
        return self.hosted_by(getattr(user, "pk", None))

    def hosted_by(self, member) -> Self:
        hosting = Event.hosts.through.objects.filter(member_id=member)
        return self.filter(pk__in=hosting.values("event_id"))

    def upcoming(self) -> Self:
        """Announced and not over, nearest first; postponed events whose old date has passed come last."""
        is_coming = Q(ends_at__gt=now())
        rows = self.announced().filter(is_coming | Q(state=Event.State.POSTPONED))
        return rows.annotate(is_late=Case(When(is_coming, then=0), default=1)).order_by(*Event.UPCOMING_ORDER)

    def past(self) -> Self:
        # Cancelled and postponed ones did not take place. What has ended has begun: that the index of the list knows.
        rows = self.filter(starts_at__lt=now(), ends_at__lte=now())
        return rows.filter(state=Event.State.PUBLISHED).order_by("-starts_at", "-id")

    def around_now(self, *, back, ahead, each_way, chosen_id=None) -> Self:
        """To choose from, latest first: the nearest that began within `back` and begin within `ahead`, and the chosen one.

        Two queries before its own.
        """
        now, keys = timezone.now(), self.values_list("pk", flat=True)
        recent = keys.filter(starts_at__range=(now - back, now)).order_by("-starts_at", "-id")[:each_way]
        soon = keys.filter(starts_at__range=(now, now + ahead)).order_by("starts_at", "id")[:each_way]
        return self.filter(pk__in=[*recent, *soon, chosen_id]).order_by("-starts_at", "-id")

    def drafts(self) -> Self:
        return self.filter(state=Event.State.DRAFT).order_by("starts_at", "id")

    def with_seats(self) -> Self:
        """Annotate `going_count`, `waiting_count` and `held_count`, counted for the rows that are shown and no others."""
        return self.annotate(
            going_count=number_of(Rsvp.objects.filter(status=Rsvp.Status.GOING)),
            waiting_count=number_of(Rsvp.objects.filter(status=Rsvp.Status.WAITLISTED)),
            held_count=number_of(Rsvp.objects.held()),
        )

    def for_tickets(self, language=None) -> Self:
        """All that a list of tickets draws, in four queries whatever its length."""
        rows = self.with_seats().select_related("venue", "cover")
        return rows.prefetch_related(best_wordings(EventWording, language), themes(language))

    def for_looking_back(self) -> Self:
        """What the list of past events draws of each, in three queries: `shown_picture`, `photo_count`, no seats."""
        photos = Photo.objects.shown().filter(event=OuterRef("pk")).order_by("position", "id")
        first = photos.values(facts=JSONObject(**{name: f"image__{name}" for name in PHOTO_FACTS}))[:1]
        rows = self.annotate(photo_facts=Subquery(first), photo_count=number_of(Photo.objects.shown()))
        signs = models.Prefetch("principles", to_attr="themes")
        return rows.select_related("venue", "cover").prefetch_related(best_wordings(EventWording), signs)


def number_of(rows) -> Coalesce:
    """How many of `rows`, which have an `event`, an event has: as a subquery, for the rows of a page alone."""
    of_event = rows.filter(event=OuterRef("pk")).order_by().values("event")
    return Coalesce(Subquery(of_event.annotate(number=Count("pk")).values("number")), 0)


@prepared
def _hosts_of(events):
    return (
        Member.objects.annotate(event=F("hosted_events")).filter(IsOneOf("event", events)).select_related("portrait")
    )


class _PreparedHosts:
    """How `prefetch_related` reads `prepared_hosts`; what it has read is in `hosts.all()`, each with its portrait."""

    def __get__(self, event, owner):
        return self if event is None else event.hosts

    def is_cached(self, event):
        return "hosts" in event._prefetched_objects_cache

    def get_prefetch_querysets(self, instances, querysets=None):
        rows = _hosts_of(events=[event.pk for event in instances])
        return rows, attrgetter("event"), attrgetter("pk"), False, "hosts", False


class Event(Covered, Themed):
    """A meetup: when, where, for how many. Its texts are wordings; its people are RSVPs."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    Kind = Kind
    UPCOMING_ORDER = ("is_late", "starts_at", "id")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=120, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.LEAN_COFFEE)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    # Mailed to people when the event is moved, postponed or cancelled.
    state_reason = LineField(_("reason"), max_length=300, blank=True, editable=False)
    reason_language = models.CharField(max_length=2, choices=settings.LANGUAGES, blank=True, editable=False)

    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=40, choices=timezones.choices, default="Europe/Oslo")
    # From midnight to midnight on the clock of its zone: `ends_at` is the midnight after the last day.
    is_whole_days = models.BooleanField(_("lasts whole days"), default=False, db_default=False)
    moved_from = models.DateTimeField(null=True, editable=False)

    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    online_url = models.URLField(
        _("link to the online meeting"), blank=True, help_text=_("Sent only to people who have a seat.")
    )
    capacity = models.PositiveIntegerField(_("seats"), null=True, blank=True, help_text=_("Empty for no limit."))
    cut_off_hours = models.PositiveSmallIntegerField(
        _("hours before the start when seats are no longer filled automatically"), default=settings.RSVP_CUT_OFF_HOURS
    )

    hosts = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("hosts"), blank=True, related_name="hosted_events"
    )
    principles = models.ManyToManyField(Principle, verbose_name=_("theme"), blank=True, related_name="events")
    cover = models.ForeignKey(
        Image, verbose_name=_("picture"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    asks_access_needs = models.BooleanField(
        _("ask what people need in order to take part"), default=False, help_text=_("Only the hosts see the answers.")
    )

    # The date that the rule of its series gave it, whatever it was moved to; `is_edited` after a manual edit.
    series = models.ForeignKey(Series, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")
    series_date = models.DateField(null=True, editable=False)
    is_edited = models.BooleanField(default=False, editable=False)

    # SEQUENCE and DTSTAMP of the calendar entry (RFC 5545): raised and set when time, place or state change.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    kind_label = label("kind")
    best_wordings = BestWordings()
    prepared_hosts = _PreparedHosts()
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_start",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__range=(1, MAX_CAPACITY)),
                name="event_capacity",
                violation_error_message=_("Seats: a number from 1, or empty for no limit."),
            ),
            models.UniqueConstraint(fields=["series", "series_date"], name="event_once_per_series_date"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "postponed", "cancelled"]), name="event_state"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "ends_at"], name="event_upcoming"),
            models.Index(fields=["-starts_at", "-id"], name="event_latest"),
            models.Index(fields=["venue", "ends_at"], name="event_at_venue"),
            models.Index(fields=["ends_at", "id"], name="event_ends", condition=~Q(state="draft")),
            models.Index(fields=["-changed_at"], name="event_changed", condition=~Q(state="draft")),
        ]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("event", args=[self.slug])

    # Text
    @property
    def wording(self) -> "EventWording | None":
        """The wording for this page's reader; prefetched by `for_tickets`, else one query."""
        if not hasattr(self, "best"):
            models.prefetch_related_objects([self], best_wordings(EventWording))
        return self.best[0] if self.best else None

    def wording_in(self, language) -> "EventWording | None":
        """The best wording for a reader of `language`; one query."""
        return self.wordings.best_for(language, subject_field="event").first()

    @property
    def shown_picture(self) -> Image | None:
        """On a row from `for_looking_back`: the first photo, else the cover."""
        return Image(**self.photo_facts) if self.photo_facts else self.shown_cover

    # Time
    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def local_start(self):
        return self.starts_at.astimezone(self.zone)

    @property
    def local_end(self):
        return self.ends_at.astimezone(self.zone)

    @property
    def last_day(self) -> date:
        """The last day, also of what ends at midnight."""
        return (self.local_end - timedelta(microseconds=1)).date()

    @property
    def start_iso(self) -> str:
        """The start as machines read it: a day alone where it lasts whole days."""
        return (self.local_start.date() if self.is_whole_days else self.local_start).isoformat()

    @property
    def old_start(self) -> datetime | date:
        """Where it was moved from: a day alone if it began at midnight, since it lasted whole days then."""
        before = self.moved_from.astimezone(self.zone)
        return before.date() if before.time() == time.min else before

    @property
    def is_over(self):
        return self.ends_at <= timezone.now()

    @property
    def has_started(self):
        return self.starts_at <= timezone.now()

    @property
    def is_past_cut_off(self):
        # From here on a free seat goes to the first on the waitlist to claim it, not to the next in line.
        return timezone.now() >= self.starts_at - timezone.timedelta(hours=self.cut_off_hours)

    # State
    @property
    def is_draft(self):
        return self.state == self.State.DRAFT

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    @property
    def is_postponed(self):
        return self.state == self.State.POSTPONED

    @property
    def is_cancelled(self):
        return self.state == self.State.CANCELLED

    @property
    def is_open(self):
        return self.is_published and not self.has_started

    # A postponed event can be cancelled and left, also when its old date has passed.
    @property
    def can_be_cancelled(self):
        return self.is_postponed or (self.is_published and not self.is_over)

    @property
    def can_be_left(self):
        return self.is_postponed or not self.is_over

    # Place
    @property
    def is_online(self):
        return bool(self.online_url)

    # Seats; on a row from `with_seats()` without another query
    @property
    def seats_left(self) -> int | None:
        """Seats that nobody has, waits for, or is being held for; None without a limit."""
        if self.capacity is None:
            return None
        return max(0, self.capacity - self.going_count - self.held_count - self.waiting_count)

    @property
    def is_full(self):
        return self.seats_left == 0

    @property
    def can_claim(self):
        has_seat = self.capacity is None or self.going_count + self.held_count < self.capacity
        return self.is_open and self.is_past_cut_off and has_seat

    @property
    def over_by(self) -> int:
        """How many more are going than there are seats, after capacity was lowered."""
        return max(0, self.going_count - self.capacity) if self.capacity is not None else 0


class EventWording(Wording):
    """An event's title and description in one language."""

    subject_field = "event"
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        verbose_name = _("event wording")
        verbose_name_plural = _("event wordings")
        constraints = wording_constraints("event", "event_wording")
