"""The theme of a season: one principle for a stretch of time, announced ahead. No two at once: the database holds that."""

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import audit
from chapter.languages import current, preference
from principles.models import PrincipleWording

from ..models import Season

audit.describe("season_saved", _("announced the theme of a season"))
audit.describe("season_deleted", _("took back the theme of a season"))


class Overlaps(Exception):
    """Another season was announced for some of these days meanwhile."""


def current_and_next():
    """The season that is now and the one after it, each with its theme's title, or None. One query."""
    rows = [*with_titles(Season.objects.filter(ends_on__gte=timezone.localdate()))[:2], None, None]
    return (rows[0], rows[1]) if rows[0] and rows[0].is_now else (None, rows[0])


def of_principle(principle):
    """The seasons of a principle that are now or to come; one query."""
    return list(with_titles(principle.seasons.filter(ends_on__gte=timezone.localdate())))


def all_with_titles():
    """Every season, the latest first; for the organisers."""
    return with_titles(Season.objects.order_by("-starts_on", "-id"))


def with_titles(seasons):
    """The title and its language in the same query: the list of events has none to spare."""
    wordings = PrincipleWording.objects.current().filter(principle=OuterRef("principle_id"))
    best = wordings.order_by(preference(current()))
    return seasons.select_related("principle").annotate(
        title=Subquery(best.values("title")[:1]), title_language=Subquery(best.values("language")[:1])
    )


def on(day):
    """The season that a day is in, or None."""
    return Season.objects.filter(starts_on__lte=day, ends_on__gte=day).first()


def save(season, *, by):
    """Store a new or changed season. Raises Overlaps if another got in between the form's check and now."""
    try:
        with transaction.atomic():
            season.save()
            audit.record("season_saved", by=by, subject=season, about=_theme(season))
    except IntegrityError as error:
        raise Overlaps from error


@transaction.atomic
def delete(season, *, by):
    audit.record("season_deleted", by=by, about=_theme(season))
    season.delete()


def _theme(season):
    """The principle as the log names it, in the language of the page that is in use. One query."""
    titled = with_titles(Season.objects).get(pk=season.pk)
    return f"{titled.principle.number} {titled.title or ''}".strip()
