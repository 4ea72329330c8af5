"""What the blog keeps about people: bylines and comments."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.privacy import TEXT_STAYS, WROTE_A_TEXT, Basis, days, earliest, register

from . import summaries
from .models import Byline, Comment, MonthlyLetter

UNCONFIRMED_DAYS = 7
# After that the link in the mail has long been used to say yes.
ADDRESS_DAYS = 90
NOT_SHOWN_DAYS = 365


def export_bylines(member):
    for line in member.bylines.select_related("post").order_by("id"):
        yield {"post": line.post.title, "address": line.post.get_canonical_url(), "name": line.name, "bio": line.bio}


def erase_bylines(member, *, keep_texts):
    # The posts are the chapter's and stay, without the name, whatever becomes of the person's own words.
    summaries.forget(member)
    member.bylines.all().delete()


def export_comments(member):
    for comment in Comment.objects.of_member(member).select_related("post", "member").order_by("id"):
        yield {
            "post": comment.post.title,
            "name": comment.person_name,
            "email": comment.person_email,
            "text": comment.body,
            "status": comment.status,
            "written": comment.created_at.isoformat(),
        }


def erase_comments(member, *, keep_texts):
    """With `keep_texts` the visible comments stay without a name; all others are deleted."""
    theirs = Comment.objects.of_member(member)
    if keep_texts:
        theirs.visible().update(member=None, name="", email="")
    theirs.delete()


def expire_comments():
    """Delete guests' comments that were never confirmed, or not shown within a year; empty the addresses of the others."""
    now, guests = timezone.now(), Comment.objects.filter(member=None).exclude(name="")
    unconfirmed = Q(status=Comment.Status.UNCONFIRMED, created_at__lt=now - timedelta(days=UNCONFIRMED_DAYS))
    not_shown = ~Q(status=Comment.Status.VISIBLE) & Q(created_at__lt=now - timedelta(days=NOT_SHOWN_DAYS))
    deleted = guests.filter(unconfirmed | not_shown).delete()[0]
    old = guests.exclude(email="").filter(created_at__lt=now - timedelta(days=ADDRESS_DAYS))
    return deleted + old.update(email="")


register(
    Byline,
    what=_("Your name and words about you below your posts."),
    kept=_("As long as the post, or until you delete your account."),
    export=export_bylines,
    erase=erase_bylines,
    basis=Basis.AGREED,
)
register(
    Comment,
    what=_("Your comments; as a guest, name and address."),
    kept=format_lazy(
        _(
            "Until you delete them or your account. A guest’s address: {address}; unconfirmed {unconfirmed}, never "
            "shown {not_shown}."
        ),
        address=days(ADDRESS_DAYS),
        unconfirmed=days(UNCONFIRMED_DAYS),
        not_shown=days(NOT_SHOWN_DAYS),
    ),
    export=export_comments,
    erase=erase_comments,
    expire=expire_comments,
    oldest=lambda: earliest(Comment.objects.exclude(email=""), "created_at"),
    basis=Basis.AGREED,
)
register(
    MonthlyLetter,
    what=WROTE_A_TEXT,
    kept=TEXT_STAYS,
    export=lambda member: list(
        MonthlyLetter.objects.filter(author=member).order_by("month").values("month", "language", "greeting")
    ),
    basis=Basis.INTEREST,
)
