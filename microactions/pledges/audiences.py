"""Who may see a microaction, as it is put to the person who chooses."""

from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Microaction

EXPLANATIONS = {
    Microaction.Visibility.ME: _("Nobody else, organisers neither."),
    Microaction.Visibility.MAKKER: _("The one person to whom you send the link for a buddy."),
    Microaction.Visibility.EVENT: _("Members who were there, and its hosts, when they are signed in."),
    Microaction.Visibility.PUBLIC: _("Anyone can read it, also search engines."),
}
_explained = lazy(format_html, str)


def visibility_choices(*, has_event):
    """(value, label with its explanation) of who may see a microaction; those at the event only if there is one."""
    return [
        (value, _explained('{} <span class="choice__help">{}</span>', label, EXPLANATIONS[value]))
        for value, label in Microaction.Visibility.choices
        if has_event or value != Microaction.Visibility.EVENT
    ]
