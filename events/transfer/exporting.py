"""Export of events/: calendar, events, venues, series, seasons, sister chapters, photos.

Without hosts, RSVPs, questions, proposals, messages and access needs, which are personal data. `events-more.csv` holds
what `events.csv` has no column for.
"""

import csv

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation

from chapter.models import Chapter
from chapter.transfer import exporting, tables, wording_files
from chapter.wordings import best_wordings
from principles.models import Principle

from .. import calendars
from ..models import Event, EventWording, Photo, Season, Series, SeriesWording, SisterChapter, Venue
from . import google_rows, own_rows
from .own_rows import VENUE

SERIES_OWN = (
    *("uid", "slug", "rule", "every_weeks", "nth", "weekday", "day_of_month", "skips_july", "starts_on", "ends_on"),
    *("starts_at", "minutes", "time_zone", "kind", "online_url", "capacity", "ahead", "publishes"),
    *("ended_at", "changed_at", "created_at"),
)
SERIES = (*SERIES_OWN, "venue", "principles", "skips", "cover")
MORE_OWN = ("uid", "series_date", "is_edited", "asks_access_needs", "created_at")
MORE = (*MORE_OWN, "venue", "series", "cover")
SEASON = ("starts_on", "ends_on", "principle", "created_at")
PLACE = (*VENUE, "is_listed")
SISTER = ("name", "home_url", "feed_url", "created_at")
PHOTO_OWN = ("position", "digest", "created_at")
PHOTO_PICTURE = ("alt", "caption", "credit")
PHOTO = ("event", "file", *PHOTO_OWN, *PHOTO_PICTURE)


def exported(*, drafts) -> QuerySet[Event]:
    # An order that another site has, too.
    return (Event.objects.all() if drafts else Event.objects.announced()).order_by("starts_at", "uid")


def export(folder, *, drafts) -> set[str]:
    """Write the files, without pictures. Returns the names of the pictures that they show."""
    events = exported(drafts=drafts)
    series = Series.objects.all() if drafts else Series.objects.visible_to(None)
    places = venues_in_order(events, series)
    _write_calendar(folder, events)
    _write_events(folder, events, places)
    _write_venues(folder, places)
    _write_series(folder, series, places)
    _write_small_tables(folder)
    return _write_wordings(folder, events, series) | _write_photos(folder, events) | _covers(events, series)


def _write_calendar(folder, events):
    # For other programs: an import reads the tables.
    chapter = Chapter.load()
    texts = best_wordings(EventWording, chapter.default_language)
    rows = list(events.announced().select_related("venue").prefetch_related(texts))
    with translation.override(chapter.default_language):
        (folder / "events.ics").write_bytes(calendars.calendar(rows, name=chapter.name))
        # A row there cannot say that it is cancelled.
        held = [event for event in rows if not event.is_cancelled]
        google_rows.write(folder / "events-google.csv", held, zone=chapter.time_zone, address_of=_address)


def _address(event):
    return settings.SITE_URL + event.get_absolute_url()


def _write_events(folder, events, places):
    rows = own_rows.rows_for(events)
    with (folder / "events.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, own_rows.HEADER, lineterminator="\n")
        table.writeheader()
        table.writerows(own_rows.event_row(event) for event in rows.order_by("starts_at", "uid"))
    more = (_more(event, places) for event in events.select_related("series", "cover", "venue"))
    tables.write(folder / "events-more.csv", MORE, more)


def _more(event, places):
    return {
        **tables.cells(event, MORE_OWN),
        "venue": _number(places, event.venue),
        "series": str(event.series.uid) if event.series else "",
        "cover": cover_cell(event),
    }


def cover_cell(row) -> str:
    return row.cover.file.name if row.cover and not row.cover.withdrawn_file else ""


def venues_in_order(events, series) -> dict[Venue, str]:
    # Without the venues of drafts alone: a proposed meetup may be at somebody's home.
    is_used = Exists(Event.objects.filter(venue=OuterRef("pk"))) | Exists(Series.objects.filter(venue=OuterRef("pk")))
    is_shown = Exists(events.filter(venue=OuterRef("pk"))) | Exists(series.filter(venue=OuterRef("pk")))
    venues = Venue.objects.filter(is_shown | (Q(is_listed=True) & ~is_used)).order_by(*VENUE, "id")
    return {venue: str(number) for number, venue in enumerate(venues, start=1)}


def _number(places, venue):
    return places[venue] if venue else ""


def _write_venues(folder, places):
    rows = ({"number": number, **tables.cells(venue, PLACE)} for venue, number in places.items())
    tables.write(folder / "venues.csv", ("number", *PLACE), rows)


def _write_series(folder, series, places):
    rows = series.order_by("uid").select_related("cover", "venue").prefetch_related("skips", "principles")
    tables.write(folder / "series.csv", SERIES, (_series_row(series, places) for series in rows))


def _series_row(series, places):
    return {
        **tables.cells(series, SERIES_OWN),
        "venue": _number(places, series.venue),
        "principles": numbers(series),
        "skips": " ".join(sorted(skip.date.isoformat() for skip in series.skips.all())),
        "cover": cover_cell(series),
    }


def numbers(row) -> str:
    return " ".join(str(number) for number in sorted(principle.number for principle in row.principles.all()))


def principles_of(cell) -> QuerySet[Principle]:
    return Principle.objects.filter(number__in=[int(number) for number in cell.split()])


def _write_small_tables(folder):
    seasons = Season.objects.order_by("starts_on", "ends_on", "principle", "created_at")
    sisters = SisterChapter.objects.order_by("feed_url")
    tables.write(folder / "seasons.csv", SEASON, (tables.cells(row, SEASON) for row in seasons))
    tables.write(folder / "sisters.csv", SISTER, (tables.cells(row, SISTER) for row in sisters))


def _write_wordings(folder, events, series):
    order = ("language", "version")
    of_events = EventWording.objects.filter(event__in=events).order_by("event__uid", *order)
    of_series = SeriesWording.objects.filter(series__in=series).order_by("series__uid", *order)
    wording_files.write(folder / "wordings/events", of_events, key="event__slug")
    wording_files.write(folder / "wordings/series", of_series, key="series__slug")
    return exporting.texts_pictures(of_events) | exporting.texts_pictures(of_series)


def _write_photos(folder, events):
    photos = Photo.objects.shown().filter(event__in=events).select_related("event", "image")
    photos = list(photos.order_by("event__uid", "position", "created_at", "image__file"))
    tables.write(folder / "photos.csv", PHOTO, map(_photo_row, photos))
    return {photo.image.file.name for photo in photos}


def _photo_row(photo):
    own, picture = tables.cells(photo, PHOTO_OWN), tables.cells(photo.image, PHOTO_PICTURE)
    return {"event": str(photo.event.uid), "file": photo.image.file.name, **own, **picture}


def _covers(events, series):
    of_events = events.exclude(cover=None).values_list("cover__file", flat=True)
    of_series = series.exclude(cover=None).values_list("cover__file", flat=True)
    return {*of_events, *of_series}
