"""Who hosts events and who wrote their texts."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy import authorship_of, hosting_of

from ..models import Event, EventWording

hosting_of(Event, what=_("Which events you host."))
authorship_of(
    EventWording,
    what=_("That you wrote an event’s text."),
    kept=_("Until you delete your account. The text is kept without your name."),
)
