"""Microactions: one small step that a person means to take, and what came of it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from chapter.fields import LineField, TextField
from chapter.models import Person, PersonQuerySet, member_key
from chapter.search import LanguageVector
from events.models import Event
from principles.models import Principle

from .following import MAX_MAILS, UNKNOWN_AFTER, FollowedQuerySet
from .plans import plan_sentence
from .showing import ShownQuerySet

MAX_WHAT = 140


def _was_there(user):
    """Of its event: once it has begun somebody with a seat, unless noted as away, or who came without one; or a host."""
    came = Q(event__rsvps__status="going", event__rsvps__attendance="") | Q(event__rsvps__attendance="came")
    seat = Q(event__rsvps__member=user) & came
    return seat & Q(event__starts_at__lte=timezone.now()) | Q(event__hosts=user)


class MicroactionQuerySet(FollowedQuerySet, ShownQuerySet, PersonQuerySet):
    def public(self):
        """What anyone may read: chosen to be public, confirmed, held back by nobody, and not let go."""
        return self.filter(visibility=Microaction.Visibility.PUBLIC, held=False).told()

    def told(self):
        """Those that can be shown to anybody but their person at all: confirmed, and not let go."""
        return self.exclude(status__in=[Microaction.Status.PENDING, Microaction.Status.LET_GO])

    def at_event(self):
        """What those who were at the same event may read: meant for them, or for everyone; nothing that was hidden."""
        at_event = Q(visibility=Microaction.Visibility.EVENT, hidden_at=None)
        return self.told().filter(at_event | Q(visibility=Microaction.Visibility.PUBLIC, held=False))

    def visible_to(self, user):
        """Public ones, one's own, those one is the makker of, and those of an event that one was at."""
        if not user.is_authenticated:
            return self.public()
        rows = self.model.objects
        shared = rows.at_event().filter(_was_there(user))
        helped = rows.told().filter(makker__member=user, makker__status="accepted")
        helped = helped.exclude(visibility=Microaction.Visibility.ME)
        may = [rows.public(), shared, helped]
        return self.filter(Q(member=user) | Q(*[Q(pk__in=some.values("pk")) for some in may], _connector=Q.OR))

    def with_result(self):
        return self.filter(status__in=Microaction.RESULTS)

    def hidden(self):
        """Taken off the wall by an organiser, the latest first."""
        return self.filter(visibility=Microaction.Visibility.PUBLIC, hidden_at__isnull=False).order_by(
            "-hidden_at", "-id"
        )

    def awaiting_approval(self):
        """Held for an organiser to look at, oldest first; what an organiser has hidden is decided."""
        return (
            self.filter(visibility=Microaction.Visibility.PUBLIC, held=True, hidden_at=None)
            .exclude(status=Microaction.Status.PENDING)
            .order_by("created_at", "id")
        )


class Microaction(Person):
    """A pledge of one person: what, when, and in time what changed."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting for confirmation by mail")
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        PARTLY = "partly", _("Partly done")
        LET_GO = "let_go", _("Let go")

    class Visibility(models.TextChoices):
        ME = "me", _("Only me")
        MAKKER = "makker", _("My buddy and I")
        EVENT = "event", _("Those who were at the event")
        PUBLIC = "public", _("Everyone, on the wall")

    RESULTS = (Status.DONE, Status.PARTLY)

    # A member's row keeps its name: it is the one that its person chose to show.
    GUEST_COLUMNS = {"email": ""}

    # Who: neither a member nor an address after the person chose to leave it behind unnamed.
    member = member_key("microactions")
    name = LineField(_("name to show"), max_length=80, blank=True, help_text=_("Empty: shown without a name."))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    # What and when
    what = LineField(_("What will you do?"), max_length=MAX_WHAT)
    due_on = models.DateField(_("Which day?"))
    moment = LineField(_("At what moment?"), max_length=80, blank=True)
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
        verbose_name=_("a meetup came of it"),
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
            GinIndex(LanguageVector("language", "what", "result"), name="microaction_search"),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("microaction", args=[self.pk])

    @property
    def is_pending(self):
        return self.status == self.Status.PENDING

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def has_result(self):
        return self.status in self.RESULTS

    @property
    def is_let_go(self):
        return self.status == self.Status.LET_GO

    @property
    def is_unknown(self):
        """Whether its day is long over and nobody has told how it went (to the day, on the server's calendar)."""
        return self.is_open and self.due_on < timezone.localdate() - UNKNOWN_AFTER

    @property
    def state(self):
        """Where it stands, in words; silence is "unknown", and never "failed"."""
        return pgettext("microaction", "Unknown") if self.is_unknown else self.get_status_display()

    @property
    def is_unnamed(self):
        """Whether nobody but the holder of its link can be its person: no account, no address."""
        return not self.member_id and not self.email

    @property
    def has_no_mail_left(self):
        return self.mails >= MAX_MAILS

    @property
    def gets_mail(self):
        """Whether a mail may still be sent to its person, as far as is known today."""
        return not (self.is_unnamed or self.mails_stopped or self.has_no_mail_left)

    @property
    def is_for_event(self):
        """Whether its person shows it to those who were at the same event; an event that is gone had nobody."""
        return self.visibility == self.Visibility.EVENT and self.event_id is not None

    @property
    def is_shared(self):
        """Whether its person chose to show it to everyone; they may still not see it, for which see `is_public`."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def is_hidden(self):
        """Whether an organiser took it away from those to whom its person shows it."""
        return self.hidden_at is not None and (self.is_shared or self.is_for_event)

    @property
    def is_public(self):
        return self.is_shared and not self.held and not self.is_pending and not self.is_let_go

    @property
    def words(self):
        """What others read of it first: what changed, where that was told; else what is meant."""
        return self.result if self.has_result and self.result else self.what

    @property
    def plan(self):
        """The if-then sentence, or the first step alone, in the language it was written in; may be empty."""
        with override(self.language):
            return plan_sentence(what=self.what, cue=self.cue, first_step=self.first_step)

    @property
    def person_name(self):
        """The name that the person chose to show, if any; never the account's."""
        return self.name
