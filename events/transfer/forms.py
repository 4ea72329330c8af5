"""The form of a file of events."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chapter.transfer import BringFileForm

from ..tables import days


class EventFileForm(BringFileForm):
    months_back = forms.TypedChoiceField(
        label=_("How far back"),
        choices=[(24, _("Two years")), (60, _("Five years")), (240, _("Twenty years"))],
        coerce=int,
        help_text=_("A file may hold 500 events in that time. Events up to a year ahead are read."),
    )
    dates = forms.ChoiceField(
        label=_("In a table, 10/05 means"),
        required=False,
        choices=[
            ("", _("What its other dates tell")),
            (days.DAY_FIRST, _("10 May")),
            (days.MONTH_FIRST, _("5 October")),
        ],
    )
    publish = forms.BooleanField(
        label=_("Publish what is still to come, too"),
        required=False,
        help_text=_("Otherwise it becomes drafts. What is over is always published. No one is emailed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "A calendar (ICS), a ZIP file of calendars or a table (CSV), such as Google Calendar, Outlook and Meetup "
            "give out. At most 5 MB."
        )

    def too_large(self):
        return gettext("This file is larger than 5 MB. Choose a shorter time when you export it.")
