"""Organisers' pages: the list of posts, the editor, publishing, summaries."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chapter.languages import current
from chapter.models import Chapter
from chapter.refusals import Refused
from chapter.web import form_methods, key_page_of, organiser_required, posted, say_stored

from .. import summaries
from ..models import Post
from ..posts import delete_draft, picture_problems, problems_of, publish, unpublish
from ..summaries import third_parties
from .editing import Editor
from .forms import PublishForm

PER_PAGE = 30


@require_safe
@organiser_required
def posts(request):
    published = Post.objects.published().prefetch_related("bylines")
    context = {
        "drafts": Post.objects.drafts().prefetch_related("bylines"),
        "scheduled": Post.objects.scheduled().prefetch_related("bylines"),
        "page": key_page_of(published, request, per_page=PER_PAGE, by=("published_at", "id")),
    }
    return render(request, "blog/writing/posts.html", context)


@form_methods
@organiser_required
def post_new(request):
    """An empty editor; `?summary_of=<slug>` chooses the event."""
    event = summaries.events_to_sum_up().filter(slug=request.GET.get("summary_of", "")[:120]).first()
    return _edit(request, Post(language=current(), summary_of=event))


@form_methods
@organiser_required
def post_edit(request, pk):
    return _edit(request, get_object_or_404(Post, pk=pk))


def _edit(request, post):
    editor = Editor(request, post)
    if request.method == "POST" and editor.save():
        say_stored(request, _("Saved."))
        for problem in picture_problems(editor.post.body):
            messages.warning(request, problem)
        if "update" in request.POST:
            _update(request, editor.post)
        return redirect("post_publish" if "publish" in request.POST else "post_edit", editor.post.pk)
    return render(request, "blog/writing/edit.html", editor.context())


def _update(request, post):
    try:
        summaries.update_summary(post, version=post.version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Everything you hadn’t edited has been updated. Your own text is unchanged."))


@form_methods
@organiser_required
def post_publish(request, pk):
    post = get_object_or_404(Post, pk=pk)
    form = PublishForm(posted(request))
    if request.method == "POST" and form.is_valid() and _publish(request, post, form):
        post.refresh_from_db()
        return redirect(post if post.is_published else "posts")
    context = {
        "post": post,
        "form": form,
        "problems": problems_of(post),
        "mentions": third_parties.in_post(post),
        "zone": Chapter.load().time_zone,
    }
    return render(request, "blog/writing/publish.html", context)


def _publish(request, post, form):
    try:
        post = publish(post, at=form.cleaned_data["at"], by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    text = (
        _("“%(title)s” is published.")
        if post.is_published
        else _("“%(title)s” will be published at the time you chose.")
    )
    messages.success(request, text % {"title": post.title})
    return True


@require_POST
@organiser_required
def post_unpublish(request, pk):
    post = unpublish(get_object_or_404(Post, pk=pk), by=request.user)
    messages.success(request, _("“%(title)s” is a draft again.") % {"title": post.title})
    return redirect("post_edit", post.pk)


@form_methods
@organiser_required
def post_delete(request, pk):
    # What is published must be unpublished first.
    post = get_object_or_404(Post.objects.drafts(), pk=pk)
    if request.method != "POST":
        return render(request, "blog/writing/delete.html", {"post": post})
    if delete_draft(post, by=request.user):
        messages.success(request, _("“%(title)s” has been deleted.") % {"title": post.title})
    return redirect("posts")


@require_POST
@organiser_required
def post_summary(request, slug):
    """Open the summary of an event that took place in the editor; the first time, compose it."""
    event = get_object_or_404(summaries.events_to_sum_up(), slug=slug)
    return redirect("post_edit", summaries.start_summary(event, request.user).pk)
