"""The photos of an event, for everybody: the gallery, one photo large, and “take me out”."""

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chapter import languages
from chapter.page_cache import cached_page
from chapter.web import key_page_of, posted, ratelimits
from chapter.wordings import best_wordings, main_language

from ..access import may_run
from ..models import Event, EventWording, Photo
from . import taking_out
from .forms import TakeOutForm

PER_PAGE = 60
TAKE_OUTS_AN_HOUR = 30


@cached_page("page")
@require_safe
def event_photos(request, slug):
    event = _event(request, slug)
    photos = event.photos.shown().in_order()
    page = key_page_of(photos, request, per_page=PER_PAGE, by=("position", "id"), descending=False)
    context = {
        "event": event,
        "page": page,
        "number": photos.count(),
        "language": language_of(event),
        "is_host": may_run(request.user, event),
    }
    return render(request, "events/photos/gallery.html", context)


@cached_page()
@require_safe
def event_photo(request, slug, pk):
    event = _event(request, slug)
    photo = get_object_or_404(event.photos.shown().select_related("image"), pk=pk)
    ids = list(event.photos.shown().in_order().values_list("pk", flat=True))
    place = ids.index(photo.pk)
    context = {"event": event, "photo": photo, "language": language_of(event), "number": place + 1, "total": len(ids)}
    context["previous"] = ids[place - 1] if place else None
    context["following"] = ids[place + 1] if place + 1 < len(ids) else None
    return render(request, "events/photos/photo.html", context)


@never_cache
def photo_take_out(request, pk):
    """GET explains; POST hides the photo at once, without an account, and may be repeated."""
    photo = get_object_or_404(Photo.objects.select_related("event", "image"), pk=pk)
    if request.method == "POST":
        ratelimits.limit(request, "photo_take_out", times=TAKE_OUTS_AN_HOUR, seconds=ratelimits.HOUR)
        if photo.is_hidden:
            return redirect("photo_gone", photo.event.slug)
    event = get_object_or_404(Event.objects.visible_to(request.user), photos__in=Photo.objects.shown().filter(pk=pk))
    form = TakeOutForm(posted(request))
    if form.is_bound and form.is_valid():
        is_moved = taking_out.take_out(photo, note=form.cleaned_data["note"])
        return redirect(reverse("photo_gone", args=[event.slug]) + ("" if is_moved else "?soon=1"))
    context = {"photo": photo, "event": event, "form": form, "language": language_of(event)}
    return render(request, "events/photos/take_out.html", context)


@require_safe
@never_cache
def photo_gone(request, slug):
    context = {"event": _event(request, slug), "soon": "soon" in request.GET}
    return render(request, "events/photos/gone.html", context)


def _event(request, slug):
    return get_object_or_404(Event.objects.visible_to(request.user), slug=slug)


# What the room's other pages share


def language_of(event) -> str:
    """The language of the photos' descriptions, or "" if it is the page's; one query."""
    language = main_language(event)
    return language if language and language != languages.current() else ""


def with_titles(photos) -> QuerySet:
    """Photos of several events, each with its image and its event's best title; three queries."""
    events = Event.objects.prefetch_related(best_wordings(EventWording))
    return photos.select_related("image").prefetch_related(Prefetch("event", events))
