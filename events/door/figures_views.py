"""How many signed up, came and did not: numbers for organisers, never names."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from chapter.web import organiser_required
from chapter.wordings import best_wordings

from ..models import EventWording
from . import attendance


@require_safe
@organiser_required
def event_figures(request):
    """The events of the last twelve months and what they have in common."""
    rows = list(attendance.last_year().prefetch_related(best_wordings(EventWording)))
    for event in rows:
        event.room = event.ticked + event.walk_in_count
    return render(request, "events/door/figures.html", {"rows": rows, "averages": averages(rows)})


def averages(rows):
    """Per event at which somebody kept count; None where nobody ever did."""
    counted = [row for row in rows if row.room or row.no_show]
    if not counted:
        return None
    signed_up = sum(row.signed_up for row in counted)
    stayed_away = sum(row.no_show for row in counted)
    return {
        "events": len(counted),
        "signed_up": round(signed_up / len(counted)),
        "came": round(sum(row.room for row in counted) / len(counted)),
        "walk_ins": round(sum(row.walk_in_count for row in counted) / len(counted)),
        "no_show_percent": round(100 * stayed_away / signed_up) if signed_up else 0,
    }
