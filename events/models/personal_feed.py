"""A member’s own calendar feed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chapter.models import secret_token


class PersonalFeed(models.Model):
    """A member's own calendar feed: what they go to and wait for. A new token ends the old address."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_feed")
    token = models.CharField(max_length=40, unique=True, default=secret_token)
    created_at = models.DateTimeField(auto_now_add=True)
    rotated_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("personal calendar feed")
        verbose_name_plural = _("personal calendar feeds")

    def __str__(self):
        return f"feed of {self.member_id}"
