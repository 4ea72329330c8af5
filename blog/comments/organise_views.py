"""Moderating comments: the queue of those that are held, and the organisers' decision."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chapter.web import key_page_of, organiser_required

from ..models import Comment
from . import actions
from .forms import ModerateForm

PER_PAGE = 30


@require_safe
@organiser_required
def comments_waiting(request):
    waiting = Comment.objects.held().select_related("post", "member")
    page = key_page_of(waiting, request, per_page=PER_PAGE, by=("created_at", "id"), descending=False)
    return render(request, "blog/comments/waiting.html", {"page": page})


@require_POST
@organiser_required
def comment_moderate(request, pk):
    comment = get_object_or_404(Comment.objects.confirmed().select_related("post"), pk=pk)
    form = ModerateForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.moderate(comment, move=form.cleaned_data["move"], by=request.user)
    done = _("The comment is hidden.") if comment.is_hidden else _("The comment is visible to everyone.")
    messages.success(request, done)
    # Back to where the organiser was.
    return redirect("comments_waiting") if "queue" in request.POST else redirect(comment)
