"""Following where the site is not: a poster for a wall, a slide for the big screen, and the code for anybody's own slides."""

import io

import qrcode
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chapter.page_cache import cached_page

# Of one square of the code: about 900 pixels in all, for half a slide.
PIXELS = 24


@cached_page()
@require_safe
def follow_poster(request):
    """A4, for a wall."""
    return render(request, "followers/following/poster.html", {"short": reverse("follow_short")})


@cached_page()
@require_safe
def follow_slide(request):
    """What a whole room can read and scan."""
    return render(request, "followers/following/slide.html", {"short": reverse("follow_short")})


@cached_page()
@require_safe
def follow_code(request):
    """The code by itself as a picture, with the white margin that a phone needs."""
    code = qrcode.QRCode(box_size=PIXELS, border=4, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(settings.SITE_URL + reverse("follow_short"))
    picture = io.BytesIO()
    code.make_image().save(picture, "PNG")
    response = HttpResponse(picture.getvalue(), content_type="image/png")
    response["Content-Disposition"] = 'attachment; filename="follow.png"'
    return response
