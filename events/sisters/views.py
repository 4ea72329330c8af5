"""The public page of sister chapters' events."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from chapter.page_cache import cached_page
from chapter.web import key_page_of

from ..models import SisterChapter, SisterEvent

PER_PAGE = 30


@cached_page("page")
@require_safe
def sister_events(request):
    coming = SisterEvent.objects.coming()
    page = key_page_of(coming, request, per_page=PER_PAGE, by=("starts_at", "id"), descending=False)
    context = {"page": page, "sisters": SisterChapter.objects.exclude(home_url="")}
    return render(request, "events/sisters/events.html", context)
