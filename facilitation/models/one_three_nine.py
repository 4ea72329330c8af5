"""What a 1-3-9 holds: groups of people, the lines on their sheets, and hearts for lines of posters."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField

MAX_LINE = 280
MAX_WHEREABOUTS = 60
MAX_WORKPLACE = 80


class GroupQuerySet(models.QuerySet):
    def at(self, activity, level=None) -> Self:
        """Those of one level, else of that at which the activity is."""
        return self.filter(activity=activity, level=activity.number if level is None else level).order_by("number")

    def outermost(self) -> Self:
        """Those that joined no larger one: their sheets become posters."""
        return self.filter(joined_into=None).order_by("number")

    def with_heads(self) -> Self:
        """Annotate `heads`: its people but for those of whom the group says that they are not there."""
        return self.annotate(heads=Count("members") - F("fewer"))

    def with_lines(self) -> Self:
        return self.prefetch_related(Prefetch("lines", SheetLine.objects.shown()))

    def posters(self) -> Self:
        """The outermost that have written something, with their lines."""
        written = SheetLine.objects.shown().filter(group=models.OuterRef("pk"))
        return self.outermost().filter(models.Exists(written)).with_lines()


class Group(models.Model):
    """Some people who sit together at one level of a 1-3-9, and share a sheet, which may become a poster."""

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="groups")
    level = models.PositiveSmallIntegerField(editable=False, help_text="1 for the smallest groups.")
    number = models.PositiveSmallIntegerField(editable=False, help_text="Among those of its level.")
    whereabouts = LineField(_("Where are you?"), max_length=MAX_WHEREABOUTS, blank=True)
    fewer = models.PositiveSmallIntegerField(default=0, editable=False, help_text="So many of it are not there.")
    joined_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="small_groups"
    )
    # Raised by whatever its people see: a phone that has drawn another version fetches its part again.
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(fields=["activity", "level", "number"], name="group_number"),
            models.CheckConstraint(condition=Q(level__gte=1, number__gte=1), name="group_counted_from_one"),
            models.CheckConstraint(condition=Q(joined_into=None) | ~Q(joined_into=F("id")), name="group_joined"),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return gettext("Group %(number)s") % {"number": self.number}

    @property
    def text(self):
        """What its poster says on the big screen, for a guess of its size; needs its `first_lines`."""
        return " ".join([self.name, self.whereabouts, *(line.text for line in self.first_lines)])

    def touch(self) -> None:
        Group.objects.filter(pk=self.pk).update(version=F("version") + 1)


class GroupMember(models.Model):
    """That a participant is in a group. Deleted when the activity closes."""

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    participant = models.ForeignKey("facilitation.Participant", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        constraints = [
            # At each level in one group.
            models.UniqueConstraint(fields=["participant", "activity", "level"], name="group_member_once"),
        ]

    def __str__(self):
        return f"{self.group_id}: {self.participant_id}"


class SheetLineQuerySet(models.QuerySet):
    def shown(self) -> Self:
        return self.filter(is_hidden=False).order_by("created_at", "id")


class SheetLine(models.Model):
    """A line: somebody's own, which nobody else sees, or one on a group's sheet, of which nobody is stored as the writer."""

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="lines")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, editable=False, related_name="lines")
    participant = models.ForeignKey(
        "facilitation.Participant", on_delete=models.CASCADE, null=True, editable=False, related_name="+"
    )
    client_id = models.UUIDField(help_text="Made by the sender, so that a form sent twice is stored once.")
    text = LineField(_("A line"), max_length=MAX_LINE)
    taken_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    is_hidden = models.BooleanField(default=False, editable=False)
    # The sum that is kept when it is deleted whose hearts they were.
    kept_hearts = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False, help_text="How often its words were changed.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SheetLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a sheet")
        verbose_name_plural = _("lines of sheets")
        constraints = [
            models.UniqueConstraint(fields=["activity", "client_id"], name="sheet_line_sent_once"),
            models.UniqueConstraint(fields=["group", "taken_from"], name="sheet_line_taken_once"),
            models.CheckConstraint(
                condition=Q(group=None, participant__isnull=False) | Q(group__isnull=False, participant=None),
                name="sheet_line_own_or_shared",
            ),
        ]

    def __str__(self):
        return self.text


class Heart(models.Model):
    """That somebody likes a line. Exists to hold the limit of one, and is deleted when the activity closes."""

    line = models.ForeignKey(SheetLine, on_delete=models.CASCADE, related_name="hearts")
    participant = models.ForeignKey("facilitation.Participant", on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("heart")
        verbose_name_plural = _("hearts")
        constraints = [models.UniqueConstraint(fields=["participant", "line"], name="heart_once")]

    def __str__(self):
        return f"heart {self.line_id}"


class Workplace(models.Model):
    """Where somebody works, told to be put together with people from elsewhere. Never shown; deleted with that step."""

    activity = models.ForeignKey("facilitation.Activity", on_delete=models.CASCADE, related_name="workplaces")
    participant = models.ForeignKey("facilitation.Participant", on_delete=models.CASCADE, related_name="+")
    name = LineField(_("Where do you work?"), max_length=MAX_WORKPLACE)

    class Meta:
        verbose_name = _("workplace")
        verbose_name_plural = _("workplaces")
        constraints = [models.UniqueConstraint(fields=["participant", "activity"], name="workplace_once")]

    def __str__(self):
        return f"workplace {self.pk}"
