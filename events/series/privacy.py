"""What series keep about people."""

from django.utils.translation import gettext_lazy as _

from chapter.privacy import authorship_of, hosting_of

from ..models import Series, SeriesWording

hosting_of(Series, what=_("Which series you host."))
authorship_of(
    SeriesWording,
    what=_("That you wrote a series’ text."),
    kept=_("Until you delete your account. The text is kept without your name."),
)
