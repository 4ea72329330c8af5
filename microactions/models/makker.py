"""Makkers: the one person who knows what you mean to do, and asks on the day."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField


def makker_token():
    """192 random bits: whoever has it may become, be and leave as the makker of one microaction."""
    return secrets.token_urlsafe(24)


class MakkerQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(status=Makker.Status.ACCEPTED)

    def of_member(self, member):
        """Where the makker is this member, or a guest with an address that the member has verified."""
        verified = member.emailaddress_set.filter(verified=True).values(address=Lower("email"))
        return self.alias(address=Lower("email")).filter(Q(member=member) | Q(address__in=verified))

    def to_nudge(self, today):
        """Those who can and may be mailed on the day of an open microaction, and were not yet."""
        has_address = Q(member__isnull=False) | ~Q(email="")
        rows = self.accepted().filter(has_address, nudged_at=None, mails_stopped=False)
        return rows.filter(microaction__status="open", microaction__due_on=today).order_by("id")


class Makker(models.Model):
    """The makker of one microaction, from the invitation on; whoever leaves, the row is deleted.

    Where the makker left, another row invites the next: it has `accepted_at` though nobody has accepted it.
    """

    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        PENDING = "pending", _("Waiting for confirmation by mail")
        ACCEPTED = "accepted", _("Buddy")

    microaction = models.OneToOneField("microactions.Microaction", on_delete=models.CASCADE, related_name="makker")
    token = models.CharField(max_length=40, unique=True, default=makker_token, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.INVITED, editable=False)
    # A member, or a guest with or without an address; without one there is no mail, only the page.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="makker_of"
    )
    name = LineField(_("your name"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    line = LineField(_("a line to them"), max_length=200, blank=True)
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
            models.CheckConstraint(condition=Q(status__in=["invited", "pending", "accepted"]), name="makker_status"),
            models.CheckConstraint(condition=Q(member__isnull=True) | Q(email=""), name="makker_member_or_guest"),
        ]

    def __str__(self):
        return self.display_name

    @property
    def is_accepted(self):
        return self.status == self.Status.ACCEPTED

    @property
    def has_left(self):
        """Whether there was a makker before who left."""
        return self.status == self.Status.INVITED and self.accepted_at is not None

    @property
    def shows_words(self):
        """Whether the makker may read what the microaction says; if not, only its day."""
        is_told = not (self.microaction.is_pending or self.microaction.is_let_go)
        return is_told and self.microaction.visibility != "me"

    @property
    def person(self):
        """The name of the person whose makker this is, if they show one; two who were paired know each other's."""
        if not self.shows_words:
            return ""
        owner = self.microaction.member
        return self.microaction.name or (owner.display_name if self.paired_with_id and owner else "")

    @property
    def display_name(self):
        return self.member.display_name if self.member else self.name

    @property
    def person_email(self):
        return self.member.email if self.member else self.email
