"""Personal data of the ground floor: accounts, sessions, pictures, pages."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..addresses import readable
from ..models import Chapter, Image, Member, PageWording
from ..pictures import delete_image
from . import gone, registry, technical, unfinished
from .registry import AS_LONG_AS_THE_ACCOUNT, Basis, days, earliest, register

UNVERIFIED_DAYS = 7
SESSION_DAYS = settings.SESSION_COOKIE_AGE // (24 * 60 * 60)


def _rows(rows, *fields):
    return lambda member: list(rows(member).order_by("pk").values(*fields))


# The account
def erase_account(member, *, keep_texts):
    # The account's row is deleted last, by `registry.erase`; here goes what the admin's log says of it.
    account = Q(content_type=ContentType.objects.get_for_model(Member), object_id=str(member.pk))
    LogEntry.objects.filter(account | Q(object_repr__icontains=member.email)).delete()
    if member.portrait:
        delete_image(member.portrait)


def expire_unverified():
    old = list(Member.objects.never_verified(since=timezone.now() - timedelta(days=UNVERIFIED_DAYS)))
    for member in old:
        registry.erase(member, keep_texts=False)
    return len(old)


ACCOUNT = _("Your account: email addresses, passkeys, name, language, picture, and what you say about yourself.")
ACCOUNT_KEPT = format_lazy(
    _("Until you delete it; {period} if the address is never confirmed."), period=days(UNVERIFIED_DAYS)
)
register(
    Member,
    what=ACCOUNT,
    kept=ACCOUNT_KEPT,
    export=_rows(
        lambda member: Member.objects.filter(pk=member.pk),
        "email",
        "name",
        "organisation",
        "bio",
        "portrait__file",
        "is_introduced",
        "is_on_about",
        "language",
        "is_organiser",
        "is_staff",
        "joined_at",
        "last_login",
    ),
    erase=erase_account,
    expire=expire_unverified,
    oldest=lambda: earliest(Member.objects.never_verified(since=timezone.now()), "joined_at"),
    basis=Basis.ASKED,
)
register(
    EmailAddress,
    what=ACCOUNT,
    kept=ACCOUNT_KEPT,
    export=_rows(lambda member: member.emailaddress_set, "email", "verified", "primary"),
    basis=Basis.ASKED,
)

# Texts that went as well have rows of their own.
gone.again("chapter_member", lambda member: registry.erase(member, keep_texts=True))
gone.again("chapter_image", delete_image)


# Signing in
def export_authenticators(member):
    # Never the secret itself.
    for key in Authenticator.objects.filter(user=member).order_by("pk"):
        yield {"kind": key.type, "name": str(key), "added": key.created_at, "last_used": key.last_used_at}


def end_sessions(member, *, keep_texts):
    for session in UserSession.objects.filter(user=member):
        session.end()
    unfinished.forget_member(member)


def expire_sessions():
    return sum(session.purge() for session in UserSession.objects.all().iterator())


register(
    Authenticator,
    what=ACCOUNT,
    kept=ACCOUNT_KEPT,
    export=export_authenticators,
    basis=Basis.ASKED,
)
register(
    UserSession,
    what=_("Where you are signed in: IP address, browser, time."),
    kept=format_lazy(_("Until you sign out, {period} at most."), period=days(SESSION_DAYS)),
    export=_rows(
        lambda member: UserSession.objects.filter(user=member), "ip", "user_agent", "created_at", "last_seen_at"
    ),
    erase=end_sessions,
    expire=expire_sessions,
    oldest=lambda: earliest(UserSession.objects, "created_at"),
    basis=Basis.ASKED,
)
register(
    Session,
    what=_("What you have started and not finished, such as signing in."),
    kept=_("Ten minutes; while signed in, as above."),
    export=technical.export_nothing,
    expire=unfinished.expire,
    basis=Basis.ASKED,
)


# What a member did
def release_images(member, *, keep_texts):
    # The pictures stay where they are used.
    member.images.filter(credit__iexact=member.name).exclude(credit="").update(credit="")
    member.images.update(uploaded_by=None)


register(
    Image,
    what=registry.WROTE_A_TEXT,
    kept=registry.TEXT_STAYS,
    export=_rows(lambda member: member.images, "file", "alt", "caption", "credit", "created_at"),
    erase=release_images,
    basis=Basis.INTEREST,
)
register(
    PageWording,
    what=registry.WROTE_A_TEXT,
    kept=registry.TEXT_STAYS,
    export=_rows(
        lambda member: PageWording.objects.filter(author=member), "page", "language", "version", "title", "created_at"
    ),
    erase=lambda member, *, keep_texts: PageWording.objects.filter(author=member).update(author=None),
    basis=Basis.INTEREST,
)


# Whom the code of conduct names
def _names(member, chapter, contact):
    name, reach = getattr(chapter, f"{contact}_name"), getattr(chapter, f"{contact}_reach")
    known = {form.lower() for address in member.verified_addresses() for form in (address, readable(address))}
    return name.lower() == member.name.lower() != "" or any(address in reach.lower() for address in known)


def export_contact(member):
    chapter = Chapter.load()
    for contact in Chapter.CONTACTS:
        if _names(member, chapter, contact):
            yield {name: getattr(chapter, name) for name in (f"{contact}_name", f"{contact}_reach")}


def erase_contact(member, *, keep_texts):
    for row in export_contact(member):
        Chapter.objects.update(**dict.fromkeys(row, ""))


register(
    Chapter,
    what=_("That the code of conduct names you, and how to reach you."),
    kept=_("Until someone else is named, or you delete your account."),
    export=export_contact,
    erase=erase_contact,
    basis=Basis.AGREED,
)
register(
    LogEntry,
    what=registry.HOSTS,
    kept=AS_LONG_AS_THE_ACCOUNT,
    export=_rows(lambda member: LogEntry.objects.filter(user=member), "action_time", "object_repr", "change_message"),
    basis=Basis.INTEREST,
)
