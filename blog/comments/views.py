"""A writer's own comment: a guest's page of it, and deleting it. Comments are written on the page of their post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chapter.addresses import mailbox
from chapter.web import form_methods, ratelimits

from ..models import Comment
from . import actions
from .forms import GuestActionForm

# Each one that is confirmed is an organiser's to read.
PER_GUEST = 5


@require_POST
@login_required
def comment_delete(request, pk):
    comment = get_object_or_404(request.user.comments.select_related("post"), pk=pk)
    comment.delete()
    messages.success(request, _("Your comment has been deleted."))
    return redirect(comment.post)


@require_safe
def comment_sent(request):
    return render(request, "blog/comments/sent.html")


@never_cache
@form_methods
def guest_comment(request, token):
    """GET shows, since a mail scanner may open the link; POST confirms or deletes."""
    comment = get_object_or_404(Comment.objects.select_related("post", "member"), token=token)
    if request.method == "POST":
        return _act(request, comment)
    response = render(request, "blog/comments/guest.html", {"comment": comment})
    # The address holds a secret token.
    response["X-Robots-Tag"] = "noindex"
    return response


def _act(request, comment):
    form = GuestActionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    limit = {"times": ratelimits.POSTS_PER_LINK, "seconds": ratelimits.HOUR}
    ratelimits.limit_key(f"comment:{comment.pk}", "comment", **limit)
    if form.cleaned_data["action"] == "confirm":
        return _confirm(comment)
    actions.withdraw(token=comment.token)
    messages.success(request, _("Your comment has been deleted."))
    return redirect(comment.post if comment.post.is_published else "blog")


def _confirm(comment):
    if comment.is_unconfirmed:
        ratelimits.limit_key(mailbox(comment.email), "comment", times=PER_GUEST, seconds=ratelimits.DAY)
    try:
        return redirect(actions.confirm(token=comment.token).get_guest_url())
    except Comment.DoesNotExist:
        # Deleted a moment ago.
        raise Http404 from None
