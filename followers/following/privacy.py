"""What following keeps about people, how it leaves, and when."""

from datetime import timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from chapter.addresses import mailbox
from chapter.models import hidden_address
from chapter.privacy import Basis, days, earliest, gone, register

from ..models import INVITED_FOR, UNCONFIRMED_FOR, Announcement, Digest, Follower, Invitation, News, Suppression
from . import actions

BOUNCED_DAYS = 90
# Which news a follower was told.
TOLD_DAYS = 90


def export_follower(member):
    return [
        {
            "email": follower.person_email,
            "name": follower.person_name,
            "language": follower.language,
            "rhythm": follower.rhythm,
            "meetups": follower.wants_meetups,
            "posts": follower.wants_posts,
            "letter": follower.wants_letter,
            "kinds": follower.kinds,
            "places": follower.towns,
            "series": [series.slug for series in follower.series.all()],
            "principles": [principle.number for principle in follower.principles.all()],
            "asked_at": follower.created_at.isoformat(),
            "agreed_at": follower.confirmed_at and follower.confirmed_at.isoformat(),
            "agreed_to": follower.agreed_to,
            "paused_at": follower.paused_at and follower.paused_at.isoformat(),
        }
        for follower in Follower.objects.of_member(member).prefetch_related("series", "principles").order_by("id")
    ]


def erase_follower(member, *, keep_texts):
    for follower in Follower.objects.of_member(member).select_related("member"):
        actions.stop(follower)


def expire_followers():
    """Delete who never said yes, whose mailbox has refused mail for long, and what was told long ago; returns how many."""
    return sum(
        rows.delete()[0]
        for rows in (_unconfirmed(), _never_asked(), _bounced(), _old(Digest, "made_at"), _old_news())
    )


def _unconfirmed():
    return Follower.objects.unanswered(now=timezone.now())


def _never_asked():
    # Somebody typed the address of a mailbox that wants no question, and none was sent.
    waiting = Follower.objects.filter(confirmed_at=None).values_list("email", "pk")
    rows = {hidden_address(mailbox(email)): pk for email, pk in waiting}
    never = Suppression.objects.filter(is_final=True, digest__in=rows).values_list("digest", flat=True)
    return Follower.objects.filter(pk__in=[rows[digest] for digest in never])


def _bounced():
    return Follower.objects.filter(paused_at__lt=timezone.now() - timedelta(days=BOUNCED_DAYS))


def _old(model, moment):
    return model.objects.filter(**{f"{moment}__lt": timezone.now() - timedelta(days=TOLD_DAYS)})


def _old_news():
    return News.objects.untold().filter(announcement__in=_old(Announcement, "made_at"))


def _of_mailboxes(model, member):
    digests = [hidden_address(mailbox(email)) for email in {member.email, *member.verified_addresses()}]
    return model.objects.filter(digest__in=digests).order_by("id")


def export_invitations(member):
    return [{"invited_at": row.invited_at.isoformat()} for row in _of_mailboxes(Invitation, member)]


def export_suppressions(member):
    return [
        {"stopped_at": row.stopped_at.isoformat(), "never_ask_again": row.is_final}
        for row in _of_mailboxes(Suppression, member)
    ]


# One line of the table for both.
FINGERPRINT = _("That we invited you, or you stopped our emails: a fingerprint of your address.")
AS_LONG_AS_THE_SITE = _("As long as the site, so that no one asks you again.")
register(
    Follower,
    what=_("What you follow: address, language, choices, and when you agreed."),
    kept=format_lazy(
        _(
            "Until you stop; unconfirmed {unconfirmed}, an unanswered invitation {invited}, if your inbox refuses our "
            "emails {bounced}."
        ),
        unconfirmed=days(UNCONFIRMED_FOR.days),
        invited=days(INVITED_FOR.days),
        bounced=days(BOUNCED_DAYS),
    ),
    export=export_follower,
    erase=erase_follower,
    expire=expire_followers,
    oldest=lambda: earliest(Follower.objects.filter(confirmed_at=None), "created_at"),
    basis=Basis.AGREED,
)
gone.again("followers_follower", actions.stop)
register(
    Invitation,
    what=FINGERPRINT,
    kept=AS_LONG_AS_THE_SITE,
    export=export_invitations,
    basis=Basis.INTEREST,
)
register(
    Suppression,
    what=FINGERPRINT,
    kept=AS_LONG_AS_THE_SITE,
    export=export_suppressions,
    basis=Basis.INTEREST,
)
