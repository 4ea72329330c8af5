"""The wording: the one way in which this site keeps a text in several languages.

A subject (a principle, a page, an event) has append-only wordings. Each has a language, a version, a source and
a date of adoption; at most one per language is current, which a partial unique constraint holds. A reader gets
the current wording in the first language of `languages.FALLBACK` that has one.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import languages
from .fields import LineField, TextField
from .languages import current, preference
from .search import LanguageVector
from .text import markdown


class WordingQuerySet(models.QuerySet):
    def current(self):
        return self.filter(is_current=True)

    def in_language(self, language):
        return self.current().filter(language=language)

    def best_for(self, language, *, subject_field):
        """One current wording per subject: the one that serves a reader of `language` best."""
        return self.current().order_by(f"{subject_field}_id", preference(language)).distinct(f"{subject_field}_id")

    def history(self, language):
        return self.filter(language=language).order_by("-version", "-id")


class Wording(models.Model):
    """A text about a subject in one language, as it was adopted on a day; never changed afterwards.

    A concrete wording names its parent's foreign key in `subject_field`.
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
    def is_own_language(self):
        """Whether the reader of this page gets the text in the page's own language."""
        return self.language == current()


def wording_constraints(subject, name):
    """The constraints of a concrete wording of `subject`: one current row and one row per version."""
    return [
        models.UniqueConstraint(
            fields=[subject, "language"], condition=Q(is_current=True), name=f"{name}_one_current"
        ),
        models.UniqueConstraint(fields=[subject, "language", "version"], name=f"{name}_versions"),
        models.CheckConstraint(condition=Q(language__in=languages.CODES), name=f"{name}_language"),
    ]


def search_vector():
    return LanguageVector("language", "title", "body_text")


def best_wordings(model, language=None):
    """A Prefetch that puts the best wording of each subject in `subject.best`, a list of one or none.

    One query for any number of subjects: `Principle.objects.prefetch_related(best_wordings(PrincipleWording))`.
    """
    rows = model.objects.best_for(language or current(), subject_field=model.subject_field)
    return Prefetch("wordings", queryset=rows, to_attr="best")


def main_language(subject):
    """The language that the subject was first written in; None without a text. One query."""
    return subject.wordings.order_by("id").values_list("language", flat=True).first()


def languages_of(subject) -> list[str]:
    """The languages that the subject has a current text in, in the site's order. One query."""
    written = set(subject.wordings.current().values_list("language", flat=True))
    return [code for code in languages.CODES if code in written]


@transaction.atomic
def adopt_wording(subject, *, language, title, body="", source_name="", source_url="", adopted_on=None, author=None):
    """Make this text the current wording of `subject` in `language` and return it.

    Locks the subject's row. Where the current wording has the same title, text and source it is returned
    unchanged, so that importing twice adds nothing.
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
