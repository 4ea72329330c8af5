"""Addresses of events/, under the language prefix."""

from django.urls import path

from . import rsvp_views, views

urlpatterns = [
    # RSVPs: the box on the event's page, and the page of the link in the mails
    path("<slug:slug>/rsvp/", rsvp_views.rsvp_create, name="rsvp_create"),
    path("<slug:slug>/rsvp/sent/", rsvp_views.rsvp_sent, name="rsvp_sent"),
    path("<slug:slug>/rsvp/cancel/", rsvp_views.rsvp_cancel, name="rsvp_cancel"),
    path("rsvp/<slug:token>/", rsvp_views.rsvp, name="rsvp"),
    # Stand-in
    path("<slug:slug>/", views.event, name="event"),
]
