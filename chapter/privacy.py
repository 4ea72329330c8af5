"""What the ground floor keeps about people."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import privacy_register
from .models import AuditEntry, Delivery, Image, Member, PageWording
from .privacy_register import register

UNVERIFIED_DAYS = 7
DELIVERY_DAYS = 90
LOG_DAYS = 730
AS_LONG_AS_THE_ACCOUNT = _("Until you delete your account.")


def _rows(rows, *fields):
    """An export function that gives these columns of the member's rows."""
    return lambda member: list(rows(member).order_by("pk").values(*fields))


# The account
def erase_account(member, *, keep_texts):
    """The account's row goes last; here goes what the admin's log says of it."""
    account = Q(content_type=ContentType.objects.get_for_model(Member), object_id=str(member.pk))
    LogEntry.objects.filter(account | Q(object_repr__icontains=member.email)).delete()


def expire_unverified():
    old = list(Member.objects.never_verified(since=timezone.now() - timedelta(days=UNVERIFIED_DAYS)))
    for member in old:
        privacy_register.erase(member, keep_texts=False)
    return len(old)


register(
    Member,
    what=_(
        "Your account: e-mail address, name, language, and organisation and a few words about you if you add them."
    ),
    kept=_("Until you delete your account; 7 days if the address is never confirmed."),
    export=_rows(
        lambda member: Member.objects.filter(pk=member.pk),
        "email",
        "name",
        "organisation",
        "bio",
        "language",
        "is_organiser",
        "is_staff",
        "joined_at",
        "last_login",
    ),
    erase=erase_account,
    expire=expire_unverified,
)
register(
    EmailAddress,
    what=_("Whether your e-mail address is confirmed, and the one you are changing to."),
    kept=AS_LONG_AS_THE_ACCOUNT,
    export=_rows(lambda member: member.emailaddress_set, "email", "verified", "primary"),
)


# Signing in
def export_authenticators(member):
    """Names and dates; never the secret itself."""
    for key in Authenticator.objects.filter(user=member).order_by("pk"):
        yield {"kind": key.type, "name": str(key), "added": key.created_at, "last_used": key.last_used_at}


def end_sessions(member, *, keep_texts):
    """Sign the member out everywhere; a session's stored data can hold the address."""
    for session in UserSession.objects.filter(user=member):
        session.end()


def expire_sessions():
    """Forget addresses and browsers of sessions that are over."""
    return sum(session.purge() for session in UserSession.objects.all().iterator())


register(
    Authenticator,
    what=_("Your passkeys and other second factors."),
    kept=_("Until you remove them or delete your account."),
    export=export_authenticators,
)
register(
    UserSession,
    what=_("Where you are signed in: IP address, browser and time."),
    kept=_("Until you sign out, at most 30 days after your last visit."),
    export=_rows(
        lambda member: UserSession.objects.filter(user=member), "ip", "user_agent", "created_at", "last_seen_at"
    ),
    erase=end_sessions,
    expire=expire_sessions,
)


# What a member did
def release_images(member, *, keep_texts):
    """Pictures stay where they are used; the photographer's name goes if it is the member's own."""
    member.images.filter(credit__iexact=member.name).exclude(credit="").update(credit="")
    member.images.update(uploaded_by=None)


register(
    Image,
    what=_("That you uploaded a picture."),
    kept=_("Your name is taken off when you delete your account."),
    export=_rows(lambda member: member.images, "file", "alt", "caption", "credit", "created_at"),
    erase=release_images,
)
register(
    PageWording,
    what=_("That you wrote one of the chapter’s pages."),
    kept=_("Your name is taken off when you delete your account."),
    export=_rows(
        lambda member: PageWording.objects.filter(author=member), "page", "language", "version", "title", "created_at"
    ),
    erase=lambda member, *, keep_texts: PageWording.objects.filter(author=member).update(author=None),
)
register(
    LogEntry,
    what=_("What you changed in the admin, if you may use it."),
    kept=AS_LONG_AS_THE_ACCOUNT,
    export=_rows(lambda member: LogEntry.objects.filter(user=member), "action_time", "object_repr", "change_message"),
)


# The log
def expire_log():
    return AuditEntry.objects.filter(at__lt=timezone.now() - timedelta(days=LOG_DAYS)).delete()[0]


register(
    AuditEntry,
    what=_("What you did as an organiser or host, and when. Other organisers can read it."),
    kept=_("2 years. Your name is taken off when you delete your account."),
    export=_rows(lambda member: AuditEntry.objects.filter(actor=member), "at", "verb", "about", "count"),
    erase=lambda member, *, keep_texts: AuditEntry.objects.filter(actor=member).update(actor=None),
    expire=expire_log,
)


# Mail
def deliveries_to(member):
    return Delivery.objects.filter(recipient=f"member:{member.pk}")


def expire_deliveries():
    return Delivery.objects.filter(created_at__lt=timezone.now() - timedelta(days=DELIVERY_DAYS)).delete()[0]


register(
    Delivery,
    what=_("Which mail we sent you and when, without its text or your address."),
    kept=_("90 days."),
    export=_rows(deliveries_to, "kind", "created_at", "sent_at"),
    erase=lambda member, *, keep_texts: deliveries_to(member).delete(),
    expire=expire_deliveries,
)
