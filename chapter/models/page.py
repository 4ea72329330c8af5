"""The chapter’s own pages, and their wordings."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..wordings import BestWordings, Wording, wording_constraints


class Page(models.Model):
    """One of the chapter's own texts; the title of `home` is the tagline."""

    KEYS = ("home", "about", "code-of-conduct", "privacy", "accessibility")

    key = models.SlugField(_("key"), primary_key=True)

    best_wordings = BestWordings()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self):
        return self.key

    def get_absolute_url(self):
        return reverse("home") if self.key == "home" else reverse("page", args=[self.key])

    def languages(self) -> list[str]:
        return sorted(self.wordings.current().values_list("language", flat=True))


class PageWording(Wording):
    subject_field = "page"
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        verbose_name = _("page wording")
        verbose_name_plural = _("page wordings")
        constraints = wording_constraints("page", "page_wording")
