"""The card of pages that have none of their own."""

from django.views.decorators.http import require_safe

from . import sheet, site_card


@require_safe
def card(request):
    """The picture of links to pages that have none of their own."""
    return sheet.answer(request, site_card.facts(), site_card.draw)
