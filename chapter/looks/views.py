"""The style sheet of a colour. What it says stands in its address, so it asks nothing and is kept for ever."""

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import colours

FOR_EVER = "public, max-age=31536000, immutable"


def address(colour: str) -> str:
    """Of the style sheet; empty without a colour."""
    return reverse("accent_css", args=[colour[1:]]) if colour else ""


@require_safe
def accent_css(request, digits):
    """404 for a colour that no chapter could have chosen."""
    colour = f"#{digits}"
    if not colours.COLOUR.fullmatch(colour) or colours.least_contrast(colour) < colours.NEEDED:
        raise Http404
    css = render_to_string("chapter/looks/accent.css", {"light": colour, "dark": colours.in_the_dark(colour)})
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})
