"""Deleting one's own comment. Comments are written on the page of their post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST


@require_POST
@login_required
def comment_delete(request, pk):
    comment = get_object_or_404(request.user.comments.select_related("post"), pk=pk)
    comment.delete()
    messages.success(request, _("Your comment has been deleted."))
    return redirect(comment.post)
