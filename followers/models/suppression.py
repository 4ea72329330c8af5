"""Mailboxes that asked for no more, or were invited once: kept without their address."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.addresses import mailbox
from chapter.models import hidden_address


class SuppressionQuerySet(models.QuerySet):
    def of(self, email: str):
        return self.filter(digest=hidden_address(mailbox(email)))


class Invitation(models.Model):
    """A mailbox that was invited once, as a keyed digest, so that it is never invited again."""

    digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return f"invitation {self.pk}"


class Suppression(models.Model):
    """A mailbox that stopped following, as a keyed digest.

    The link in every mail it ever got has `token` in it, so that it goes on working, and following again by a new yes
    takes the token over. With `is_final` nobody can ask it again.
    """

    digest = models.CharField(max_length=64, unique=True)
    token = models.CharField(max_length=40, unique=True)
    is_final = models.BooleanField(default=False)
    stopped_at = models.DateTimeField(default=timezone.now)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("stopped address")
        verbose_name_plural = _("stopped addresses")

    def __str__(self):
        return f"suppression {self.pk}"
