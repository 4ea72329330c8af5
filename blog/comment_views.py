"""Writing, deleting and moderating comments."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chapter import ratelimits
from chapter.access import organiser_required
from chapter.paging import page_of

from . import comments
from .forms import CommentForm, ModerateForm
from .models import Comment, Post
from .views import post_page

PER_PAGE = 30


@login_required
def comment_create(request, pk):
    """POST writes a comment. GET, where one lands after signing in, shows the post."""
    post = get_object_or_404(Post.objects.published().for_cards(), pk=pk)
    if request.method != "POST":
        return redirect(post)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return post_page(request, post, form)
    ratelimits.limit_key(f"member:{request.user.pk}", "comment", times=10, seconds=3600)
    comment = comments.write(post, member=request.user, body=form.cleaned_data["body"])
    if comment.is_held:
        messages.success(request, _("Thank you! An organiser reads your first comment before everybody sees it."))
    return redirect(comment)


@require_POST
@login_required
def comment_delete(request, pk):
    """A member deletes a comment of their own."""
    comment = get_object_or_404(request.user.comments.select_related("post"), pk=pk)
    comment.delete()
    messages.success(request, _("Your comment is deleted."))
    return redirect(comment.post)


@require_safe
@organiser_required
def comments_waiting(request):
    waiting = Comment.objects.held().select_related("post", "member")
    return render(request, "blog/organise/comments.html", {"page": page_of(waiting, request, per_page=PER_PAGE)})


@require_POST
@organiser_required
def comment_moderate(request, pk):
    """Approve, hide or restore; back to the queue if that is where the organiser was."""
    comment = get_object_or_404(Comment.objects.select_related("post"), pk=pk)
    form = ModerateForm(request.POST)
    if not form.is_valid():
        raise Http404
    comments.moderate(comment, move=form.cleaned_data["move"], by=request.user)
    done = _("The comment is hidden.") if comment.is_hidden else _("The comment is visible to everybody.")
    messages.success(request, done)
    return redirect("comments_waiting") if "queue" in request.POST else redirect(comment)
