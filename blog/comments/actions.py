"""Writing and moderating comments: a member's first one is held until an organiser approves it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import audit
from chapter.addresses import has_link
from chapter.languages import current
from chapter.text import comment_html

from ..models import Comment

# What an organiser may do, and the status that follows.
MOVES = {
    "approve": Comment.Status.VISIBLE,
    "restore": Comment.Status.VISIBLE,
    "hide": Comment.Status.HIDDEN,
}
LOGGED = {"approve": "comment_approved", "restore": "comment_restored", "hide": "comment_hidden"}

audit.describe("comment_approved", _("approved a comment on"))
audit.describe("comment_restored", _("restored a hidden comment on"))
audit.describe("comment_hidden", _("hid a comment on"))


def write(post, *, member, body) -> Comment:
    """Store a comment. It is visible at once for organisers, and for members who have a visible one of its kind.

    With a link in it, that is one with a link, which an organiser has let pass.
    """
    return Comment.objects.create(
        post=post,
        member=member,
        language=current(),
        body=body,
        body_html=comment_html(body),
        status=Comment.Status.VISIBLE if is_trusted(member, with_links=has_link(body)) else Comment.Status.HELD,
    )


def is_trusted(member, *, with_links=False) -> bool:
    if member.acts_as_organiser:
        return True
    visible = member.comments.visible()
    if not with_links:
        return visible.exists()
    # Only what somebody looked at: a guard that knew fewer endings let links through by itself.
    return any(has_link(body) for body in visible.approved().values_list("body", flat=True))


@transaction.atomic
def moderate(comment, *, move, by=None) -> None:
    """Take one of MOVES. The log names the post, never the comment's author."""
    comment.status = MOVES[move]
    comment.approved_at = timezone.now() if comment.is_visible else None
    comment.save(update_fields=["status", "approved_at"])
    audit.record(LOGGED[move], by=by, subject=comment.post, about=comment.post.title)
