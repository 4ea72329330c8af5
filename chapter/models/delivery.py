"""Mails that were queued, sent or dropped."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# One statement: to try, and to fail, would need a savepoint.
CREATE_ONCE = """
    INSERT INTO chapter_delivery (kind, object_id, recipient, sequence, created_at)
    VALUES (%(kind)s, %(object_id)s, %(recipient)s, %(sequence)s, %(created_at)s) ON CONFLICT DO NOTHING RETURNING *
"""


class DeliveryManager(models.Manager):
    def create_once(self, **values) -> "Delivery | None":
        """None if there is one already, and waits for a transaction that is about to make it."""
        return next(iter(self.raw(CREATE_ONCE, {**values, "created_at": timezone.now()})), None)

    def waiting(self, kind: str) -> models.QuerySet["Delivery"]:
        """Neither sent nor dropped yet."""
        return self.filter(kind=kind, sent_at=None, dropped_at=None)


class Delivery(models.Model):
    """One mail to one person about one thing; the unique constraint keeps it from being sent twice.

    `recipient` tells several persons of one object apart ("member:5"). It never holds an address: that is read from the
    object when the mail is sent.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    recipient = models.CharField(max_length=40, blank=True)
    sequence = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="There was nothing left to say when its turn came.")

    objects = DeliveryManager()

    class Meta:
        verbose_name = _("email delivery")
        verbose_name_plural = _("email deliveries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "recipient", "sequence"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["kind"], name="delivery_waiting", condition=models.Q(sent_at=None, dropped_at=None)),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id} {self.recipient} {self.sequence}".strip()
