"""Rounds of a topic, and the thumbs that end them."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# How long the big screen shows what the thumbs said.
VERDICT_SHOWN = timedelta(seconds=8)


class Round(models.Model):
    """One stretch of time for a topic. Its end changes no row; it opens the vote."""

    class Result(models.TextChoices):
        NONE = "", pgettext_lazy("round result", "Not decided")
        CONTINUE = "continue", pgettext_lazy("round result", "Continued")
        MOVE_ON = "move_on", pgettext_lazy("round result", "Moved on")

    topic = models.ForeignKey("facilitation.Topic", on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # Seconds that were left when it was paused; while it is set, `ends_at` means nothing.
    paused_seconds = models.PositiveIntegerField(null=True)
    up = models.PositiveSmallIntegerField(default=0)
    side = models.PositiveSmallIntegerField(default=0)
    down = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=8, choices=Result.choices, blank=True, default=Result.NONE)
    overruled = models.BooleanField(default=False, help_text="Whoever led decided, not the thumbs.")
    # Who overruled the thumbs; empty also once they have left the board.
    decided_by = models.ForeignKey(
        "facilitation.Participant", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="round_number"),
            models.UniqueConstraint(fields=["topic"], condition=Q(result=""), name="round_one_open"),
            models.CheckConstraint(condition=Q(result__in=["", "continue", "move_on"]), name="round_result"),
        ]

    def __str__(self):
        return f"{self.topic_id}, round {self.number}"

    @property
    def is_settled(self):
        return self.result != self.Result.NONE

    @property
    def decider(self):
        """The name of whoever overruled the thumbs, as the board shows it; empty if they gave none."""
        return self.decided_by.nickname if self.overruled and self.decided_by else ""

    @property
    def is_news(self):
        """Whether it was settled so lately that the big screen still shows how."""
        return self.settled_at is not None and timezone.now() < self.shown_until

    @property
    def shown_until(self):
        return self.settled_at + VERDICT_SHOWN

    @property
    def is_paused(self):
        return self.paused_seconds is not None and not self.is_settled

    @property
    def is_voting(self):
        """Whether the thumbs are asked for: the time is over and they are not counted."""
        return not self.is_settled and not self.is_paused and self.ends_at <= timezone.now()

    @property
    def is_running(self):
        return not self.is_settled and not self.is_paused and self.ends_at > timezone.now()


class Thumb(models.Model):
    """One participant's vote in one round; only sums are shown, and the row is deleted when they are counted."""

    class Way(models.TextChoices):
        UP = "up", pgettext_lazy("thumb", "Up: continue")
        SIDE = "side", pgettext_lazy("thumb", "Sideways: either is fine")
        DOWN = "down", pgettext_lazy("thumb", "Down: move on")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey("facilitation.Participant", on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=4, choices=Way.choices)

    class Meta:
        verbose_name = _("thumb")
        verbose_name_plural = _("thumbs")
        constraints = [
            models.UniqueConstraint(fields=["round", "participant"], name="thumb_one_each"),
            models.CheckConstraint(condition=Q(way__in=["up", "side", "down"]), name="thumb_way"),
        ]

    def __str__(self):
        return self.way
