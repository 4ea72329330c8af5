"""What a board holds: notes that become topics, dots, takeaways, plus and delta. Rounds are in `round.py`."""

from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chapter.fields import LineField, TextField
from events.models import Event

from .round import Round

MAX_TOPIC = 140
MAX_DETAIL = 600
MAX_TAKEAWAY = 400
# From this many times "continue" on, a topic is worth a meetup of its own.
EXTENSIONS_FOR_OWN_MEETUP = 3


class TopicQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Neither withdrawn nor merged into another: what can be pitched, get dots and be talked about."""
        return self.filter(merged_into=None).exclude(state=Topic.State.WITHDRAWN)

    def written_by(self, participant) -> Self:
        return self.filter(author=participant).exclude(state=Topic.State.WITHDRAWN)

    def in_pitch_order(self) -> Self:
        return self.order_by("position", "id")

    def with_dots(self) -> Self:
        """Annotate `dots`: of persons, of the room, and kept from before the closing, variants included."""
        placed = Dot.objects.filter(Q(topic=OuterRef("pk")) | Q(topic__merged_into=OuterRef("pk"))).order_by()
        counted = placed.annotate(whole=models.Value(1)).values("whole").annotate(n=models.Count("pk")).values("n")
        family = Topic.objects.filter(Q(pk=OuterRef("pk")) | Q(merged_into=OuterRef("pk"))).order_by()
        stored = family.annotate(whole=models.Value(1)).values("whole")
        stored = stored.annotate(n=Sum(F("room_dots") + F("sealed_dots"))).values("n")
        return self.annotate(dots=Coalesce(Subquery(counted), 0) + Coalesce(Subquery(stored), 0))

    def in_queue_order(self) -> Self:
        """Most dots first; ties in the leader's order, else as pitched."""
        return self.with_dots().order_by("-dots", "tie_rank", "position", "id")

    def with_variants(self) -> Self:
        variants = Topic.objects.in_pitch_order().select_related("author")
        return self.select_related("author").prefetch_related(Prefetch("variants", variants))

    def for_board(self) -> Self:
        """With author, variants, rounds and takeaways, in four queries."""
        return self.with_variants().prefetch_related(
            Prefetch("rounds", Round.objects.order_by("number").select_related("decided_by")),
            Prefetch("takeaways", Takeaway.objects.shown()),
        )


class Topic(models.Model):
    """A note on the board, which may become a topic of the talk, or a variant of another note."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("topic state", "Waiting")
        TALKING = "talking", pgettext_lazy("topic state", "Now")
        PARKED = "parked", pgettext_lazy("topic state", "Parked")
        DONE = "done", pgettext_lazy("topic state", "Done")
        WITHDRAWN = "withdrawn", pgettext_lazy("topic state", "Withdrawn")

    board = models.ForeignKey("facilitation.Board", on_delete=models.CASCADE, related_name="topics")
    # Empty: written for the room by the leader, or its author has left.
    author = models.ForeignKey(
        "facilitation.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    text = LineField(_("Note"), max_length=MAX_TOPIC)
    detail = TextField(_("More about it"), max_length=MAX_DETAIL, blank=True)
    show_nickname = models.BooleanField(_("Show my nickname on it"), default=False)

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, editable=False)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="variants"
    )
    position = models.PositiveIntegerField(
        editable=False, help_text="In the order of writing, which is that of pitching."
    )
    tie_rank = models.IntegerField(
        default=0, editable=False, help_text="Among topics with equal dots; lower is sooner."
    )
    # Dots of those without a phone, and the sum kept when the links from person to dot were deleted.
    room_dots = models.PositiveIntegerField(default=0, editable=False)
    sealed_dots = models.PositiveIntegerField(default=0, editable=False)
    own_event = models.ForeignKey(Event, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        constraints = [
            models.UniqueConstraint(fields=["board", "client_id"], name="topic_sent_once"),
            models.UniqueConstraint(fields=["board"], condition=Q(state="talking"), name="topic_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "talking", "parked", "done", "withdrawn"]), name="topic_state"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | (~Q(merged_into=F("id")) & Q(state="waiting")), name="topic_merged"
            ),
        ]

    def __str__(self):
        return self.text

    @property
    def is_talking(self):
        return self.state == self.State.TALKING

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING

    @property
    def is_parked(self):
        return self.state == self.State.PARKED

    @property
    def is_done(self):
        return self.state == self.State.DONE

    @property
    def is_merged(self):
        return self.merged_into_id is not None

    @property
    def signature(self):
        return self.author.nickname if self.show_nickname and self.author else ""

    # The rest costs no query on rows from `for_board()`.
    @property
    def current_round(self):
        return max(self.rounds.all(), key=lambda round: round.number, default=None)

    @property
    def extensions(self):
        return sum(round.result == Round.Result.CONTINUE for round in self.rounds.all())

    @property
    def deserves_own_meetup(self):
        return self.extensions >= EXTENSIONS_FOR_OWN_MEETUP


class Dot(models.Model):
    """One dot of one participant; exists only to hold the limit, and is deleted when the board closes.

    A participant has the slots 1…`dots_each`. The unique slot, and a trigger on its number, make one dot too many
    impossible however many are placed at once.
    """

    participant = models.ForeignKey("facilitation.Participant", on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    slot = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("dot")
        verbose_name_plural = _("dots")
        constraints = [
            models.UniqueConstraint(fields=["participant", "slot"], name="dot_one_per_slot"),
            models.CheckConstraint(condition=Q(slot__range=(1, 5)), name="dot_slot"),
        ]

    def __str__(self):
        return f"dot {self.slot}"


class TakeawayQuerySet(models.QuerySet):
    def shown(self) -> Self:
        return self.filter(is_hidden=False).order_by("created_at", "id")


class Takeaway(models.Model):
    """A sentence to remember, under its topic."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="takeaways")
    author = models.ForeignKey(
        "facilitation.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    text = LineField(_("What should we remember?"), max_length=MAX_TAKEAWAY)
    is_hidden = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TakeawayQuerySet.as_manager()

    class Meta:
        verbose_name = _("takeaway")
        verbose_name_plural = _("takeaways")
        constraints = [models.UniqueConstraint(fields=["topic", "client_id"], name="takeaway_sent_once")]

    def __str__(self):
        return self.text


class RetroItem(models.Model):
    """A plus or a delta, unsigned: nobody is stored with it."""

    class Kind(models.TextChoices):
        PLUS = "plus", pgettext_lazy("retrospective", "Plus")
        DELTA = "delta", pgettext_lazy("retrospective", "Delta")

    board = models.ForeignKey("facilitation.Board", on_delete=models.CASCADE, related_name="retro_items")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    text = LineField(_("In a sentence"), max_length=280)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("plus or delta")
        verbose_name_plural = _("plus and delta")
        ordering = ("created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["board", "client_id"], name="retro_item_sent_once"),
            models.CheckConstraint(condition=Q(kind__in=["plus", "delta"]), name="retro_item_kind"),
        ]

    def __str__(self):
        return self.text
