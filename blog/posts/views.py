"""Pages of the blog that everybody may read."""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chapter.languages import current
from chapter.models import Chapter
from chapter.page_cache import cached_page
from chapter.panels import panels_for
from chapter.share_cards import sheet
from chapter.web import blurs_time, form_methods, key_page_of, ratelimits
from chapter.wordings import best_wordings
from events.models import Event, EventWording
from principles.models import Principle

from .. import comments
from ..models import Post
from . import share_card
from .forms import FilterForm

PER_PAGE = 12
# An office sits behind one address.
GUESTS_PER_ADDRESS = 60
PER_MEMBER = 10


@cached_page("principle", "language", "page")
@require_safe
def blog(request):
    principle, language = FilterForm(request.GET).chosen()
    posts = Post.objects.published().for_tickets()
    posts = posts.filter(language=language) if language else posts.for_reader()
    if principle:
        posts = posts.about(principle)
    context = {
        "page": key_page_of(posts, request, per_page=PER_PAGE, by=("published_at", "id")),
        "principles": Principle.objects.with_wordings(),
        "languages": settings.LANGUAGES,
        "chosen_principle": principle,
        "chosen_language": language,
    }
    return render(request, "blog/posts/list.html", context)


@cached_page()
@require_safe
def post(request, slug):
    found = get_object_or_404(Post.objects.visible_to(request.user).for_tickets(), slug=slug)
    return post_page(request, found, comments.form_for(request.user))


@require_safe
def post_card(request, slug):
    found = get_object_or_404(Post.objects.published().for_tickets(), slug=slug)
    return sheet.answer(request, share_card.card_facts(found, Chapter.load()), share_card.draw)


def post_page(request, post, comment_form):
    """The page of one post; `comment_form` may be a refused one."""
    translations, chapter = _translations(post), Chapter.load()
    context = {
        "post": post,
        "canonical": post.get_canonical_url(),
        "chapter": chapter,
        "card": share_card.card(post, chapter) if post.is_published else None,
        "event": _event(post, request.user),
        "translations": translations,
        "alternates": [(one.language, one.get_canonical_url()) for one in (post, *translations) if one.is_published],
        "comments": post.comments.visible_to(request.user).select_related("member", "post"),
        "comment_form": comment_form,
        "older": Post.objects.before(post).for_reader().first() if post.is_published else None,
        "newer": Post.objects.after(post).for_reader().first() if post.is_published else None,
        "share_links": _share_links(post),
        "panels": panels_for("post", post, request),
        "opening": panels_for("post opening", post, request),
    }
    return render(request, "blog/posts/post.html", context)


def _translations(post):
    # The reader's own language first.
    original = post.translation_of_id or post.pk
    family = Post.objects.published().family_of(original).exclude(pk=post.pk)
    return sorted(family, key=lambda one: one.language != current())


def _event(post, user):
    events = Event.objects.visible_to(user).select_related("board").prefetch_related(best_wordings(EventWording))
    return events.filter(pk=post.summary_of_id).first() if post.summary_of_id else None


def _share_links(post):
    # Plain links: they carry the post's title and address and nothing about the reader.
    address = post.get_canonical_url()
    return [
        ("LinkedIn", f"https://www.linkedin.com/sharing/share-offsite/?{urlencode({'url': address})}"),
        ("Mastodon", f"https://mastodonshare.com/?{urlencode({'text': post.title, 'url': address})}"),
        (_("Email"), f"mailto:?subject={quote(post.title)}&body={quote(address)}"),
    ]


@form_methods
def comment_create(request, pk):
    post = get_object_or_404(Post.objects.published().for_tickets(), pk=pk)
    # After signing in the browser comes here with GET.
    if request.method != "POST":
        return redirect(post)
    if not request.user.is_authenticated:
        ratelimits.limit(request, "comment", times=GUESTS_PER_ADDRESS, seconds=ratelimits.HOUR)
    form = comments.form_for(request.user, request.POST)
    if not form.is_valid():
        return post_page(request, post, form)
    write = _write if request.user.is_authenticated else _write_as_guest
    return write(request, post, form.cleaned_data)


def _write(request, post, said):
    ratelimits.limit_key(f"member:{request.user.pk}", "comment", times=PER_MEMBER, seconds=ratelimits.HOUR)
    comment = comments.write(post, member=request.user, body=said["body"])
    if comment.is_held:
        messages.success(request, _("Thank you! An organiser will read your first comment before it is shown."))
    return redirect(comment)


@blurs_time
def _write_as_guest(request, post, said):
    comments.write_as_guest(post, name=said["name"], email=said["email"], body=said["body"])
    return redirect("comment_sent")
