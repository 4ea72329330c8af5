"""Who wrote a post."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineField, TextField

from .post import Post


class Byline(models.Model):
    """One author of a post, with the name and the few words that stand under it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="bylines")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="bylines"
    )
    name = LineField(_("name"), max_length=80)
    bio = TextField(_("about the author"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("position", "id")

    def __str__(self):
        return self.name
