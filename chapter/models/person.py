"""The person of an RSVP, a proposal, a microaction or a makker: a member, or a guest with a name and an address."""

import secrets
from typing import Self

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Func, Q, Value, When
from django.utils.translation import gettext_lazy as _

from .. import addresses
from ..fields import AddressField, LineField


def secret_token() -> str:
    """192 random bits as 32 URL-safe letters, for a link whose holder may do what its page offers."""
    return secrets.token_urlsafe(24)


def member_key(related_name, *, on_delete=models.SET_NULL, **options):
    """The column `member` of a Person."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=on_delete, null=True, blank=True, related_name=related_name, **options
    )


def initials_of(name) -> str:
    """The first letters of the first and the last word; empty for an empty name."""
    words = name.split()
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()


class _IsOneOf(Func):
    """`column = ANY(ARRAY(SELECT …))`: unlike `IN (SELECT …)` beside an OR, an index answers it."""

    output_field = models.BooleanField()
    template = "(%(expressions)s))"
    arg_joiner = " = ANY("


class PersonQuerySet(models.QuerySet):
    def of_member(self, member) -> Self:
        """A member's own rows, and a guest's with an address that the member has verified."""
        return self.of_key(member.pk)

    def of_key(self, member) -> Self:
        """As `of_member`, by the member's primary key."""
        verified = apps.get_model("account.EmailAddress").objects.filter(user=member, verified=True)
        return self.filter(Q(member=member) | _IsOneOf("email", ArraySubquery(verified.values("email"))))

    def of_address(self, email) -> Self:
        """Rows of the guest with this address, or of the member who has verified it; none for an empty one."""
        if not email:
            return self.none()
        email = addresses.normal(email)
        verified = Q(member__emailaddress__email=email, member__emailaddress__verified=True)
        return self.filter(Q(email=email) | verified).distinct()

    def of_mailbox(self, email) -> Self:
        """As `of_address`, whatever the `+tag`: the rows of whoever reads this mailbox."""
        if not email:
            return self.none()
        key = addresses.mailbox(email)
        verified = apps.get_model("account.EmailAddress").objects.filter(verified=True)
        readers = verified.alias(mailbox=addresses.Mailbox("email")).filter(mailbox=key).values("user")
        is_theirs = _IsOneOf("member", ArraySubquery(readers))
        return self.alias(mailbox=addresses.Mailbox("email")).filter(~Q(email="") & Q(mailbox=key) | is_theirs)

    def with_shown_name(self) -> Self:
        """Each with `shown_name`, which is its `person_name`."""
        before_at = Func(
            "member__email", Value("@"), Value(1), function="split_part", output_field=models.CharField()
        )
        shown = Case(When(member=None, then="name"), When(member__name="", then=before_at), default="member__name")
        return self.annotate(shown_name=shown)

    def named(self, words) -> Self:
        """Those in whose `person_name` these words are; all for an empty text."""
        return self.with_shown_name().filter(shown_name__icontains=words) if words else self

    def with_address(self) -> Self:
        """Rows whose person a mail can reach."""
        return self.filter(Q(member__isnull=False) | ~Q(email=""))

    def guests_of(self, member) -> Self:
        """What the member did as a guest, with an address they have verified since."""
        return self.of_member(member).filter(member=None)

    def hand_over_to(self, member) -> int:
        """Make guests' rows the member's; returns how many. One UPDATE, no mail."""
        return self.update(member=member, **self.model.GUEST_COLUMNS)


class Person(models.Model):
    """A member, whose name and address are read from the account, or a guest, whose own stand in the row.

    A guest's are emptied when a member takes the row over, and by the retention job. A model adds
    `member = member_key(…)`, and starts its constraints with `Person.Meta.constraints`.
    """

    # What a row no longer holds once it is a member's.
    GUEST_COLUMNS = {"name": "", "email": ""}

    name = LineField(_("name"), max_length=80, blank=True)
    email = AddressField(_("email"), max_length=254, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    token = models.CharField(max_length=40, unique=True, default=secret_token, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(member__isnull=True) | Q(email=""), name="%(class)s_member_or_guest"),
            addresses.is_normal("%(class)s_address"),
        ]

    @property
    def person_name(self) -> str:
        return self.member.display_name if self.member else self.name

    @property
    def initials(self) -> str:
        return initials_of(self.person_name)

    @property
    def person_email(self) -> str:
        return self.member.email if self.member else self.email
