"""Mails of the account pages on their way, and the codes in them. Neither can be read from the database alone."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ..addresses import normal

CODE_GOOD_FOR = timedelta(minutes=10)

# Before an address that has no account: a mail goes there that has no code to type.
WITHOUT_CODE = "told:"


def hidden_address(email: str) -> str:
    """A keyed digest: whoever has the table alone cannot try addresses on it."""
    return salted_hmac("chapter.hidden_address", normal(email), algorithm="sha256").hexdigest()


class ToAddressQuerySet(models.QuerySet):
    def to(self, email: str):
        return self.filter(address=hidden_address(email))

    def expired(self):
        return self.filter(expires_at__lte=timezone.now())

    def live(self):
        return self.filter(expires_at__gt=timezone.now())


class SealedMail(models.Model):
    """A mail that holds a secret, encrypted with a key made of SECRET_KEY; deleted once it is sent or expired."""

    address = models.CharField(max_length=64, db_index=True)
    sealed = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    objects = ToAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed email")
        verbose_name_plural = _("sealed emails")

    def __str__(self):
        return str(self.pk)


class MailedCode(models.Model):
    """A keyed digest of a code that was mailed to an address; deleted once it is used or expired."""

    address = models.CharField(max_length=64, db_index=True)
    digest = models.CharField(max_length=64)
    is_long = models.BooleanField(default=False, db_default=False)
    expires_at = models.DateTimeField(db_index=True)

    objects = ToAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("emailed code")
        verbose_name_plural = _("emailed codes")

    def __str__(self):
        return str(self.pk)
