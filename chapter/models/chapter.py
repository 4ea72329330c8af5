"""The chapter: name, address, settings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import addresses, timezones
from ..fields import AddressField, LineField
from ..prepared import once_a_page, prepared


class Chapter(models.Model):
    """The chapter this site belongs to; one row."""

    CONTACTS = ("first_contact", "second_contact")
    TO_FILL_IN = (
        *("postal_address", "hosted_by", "mail_sent_by"),
        *(f"{contact}_{part}" for contact in CONTACTS for part in ("name", "reach")),
    )

    name = LineField(_("name"), max_length=80, default="One Team Gov")
    # Small; where there is none stands the movement's mark.
    logo = models.ForeignKey(
        "chapter.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    accent = models.CharField(_("accent colour"), max_length=7, blank=True, db_default="")
    contact_email = AddressField(_("contact address"), default="hello@chapter.example.org")
    time_zone = models.CharField(_("time zone"), max_length=40, choices=timezones.choices, default="Europe/Oslo")
    default_language = models.CharField(
        _("default language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    # What the law and the code of conduct ask for; empty until an organiser fills it in, and the desk says so.
    postal_address = LineField(_("postal address"), max_length=200, blank=True)
    hosted_by = LineField(_("who runs the server"), max_length=120, blank=True)
    mail_sent_by = LineField(_("who sends the email"), max_length=120, blank=True)
    first_contact_name = LineField(_("first person to turn to"), max_length=80, blank=True)
    first_contact_reach = LineField(_("how to reach the first person"), max_length=120, blank=True)
    second_contact_name = LineField(_("second person to turn to"), max_length=80, blank=True)
    second_contact_reach = LineField(_("how to reach the second person"), max_length=120, blank=True)
    slack_url = models.URLField(_("Slack"), blank=True)
    linkedin_url = models.URLField(_("LinkedIn"), blank=True)
    mastodon_url = models.URLField(_("Mastodon"), blank=True)
    meetup_url = models.URLField("Meetup", blank=True)
    movement_url = models.URLField(_("the movement’s own page"), blank=True, default="https://www.oneteamgov.uk/")
    # Bounds are checked by the form and by the constraints below.
    reminder_hours = models.PositiveSmallIntegerField(
        _("reminder: hours before the start"), default=24, help_text=_("0: no reminders.")
    )
    announce_days = models.PositiveSmallIntegerField(
        _("followers are told about a date in a series: days before"), default=14
    )
    sends_letter = models.BooleanField(
        _("send the monthly letter on the first of the month, even if no one has read it"), default=False
    )
    guests_kept_days = models.PositiveSmallIntegerField(
        _("guests’ names and addresses: days after the event until they are deleted"), default=30
    )

    class Meta:
        verbose_name = _("chapter")
        verbose_name_plural = _("chapter")
        constraints = [
            addresses.is_normal("chapter_address", "contact_email"),
            models.CheckConstraint(condition=models.Q(pk=1), name="chapter_is_one_row"),
            models.CheckConstraint(condition=models.Q(reminder_hours__lte=168), name="chapter_reminder_hours"),
            models.CheckConstraint(condition=models.Q(announce_days__range=(1, 90)), name="chapter_announce_days"),
            models.CheckConstraint(
                condition=models.Q(guests_kept_days__range=(1, 365)), name="chapter_guests_kept_days"
            ),
            models.CheckConstraint(
                condition=models.Q(accent="") | models.Q(accent__regex=r"^#[0-9a-f]{6}$"), name="chapter_accent"
            ),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def load(cls) -> "Chapter":
        return _loaded()

    @property
    def blanks(self) -> list[str]:
        """The labels of what is still to be filled in."""
        return [self._meta.get_field(name).verbose_name for name in self.TO_FILL_IN if not getattr(self, name)]

    @property
    def contacts(self) -> list[tuple[str, str]]:
        """(name, how to reach them) of those whom the code of conduct names; a half-filled one is nobody."""
        pairs = [(getattr(self, f"{contact}_name"), getattr(self, f"{contact}_reach")) for contact in self.CONTACTS]
        return [pair for pair in pairs if all(pair)]

    @property
    def links(self) -> list[tuple[str, str]]:
        places = [("Slack", self.slack_url), ("LinkedIn", self.linkedin_url), ("Mastodon", self.mastodon_url)]
        return [(label, url) for label, url in [*places, ("Meetup", self.meetup_url)] if url]


@once_a_page
def _loaded():
    # Made on first use, with the one address that is known to be read.
    fresh = {"contact_email": settings.SERVER_EMAIL}
    return next(iter(_the_row()), None) or Chapter.objects.get_or_create(pk=1, defaults=fresh)[0]


@prepared
def _the_row():
    return Chapter.objects.filter(pk=1).select_related("logo")
