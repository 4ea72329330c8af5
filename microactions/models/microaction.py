"""Microactions: one small step that a person means to take, and what came of it.

Longer than 300 lines, since the queryset that says who may see one, which mail is due and in what order they are
listed reads in one piece, beside the columns it is about.
"""

from datetime import UTC, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from chapter.fields import LineField, TextField, label
from chapter.models import Person, PersonQuerySet, member_key
from chapter.prepared import now
from events.models import Event, Rsvp
from principles.models import Principle

from .. import dates
from .cheer import Cheer
from .makker import Makker
from .plans import plan_sentence

MAX_WHAT = 140
# Mails about one microaction to its person, in all its rounds; the one that confirms it is not counted.
MAX_MAILS = 3
ASK_AGAIN_AFTER = timedelta(days=7)
# An open one is "unknown" from then on: both questions have been asked.
UNKNOWN_AFTER = timedelta(days=9)
# Beyond it, results are no longer counted one by one.
COUNTED = 1000
# What has no result stands after all that have one. An index holds these, so queries must build them the same way.
NO_RESULT = datetime(1970, 1, 1, tzinfo=UTC)
RESULT_FIRST = Coalesce("result_at", Value(NO_RESULT, output_field=models.DateTimeField()))
TOLD_AT = Coalesce("result_at", "created_at")
CHANGED_AT = Greatest("created_at", "revised_at", "result_at", "approved_at")
ON_THE_WALL = Q(visibility="public", held=False) & ~Q(status__in=["pending", "let_go"])


def is_unknown(long_ago) -> Q:
    """`long_ago` is UNKNOWN_AFTER before today."""
    return Q(status=Microaction.Status.OPEN, due_on__lt=long_ago)


class MicroactionQuerySet(PersonQuerySet):
    # Who may see it

    def told(self) -> Self:
        """Confirmed and not let go; nothing else is shown to anybody but its person."""
        return self.exclude(status__in=[Microaction.Status.PENDING, Microaction.Status.LET_GO])

    def public(self) -> Self:
        return self.filter(visibility=Microaction.Visibility.PUBLIC, held=False).told()

    def at_event(self) -> Self:
        """What those who were at the same event may read, with what everybody may; nothing that an organiser hid."""
        at_event = Q(visibility=Microaction.Visibility.EVENT, hidden_at=None)
        return self.told().filter(at_event | Q(visibility=Microaction.Visibility.PUBLIC, held=False))

    def visible_to(self, user) -> Self:
        return self.visible_to_member(user) if user.is_authenticated else self.public()

    def visible_to_member(self, user) -> Self:
        # Subqueries, since a join with RSVPs, hosts and makkers would give a row more than once; and each of the person's
        # own rows alone, which are few whatever there is on the wall.
        helped = Q(pk__in=Makker.objects.accepted().filter(member=user).values("microaction"))
        shared = Q(visibility=Microaction.Visibility.EVENT, hidden_at=None) & _was_there(user)
        others = shared | (helped & ~Q(visibility=Microaction.Visibility.ME))
        told = ~Q(status__in=[Microaction.Status.PENDING, Microaction.Status.LET_GO])
        return self.filter(Q(member=user) | ON_THE_WALL | (told & others))

    # Organisers

    def hidden(self) -> Self:
        rows = self.filter(visibility=Microaction.Visibility.PUBLIC, hidden_at__isnull=False)
        return rows.order_by("-hidden_at", "-id")

    def awaiting_approval(self) -> Self:
        """Held, oldest first; without those that an organiser has hidden."""
        rows = self.filter(visibility=Microaction.Visibility.PUBLIC, held=True, hidden_at=None)
        return rows.exclude(status=Microaction.Status.PENDING).order_by("created_at", "id")

    # Mails and answers

    def open(self) -> Self:
        return self.filter(status=Microaction.Status.OPEN)

    def without_result(self) -> Self:
        """As `open`, said as the index of the wall knows it."""
        return self.open().alias(first_at=RESULT_FIRST).filter(first_at=NO_RESULT)

    def with_result(self) -> Self:
        return self.filter(status__in=Microaction.RESULTS)

    def unknown(self, today) -> Self:
        return self.silent_since(today - UNKNOWN_AFTER)

    def silent_since(self, day) -> Self:
        # Not failed: unknown. Nobody has said anything.
        return self.open().filter(due_on__lt=day)

    def reachable(self) -> Self:
        rows = self.open().with_address().filter(mails_stopped=False, mails__lt=MAX_MAILS)
        return rows.order_by("due_on", "id")

    def to_remind(self, today) -> Self:
        # Not with the last mail: the question matters more than the reminder.
        return self.reachable().filter(due_on=today, reminded_at=None, asked_at=None, mails__lt=MAX_MAILS - 1)

    def to_ask(self, today) -> Self:
        return self.reachable().filter(due_on__lt=today, asked_at=None)

    def to_ask_again(self, today) -> Self:
        """Asked a week ago or earlier, silent since, and not asked a second time."""
        last_asked = dates.start_of(today - ASK_AGAIN_AFTER + timedelta(days=1))
        return self.reachable().filter(asked_at__lt=last_asked, asked_again_at=None)

    # Lists

    def results_first(self) -> Self:
        return self.annotate(first_at=RESULT_FIRST).order_by(*[f"-{name}" for name in Microaction.WALL_ORDER])

    def open_first(self) -> Self:
        is_settled = Case(When(status=Microaction.Status.OPEN, then=0), default=1)
        return self.order_by(is_settled, "-created_at", "-id")

    def latest(self) -> Self:
        """By `told_at`, the time of the result or else of the pledge."""
        return self.annotate(told_at=TOLD_AT).order_by("-told_at", "-id")

    def with_cheers(self, member=None, visitor="") -> Self:
        """Each with `cheer_count`, and `cheered`: whether this member or visitor is among them."""
        # A subquery and no join: a page counts the cheers of the rows it shows and of no others.
        cheers = Cheer.objects.filter(microaction=OuterRef("pk")).values("microaction")
        number = Subquery(cheers.annotate(number=Count("pk")).values("number"))
        rows = self.annotate(cheer_count=Coalesce(number, 0))
        if not (member or visitor):
            return rows.annotate(cheered=Value(False))
        own = Cheer.objects.by(member, visitor).filter(microaction=OuterRef("pk"))
        return rows.annotate(cheered=Exists(own))

    def for_notes(self, member=None, visitor="") -> Self:
        """What `_note.html` draws, in three queries for any number of rows; takes `cheers.person_of(request)`."""
        rows = self.with_cheers(member, visitor)
        return rows.prefetch_related(Prefetch("principle", Principle.objects.with_wordings()))


def _was_there(user):
    # From the start on: a host, a seat that was not noted as a no-show, or anybody who was noted as present.
    came = Q(status="going", attendance="") | Q(attendance="came")
    seats = Rsvp.objects.filter(came, member=user, event=OuterRef("event"), event__starts_at__lte=now())
    hosting = Event.hosts.through.objects.filter(member=user, event=OuterRef("event"))
    # Asked of the rows that are shown: as a list of events, all that there are would be read.
    return Q(Exists(seats)) | Q(Exists(hosting))


class Microaction(Person):
    """A pledge of one person: what, when, and in time what changed."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation by email")
        OPEN = "open", _("In progress")
        DONE = "done", _("Done")
        PARTLY = "partly", _("Partly done")
        LET_GO = "let_go", _("Let go")

    class Visibility(models.TextChoices):
        ME = "me", _("Only me")
        MAKKER = "makker", _("My buddy and I")
        EVENT = "event", _("People who were at the event")
        PUBLIC = "public", _("Everyone, on the wall")

    RESULTS = (Status.DONE, Status.PARTLY)
    # Latest first, and what has a result before all else.
    WALL_ORDER = ("first_at", "created_at", "id")

    # A member's row keeps its name: it is the one that its person chose to show.
    GUEST_COLUMNS = {"email": ""}

    # Who: neither a member nor an address after the person chose to leave it behind unnamed.
    member = member_key("microactions")
    name = LineField(
        _("name to show"), max_length=80, blank=True, help_text=_("Leave empty to show it without a name.")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    # What and when
    what = LineField(_("What will you do?"), max_length=MAX_WHAT)
    due_on = models.DateField(_("Which day?"))
    moment = LineField(_("When exactly?"), max_length=80, blank=True)
    cue = LineField(_("When I …"), max_length=140, blank=True)
    first_step = LineField(_("… then I will …"), max_length=140, blank=True)
    principle = models.ForeignKey(
        Principle,
        verbose_name=_("principle"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="microactions",
    )
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="microactions",
    )

    # The meetup that came of it: "this meetup happened because …"
    led_to = models.ForeignKey(
        Event,
        verbose_name=_("led to a meetup"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="origins",
    )

    # Who sees it
    visibility = models.CharField(
        _("Who may see it?"), max_length=10, choices=Visibility.choices, default=Visibility.ME
    )
    held = models.BooleanField(default=False, editable=False, help_text="Not shown until an organiser approves it.")
    approved_at = models.DateTimeField(null=True, editable=False, help_text="When an organiser approved its links.")
    hidden_at = models.DateTimeField(null=True, editable=False, help_text="When an organiser took it off the wall.")

    # How it goes
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN, editable=False)
    result = TextField(_("What changed?"), max_length=1000, blank=True)
    result_at = models.DateTimeField(null=True, editable=False)
    # How often the words or the date changed, and when last (empty: never): calendars take the higher number.
    revision = models.PositiveIntegerField(default=0, editable=False)
    revised_at = models.DateTimeField(null=True, editable=False)
    # How often the date was moved: each new date asks once more, and each question is a mail of its own.
    round = models.PositiveIntegerField(default=0, editable=False)
    # Of this round; empty: not yet. The morning of the day (also set when there is no need of that mail), the day after
    # it, and a week after that.
    reminded_at = models.DateTimeField(null=True, editable=False)
    asked_at = models.DateTimeField(null=True, editable=False)
    asked_again_at = models.DateTimeField(null=True, editable=False)
    mails = models.PositiveSmallIntegerField(default=0, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    # Wants to be paired with somebody from the same event who wants it too.
    wants_makker = models.BooleanField(_("find me a buddy"), default=False)
    mails_stopped = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    status_label = label("status")
    objects = MicroactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("microaction")
        verbose_name_plural = _("microactions")
        constraints = [
            *Person.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=["pending", "open", "done", "partly", "let_go"]),
                name="microaction_status",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["me", "makker", "event", "public"]), name="microaction_visibility"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "partly"], result_at__isnull=False)
                | (~Q(status__in=["done", "partly"]) & Q(result_at__isnull=True)),
                name="microaction_result_has_a_time",
            ),
            models.CheckConstraint(condition=Q(mails__range=(0, MAX_MAILS)), name="microaction_three_mails"),
            models.CheckConstraint(condition=Q(hidden_at__isnull=True) | Q(held=True), name="microaction_hidden"),
        ]
        indexes = [
            models.Index(fields=["visibility", "held", "-created_at"], name="microaction_wall"),
            models.Index(fields=["status", "due_on"], name="microaction_due"),
            models.Index(
                RESULT_FIRST.desc(),
                F("created_at").desc(),
                F("id").desc(),
                name="microaction_results",
                condition=ON_THE_WALL,
            ),
            models.Index(TOLD_AT.desc(), F("id").desc(), name="microaction_told", condition=ON_THE_WALL),
            models.Index(CHANGED_AT.desc(), name="microaction_changed", condition=ON_THE_WALL),
            models.Index(fields=["status", "due_on"], name="microaction_counted", condition=ON_THE_WALL),
            models.Index(fields=["hidden_at"], name="microaction_hidden_at", condition=Q(hidden_at__isnull=False)),
            models.Index(fields=["email"], name="microaction_of_address"),
            models.Index(
                fields=["created_at", "id"], name="microaction_waiting", condition=Q(visibility="public", held=True)
            ),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("microaction", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        return self.status == self.Status.PENDING

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def has_result(self) -> bool:
        return self.status in self.RESULTS

    @property
    def is_let_go(self) -> bool:
        return self.status == self.Status.LET_GO

    @property
    def is_unknown(self) -> bool:
        # By the server's calendar: a day more or less makes no difference here.
        return self.is_open and self.due_on < timezone.localdate() - UNKNOWN_AFTER

    @property
    def state(self) -> str:
        return pgettext("microaction", "Unknown") if self.is_unknown else self.status_label

    @property
    def is_unnamed(self) -> bool:
        """Neither account nor address: only the manage link leads back to it."""
        return not self.member_id and not self.email

    @property
    def has_no_mail_left(self) -> bool:
        return self.mails >= MAX_MAILS

    @property
    def gets_mail(self) -> bool:
        return not (self.is_unnamed or self.mails_stopped or self.has_no_mail_left)

    @property
    def is_for_event(self) -> bool:
        # Without its event there is nobody who was there.
        return self.visibility == self.Visibility.EVENT and self.event_id is not None

    @property
    def is_shared(self) -> bool:
        # What its person chose; whether others see it is `is_public`.
        return self.visibility == self.Visibility.PUBLIC

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None and (self.is_shared or self.is_for_event)

    @property
    def is_public(self) -> bool:
        return self.is_shared and not self.held and not self.is_pending and not self.is_let_go

    @property
    def words(self) -> str:
        """What others read first: the result where it was told, else what is to be done."""
        return self.result if self.has_result and self.result else self.what

    @property
    def plan(self) -> str:
        """The if-then sentence, or the first step, in the language it was written in; may be empty."""
        if not (self.cue or self.first_step):
            return ""
        with override(self.language):
            return plan_sentence(what=self.what, cue=self.cue, first_step=self.first_step)

    @property
    def person_name(self) -> str:
        """The name that the person chose to show, if any; never the account's."""
        return self.name
