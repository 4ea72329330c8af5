"""The wall, one microaction, cheers, and the organisers' queue."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chapter.languages import current
from chapter.page_cache import cached_page
from chapter.prepared import prepared, today
from chapter.web import key_page_of, organiser_required, ratelimits
from chapter.wordings import best_wordings
from events.models import Event, EventWording
from principles.models import Principle

from .. import cheers, pledges
from ..check_ins import manage_context
from ..models import COUNTED, UNKNOWN_AFTER, Microaction
from ..pledges import WallFilter
from . import sharing
from .forms import CheerForm, ReviewForm

PER_PAGE = 24
HIDDEN_SHOWN = 20
EVENTS_TO_CHOOSE_FROM = 30


@cached_page("principle", "event", "state", "page")
@require_safe
def wall(request):
    wanted = WallFilter(request.GET)
    principles = _principles()
    page = key_page_of(
        lambda: wanted.apply(Microaction.objects.public()).results_first().with_cheers(*cheers.person_of(request)),
        request, per_page=PER_PAGE, by=Microaction.WALL_ORDER, first=_whole_wall(request, wanted),
    )  # fmt: skip
    context = {
        "page": page,
        "notes": _with_principles(page, principles),
        "principles": principles,
        "events": _events_on_the_wall(),
        "states": WallFilter.STATES,
        "chosen": wanted.chosen(),
        "told": _told(),
    }
    return render(request, "microactions/wall/wall.html", context)


def _whole_wall(request, wanted):
    member, visitor = cheers.person_of(request)
    if wanted.chosen() or visitor:
        return None
    return partial(_latest_for_member, member=member.pk) if member else _latest


@prepared
def _latest():
    return Microaction.objects.public().results_first().with_cheers()[: PER_PAGE + 1]


@prepared
def _latest_for_member(member):
    return Microaction.objects.public().results_first().with_cheers(member)[: PER_PAGE + 1]


@prepared
def _principles():
    return Principle.objects.with_wordings()


def _told():
    # Results and unknowns only: a number of promises would reward promising.
    told = {status: _settled.count(status=status) for status in Microaction.RESULTS} | {"unknown": _unknown.count()}
    results = min(told["done"] + told["partly"], COUNTED + 1)
    are_counted = max(results, told["unknown"]) <= COUNTED
    return {**told, "results": results, "are_counted": are_counted, "more_than": COUNTED if results > COUNTED else 0}


@prepared
def _settled(status):
    return _some(Microaction.objects.public().filter(status=status))


@prepared
def _unknown():
    return _some(Microaction.objects.public().silent_since(today(ago=UNKNOWN_AFTER)))


def _some(rows):
    return rows.order_by("due_on").values("pk")[: COUNTED + 1]


def _with_principles(rows, principles):
    # The page has the seven anyway, so no query.
    by_number = {principle.number: principle for principle in principles}
    for row in rows:
        row.principle = by_number.get(row.principle_id)
    return list(rows)


def _events_on_the_wall():
    return sorted(_latest_events(), key=lambda wording: wording.event.starts_at, reverse=True)


@prepared
def _latest_events():
    # The texts of those alone. Wordings with their events: the list shows nothing but titles.
    has_notes = Exists(Microaction.objects.public().filter(event=OuterRef("pk")))
    latest = Event.objects.announced().filter(has_notes).order_by("-starts_at", "-id")[:EVENTS_TO_CHOOSE_FROM]
    wordings = EventWording.objects.filter(event__in=latest.values("pk")).select_related("event")
    return wordings.best_for(current(), subject_field="event")


@cached_page()
@require_safe
def microaction(request, pk):
    rows = Microaction.objects.visible_to(request.user).for_notes(*cheers.person_of(request))
    rows = rows.prefetch_related(
        Prefetch("event", Event.objects.announced().prefetch_related(best_wordings(EventWording))),
        Prefetch("led_to", Event.objects.visible_to(request.user).prefetch_related(best_wordings(EventWording))),
    )
    found = get_object_or_404(rows, pk=pk)
    is_mine = request.user.is_authenticated and found.member_id == request.user.pk
    context = {
        "microaction": found,
        "is_mine": is_mine,
        "share": sharing.links(found) if found.is_public else None,
        "page_languages": [found.language],
        **(manage_context(request, found) if is_mine else {}),
    }
    return render(request, "microactions/wall/microaction.html", context)


@require_POST
def microaction_cheer(request, pk):
    """Cheer or take it back; this POST, and nothing else, gives a visitor's browser a random key in a cookie."""
    ratelimits.limit(request, "cheer", times=600, seconds=ratelimits.HOUR)
    form = CheerForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    member, visitor = cheers.person_of(request)
    key = visitor or ("" if member else cheers.new_visitor())
    tap = cheers.cheer if form.cleaned_data["cheer"] == "yes" else cheers.take_back
    try:
        tap(pk, member=member, visitor=key)
    except Microaction.DoesNotExist:
        raise Http404 from None
    response = redirect(_way_back(request, form.cleaned_data["next"], pk))
    if key != visitor:
        _remember(response, key, secure=request.is_secure())
    return response


def _way_back(request, path, pk):
    # A path of this site alone, so that the form is no open redirect.
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return f"{path.partition('#')[0]}#note-{pk}"
    return reverse("microaction", args=[pk])


def _remember(response, key, *, secure):
    response.set_cookie(
        cheers.COOKIE, key, max_age=cheers.COOKIE_SECONDS, httponly=True, samesite="Lax", secure=secure
    )


@organiser_required
def microactions_waiting(request):
    rows = Microaction.objects.awaiting_approval().for_notes()
    hidden = Microaction.objects.hidden().for_notes()[:HIDDEN_SHOWN]
    page = key_page_of(rows, request, per_page=PER_PAGE, by=("created_at", "id"), descending=False)
    return render(request, "microactions/wall/waiting.html", {"page": page, "hidden": hidden})


@organiser_required
@require_POST
def microaction_review(request, pk):
    found = get_object_or_404(Microaction.objects.filter(visibility=Microaction.Visibility.PUBLIC), pk=pk)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    if form.cleaned_data["decision"] == "approve":
        pledges.approve(found, by=request.user)
        messages.success(request, _("Approved. It is now on the wall."))
    else:
        pledges.hide(found, by=request.user)
        messages.success(request, _("Hidden. Now only the person who wrote it can see it."))
    return redirect("microactions_waiting")
