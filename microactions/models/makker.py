"""Makkers: the one person who knows what you mean to do, and asks on the day."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField
from chapter.models import Person, PersonQuerySet, member_key


class MakkerQuerySet(PersonQuerySet):
    def accepted(self) -> Self:
        return self.filter(status=Makker.Status.ACCEPTED)

    def to_nudge(self, today) -> Self:
        rows = self.accepted().with_address().filter(nudged_at=None, mails_stopped=False)
        return rows.filter(microaction__status="open", microaction__due_on=today).order_by("id")


class Makker(Person):
    """The makker of one microaction, from the invitation on; deleted when either of the two leaves."""

    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        PENDING = "pending", _("Waiting for confirmation by email")
        ACCEPTED = "accepted", _("Buddy")

    microaction = models.OneToOneField("microactions.Microaction", on_delete=models.CASCADE, related_name="makker")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.INVITED, editable=False)
    # A member, or a guest with or without an address; without one there is no mail, only the page.
    member = member_key("makker_of", on_delete=models.CASCADE)
    name = LineField(_("your name"), max_length=80, blank=True)
    line = LineField(_("a message to them"), max_length=200, blank=True)
    # The other half of a pair that the site made of two people who were willing; empty for one who was invited.
    paired_with = models.ForeignKey(
        "microactions.Microaction", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    nudged_at = models.DateTimeField(null=True, editable=False)
    mails_stopped = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # When they said yes; a guest with an address may still have to confirm it.
    accepted_at = models.DateTimeField(null=True, editable=False)

    objects = MakkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("buddy")
        verbose_name_plural = _("buddies")
        constraints = [
            *Person.Meta.constraints,
            models.CheckConstraint(condition=Q(status__in=["invited", "pending", "accepted"]), name="makker_status"),
        ]

    def __str__(self):
        return self.person_name

    @property
    def is_accepted(self) -> bool:
        return self.status == self.Status.ACCEPTED

    @property
    def has_left(self) -> bool:
        # The row that takes the place of a makker who left keeps their `accepted_at`.
        return self.status == self.Status.INVITED and self.accepted_at is not None

    @property
    def shows_words(self) -> bool:
        """Whether the makker may read what the microaction says, besides its day."""
        is_told = not (self.microaction.is_pending or self.microaction.is_let_go)
        return is_told and self.microaction.visibility != "me"

    @property
    def person(self) -> str:
        """The name of the person whose makker this is; two who were paired know each other's."""
        if not self.shows_words:
            return ""
        owner = self.microaction.member
        return self.microaction.name or (owner.display_name if self.paired_with_id and owner else "")
