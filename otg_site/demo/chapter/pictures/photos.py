"""Galleries of some past meetups: drawn tables, stored as any upload is. Sends no mail."""

from django.utils import timezone

from chapter.pictures import withdrawing
from events import photos

from .. import texts
from .tables import Table, photo


def load(events):
    """Draw and store the galleries. Call it outside a transaction: files do not roll back."""
    for gallery in texts.toml("photos")["gallery"]:
        event = events[gallery["event"]]
        host = event.hosts.order_by("pk").first()
        for plan in gallery["photo"]:
            _load(event, plan, host)


def _load(event, plan, host):
    row, _is_new = photos.add(event, photo(Table(*plan["table"])), credit=plan["credit"], by=host)
    if "alt" in plan:
        words = {name: plan.get(name, "") for name in ("alt", "caption", "credit")}
        photos.describe(row, **words, people_agreed=True, by=host)
    if "note" in plan:
        _take_out(row, plan["note"])


def _take_out(row, note):
    row.refresh_from_db()
    row.hidden_at, row.hidden_note = timezone.now(), note
    row.save(update_fields=["hidden_at", "hidden_note"])
    withdrawing.withdraw(row.image)
    withdrawing.hide_files(row.image_id)
