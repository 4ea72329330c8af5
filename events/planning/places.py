"""Places that are written on the form of an event: stored with it, kept as a venue if asked for, and gone with it."""

from chapter import audit

from ..models import Venue


def store(venue: Venue | None, *, by) -> None:
    """Store a written place of the caller's event; listing it writes a line in the log. Does nothing about a venue."""
    is_written = venue and (venue.pk is None or Venue.objects.filter(pk=venue.pk, is_listed=False).exists())
    if is_written:
        venue.save()
    if is_written and venue.is_listed:
        audit.record("venue_added", by=by, subject=venue, about=venue.name)


def forget(venue_id) -> None:
    """Delete a written place that no event has any more. It may be somebody's home."""
    Venue.objects.forgotten().filter(pk=venue_id).delete()
