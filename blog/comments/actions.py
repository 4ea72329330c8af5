"""Writing and moderating comments: a member's first one, and each of a guest, is held until an organiser approves it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import audit, mail
from chapter.addresses import has_link
from chapter.languages import current
from chapter.models import Member
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


# Guests


@transaction.atomic
def write_as_guest(post, *, name, email, body) -> None:
    """Store a comment that nobody sees, and mail the link with which its writer confirms it. Raises MailboxFull."""
    comment = Comment.objects.create(
        post=post,
        name=name,
        email=email,
        language=current(),
        body=body,
        body_html=comment_html(body),
        status=Comment.Status.UNCONFIRMED,
    )
    mail.post("comment_confirm", comment.pk, to=comment.email)


@transaction.atomic
def confirm(*, token) -> Comment:
    """Hand an unconfirmed comment to the organisers; idempotent. Raises Comment.DoesNotExist.

    It becomes the member's who has verified the same address, if there is one. Locks the comment.
    """
    comment = Comment.objects.select_for_update().get(token=token)
    if comment.is_unconfirmed:
        comment.status = Comment.Status.HELD
        if member := Member.objects.owner_of(comment.email):
            comment.member, comment.name, comment.email = member, "", ""
        comment.save(update_fields=["status", "member", "name", "email"])
    return comment


def withdraw(*, token) -> None:
    """Delete the comment, shown or not; idempotent."""
    Comment.objects.filter(token=token).delete()


def adopt_guest_rows(member) -> None:
    """What a member wrote as a guest becomes the member's. Unconfirmed ones stay: somebody else may have typed the address."""
    Comment.objects.guests_of(member).confirmed().hand_over_to(member)


# Organisers


@transaction.atomic
def moderate(comment, *, move, by=None) -> None:
    """Take one of MOVES. The log names the post, never the comment's author."""
    comment.status = MOVES[move]
    comment.approved_at = timezone.now() if comment.is_visible else None
    comment.save(update_fields=["status", "approved_at"])
    audit.record(LOGGED[move], by=by, subject=comment.post, about=comment.post.title)
