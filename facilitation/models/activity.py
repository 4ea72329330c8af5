"""Activities: what the room does at a board beside the Lean Coffee. What they hold is in modules of their own."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chapter.fields import LineField, TextField

MAX_QUESTION = 200


class Activity(models.Model):
    """One thing that the room does: a round of 25/10, a 1-3-9, sessions.

    Its people, its leader, its link and its stream are the board's. A change of step locks the board, then this row;
    what many people send at once locks this row alone, shared (`activities.writing`).
    """

    class Kind(models.TextChoices):
        TWENTY_FIVE = "25-10", pgettext_lazy("activity", "25/10")
        ONE_THREE_NINE = "1-3-9", pgettext_lazy("activity", "1-3-9")
        SESSIONS = "sessions", pgettext_lazy("activity", "Sessions")

    CLOSED = "closed"

    board = models.ForeignKey("facilitation.Board", on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    question = LineField(_("Question"), max_length=MAX_QUESTION, blank=True)
    # Which steps there are is a matter of its kind; the last one is CLOSED. `number` counts rounds, or levels of groups.
    step = models.CharField(max_length=10, editable=False)
    number = models.PositiveSmallIntegerField(default=0, editable=False)
    ends_at = models.DateTimeField(null=True, editable=False, help_text="When the clock ends the step, if it does.")
    seconds = models.PositiveSmallIntegerField(default=60, help_text="For a step that the clock ends.")
    # For groups
    sizes = models.CharField(max_length=20, blank=True, help_text="Such as 1-3-9.")
    mixes = models.BooleanField(default=False, help_text="Put people from different organisations together.")
    minutes = models.CharField(max_length=20, blank=True, help_text="For each level, such as 3-6-10.")
    questions = TextField(blank=True, max_length=1000, help_text="One a line for each level, where it has its own.")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    # From then on nothing says any more who wrote, scored or liked what.
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ("opened_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["board", "client_id"], name="activity_sent_once"),
            models.CheckConstraint(condition=Q(kind__in=["25-10", "1-3-9", "sessions"]), name="activity_kind"),
            models.CheckConstraint(
                condition=Q(step="closed", closed_at__isnull=False, ends_at=None)
                | (~Q(step="closed") & Q(closed_at=None)),
                name="activity_closed",
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.question}"

    @property
    def is_closed(self):
        return self.step == self.CLOSED

    @property
    def is_due(self):
        """Whether the clock has ended the step, and nobody has gone on yet."""
        return self.ends_at is not None and self.ends_at <= timezone.now()
