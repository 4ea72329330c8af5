"""The seven principles, each with its wordings."""

import re
from functools import cache
from operator import attrgetter
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from chapter.languages import current
from chapter.pages import SHIPPED_SOURCE
from chapter.prepared import IsOneOf, prepared
from chapter.wordings import (
    BestWordings,
    Wording,
    WordingQuerySet,
    best_wordings,
    wording_constraints,
)

# Letters, and what ends a sentence.
ON_A_CARD = 160
SENTENCE = re.compile(r"[.!?…][”»\")]?(?=\s)")


class PrincipleQuerySet(models.QuerySet):
    def with_wordings(self, language=None) -> Self:
        """In order, each with its best wording for `language` (default: the page's) in `best`; two queries."""
        return self.order_by("number").prefetch_related(best_wordings(PrincipleWording, language))


class Principle(models.Model):
    """One of the movement's seven principles, known by its number; colour and sign follow from it."""

    number = models.PositiveSmallIntegerField(_("number"), primary_key=True)

    best_wordings = BestWordings()

    objects = PrincipleQuerySet.as_manager()

    class Meta:
        verbose_name = _("principle")
        verbose_name_plural = _("principles")
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(condition=models.Q(number__range=(1, 7)), name="principle_one_to_seven"),
        ]

    def __str__(self):
        return str(self.number)

    def get_absolute_url(self):
        return reverse("principle", args=[self.number])

    @property
    def wording(self) -> "PrincipleWording | None":
        # Needs `with_wordings`.
        return self.best[0] if self.best else None

    @property
    def label(self) -> str:
        """As a choice in a form. Needs `with_wordings`."""
        return f"{self.number}. {self.wording.title}" if self.wording else str(self.number)

    @property
    def sign(self) -> str:
        return f"principles/signs/{self.number}.html"


class PrincipleWordingQuerySet(WordingQuerySet):
    def languages_of_all(self) -> list[str]:
        whole = self.current().order_by().values("language").annotate(whole=models.Count("pk")).filter(whole=7)
        return [row["language"] for row in whole.order_by("language")]

    def versions_by_language(self) -> dict[str, int]:
        counted = self.order_by().values("language").annotate(versions=models.Count("pk"))
        return {row["language"]: row["versions"] for row in counted.order_by("language")}

    def without_texts(self) -> Self:
        # For lists: each text may be 50,000 characters long.
        return self.defer("body", "body_html", "body_text")


class PrincipleWording(Wording):
    """A principle's title and text in one language."""

    subject_field = "principle"
    principle = models.ForeignKey(Principle, on_delete=models.CASCADE, related_name="wordings")

    objects = PrincipleWordingQuerySet.as_manager()

    class Meta:
        verbose_name = _("principle wording")
        verbose_name_plural = _("principle wordings")
        constraints = wording_constraints("principle", "principle_wording")

    @property
    def is_shipped(self) -> bool:
        return self.source_name == SHIPPED_SOURCE

    @property
    def opening(self) -> str:
        """As many whole sentences from its beginning as fit on a card; the first words where not even one does."""
        whole = [end.end() for end in SENTENCE.finditer(self.body_text[: ON_A_CARD + 1])]
        return self.body_text[: whole[-1]] if whole else Truncator(self.body_text).words(18)


@cache
def _themes_of(subject_model):
    @prepared
    def rows(subjects):
        subject = subject_model.principles.field.related_query_name()
        themes = Principle.objects.with_wordings().annotate(subject=models.F(subject))
        return themes.filter(IsOneOf("subject", subjects))

    return rows


class _BestThemes:
    """How `prefetch_related` reads `themes`."""

    def get_prefetch_querysets(self, instances, querysets=None):
        rows = _themes_of(type(instances[0]))(subjects=[subject.pk for subject in instances])
        return rows, attrgetter("subject"), attrgetter("pk"), False, "", False


class Themed(models.Model):
    """What has `principles` as its themes."""

    best_themes = _BestThemes()

    class Meta:
        abstract = True

    @cached_property
    def themes(self) -> list[Principle]:
        """In order, with the wordings for this page's reader; prefetched with `themes()`, else two queries."""
        return list(self.principles.with_wordings())


def themes(language=None) -> models.Prefetch:
    """A Prefetch that puts the principles of each subject in `subject.themes`, with their wordings. Two queries."""
    if language in (None, current()):
        return models.Prefetch("best_themes", to_attr="themes")
    return models.Prefetch("principles", Principle.objects.with_wordings(language), to_attr="themes")
