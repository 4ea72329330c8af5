"""Addresses of microactions/, under the language prefix."""

from django.urls import path

from . import address_views, check_in_views, pledge_views, views
from .feeds import WallFeed

urlpatterns = [
    # The wall
    path("", views.wall, name="wall"),
    path("feed/", WallFeed(), name="wall_feed"),
    path("<int:pk>/", views.microaction, name="microaction"),
    path("<int:pk>/cheer/", views.microaction_cheer, name="microaction_cheer"),
    # Pledging
    path("new/", pledge_views.pledge, name="pledge"),
    path("ideas/", pledge_views.idea_bank, name="idea_bank"),
    path("look-in-your-mail/", pledge_views.pledge_sent, name="pledge_sent"),
    # How it went
    path("manage/<slug:token>/", check_in_views.microaction_manage, name="microaction_manage"),
    path("manage/<slug:token>/stop/", check_in_views.microaction_stop, name="microaction_stop"),
    path("manage/<slug:token>/microaction.ics", check_in_views.microaction_ics, name="microaction_ics"),
    path("address/<slug:token>/", address_views.microaction_address, name="microaction_address"),
    # Organisers
    path("waiting/", views.microactions_waiting, name="microactions_waiting"),
    path("<int:pk>/review/", views.microaction_review, name="microaction_review"),
]
