"""Mails: what was queued, sent or dropped."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """One mail to one person about one thing; the unique row is what keeps it from being sent twice.

    `recipient` identifies a person among several for the same object ("member:5"), and never holds an address:
    the letter's address is read from the object when the mail is sent.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    recipient = models.CharField(max_length=40, blank=True)
    sequence = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="There was nothing left to say when its turn came.")

    class Meta:
        verbose_name = _("mail delivery")
        verbose_name_plural = _("mail deliveries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "recipient", "sequence"], name="delivery_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id} {self.recipient} {self.sequence}".strip()
