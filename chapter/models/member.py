"""Members and organisers."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Case, IntegerField, Q, When
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .. import addresses
from ..fields import AddressField, LineField, TextField
from .person import initials_of

# The order of the list of members: an index holds these, so queries must build them the same way.
ORGANISERS_FIRST = Case(When(is_organiser=True, then=0), default=1, output_field=IntegerField())
BY_NAME = Lower("name")


class MemberManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        member = self.model(email=email, **fields)
        # Members sign in by mailed code or passkey; Django's API asks for a password anyway.
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_organiser=True, **fields)

    def organisers(self) -> models.QuerySet["Member"]:
        return self.filter(is_organiser=True, is_active=True).order_by("name", "id")

    def on_about(self) -> models.QuerySet["Member"]:
        """Organisers who want to be on the page about the chapter, with their pictures."""
        return self.organisers().filter(is_on_about=True).select_related("portrait")

    def matching(self, words: str) -> models.QuerySet["Member"]:
        """Active members whose name or address contains `words`, organisers first; all of them for an empty text."""
        found = Q(name__icontains=words) | Q(email__icontains=words) if words else Q()
        rows = self.filter(found, is_active=True).annotate(is_other=ORGANISERS_FIRST, name_order=BY_NAME)
        return rows.order_by(*Member.LIST_ORDER)

    def never_verified(self, *, since) -> models.QuerySet["Member"]:
        """Accounts from before `since` without a verified address; never organisers or staff."""
        verified = self.filter(emailaddress__verified=True).values("pk")
        old = self.filter(joined_at__lt=since, is_organiser=False, is_staff=False)
        return old.exclude(pk__in=verified).order_by("id")

    def owner_of(self, email: str) -> "Member | None":
        # Only a verified address proves whose it is.
        verified = {"emailaddress__email": addresses.normal(email), "emailaddress__verified": True}
        return self.filter(is_active=True, **verified).first() if email else None


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account. An organiser is a member who may run the chapter; all organisers are equal."""

    email = AddressField(
        _("email"),
        max_length=254,
        unique=True,
        error_messages={"unique": _("There is already a member with this email address.")},
    )
    name = LineField(_("name"), max_length=80, blank=True)
    organisation = LineField(_("organisation"), max_length=120, blank=True)
    bio = TextField(_("about you, for posts you write"), max_length=400, blank=True)
    # A small square, shown where its member has said so below; of its own, never a picture for texts.
    portrait = models.ForeignKey(
        "chapter.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    is_introduced = models.BooleanField(
        _("shown with picture and words where they host"), default=False, db_default=False
    )
    is_on_about = models.BooleanField(
        _("shown on the page about the chapter while an organiser"), default=False, db_default=False
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )

    is_organiser = models.BooleanField(_("organiser"), default=False)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ()
    LIST_ORDER = ("is_other", "name_order", "id")

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [addresses.is_normal("member_address")]
        indexes = [models.Index(ORGANISERS_FIRST, BY_NAME, "id", name="member_list", condition=Q(is_active=True))]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.email.split("@")[0]

    @property
    def initials(self) -> str:
        return initials_of(self.display_name)

    @property
    def lacks_second_factor(self) -> bool:
        """Whether organisers and hosts must have one here, and this member has none."""
        return settings.ORGANISERS_NEED_SECOND_FACTOR and not self._has_second_factor

    @property
    def acts_as_organiser(self) -> bool:
        """An organiser whom the site may take for one: without their second factor they are a member like any other."""
        return self.is_organiser and not self.lacks_second_factor

    @cached_property
    def _has_second_factor(self):
        # One query for each request; imported late, since allauth's models come after ours.
        from allauth.mfa.utils import is_mfa_enabled

        return is_mfa_enabled(self)

    def verified_addresses(self) -> models.QuerySet:
        # A queryset, so that it works as a subquery.
        return self.emailaddress_set.filter(verified=True).values_list("email", flat=True)

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name.split()[0]


def acts_as_organiser(user) -> bool:
    """The same for whoever asks: a visitor, or None, does not."""
    return getattr(user, "acts_as_organiser", False)
