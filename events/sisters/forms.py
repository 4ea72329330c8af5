"""The form of a sister chapter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import WebAddressField

from ..models import SisterChapter


class FeedAddressField(WebAddressField):
    """`webcal:` is what calendars call https."""

    def to_python(self, value):
        if isinstance(value, str) and value.strip().lower().startswith("webcal://"):
            value = "https://" + value.strip()[len("webcal://") :]
        return super().to_python(value)


class SisterForm(forms.ModelForm):
    home_url = WebAddressField(
        label=_("Web page"), help_text=_("Where people can read more about the chapter. You can leave this empty.")
    )
    feed_url = FeedAddressField(
        label=_("Address of the calendar"),
        required=True,
        max_length=500,
        help_text=_("The address people use to subscribe. It often ends in .ics. We’ll check it when you save."),
    )

    class Meta:
        model = SisterChapter
        fields = ["name", "home_url", "feed_url"]
        labels = {"name": _("Name")}
        error_messages = {"feed_url": {"unique": _("This calendar is already in the list.")}}

    @property
    def has_new_address(self) -> bool:
        return self.instance.pk is None or "feed_url" in self.changed_data
