"""The photos of an event, for everybody: the gallery, one photo large, and “take me out”."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chapter.web import page_of, posted, ratelimits

from ..access import may_run
from ..models import Event, Photo
from . import taking_out as photo_taking_out
from .forms import TakeOutForm
from .photo_pages import language_of, neighbours

PER_PAGE = 60
TAKE_OUTS_AN_HOUR = 30


@require_safe
def event_photos(request, slug):
    event = _event(request, slug)
    page = page_of(event.photos.shown().in_order(), request, per_page=PER_PAGE)
    context = {"event": event, "page": page, "language": language_of(event), "is_host": may_run(request.user, event)}
    return render(request, "events/photos/gallery.html", context)


@require_safe
def event_photo(request, slug, pk):
    """One photo as large as the screen, with the one before and the one after."""
    event = _event(request, slug)
    photo = get_object_or_404(event.photos.shown().select_related("image"), pk=pk)
    ids = list(event.photos.shown().in_order().values_list("pk", flat=True))
    number, previous, following = neighbours(photo, ids)
    context = {"event": event, "photo": photo, "language": language_of(event), "total": len(ids)}
    context |= {"number": number, "previous": previous, "following": following}
    return render(request, "events/photos/photo.html", context)


@never_cache
def photo_take_out(request, pk):
    """GET explains; POST hides it, whoever sends it. Sent twice, it says once more that the photo is gone."""
    photo = get_object_or_404(Photo.objects.select_related("event", "image"), pk=pk)
    if request.method == "POST":
        ratelimits.limit(request, "photo_take_out", times=TAKE_OUTS_AN_HOUR, seconds=ratelimits.HOUR)
        if photo.is_hidden:
            return redirect("photo_gone", photo.event.slug)
    event = get_object_or_404(Event.objects.visible_to(request.user), photos__in=Photo.objects.shown().filter(pk=pk))
    form = TakeOutForm(posted(request))
    if form.is_bound and form.is_valid():
        is_moved = photo_taking_out.take_out(photo, note=form.cleaned_data["note"])
        return redirect(reverse("photo_gone", args=[event.slug]) + ("" if is_moved else "?soon=1"))
    context = {"photo": photo, "event": event, "form": form, "language": language_of(event)}
    return render(request, "events/photos/take_out.html", context)


@require_safe
@never_cache
def photo_gone(request, slug):
    """What it means that a photo was taken out; the same for everyone, whether or not one was."""
    context = {"event": _event(request, slug), "soon": "soon" in request.GET}
    return render(request, "events/photos/gone.html", context)


def _event(request, slug):
    return get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
