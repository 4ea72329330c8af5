"""Forms about the chapter: its settings, its pages, its organisers."""

from math import floor

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import looks
from ..fields import EmailFormField, LineFormField, MarkdownWidget, TextFormField, WebAddressField
from ..models import Chapter
from ..pictures import LogoFormField
from ..text import markdown

MAX_GUESTS_DAYS = 365
GUESTS_DAYS_MESSAGES = dict.fromkeys(
    ("invalid", "required", "min_value", "max_value"), _("Enter a whole number of days from 1 to 365.")
)
MAX_ANNOUNCE_DAYS = 90
ANNOUNCE_DAYS_MESSAGES = dict.fromkeys(
    ("invalid", "required", "min_value", "max_value"), _("Enter a whole number of days from 1 to 90.")
)


def address_field(field, **options):
    if isinstance(field, models.URLField):
        options["form_class"] = WebAddressField
    elif isinstance(field, models.EmailField):
        options["form_class"] = EmailFormField
    elif field.name == "guests_kept_days":
        options |= {"min_value": 1, "max_value": MAX_GUESTS_DAYS, "error_messages": GUESTS_DAYS_MESSAGES}
    elif field.name == "announce_days":
        options |= {"min_value": 1, "max_value": MAX_ANNOUNCE_DAYS, "error_messages": ANNOUNCE_DAYS_MESSAGES}
    return field.formfield(**options)


MAX_REMINDER_HOURS = 168
HOURS_MESSAGES = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value"), _("Enter a whole number of hours from 0 to 168.")
)


class ChapterForm(forms.ModelForm):
    reminder_hours = forms.IntegerField(
        label=_("Reminder to people who are going: hours before the start"),
        min_value=0,
        max_value=MAX_REMINDER_HOURS,
        help_text=_("24 is the day before. 0: no reminders."),
        error_messages=HOURS_MESSAGES,
    )

    logo_file = LogoFormField(
        label=_("Logo"),
        help_text=_(
            "JPEG, PNG or WebP, at most 8 MB; it is shown small. It replaces the movement’s mark at the top of pages and emails, and on posters."
        ),
        required=False,
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)
    accent = LineFormField(
        label=_("Accent colour"),
        help_text=_("The colour below links, as # and six digits or letters, such as #a3007c. Empty for ours."),
        max_length=7,
        required=False,
    )
    field_order = ("name", "logo_file", "remove_logo", "accent")

    class Meta:
        model = Chapter
        fields = (
            "name",
            "accent",
            "contact_email",
            *Chapter.TO_FILL_IN,
            "time_zone",
            "default_language",
            "reminder_hours",
            "announce_days",
            "sends_letter",
            "slack_url",
            "linkedin_url",
            "mastodon_url",
            "meetup_url",
            "movement_url",
            "guests_kept_days",
        )
        formfield_callback = address_field
        labels = {
            "name": _("Name"),
            "contact_email": _("Contact address"),
            "time_zone": _("Time zone"),
            "default_language": _("Default language"),
            "movement_url": _("The movement’s own page"),
            "guests_kept_days": _("Days after an event until guests’ details are deleted"),
        }
        help_texts = {
            "contact_email": _("Shown at the bottom of every page. Replies to the site’s emails go there."),
            "postal_address": _("For letters to the chapter. Shown on the privacy page."),
            "hosted_by": _("The company and its country. Shown on the privacy page."),
            "mail_sent_by": _("The company and its country. Shown on the privacy page."),
            "first_contact_name": _("Shown under the code of conduct. Ask before you name someone."),
            "first_contact_reach": _("An email address or a phone number that only this person answers."),
            "time_zone": _("New events use this time zone."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.logo:
            del self.fields["remove_logo"]

    def clean_accent(self):
        colour = self.cleaned_data["accent"].lower()
        if not colour:
            return ""
        if not looks.COLOUR.fullmatch(colour):
            raise ValidationError(
                _("Write the colour as # and six digits or letters from a to f, such as #a3007c."), code="colour"
            )
        if (found := looks.least_contrast(colour)) < looks.NEEDED:
            raise ValidationError(
                _(
                    "This colour is too pale to read on our pages: its contrast is %(found)s to 1, and 4.5 to 1 is needed. %(shade)s would do."
                ),
                params={"found": f"{floor(found * 10) / 10:.1f}", "shade": looks.readable_shade(colour)},
                code="contrast",
            )
        return colour


class MarkdownFormField(TextFormField):
    widget = MarkdownWidget


class PageForm(forms.Form):
    title = LineFormField(label=_("Title"), max_length=200)
    body = MarkdownFormField(label=_("Text"), max_length=markdown.MAX_LENGTH, required=False)
    source_name = LineFormField(
        label=_("Source"),
        max_length=200,
        required=False,
        help_text=_("Who wrote or decided it, such as “the organisers, March meeting”."),
    )
    source_url = WebAddressField(label=_("Address of the source"), max_length=500)


class OrganiserForm(forms.Form):
    make = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda value: value == "yes")


class MemberSearchForm(forms.Form):
    q = LineFormField(label=_("Name or address"), max_length=80, required=False)
