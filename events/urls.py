"""Addresses of events/, under the language prefix. A slug begins with a date, so it is never one of the words here."""

from django.urls import path

from .access_needs import views as access_need_views
from .calendars import views as calendar_views
from .door import views as door_views
from .messaging import organise_views as message_views
from .pages import views
from .photos import organise_views as photo_host_views
from .photos import views as photo_views
from .planning import hosts, organise_views
from .planning import venues as venue_views
from .proposals import organise_views as decide_views
from .proposals import views as proposal_views
from .questions import organise_views as question_organise
from .questions import views as question_views
from .rsvps import views as rsvp_views
from .seasons import organise_views as season_views
from .series import organise_views as series_views
from .series import views as series_pages
from .sharing import views as embed_views
from .sisters import organise_views as sister_organise
from .sisters import views as sister_views
from .transfer import organise_views as transfer_views

# Without a language: the feed speaks its member's
personal = [path("calendar/<token:token>.ics", calendar_views.personal, name="personal_feed")]

urlpatterns = [
    # Lists and calendars
    path("", views.events, name="events"),
    path("past/", views.events_past, name="events_past"),
    path("feed.ics", calendar_views.events_feed, name="events_feed"),
    path("feed/rotate/", calendar_views.feed_rotate, name="feed_rotate"),
    # Organisers: venues and new events
    path("new/", organise_views.event_new, name="event_new"),
    path("venues/", venue_views.venues, name="venues"),
    path("venues/new/", venue_views.venue_new, name="venue_new"),
    path("venues/<int:pk>/edit/", venue_views.venue_edit, name="venue_edit"),
    path("figures/", door_views.event_figures, name="event_figures"),
    # Series
    path("series/", series_pages.series_list, name="series_list"),
    path("series/new/", series_views.series_new, name="series_new"),
    path("series/<slug:slug>/", series_pages.series, name="series"),
    path("series/<slug:slug>.ics", series_pages.series_feed, name="series_feed"),
    path("series/<slug:slug>/edit/", series_views.series_edit, name="series_edit"),
    path("series/<slug:slug>/text/<slug:language>/", series_views.series_wording, name="series_wording"),
    path("series/<slug:slug>/skip/", series_views.series_skip, name="series_skip"),
    path("series/<slug:slug>/end/", series_views.series_end, name="series_end"),
    # Proposed meetups, and the themes of seasons
    path("propose/", proposal_views.propose, name="propose"),
    path("propose/sent/", proposal_views.propose_sent, name="propose_sent"),
    path("proposal/<token:token>/", proposal_views.proposal, name="proposal"),
    path("proposals/", decide_views.proposals_list, name="proposals"),
    path("proposals/<int:pk>/", decide_views.proposal_decide, name="proposal_decide"),
    path("seasons/", season_views.seasons_list, name="seasons"),
    path("seasons/new/", season_views.season_new, name="season_new"),
    path("seasons/<int:pk>/edit/", season_views.season_edit, name="season_edit"),
    path("seasons/<int:pk>/delete/", season_views.season_delete, name="season_delete"),
    # Our events on other pages, and those of sister chapters here
    path("embed/", embed_views.embed, name="embed"),
    path("embed/help/", embed_views.embed_help, name="embed_help"),
    path("events.json", embed_views.events_json, name="events_json"),
    path("elsewhere/", sister_views.sister_events, name="elsewhere"),
    path("elsewhere/chapters/", sister_organise.sisters_list, name="sisters"),
    path("elsewhere/chapters/new/", sister_organise.sister_new, name="sister_new"),
    path("elsewhere/chapters/<int:pk>/edit/", sister_organise.sister_edit, name="sister_edit"),
    path("elsewhere/chapters/<int:pk>/delete/", sister_organise.sister_delete, name="sister_delete"),
    # Organisers: events from a file
    path("import/", transfer_views.events_bring, name="events_bring"),
    path("import/<int:pk>/take/", transfer_views.events_take, name="events_take"),
    # One event
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>/card.png", embed_views.event_card, name="event_card"),
    path("<slug:slug>/poster/", embed_views.event_poster, name="event_poster"),
    path("<slug:slug>.ics", calendar_views.event_ics, name="event_ics"),
    # RSVPs: the box on the event's page, and the page of the link in the mails
    path("<slug:slug>/rsvp/", views.rsvp_create, name="rsvp_create"),
    path("<slug:slug>/rsvp/sent/", rsvp_views.rsvp_sent, name="rsvp_sent"),
    path("<slug:slug>/rsvp/forget/", rsvp_views.rsvp_forget, name="rsvp_forget"),
    path("<slug:slug>/coming/", rsvp_views.event_coming, name="event_coming"),
    path("<slug:slug>/rsvp/cancel/", views.rsvp_cancel, name="rsvp_cancel"),
    path("rsvp/<token:token>/", rsvp_views.rsvp, name="rsvp"),
    path("rsvp/<token:token>/access-need/", access_need_views.access_need, name="access_need"),
    path("<slug:slug>/access-needs/", access_need_views.event_access_needs, name="event_access_needs"),
    path("rsvp/<token:token>/stop/", rsvp_views.rsvp_stop, name="rsvp_stop"),
    # Questions about the event
    path("<slug:slug>/questions/", question_views.question_ask, name="question_ask"),
    path("<slug:slug>/questions/<int:pk>/", question_organise.question_answer, name="question_answer"),
    path("<slug:slug>/questions/<int:pk>/delete/", question_views.question_delete, name="question_delete"),
    # Hosts: the door, messages, and who hosts
    path("<slug:slug>/door/", door_views.event_door, name="event_door"),
    path("<slug:slug>/door/state/", door_views.door_state, name="door_state"),
    path("<slug:slug>/door/tick/", door_views.door_tick, name="door_tick"),
    path("<slug:slug>/door/walk-in/", door_views.door_walk_in, name="door_walk_in"),
    path("<slug:slug>/door/close/", door_views.door_close, name="door_close"),
    path("<slug:slug>/hosts/", hosts.event_hosts, name="event_hosts"),
    path("<slug:slug>/messages/", message_views.event_messages, name="event_messages"),
    path("<slug:slug>/messages/new/", message_views.message_new, name="message_new"),
    path("<slug:slug>/messages/<int:pk>/edit/", message_views.message_edit, name="message_edit"),
    path("<slug:slug>/messages/<int:pk>/", message_views.message_preview, name="message_preview"),
    path("<slug:slug>/messages/<int:pk>/mail/", message_views.message_mail, name="message_mail"),
    path("<slug:slug>/messages/<int:pk>/test/", message_views.message_test, name="message_test"),
    path("<slug:slug>/messages/<int:pk>/send/", message_views.message_send, name="message_send"),
    path("<slug:slug>/messages/<int:pk>/delete/", message_views.message_delete, name="message_delete"),
    # Photos
    path("<slug:slug>/photos/", photo_views.event_photos, name="event_photos"),
    path("<slug:slug>/photos/<int:pk>/", photo_views.event_photo, name="event_photo"),
    path("<slug:slug>/photos/taken-out/", photo_views.photo_gone, name="photo_gone"),
    path("photos/<int:pk>/take-out/", photo_views.photo_take_out, name="photo_take_out"),
    path("<slug:slug>/photos/add/", photo_host_views.photos_add, name="photos_add"),
    path("<slug:slug>/photos/<int:pk>/edit/", photo_host_views.photo_edit, name="photo_edit"),
    path("<slug:slug>/photos/<int:pk>/move/", photo_host_views.photo_move, name="photo_move"),
    path("<slug:slug>/photos/<int:pk>/delete/", photo_host_views.photo_delete, name="photo_delete"),
    path("<slug:slug>/photos/<int:pk>/decide/", photo_host_views.photo_decide, name="photo_decide"),
    path("photos/taken-out/", photo_host_views.photos_taken_out, name="photos_taken_out"),
    # Organisers: one event
    path("<slug:slug>/edit/", organise_views.event_edit, name="event_edit"),
    path("<slug:slug>/later/", series_views.event_and_later, name="event_and_later"),
    path("<slug:slug>/text/<slug:language>/", organise_views.event_wording, name="event_wording"),
    path("<slug:slug>/duplicate/", organise_views.event_duplicate, name="event_duplicate"),
    path("<slug:slug>/delete/", organise_views.event_delete, name="event_delete"),
    path("<slug:slug>/publish/", organise_views.event_publish, name="event_publish"),
    path("<slug:slug>/unpublish/", organise_views.event_unpublish, name="event_unpublish"),
    path("<slug:slug>/postpone/", organise_views.event_postpone, name="event_postpone"),
    path("<slug:slug>/cancel/", organise_views.event_cancel, name="event_cancel"),
    path("<slug:slug>/attendees/", organise_views.event_attendees, name="event_attendees"),
    path("<slug:slug>/attendees/add/", organise_views.attendee_add, name="attendee_add"),
    path("<slug:slug>/attendees/table.csv", organise_views.attendees_table, name="attendees_table"),
    path("<slug:slug>/attendees/<int:pk>/remove/", organise_views.attendee_remove, name="attendee_remove"),
]
