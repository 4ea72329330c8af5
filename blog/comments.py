"""Comments: who may be read at once, who waits, and what organisers do about it."""

from chapter.languages import current
from chapter.markdown import comment_html

from .models import Comment

# What an organiser may do, and where it leads.
MOVES = {
    "approve": Comment.Status.VISIBLE,
    "restore": Comment.Status.VISIBLE,
    "hide": Comment.Status.HIDDEN,
}


def write(post, *, member, body):
    """Store a member's comment: visible at once for those who have one that is visible, and for organisers."""
    return Comment.objects.create(
        post=post,
        member=member,
        language=current(),
        body=body,
        body_html=comment_html(body),
        status=Comment.Status.VISIBLE if is_trusted(member) else Comment.Status.HELD,
    )


def is_trusted(member):
    return member.is_organiser or member.comments.visible().exists()


def moderate(comment, *, move):
    """Take one of MOVES."""
    comment.status = MOVES[move]
    comment.save(update_fields=["status"])
