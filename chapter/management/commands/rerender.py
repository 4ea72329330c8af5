"""Bring stored texts up to the rules of this release."""

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction

from ...text import clean_stored, markdown

BATCH = 200
NEEDED = {"body", "body_html", "render_version"}


class Command(BaseCommand):
    help = (
        "Take characters that no text may hold out of stored texts, and render Markdown again where its HTML is old."
    )

    def handle(self, *, verbosity, **options):
        for place, rows in clean_stored().items():
            if verbosity:
                self.stdout.write(f"{place}: {'not cleaned, two rows would be the same' if rows is None else rows}")
        for model in rendered_models():
            done = rerender(model)
            if verbosity:
                self.stdout.write(f"{model._meta.label}: {done}")


def rendered_models() -> list[type]:
    """Models that store Markdown with its HTML and render version."""
    return [model for model in apps.get_models() if {field.name for field in model._meta.fields} >= NEEDED]


def rerender(model) -> int:
    """Render the outdated rows of a model, in batches; returns how many."""
    done = 0
    while rows := list(_outdated(model)[:BATCH]):
        _rerender(model, rows)
        done += len(rows)
    return done


def _outdated(model):
    return model._base_manager.filter(render_version__lt=markdown.RENDER_VERSION).order_by("pk").only("pk", "body")


def _rerender(model, rows):
    names = {field.name for field in model._meta.fields} & markdown.columns("").keys()
    for row in rows:
        for name, value in markdown.columns(row.body).items():
            setattr(row, name, value)
    with transaction.atomic():
        # A text that was changed meanwhile has been rendered by that save.
        stored = model._base_manager.select_for_update(no_key=True).order_by("pk")
        bodies = dict(stored.filter(pk__in=[row.pk for row in rows]).values_list("pk", "body"))
        same = [row for row in rows if bodies.get(row.pk) == row.body]
        model._base_manager.bulk_update(same, names)
