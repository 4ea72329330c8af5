"""What the WebSub hub knows of the feeds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedTold(models.Model):
    """The state of a feed that the hub was last told of."""

    topic = models.CharField(max_length=300, unique=True)
    digest = models.CharField(max_length=64)
    told_at = models.DateTimeField()

    class Meta:
        verbose_name = _("feed that the hub knows")
        verbose_name_plural = _("feeds that the hub knows")

    def __str__(self):
        return self.topic
