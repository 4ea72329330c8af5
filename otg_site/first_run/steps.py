"""The five steps, and when they are of use."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from chapter.models import Chapter
from chapter.pages import is_nobodys
from events.models import Event, Venue

# Panels of the desk about the same; they say it again to a chapter that has begun and left something open.
SAID = {"chapter/pages/_contact_on_desk.html", "chapter/pages/_blanks_on_desk.html"}


@dataclass(frozen=True)
class Step:
    what: str
    why: str
    url: str
    is_done: bool


def steps() -> list[Step]:
    """All five until each is done or the first meetup is over, and then none. One query."""
    chapter = Chapter.load()
    has_met, has_venue, has_event = _begun()
    found = [*_about(chapter), _venue(has_venue), _event(has_event)]
    return [] if has_met or all(step.is_done for step in found) else found


def _begun():
    # The first of a list rather than whether there is one: so its index answers, however long it is.
    announced = Event.objects.exclude(state=Event.State.DRAFT).order_by("ends_at", "id")
    firsts = [Subquery(rows.values("pk")[:1]) for rows in (Event.objects.past(), Venue.objects.all(), announced)]
    return [pk is not None for pk in Chapter.objects.values_list(*firsts).get()]


def _about(chapter):
    """What the chapter says of itself. Elsewhere than in production every address is an example."""
    url = reverse("chapter_edit")
    privacy = (chapter.postal_address, chapter.hosted_by, chapter.mail_sent_by)
    yield Step(
        _("An address that someone reads"),
        _("It is at the bottom of every page, and replies to the site’s emails go there."),
        f"{url}#id_contact_email",
        not (settings.PRODUCTION and is_nobodys(chapter.contact_email)),
    )
    yield Step(
        _("Two people for the code of conduct"),
        _("Anyone who is treated badly can turn to either of them."),
        f"{url}#id_first_contact_name",
        len(chapter.contacts) == len(Chapter.CONTACTS),
    )
    yield Step(
        _("The blanks on the privacy page"),
        _("A postal address, who runs the server and who sends the email: people have a right to know."),
        f"{url}#id_postal_address",
        all(privacy),
    )


def _venue(is_done):
    return Step(
        _("A venue"), _("Where you meet, with how to get in. Each event can use it."), reverse("venue_new"), is_done
    )


def _event(is_done):
    why = _("Once it is published, people can sign up.")
    return Step(_("The first event"), why, reverse("event_new"), is_done)
