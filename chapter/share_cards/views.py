"""The share card of pages without one of their own."""

from django.views.decorators.http import require_safe

from . import sheet, site_card


@require_safe
def card(request):
    return sheet.answer(request, site_card.card_facts(), site_card.draw)
