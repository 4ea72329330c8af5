"""Posts."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from chapter.fields import LineField, TextField
from chapter.languages import current, preference
from chapter.models import Covered, Image, acts_as_organiser
from chapter.prepared import now
from events.models import Event
from principles.models import Principle, Themed, themes

WORDS_A_MINUTE = 200


class PostQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What the public may read now, newest first; scheduled posts appear when their time comes."""
        return self.filter(is_draft=False, published_at__lte=now()).order_by("-published_at", "-id")

    def drafts(self) -> Self:
        return self.filter(is_draft=True).order_by("-changed_at", "-id")

    def scheduled(self) -> Self:
        return self.filter(is_draft=False, published_at__gt=now()).order_by("published_at", "id")

    def visible_to(self, user) -> Self:
        return self if acts_as_organiser(user) else self.published()

    def for_reader(self, language=None) -> Self:
        """Of a text and its translations only the published one that a reader of `language` understands best."""
        language = language or current()
        family = Q(pk=OuterRef("translation_of")) | Q(translation_of=OuterRef("pk"))
        siblings = Q(translation_of=OuterRef("translation_of"))
        better = Post.objects.published().annotate(fit=preference(language)).filter(fit__lt=OuterRef("fit"))
        return self.annotate(fit=preference(language)).filter(~Exists(better.filter(family | siblings)))

    def family_of(self, original) -> Self:
        # `original` is a primary key.
        return self.filter(Q(pk=original) | Q(translation_of=original))

    def about(self, principle_number) -> Self:
        return self.filter(principles=principle_number)

    def before(self, post) -> Self:
        # Newest first; `after` gives the oldest first.
        # The bound first, which an index knows.
        older = self.published().filter(published_at__lte=post.published_at)
        return older.exclude(published_at=post.published_at, pk__gte=post.pk)

    def after(self, post) -> Self:
        newer = self.published().filter(published_at__gte=post.published_at)
        return newer.exclude(published_at=post.published_at, pk__lte=post.pk).order_by("published_at", "id")

    def for_tickets(self) -> Self:
        """With cover, bylines and principles, in four queries."""
        return self.select_related("cover").prefetch_related("bylines", themes())


class Post(Covered, Themed):
    """A text on the blog, in one language; perhaps the summary of an event."""

    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    translation_of = models.ForeignKey(
        "self",
        verbose_name=_("translation of"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="translations",
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True, editable=False)
    title = LineField(_("title"), max_length=150)
    lead = TextField(_("lead"), max_length=400, blank=True, help_text=_("Two sentences, shown in lists and feeds."))
    body = MarkdownxField(_("text"), max_length=50_000, blank=True)
    body_html = models.TextField(editable=False, blank=True)
    body_text = models.TextField(editable=False, blank=True)
    render_version = models.PositiveSmallIntegerField(default=0, editable=False)
    cover = models.ForeignKey(
        Image,
        verbose_name=_("cover picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    principles = models.ManyToManyField(Principle, verbose_name=_("principles"), blank=True, related_name="posts")
    summary_of = models.ForeignKey(
        Event,
        verbose_name=_("the summary of"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="summaries",
    )
    # Of a summary: what was composed for each section, to know later which of them a person has edited.
    composed = models.JSONField(default=dict, blank=True, editable=False)

    is_draft = models.BooleanField(default=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_draft=True) | Q(published_at__isnull=False), name="post_published_has_a_time"
            ),
            models.UniqueConstraint(
                fields=["summary_of", "language"],
                condition=Q(summary_of__isnull=False),
                name="post_one_summary_per_language",
                violation_error_message=_("This event already has a summary in this language."),
            ),
            models.UniqueConstraint(
                fields=["translation_of", "language"],
                name="post_one_translation_per_language",
                violation_error_message=_("This text already has a translation into this language."),
            ),
        ]
        indexes = [
            models.Index(fields=["is_draft", "-published_at", "-id"], name="post_latest"),
            models.Index(fields=["-changed_at"], name="post_changed", condition=Q(is_draft=False)),
            models.Index(
                fields=["language", "-published_at", "-id"], name="post_latest_in", condition=Q(is_draft=False)
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("post", args=[self.slug])

    def get_canonical_url(self):
        with translation.override(self.language):
            return settings.SITE_URL + self.get_absolute_url()

    @property
    def version(self) -> str:
        """Names the state that an editor started from; `posts.save` refuses another one."""
        return self.changed_at.isoformat() if self.changed_at else ""

    @property
    def has_been_public(self):
        """From then on its address stays: it may be in somebody's bookmarks."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def is_published(self):
        return not self.is_draft and self.published_at <= timezone.now()

    @property
    def is_scheduled(self):
        return not self.is_draft and self.published_at > timezone.now()

    @property
    def can_be_updated(self):
        return self.is_draft and self.summary_of_id is not None and bool(self.composed)

    @property
    def reading_minutes(self):
        return max(1, round(len(self.body_text.split()) / WORDS_A_MINUTE))

    @property
    def is_own_language(self):
        return self.language == current()
