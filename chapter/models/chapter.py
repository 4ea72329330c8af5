"""Who the chapter is, its members, its pages, its pictures and its post."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import timezones
from ..fields import LineField, TextField
from ..wordings import Wording, search_vector, wording_constraints


class MemberManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """A member who signs in by mailed code or passkey; a password is only for the admin's sake."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, is_organiser=True, **fields)

    def organisers(self):
        return self.filter(is_organiser=True, is_active=True).order_by("name", "id")

    def matching(self, words):
        """Active members whose name or address has these words; all for no words. Organisers first."""
        found = Q(name__icontains=words) | Q(email__icontains=words)
        return self.filter(found, is_active=True).order_by("-is_organiser", Lower("name"), "id")

    def never_verified(self, *, since):
        """Accounts made before `since` whose address nobody ever confirmed; organisers and staff are not among them."""
        verified = self.filter(emailaddress__verified=True).values("pk")
        old = self.filter(joined_at__lt=since, is_organiser=False, is_staff=False)
        return old.exclude(pk__in=verified).order_by("id")


class Member(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Organisers are members who may run the chapter; they are all equal."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = LineField(_("name"), max_length=80, blank=True)
    organisation = LineField(_("organisation"), max_length=120, blank=True)
    bio = TextField(_("about you, for posts you write"), max_length=400, blank=True)
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

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="member_email",
                violation_error_message=_("There is already a member with this e-mail."),
            ),
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self):
        """The name others see; before a name is given, the part of the address before the @."""
        return self.name or self.email.split("@")[0]

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name.split()[0]


class Chapter(models.Model):
    """The chapter this site belongs to; one row."""

    name = LineField(_("name"), max_length=80, default="One Team Gov")
    contact_email = models.EmailField(_("contact address"), default="hello@chapter.example.org")
    time_zone = models.CharField(_("time zone"), max_length=40, choices=timezones.choices, default="Europe/Oslo")
    default_language = models.CharField(
        _("default language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    slack_url = models.URLField(_("Slack"), blank=True)
    linkedin_url = models.URLField(_("LinkedIn"), blank=True)
    mastodon_url = models.URLField(_("Mastodon"), blank=True)
    meetup_url = models.URLField("Meetup", blank=True)
    movement_url = models.URLField(_("the movement's own page"), blank=True, default="https://www.oneteamgov.uk/")
    # Both are checked by the form as well; the database holds what a form may not.
    reminder_hours = models.PositiveSmallIntegerField(
        _("reminder: hours before the start"), default=24, help_text=_("0: no reminders.")
    )
    guests_kept_days = models.PositiveSmallIntegerField(
        _("guests’ names and addresses: days after the event until they are deleted"), default=30
    )

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapter")
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="chapter_is_one_row"),
            models.CheckConstraint(condition=models.Q(reminder_hours__lte=168), name="chapter_reminder_hours"),
            models.CheckConstraint(
                condition=models.Q(guests_kept_days__range=(1, 365)), name="chapter_guests_kept_days"
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def load(cls):
        """The chapter's row, made on first use."""
        return cls.objects.filter(pk=1).first() or cls.objects.get_or_create(pk=1)[0]

    @property
    def links(self):
        """(label, address) of the places where the chapter also is."""
        places = [("Slack", self.slack_url), ("LinkedIn", self.linkedin_url), ("Mastodon", self.mastodon_url)]
        return [(label, url) for label, url in [*places, ("Meetup", self.meetup_url)] if url]


class Page(models.Model):
    """One of the chapter's own texts: home (its title is the tagline), about, code of conduct, privacy, accessibility."""

    KEYS = ("home", "about", "code-of-conduct", "privacy", "accessibility")

    key = models.SlugField(_("key"), primary_key=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def __str__(self):
        return self.key

    def get_absolute_url(self):
        return reverse("home") if self.key == "home" else reverse("page", args=[self.key])

    def languages(self):
        """The codes of the languages that this page really has."""
        return sorted(self.wordings.current().values_list("language", flat=True))


class PageWording(Wording):
    """A page's text in one language."""

    subject_field = "page"
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="wordings")

    class Meta:
        verbose_name = _("page wording")
        verbose_name_plural = _("page wordings")
        constraints = wording_constraints("page", "page_wording")
        indexes = [GinIndex(search_vector(), name="page_wording_search")]


class Image(models.Model):
    """A picture, drawn anew from an upload: what a camera knew about time and place is gone."""

    file = models.ImageField(_("file"), upload_to="images/", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = LineField(_("description for those who cannot see it"), max_length=300, blank=True)
    is_decorative = models.BooleanField(_("decorative: says nothing that the text does not"), default=False)
    caption = LineField(_("caption"), max_length=300, blank=True)
    credit = LineField(_("photographer"), max_length=120, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="images",
        editable=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # Among the pictures that are offered for any text; a photo of an event is not.
    is_listed = models.BooleanField(default=True, editable=False)
    # Not empty: withdrawn from everywhere. The files lie under this name now, and under `file` there is nothing.
    withdrawn_file = models.CharField(max_length=100, blank=True, editable=False)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_decorative=True) | ~models.Q(alt=""),
                name="image_described",
                violation_error_message=_("Describe the picture, or say that it is decorative."),
            ),
        ]

    def __str__(self):
        return self.alt or self.caption or self.file.name


class Delivery(models.Model):
    """One mail to one person about one thing; the unique row is what keeps it from being sent twice.

    `recipient` identifies a person among several for the same object ("member:5"), and never holds an address:
    the letter's address is read from the object when the mail is sent.
    """

    kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    recipient = models.CharField(max_length=40, blank=True)
    sequence = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="There was nothing left to say when its turn came.")

    class Meta:
        verbose_name = _("mail delivery")
        verbose_name_plural = _("mail deliveries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "recipient", "sequence"], name="delivery_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.object_id} {self.recipient} {self.sequence}".strip()


class RateHit(models.Model):
    """How often a key was used in one stretch of time. The table is UNLOGGED: it may be lost in a crash."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("rate limit count")
        verbose_name_plural = _("rate limit counts")

    def __str__(self):
        return self.key
