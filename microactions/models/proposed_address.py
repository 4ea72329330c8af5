"""Addresses that were added to a microaction later, until the owner of the mailbox says yes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import addresses
from chapter.fields import AddressField
from chapter.models import secret_token


class ProposedAddress(models.Model):
    """An address that somebody typed for a microaction without one; nothing but one mail is sent there before a yes."""

    microaction = models.OneToOneField(
        "microactions.Microaction", on_delete=models.CASCADE, related_name="proposed_address"
    )
    # Emptied by the yes: from then on it stands with the microaction.
    email = AddressField(_("email"), max_length=254, blank=True)
    # Stands in the mail alone: its holder reads that mailbox.
    token = models.CharField(max_length=40, unique=True, default=secret_token, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("proposed address")
        verbose_name_plural = _("proposed addresses")
        constraints = [addresses.is_normal("proposed_address_is_normal")]

    def __str__(self):
        return f"address for {self.microaction_id}"
