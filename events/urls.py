"""Addresses of events/, under the language prefix. A slug begins with a date, so it is never one of the words here."""

from django.urls import path

from . import (
    access_need_views,
    organise_views,
    proposal_views,
    rsvp_views,
    season_views,
    venue_views,
    views,
)

urlpatterns = [
    # Lists and calendars
    path("", views.events, name="events"),
    path("past/", views.events_past, name="events_past"),
    path("feed.ics", views.events_feed, name="events_feed"),
    # Organisers: venues and new events
    path("new/", organise_views.event_new, name="event_new"),
    path("venues/", venue_views.venues, name="venues"),
    path("venues/new/", venue_views.venue_new, name="venue_new"),
    path("venues/<int:pk>/edit/", venue_views.venue_edit, name="venue_edit"),
    # Series
    # Proposed meetups, and the themes of seasons
    path("propose/", proposal_views.propose, name="propose"),
    path("propose/sent/", proposal_views.propose_sent, name="propose_sent"),
    path("proposal/<slug:token>/", proposal_views.proposal, name="proposal"),
    path("proposals/", proposal_views.proposals_list, name="proposals"),
    path("proposals/<int:pk>/", proposal_views.proposal_decide, name="proposal_decide"),
    path("seasons/", season_views.seasons_list, name="seasons"),
    path("seasons/new/", season_views.season_new, name="season_new"),
    path("seasons/<int:pk>/edit/", season_views.season_edit, name="season_edit"),
    path("seasons/<int:pk>/delete/", season_views.season_delete, name="season_delete"),
    # Elsewhere: other chapters here, and ours on their pages
    # One event
    path("<slug:slug>/", views.event, name="event"),
    path("<slug:slug>.ics", views.event_ics, name="event_ics"),
    # RSVPs: the box on the event's page, and the page of the link in the mails
    path("<slug:slug>/rsvp/", rsvp_views.rsvp_create, name="rsvp_create"),
    path("<slug:slug>/rsvp/sent/", rsvp_views.rsvp_sent, name="rsvp_sent"),
    path("<slug:slug>/rsvp/cancel/", rsvp_views.rsvp_cancel, name="rsvp_cancel"),
    path("rsvp/<slug:token>/", rsvp_views.rsvp, name="rsvp"),
    path("rsvp/<slug:token>/access-need/", access_need_views.access_need, name="access_need"),
    path("<slug:slug>/access-needs/", access_need_views.event_access_needs, name="event_access_needs"),
    path("rsvp/<slug:token>/stop/", rsvp_views.rsvp_stop, name="rsvp_stop"),
    # Hosts: the door, messages
    # Photos
    # Organisers: one event
    path("<slug:slug>/edit/", organise_views.event_edit, name="event_edit"),
    path("<slug:slug>/text/<slug:language>/", organise_views.event_wording, name="event_wording"),
    path("<slug:slug>/duplicate/", organise_views.event_duplicate, name="event_duplicate"),
    path("<slug:slug>/delete/", organise_views.event_delete, name="event_delete"),
    path("<slug:slug>/publish/", organise_views.event_publish, name="event_publish"),
    path("<slug:slug>/unpublish/", organise_views.event_unpublish, name="event_unpublish"),
    path("<slug:slug>/postpone/", organise_views.event_postpone, name="event_postpone"),
    path("<slug:slug>/cancel/", organise_views.event_cancel, name="event_cancel"),
    path("<slug:slug>/attendees/", organise_views.event_attendees, name="event_attendees"),
    path("<slug:slug>/attendees/<int:pk>/remove/", organise_views.attendee_remove, name="attendee_remove"),
]
