"""Comments on posts."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chapter.fields import TextField
from chapter.languages import current
from chapter.models import acts_as_organiser

from .post import Post


class CommentQuerySet(models.QuerySet):
    def visible(self) -> Self:
        return self.filter(status=Comment.Status.VISIBLE).order_by("created_at", "id")

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def held(self) -> Self:
        return self.filter(status=Comment.Status.HELD).order_by("created_at", "id")

    def visible_to(self, user) -> Self:
        """The visible ones and the member's own that are held; to organisers all."""
        if acts_as_organiser(user):
            return self.order_by("created_at", "id")
        own = Q(status=Comment.Status.HELD, member=user) if user.is_authenticated else Q()
        return self.filter(Q(status=Comment.Status.VISIBLE) | own).order_by("created_at", "id")


class Comment(models.Model):
    """A member's words under a post; a member's first comment is held for an organiser."""

    class Status(models.TextChoices):
        HELD = "held", _("Awaiting approval")
        VISIBLE = "visible", _("Visible")
        HIDDEN = "hidden", _("Hidden")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    # Empty once the member has left and chose to let the words stand without a name.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    body = TextField(_("comment"), max_length=2000)
    body_html = models.TextField(editable=False, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.HELD, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False, help_text="When an organiser let it be visible.")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["held", "visible", "hidden"]), name="comment_status")
        ]
        indexes = [models.Index(fields=["post", "status", "created_at"], name="comment_list")]

    def __str__(self):
        return f"comment on {self.post_id}"

    def get_absolute_url(self):
        return f"{self.post.get_absolute_url()}#comment-{self.pk}"

    @property
    def is_held(self):
        return self.status == self.Status.HELD

    @property
    def is_visible(self):
        return self.status == self.Status.VISIBLE

    @property
    def is_hidden(self):
        return self.status == self.Status.HIDDEN

    @property
    def is_own_language(self):
        return self.language == current()
