"""Venues, events, RSVPs and the waitlist, calendars."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "events"
