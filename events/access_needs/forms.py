"""The form of an access need: words, and a consent of its own to having them read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import TextFormField
from chapter.privacy import days

from .actions import KEPT_DAYS


class AccessNeedForm(forms.Form):
    """An empty text needs no consent: it deletes what was told before."""

    text = TextFormField(
        label=_("What do you need in order to take part?"),
        required=False,
        max_length=500,
        help_text=_("Only what the hosts can do something about. You don’t need to say why you need it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    consent = forms.BooleanField(required=False)

    def __init__(self, *args, until, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = _(
            "Yes: the hosts of this event may read this, to help me take part. It is deleted %(period)s after the event: "
            "on %(day)s, unless the event is moved."
        ) % {"period": days(KEPT_DAYS), "day": until}

    def clean(self):
        data = super().clean()
        if data.get("text") and not data.get("consent"):
            self.add_error("consent", _("The hosts may read this only if you say yes here."))
        return data
