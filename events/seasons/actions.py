"""Seasons: read, save and delete. An exclusion constraint refuses two at once."""

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import audit
from chapter.languages import current, preference
from chapter.prepared import prepared, today
from principles.models import PrincipleWording

from ..models import Season

audit.describe("season_saved", _("announced a season’s theme: principle"))
audit.describe("season_deleted", _("withdrew a season’s theme: principle"))


class Overlaps(Exception):
    """Another season has some of these days."""


def current_and_next() -> tuple[Season | None, Season | None]:
    """This season and the next, each with its theme's title. One query."""
    # Padded, so that there are always two.
    rows = [*_next_two(), None, None]
    return (rows[0], rows[1]) if rows[0] and rows[0].is_now else (None, rows[0])


@prepared
def _next_two():
    return with_titles(Season.objects.filter(ends_on__gte=today()))[:2]


def of_principle(principle) -> list[Season]:
    """The present and coming seasons of a principle. One query."""
    return list(with_titles(principle.seasons.filter(ends_on__gte=timezone.localdate())))


def with_titles(seasons) -> QuerySet[Season]:
    """Annotates `title` and `title_language` of the theme."""
    # Subqueries: the list of events has no query to spare.
    wordings = PrincipleWording.objects.current().filter(principle=OuterRef("principle_id"))
    best = wordings.order_by(preference(current()))
    return seasons.select_related("principle").annotate(
        title=Subquery(best.values("title")[:1]), title_language=Subquery(best.values("language")[:1])
    )


def on(day) -> Season | None:
    return Season.objects.filter(starts_on__lte=day, ends_on__gte=day).first()


def save(season, *, by) -> None:
    """Raises Overlaps if another season was stored between the form's check and now."""
    try:
        # A savepoint, since the exclusion constraint may still refuse.
        with transaction.atomic():
            season.save()
            audit.record("season_saved", by=by, subject=season, about=_theme(season))
    except IntegrityError as error:
        raise Overlaps from error


@transaction.atomic
def delete(season, *, by) -> None:
    audit.record("season_deleted", by=by, about=_theme(season))
    season.delete()


def _theme(season):
    titled = with_titles(Season.objects).get(pk=season.pk)
    return f"{titled.principle.number} {titled.title or ''}".strip()
