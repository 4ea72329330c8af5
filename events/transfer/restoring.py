"""Restore what `exporting` wrote: rows that are not here are created, rows that are here are not changed."""

from django.core.exceptions import ValidationError

from chapter.models import Image
from chapter.refusals import Refused
from chapter.transfer import OUR_SOURCE, tables, wording_files

from ..models import Event, EventWording, Photo, Season, Series, SeriesSkip, SeriesWording, SisterChapter, Venue
from . import exporting, files


def restore(folder, *, report) -> None:
    """Restore the folder, in the caller's transaction. The pictures must be stored before."""
    before = {str(uid) for model in (Event, Series) for uid in model.objects.values_list("uid", flat=True)}
    places = _restore_venues(folder, report=report)
    _each(folder, "series.csv", report, lambda row: _restore_series(row, places, report=report))
    _restore_events(folder, places, before=before, report=report)
    _restore_wordings(folder, before=before, report=report)
    _each(folder, "seasons.csv", report, lambda row: _restore_season(row, report=report))
    _each(folder, "sisters.csv", report, lambda row: _restore_sister(row, report=report))
    _each(folder, "photos.csv", report, lambda row: _restore_photo(row, report=report))


def _each(folder, name, report, take):
    for number, row in enumerate(tables.read(folder / name), start=1):
        with report.row(f"{name} row {number}"):
            take(row)


def make(model, **columns):
    """Create a validated row with the times it had."""
    # auto_now_add would overwrite it in save().
    created_at = columns.pop("created_at", None)
    made = model(**columns)
    made.full_clean(exclude=[field.name for field in model._meta.fields if getattr(made, field.attname) is None])
    made.save()
    if created_at:
        model.objects.filter(pk=made.pk).update(created_at=created_at)
    return made


def image_called(name) -> Image | None:
    # None: an export names pictures that it could not copy.
    return Image.objects.filter(file=name).first() if name else None


# Tables


def _restore_venues(folder, *, report):
    places, used = {}, set()
    for row in tables.read(folder / "venues.csv"):
        with report.row(f"venue {row['name']}"):
            venue = _restore_venue(row, used, report=report)
            places[row["number"]] = venue
            used.add(venue.pk)
    return places


def _restore_venue(row, used, *, report):
    # Two venues may be equal in every column: a row takes one that no row before it took.
    # An export of an earlier release knows no written places.
    columns = tables.values(Venue, {"is_listed": "yes", **row}, exporting.PLACE)
    here = Venue.objects.filter(**columns).exclude(pk__in=used).order_by("id").first()
    what = f"venue {row['name']}"
    if here:
        report.same(what)
        return here
    report.made(what)
    return make(Venue, **columns)


def _restore_series(row, places, *, report):
    what = f"series {row['slug']}"
    if Series.objects.filter(uid=row["uid"]).exists():
        return report.same(what)
    columns = tables.values(Series, row, exporting.SERIES_OWN)
    venue = _venue(places, row["venue"])
    series = make(Series, **columns, venue=venue, cover=image_called(row["cover"]))
    series.principles.set(exporting.principles_of(row["principles"]))
    for date in row["skips"].split():
        make(SeriesSkip, series=series, date=date)
    return report.made(what)


def _restore_events(folder, places, *, before, report):
    files.import_csv((folder / "events.csv").read_bytes(), source=OUR_SOURCE, report=report)
    _each(folder, "events-more.csv", report, lambda row: _restore_more(row, places, before=before))


def _restore_more(row, places, *, before):
    event = Event.objects.filter(uid=row["uid"]).first()
    if event is None or str(event.uid) in before:
        return
    columns = tables.values(Event, row, exporting.MORE_OWN)
    columns |= {"series": _series(row["series"]), "cover": image_called(row["cover"])}
    columns["venue"] = _venue(places, row["venue"])
    Event.objects.filter(pk=event.pk).update(**columns)


def _venue(places, number):
    if number and number not in places:
        raise Refused("its venue is not here")
    return places[number] if number else None


def _series(uid):
    if not uid:
        return None
    try:
        return Series.objects.get(uid=uid)
    except (Series.DoesNotExist, ValidationError) as error:
        raise Refused("its series is not here") from error


def _restore_wordings(folder, *, before, report):
    # New rows get every version; rows that were here `before` get only the languages that they lack.
    kinds = {"events": (Event, EventWording), "series": (Series, SeriesWording)}
    for name, (model, wordings) in kinds.items():
        subjects = {row.slug: row for row in model.objects.all()}
        made = {slug for slug, row in subjects.items() if str(row.uid) not in before}
        wording_files.read(folder / "wordings" / name, wordings, subjects=subjects, made=made, report=report)


def _restore_season(row, *, report):
    columns = tables.values(Season, row, ("starts_on", "ends_on", "created_at"))
    principle = exporting.principles_of(row["principle"]).first()
    if principle is None:
        raise Refused("its principle is not here")
    what = f"season from {row['starts_on']}"
    if Season.objects.filter(**columns, principle=principle).exists():
        return report.same(what)
    make(Season, **columns, principle=principle)
    return report.made(what)


def _restore_sister(row, *, report):
    what = f"sister chapter {row['name']}"
    if SisterChapter.objects.filter(feed_url=row["feed_url"]).exists():
        return report.same(what)
    make(SisterChapter, **tables.values(SisterChapter, row, exporting.SISTER))
    return report.made(what)


def _restore_photo(row, *, report):
    event, image = Event.objects.filter(uid=row["event"]).first(), image_called(row["file"])
    if event is None or image is None:
        raise Refused("its event or its picture is not here")
    if Photo.objects.filter(image=image).exists():
        return report.same(f"photo {row['file']}")
    columns = tables.values(Photo, row, exporting.PHOTO_OWN)
    # Only shown photos are exported, which are described and agreed to.
    make(Photo, **columns, event=event, image=image, is_described=True, people_agreed=True)
    return report.made(f"photo {row['file']}")
