"""Wordings: how this site keeps a text in several languages.

A subject (a principle, a page, an event) has append-only wordings with language, version, source and date of adoption;
at most one per language is current, held by a partial unique constraint. A reader gets the current wording in the
first language of `languages.FALLBACK` that has one.
"""

from functools import cache
from operator import attrgetter
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import languages
from .fields import LineField, TextField
from .languages import current, preference
from .prepared import IsOneOf, prepared
from .text import markdown


class WordingQuerySet(models.QuerySet):
    def current(self) -> Self:
        return self.filter(is_current=True)

    def in_language(self, language) -> Self:
        return self.current().filter(language=language)

    def best_for(self, language, *, subject_field: str) -> Self:
        """One current wording per subject: the best for a reader of `language`."""
        return self.current().order_by(f"{subject_field}_id", preference(language)).distinct(f"{subject_field}_id")

    def history(self, language) -> Self:
        return self.filter(language=language).order_by("-version", "-id")


class Wording(models.Model):
    """A text of a subject in one language, as adopted on a day; never changed afterwards.

    A concrete wording names the foreign key to its subject in `subject_field`.
    """

    subject_field = ""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField(editable=False)
    is_current = models.BooleanField(default=True, editable=False)

    title = LineField(_("title"), max_length=200)
    body = TextField(_("text"), blank=True, max_length=50_000)
    body_html = models.TextField(editable=False, blank=True)
    body_text = models.TextField(editable=False, blank=True)
    render_version = models.PositiveSmallIntegerField(default=0, editable=False)

    source_name = LineField(_("source"), max_length=200, blank=True)
    source_url = models.URLField(_("source address"), max_length=500, blank=True)
    adopted_on = models.DateField(_("adopted on"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = WordingQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.title} ({self.language} {self.version})"

    @property
    def is_own_language(self) -> bool:
        return self.language == current()


def wording_constraints(subject, name):
    return [
        models.UniqueConstraint(
            fields=[subject, "language"], condition=Q(is_current=True), name=f"{name}_one_current"
        ),
        models.UniqueConstraint(fields=[subject, "language", "version"], name=f"{name}_versions"),
        models.CheckConstraint(condition=Q(language__in=languages.CODES), name=f"{name}_language"),
    ]


@cache
def _best_of(model):
    field = model._meta.get_field(model.subject_field)

    @prepared
    def rows(subjects):
        best = model.objects.best_for(current(), subject_field=model.subject_field)
        return best.filter(IsOneOf(field.attname, subjects))

    return rows, field


class BestWordings:
    """How `prefetch_related` reads `best`; stands as `best_wordings` in the class of a subject."""

    def get_prefetch_querysets(self, instances, querysets=None):
        rows_of, field = _best_of(type(instances[0]).wordings.rel.related_model)
        by_pk = {subject.pk: subject for subject in instances}
        rows = rows_of(subjects=list(by_pk))
        for row in rows:
            field.set_cached_value(row, by_pk[getattr(row, field.attname)])
        return rows, attrgetter(field.attname), attrgetter("pk"), False, "", False


def best_wordings(model, language=None) -> Prefetch:
    """A Prefetch that puts the best wording of each subject in `subject.best`, a list of one or none. One query."""
    if language in (None, current()):
        return Prefetch("best_wordings", to_attr="best")
    rows = model.objects.best_for(language, subject_field=model.subject_field)
    return Prefetch("wordings", queryset=rows, to_attr="best")


def main_language(subject) -> str | None:
    """The language of the subject's first wording, or None. One query."""
    return subject.wordings.order_by("id").values_list("language", flat=True).first()


def languages_of(subject) -> list[str]:
    """The languages that the subject has a current text in, in the site's order. One query."""
    written = set(_languages_in(subject.wordings.model)(subject=subject.pk))
    return [code for code in languages.CODES if code in written]


@cache
def _languages_in(model):
    @prepared
    def rows(subject):
        return model.objects.current().filter(**{model.subject_field: subject}).values_list("language", flat=True)

    return rows


@transaction.atomic
def adopt_wording(
    subject, *, language, title, body="", source_name="", source_url="", adopted_on=None, author=None
) -> Wording:
    """Make this text the current wording of `subject` in `language`.

    Locks the subject's row. Returns the current wording unchanged if title, text and source are the same, so that an
    import is idempotent.
    """
    type(subject).objects.select_for_update().get(pk=subject.pk)
    rows = subject.wordings.filter(language=language)
    text = {"title": title, "body": body, "source_name": source_name, "source_url": source_url}
    now = rows.filter(is_current=True).first()
    if now and all(getattr(now, name) == value for name, value in text.items()):
        return now
    version = (rows.aggregate(last=Max("version"))["last"] or 0) + 1
    rows.filter(is_current=True).update(is_current=False)
    adopted_on = adopted_on or timezone.localdate()
    return subject.wordings.create(
        **text,
        **markdown.columns(body),
        language=language,
        version=version,
        adopted_on=adopted_on,
        author=author,
    )
