"""Questions about an event, and what its hosts answer."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from chapter.fields import TextField, label
from chapter.languages import current
from chapter.models import member_key

from .rsvp import Rsvp


class QuestionQuerySet(models.QuerySet):
    def held(self) -> Self:
        return self.filter(status=Question.Status.HELD)

    def shown(self) -> Self:
        return self.filter(status=Question.Status.VISIBLE)

    def of_member(self, member) -> Self:
        """What a member asked, also as a guest with an address that the member has verified."""
        return self.filter(_is_of(member.pk))

    def told_apart(self, *, member) -> Self:
        """Each with `is_mine`: whether it is of the member with this primary key."""
        return self.annotate(is_mine=ExpressionWrapper(_is_of(member), BooleanField()))

    def in_order(self) -> Self:
        return self.order_by("created_at", "id")


def _is_of(member):
    return Q(member=member) | Q(rsvp__in=Rsvp.objects.of_key(member).values("pk"))


class Question(models.Model):
    """What a member, or a guest who is in, asks the hosts of an event. Others read it once a host has let them.

    It is shown without a name; the hosts see who asks. `rsvp` is a guest's, `member` a member's; both are empty once
    nobody may know any more who asked.
    """

    class Status(models.TextChoices):
        HELD = "held", pgettext_lazy("a question", "Waiting for a host")
        VISIBLE = "visible", pgettext_lazy("a question", "Shown")
        HIDDEN = "hidden", pgettext_lazy("a question", "Not shown")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="questions")
    member = member_key("questions")
    rsvp = models.ForeignKey(Rsvp, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    body = TextField(_("question"), max_length=1000)
    body_html = models.TextField(editable=False, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.HELD, editable=False)

    answer = TextField(_("answer"), max_length=2000, blank=True)
    answer_html = models.TextField(editable=False, blank=True)
    answer_language = models.CharField(max_length=2, choices=settings.LANGUAGES, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    status_label = label("status")
    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["held", "visible", "hidden"]), name="question_status"),
            models.CheckConstraint(condition=Q(member__isnull=True) | Q(rsvp__isnull=True), name="question_of_one"),
        ]
        indexes = [models.Index(fields=["event", "status", "created_at"], name="question_list")]

    def __str__(self):
        return f"question {self.pk}"

    @property
    def is_held(self):
        return self.status == self.Status.HELD

    @property
    def is_visible(self):
        return self.status == self.Status.VISIBLE

    @property
    def is_own_language(self):
        return self.language == current()

    @property
    def asker_name(self) -> str:
        if self.member:
            return self.member.display_name
        return self.rsvp.person_name if self.rsvp else ""
