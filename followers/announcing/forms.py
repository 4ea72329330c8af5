"""When to tell the followers."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.models import Chapter

MORNING = time(8)


class TellForm(forms.Form):
    NOW, TOMORROW, NOT = "now", "tomorrow", "not"
    when = forms.ChoiceField(
        label=_("When?"),
        choices=[(NOW, _("Now")), (TOMORROW, _("Tomorrow at 8")), (NOT, _("Don’t tell them"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when, or not to tell them.")},
    )

    @property
    def due_at(self) -> datetime | None:
        """None for now; tomorrow on the chapter's clock."""
        if self.cleaned_data["when"] == self.NOW:
            return None
        zone = ZoneInfo(Chapter.load().time_zone)
        tomorrow = timezone.now().astimezone(zone).date() + timedelta(days=1)
        return datetime.combine(tomorrow, MORNING, tzinfo=zone)
