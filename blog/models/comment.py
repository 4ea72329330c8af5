"""Comments on posts."""

from typing import Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.fields import AddressField, LineField, TextField
from chapter.languages import current
from chapter.models import Person, PersonQuerySet, acts_as_organiser, member_key, secret_token

from .post import Post


class CommentQuerySet(PersonQuerySet):
    def visible(self) -> Self:
        return self.filter(status=Comment.Status.VISIBLE).order_by("created_at", "id")

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def held(self) -> Self:
        return self.filter(status=Comment.Status.HELD).order_by("created_at", "id")

    def confirmed(self) -> Self:
        """Those whose writer is known: a member, or a guest who has confirmed the address."""
        return self.exclude(status=Comment.Status.UNCONFIRMED)

    def visible_to(self, user) -> Self:
        """The visible ones and the member's own that are held; to organisers all whose writer is known."""
        if acts_as_organiser(user):
            return self.confirmed().order_by("created_at", "id")
        own = Q(status=Comment.Status.HELD, member=user) if user.is_authenticated else Q()
        return self.filter(Q(status=Comment.Status.VISIBLE) | own).order_by("created_at", "id")


class Comment(Person):
    """Somebody's words under a post. A member's first comment is held for an organiser, and each one of a guest."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Waiting for confirmation by email")
        HELD = "held", _("Awaiting approval")
        VISIBLE = "visible", _("Visible")
        HIDDEN = "hidden", _("Hidden")

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    # Empty, as is the name, once a member has left and chose to let the words stand without one.
    member = member_key("comments")
    # The database has a default for what the release before this one writes while this one migrates.
    name = LineField(_("name"), max_length=80, blank=True, db_default="")
    email = AddressField(_("email"), max_length=254, blank=True, db_default="")
    token = models.CharField(
        max_length=40,
        unique=True,
        default=secret_token,
        db_default=Cast(RandomUUID(), models.CharField()),
        editable=False,
    )
    body = TextField(_("comment"), max_length=2000)
    body_html = models.TextField(editable=False, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.HELD, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False, help_text="When an organiser let it be visible.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            *Person.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status__in=["unconfirmed", "held", "visible", "hidden"]), name="comment_status"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=True) | ~Q(status="unconfirmed"), name="comment_unconfirmed_is_a_guests"
            ),
        ]
        indexes = [models.Index(fields=["post", "status", "created_at"], name="comment_list")]

    def __str__(self):
        return f"comment on {self.post_id}"

    def get_absolute_url(self):
        return f"{self.post.get_absolute_url()}#comment-{self.pk}"

    def get_guest_url(self):
        """The page for whoever has the link in the mail."""
        return reverse("guest_comment", args=[self.token])

    @property
    def is_guests(self):
        return self.member is None and self.name != ""

    @property
    def is_unconfirmed(self):
        return self.status == self.Status.UNCONFIRMED

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
