"""Who may open the events' pages."""

from events.models import PersonalFeed, Season
from tests.factories import (
    make_access_need,
    make_event,
    make_proposal,
    make_rsvp,
    make_season,
    make_sister,
    make_venue,
)

EVERYONE = {"anonymous": 200, "member": 200, "other": 200, "organiser": 200}
ORGANISERS = {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}
ORGANISERS_POST = {**ORGANISERS, "organiser": 405}


def an_event(member):
    return {"slug": make_event().slug}


def a_draft(member):
    return {"slug": make_event(state="draft").slug}


def a_wording(member):
    return {"slug": make_event().slug, "language": "sv"}


def a_venue(member):
    return {"pk": make_venue().pk}


def a_sister(member):
    return {"pk": make_sister().pk}


def an_attendee(member):
    rsvp = make_rsvp(member=member)
    return {"slug": rsvp.event.slug, "pk": rsvp.pk}


def a_feed(member):
    return {"token": PersonalFeed.objects.create(member=member).token}


PAGE_ROWS = [
    ("events", {}, EVERYONE),
    ("events_past", {}, EVERYONE),
    ("events_feed", {}, EVERYONE),
    ("personal_feed", a_feed, EVERYONE),
    ("personal_feed", {"token": "nobody-has-this-token"}, dict.fromkeys(EVERYONE, 404)),
    ("feed_rotate", {}, dict.fromkeys(EVERYONE, 405)),
    ("embed", {}, EVERYONE),
    ("embed_help", {}, EVERYONE),
    ("events_json", {}, EVERYONE),
    ("event_card", an_event, EVERYONE),
    ("event_poster", an_event, EVERYONE),
    ("event_poster", a_draft, {**dict.fromkeys(EVERYONE, 404), "organiser": 200}),
    ("event_card", a_draft, dict.fromkeys(EVERYONE, 404)),
    ("elsewhere", {}, EVERYONE),
    ("sisters", {}, ORGANISERS),
    ("sister_new", {}, ORGANISERS),
    ("sister_edit", a_sister, ORGANISERS),
    ("sister_delete", a_sister, ORGANISERS),
    ("event", an_event, EVERYONE),
    ("event_ics", an_event, EVERYONE),
    ("event_new", {}, ORGANISERS),
    ("event_edit", an_event, ORGANISERS),
    ("event_wording", a_wording, ORGANISERS),
    ("event_delete", a_draft, ORGANISERS),
    ("event_publish", an_event, ORGANISERS),
    ("event_unpublish", an_event, ORGANISERS),
    ("event_postpone", an_event, ORGANISERS),
    ("event_cancel", an_event, ORGANISERS),
    ("event_attendees", an_event, {**ORGANISERS, "member": 404, "other": 404}),
    ("event_duplicate", an_event, ORGANISERS_POST),
    ("attendee_remove", an_attendee, ORGANISERS_POST),
    ("attendee_add", an_event, ORGANISERS),
    ("venues", {}, ORGANISERS),
    ("venue_new", {}, ORGANISERS),
    ("venue_edit", a_venue, ORGANISERS),
]


def a_season(member):
    """Two cannot be at the same time."""
    return {"pk": (Season.objects.first() or make_season()).pk}


PROPOSAL_ROWS = [
    ("propose", {}, EVERYONE),
    ("propose_sent", {}, EVERYONE),
    ("proposal", lambda member: {"token": make_proposal(member=member).token}, EVERYONE),
    ("proposal", {"token": "nobody-has-this-token"}, dict.fromkeys(EVERYONE, 404)),
    ("proposals", {}, ORGANISERS),
    ("proposal_decide", lambda member: {"pk": make_proposal(member=member).pk}, ORGANISERS),
    (
        "proposal_decide",
        lambda member: {"pk": make_proposal(state="unconfirmed").pk},
        {**ORGANISERS, "organiser": 404},
    ),
    ("seasons", {}, ORGANISERS),
    ("season_new", {}, ORGANISERS),
    ("season_edit", a_season, ORGANISERS),
    ("season_delete", a_season, ORGANISERS),
]


def hosted(member):
    """An event that the member hosts and where somebody has told what they need."""
    event = make_event(asks_access_needs=True)
    event.hosts.add(member)
    make_access_need(event=event)
    return {"slug": event.slug}


ACCESS_NEED_ROWS = [
    ("access_need", lambda member: {"token": make_access_need().rsvp.token}, EVERYONE),
    (
        "access_need",
        lambda member: {"token": make_access_need(rsvp=make_rsvp(member=member)).rsvp.token},
        {"anonymous": 302, "member": 200, "other": 404, "organiser": 404},
    ),
    ("access_need", lambda member: {"token": make_rsvp(member=None).token}, dict.fromkeys(EVERYONE, 404)),
    ("event_access_needs", hosted, {"anonymous": 302, "member": 200, "other": 404, "organiser": 404}),
]
